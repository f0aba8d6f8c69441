import type { Transaction } from '../database/database.ts';
import { writeJson } from '../kernel/exact-json.ts';
import { Refused, forbidden, invalid, issue, notFound, type Issue } from '../kernel/problem.ts';
import { findMany } from './finding.ts';
import type { Later, Records, Rule } from './records.ts';
import { isId } from './references.ts';
import { refuseUnseenReferences } from './referring.ts';
import { tableOf } from './tables.ts';
import type { Trail } from './trail.ts';
import { recordTypes, type FhirRecord, type RecordType, type Stored } from './types.ts';

/** Structure, cardinality, bindings, invariants of base R4; an empty list means that nothing is wrong. */
export type Validate = (record: FhirRecord) => readonly Issue[];

type Writing = Readonly<{
  tx: Transaction;
  records: Records;
  trail: Trail;
  validate: Validate;
  rules: readonly Rule[];
}>;

/** See `Records.write`. A handful of statements, however many records come together. */
export async function write(writing: Writing, given: readonly FhirRecord[]): Promise<Stored[]> {
  if (given.length === 0) return [];
  const { tx, records, trail, validate, rules } = writing;
  refuseForeignIds(given);
  const came = given.map((record) => nextVersion(record, records.now, records.newId));
  const faults = given.flatMap((record) => validate(record));
  if (faults.length > 0) throw invalid(...faults);

  const before = await findEarlier(tx, came);
  let together: readonly Stored[] = came;
  for (const rule of rules) if (rule.remake) together = await rule.remake(together, before, records);
  await refuseUnseenReferences(tx, together, before, records.actor.organization);
  for (const after of together)
    for (const rule of rules)
      if (rule.types.includes(after.resourceType))
        await rule.check({ before: before.get(after.id), after, together }, records);
  const later: Later[] = [];
  for (const after of together)
    for (const rule of rules)
      if (rule.settle && rule.types.includes(after.resourceType)) {
        const left = await rule.settle({ before: before.get(after.id), after, together }, records);
        if (left) later.push(left);
      }

  insertAll(
    tx,
    together.filter((r) => !before.has(r.id)),
  );
  await replaceAll(
    tx,
    together.filter((r) => before.has(r.id)),
    before,
  );
  trail.written(together);
  for (const work of later) await work();
  return [...together];
}

function refuseForeignIds(given: readonly FhirRecord[]): void {
  const faults = given
    .filter((record) => record.id !== undefined && !isId(record.id))
    .map((record) =>
      issue(
        `${record.resourceType}.id`,
        'id は小文字の UUID でなければなりません。',
        'An id must be a lower-case UUID.',
      ),
    );
  if (faults.length > 0) throw invalid(...faults);
}

function nextVersion(record: FhirRecord, now: Date, newId: () => string): Stored {
  const version = Number(record.meta?.versionId ?? 0);
  return {
    ...record,
    id: record.id ?? newId(),
    meta: { ...record.meta, versionId: String(version + 1), lastUpdated: now.toISOString() },
  };
}

const versionOf = (record: Stored): number => Number(record.meta.versionId);

/** The stored versions that are to be replaced; refuses a version that is not the one there now. */
async function findEarlier(tx: Transaction, together: readonly Stored[]): Promise<Map<string, Stored>> {
  const replaced = together.filter((r) => versionOf(r) > 1);
  const earlier = new Map<string, Stored>();
  if (replaced.length === 0) return earlier;
  const looks = byType(replaced).map(([type, list]) =>
    findMany(
      tx,
      type,
      list.map((r) => r.id),
    ),
  );
  for (const record of (await Promise.all(looks)).flat()) earlier.set(record.id, record);
  for (const record of replaced) {
    const found = earlier.get(record.id);
    if (!found) throw notFound();
    if (versionOf(found) !== versionOf(record) - 1) throw stale();
  }
  return earlier;
}

/** Whether something was refused because another version of the record is there by now. */
export const isStale = (error: unknown): boolean => error instanceof Stale;
class Stale extends Refused {}

export const stale = (): Refused =>
  new Stale({
    kind: 'conflict',
    says: {
      ja: 'ほかの人が先にこの記録を変更しました。新しい内容をご確認のうえ、もう一度お試しください。',
      en: 'Someone else changed this record first. Please look at it again and repeat your change.',
    },
  });

/**
 * All new rows in one statement; the database takes them in the order in which they build on each other. Nothing it could
 * answer is of use here, so it travels with what comes next, mostly the commit.
 */
function insertAll(tx: Transaction, fresh: readonly Stored[]): void {
  if (fresh.length === 0) return;
  const rows = byType(fresh).map(([type, list]) => [
    tableOf(type).replaceAll('"', ''),
    list.map((content) => ({ id: content.id, content, at: content.meta.lastUpdated })),
  ]);
  tx.ahead('add records', 'select add_records($1::jsonb)', [writeJson(Object.fromEntries(rows))]);
}

/** One statement for each type, in the order in which they were given: what is written last may be what shows the rest. */
async function replaceAll(
  tx: Transaction,
  changed: readonly Stored[],
  before: ReadonlyMap<string, Stored>,
): Promise<void> {
  for (const type of new Set(changed.map((record) => record.resourceType))) {
    const list = changed.filter((record) => record.resourceType === type);
    const written = new Set((await replaceMany(tx, type, list)).map((row) => row.id));
    for (const record of list) if (!written.has(record.id)) await refuseUnwritten(tx, record, before);
  }
}

function replaceMany(
  tx: Transaction,
  type: RecordType,
  list: readonly Stored[],
): Promise<readonly Readonly<{ id: string }>[]> {
  const rows = list.map((record) => ({
    id: record.id,
    version: versionOf(record),
    content: record,
    at: record.meta.lastUpdated,
  }));
  const [only] = rows;
  // As in `pick`: one record has a statement of its own, since of a list PostgreSQL makes a new plan each time.
  return rows.length === 1 && only
    ? tx.named(
        `replace ${type}`,
        `update ${tableOf(type)} set version = $2, content = $3::jsonb, updated_at = $4::timestamptz
          where id = $1::uuid and version = $2 - 1 returning id`,
        [only.id, only.version, writeJson(only.content), only.at],
      )
    : tx.named(
        `replace many ${type}`,
        `update ${tableOf(type)} as held set version = given.version, content = given.content, updated_at = given.at
          from jsonb_to_recordset($1::jsonb) as given (id uuid, version integer, content jsonb, at timestamptz)
          where held.id = given.id and held.version = given.version - 1 returning held.id`,
        [writeJson(rows)],
      );
}

/** Nothing was changed although the version was right a moment ago: overtaken, or a row this actor only reads. */
async function refuseUnwritten(
  tx: Transaction,
  record: Stored,
  before: ReadonlyMap<string, Stored>,
): Promise<never> {
  const still = await findEarlier(tx, [record]);
  if (
    still.has(record.id) &&
    versionOf(still.get(record.id) as Stored) === versionOf(before.get(record.id) as Stored)
  )
    throw forbidden({
      ja: 'この記録を変更できるのは、作成した機関と依頼先だけです。',
      en: 'Only the body that made this record or received it may change it.',
    });
  throw stale();
}

const byType = (list: readonly Stored[]): [RecordType, Stored[]][] =>
  recordTypes
    .map((type): [RecordType, Stored[]] => [type, list.filter((r) => r.resourceType === type)])
    .filter(([, some]) => some.length > 0);
