import type { Transaction } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import { conflict, forbidden, gone, notFound, type Refused } from '../kernel/problem.ts';
import { findMany } from './finding.ts';
import { patientOf } from './patient.ts';
import type { Records, Rule } from './records.ts';
import { isId } from './references.ts';
import type { Trail } from './trail.ts';
import { recordTypes, type RecordType, type Stored } from './types.ts';
import { stale } from './writing.ts';

/** What is to go; `version`: only if that is the one there now. */
export type Target = Readonly<{ type: RecordType; id: string; version?: string | undefined }>;

type Removing = Readonly<{ tx: Transaction; records: Records; trail: Trail; rules: readonly Rule[] }>;

/**
 * Takes records away, all or nothing; see `Records.remove`. Returns what is still to be asked when everything else of the
 * transaction is written: whether one of them is referred to.
 */
export async function remove(
  { tx, records, trail, rules }: Removing,
  targets: readonly Target[],
): Promise<() => Promise<void>> {
  const found: Stored[] = [];
  for (const { type, id, version } of targets) {
    const [record] = isId(id) ? await findMany(tx, type, [id]) : [];
    if (!record) throw await missing(tx, type, id);
    if (version !== undefined && record.meta.versionId !== version) throw stale();
    found.push(record);
  }
  for (const record of found)
    for (const rule of rules)
      if (rule.types.includes(record.resourceType)) await rule.remove?.(record, records);
  const lines = found.map((record) => ({
    type: record.resourceType,
    id: record.id,
    version: Number(record.meta.versionId),
    at: records.now.toISOString(),
    patient: patientOf(record),
  }));
  const about = `${found[0]?.resourceType ?? ''}/${found[0]?.id ?? ''}`;
  const ids = await heldByKeys(about, () =>
    tx.rows<{ id: string }>(sql`select id from remove_records(${JSON.stringify(lines)}::jsonb) as gone (id)`),
  );
  if (ids.length < found.length) throw await kept(tx, found, new Set(ids.map(({ id }) => id)));
  for (const record of found) trail.records('delete', record.resourceType, [record]);
  return async () => {
    const [one] = await heldByKeys(about, () =>
      tx.rows<{ which: string }>(
        sql`select which from referred_to(${JSON.stringify(lines)}::jsonb) as referred (which)`,
      ),
    );
    if (one) throw stillReferredTo(one.which);
  };
}

/** What refers to a row by a key of the database says so by failing. */
async function heldByKeys<T>(which: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isKey = error instanceof Error && 'code' in error && error.code === '23503';
    throw isKey ? stillReferredTo(which) : error;
  }
}

/** Why a row did not go although it was there a moment ago: overtaken, or not this actor's to delete. */
async function kept(
  tx: Transaction,
  found: readonly Stored[],
  removed: ReadonlySet<string>,
): Promise<Refused> {
  for (const record of found.filter(({ id }) => !removed.has(id))) {
    const [now] = await findMany(tx, record.resourceType, [record.id]);
    if (now?.meta.versionId !== record.meta.versionId) return stale();
  }
  return forbidden({
    ja: 'この記録を削除できるのは、作成した機関だけです。',
    en: 'Only the body that made this record may delete it.',
  });
}

const stillReferredTo = (which: string): Refused =>
  conflict(
    `「${which}」は、ほかの記録から参照されているため削除できません。先にその記録を削除するか、参照を外してください。`,
    `${which} cannot be deleted because other records refer to it. Delete those first, or take the reference out of them.`,
  );

/**
 * The refusal of something that is not there: whoever saw it is told that it was deleted. Of a version that only the
 * deletion itself is gone; another one never was.
 */
export async function missing(
  tx: Transaction,
  type: RecordType,
  id: string,
  version?: string,
): Promise<Refused> {
  if (!isId(id)) return notFound();
  const [row] = await tx.rows<{ version: number }>(
    sql`select version from deletion where type = ${type} and id = ${id}::uuid`,
  );
  return row && (version === undefined || Number(version) === row.version) ? deleted() : notFound();
}

const deleted = (): Refused => gone('この記録は削除されました。', 'This record was deleted.');

/** What says who made a record outlives it. */
export const tracesStay: Rule = {
  types: ['Provenance'],
  check: () => undefined,
  remove: () => {
    throw forbidden({
      ja: 'だれが書いたかの記録（Provenance）は削除できません。',
      en: 'Provenance says who made a record and is never deleted.',
    });
  },
};

/** What is kept for good: who somebody is and what was agreed names what was done; of these the slices' rules say why. */
const staying: readonly RecordType[] = [
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Questionnaire',
  'Consent',
  'Provenance',
];
/** The kinds of record that can be deleted at all, as the database grants it. */
export const removableTypes = recordTypes.filter((type) => !staying.includes(type));
