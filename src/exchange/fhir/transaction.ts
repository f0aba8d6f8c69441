import type { BundleEntry, Resource } from '@medplum/fhirtypes';
import type { Letter } from '../../access/scopes.ts';
import { fhirIssue } from '../../fhir/outcome.ts';
import type { Records } from '../../fhir/records.ts';
import type { RecordType, Stored } from '../../fhir/types.ts';
import { isStale } from '../../fhir/writing.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Return } from './asked.ts';
import { meant } from './condition.ts';
import type { Entry, EntryThat } from './entries.ts';
import type { Served } from './interactions/interaction.ts';
import { linked } from './linked.ts';
import { planAll, type Planned } from './plan.ts';
import { outsideScopes, turnAway } from './refusal.ts';
import { shaped, wishOf } from './shape.ts';
import { bundleText, text } from './text.ts';

/** What is known of a whole Bundle. */
export type Whole = Served & Readonly<{ wants: Return }>;

/**
 * Carries entries out in the order of the specification (FHIR R4, http.html#trules): what is deleted, created, replaced and
 * patched, read. References among them go by `fullUrl`, or by search parameters. All or nothing; answers in the order of the
 * entries. Refuses what it cannot do, entry by entry; the scopes are asked before (`refuseOutsideScope`).
 */
export async function carryOut(
  records: Records,
  entries: readonly Entry[],
  whole: Whole,
): Promise<BundleEntry[]> {
  const targets = await removeAll(records, entries);
  const planned = await planAll(records, entries);
  refuseOverlap(targets, planned);
  const written = await writeAll(records, entries, await linked(records, planned, whole));
  const byId = new Map(written.map((record) => [record.id, record]));
  const answers = new Map<Entry, BundleEntry>();
  for (const entry of targets.keys()) answers.set(entry, { response: { status: '204' } });
  for (const p of planned)
    answers.set(
      p.entry,
      'known' in p
        ? answer(whole, p.known, '200')
        : answer(whole, byId.get(p.id) as Stored, p.isNew ? '201' : '200'),
    );
  for (const entry of entries)
    if (entry.does === 'read') answers.set(entry, await look(records, entry, whole));
  return entries.map((entry) => answers.get(entry) ?? {});
}

/**
 * The token's scopes hold for every entry; all that they do not allow is said at once. Asked before a transaction is opened:
 * of a key that was answered before, nothing in there is asked again.
 */
export function refuseOutsideScope(entries: readonly Entry[], may: Served['may']): void {
  const faults = entries.flatMap((entry) =>
    lettersOf(entry)
      .filter((letter) => !may(entry.type, letter))
      .map((letter) =>
        fhirIssue('forbidden', `${entry.path}.request`, text.outsideScope(entry.type, letter)),
      ),
  );
  if (faults.length > 0) throw outsideScopes(faults);
}

function lettersOf(entry: Entry): readonly Letter[] {
  switch (entry.does) {
    case 'read':
      return entry.interaction.letters(entry.asked);
    case 'create':
      return entry.unless === undefined ? ['c'] : ['c', 's'];
    case 'replace':
    case 'patch':
      return 'criteria' in entry.which ? ['u', 's'] : ['u'];
    case 'delete':
      return 'criteria' in entry.which ? ['d', 's'] : ['d'];
  }
}

type Targets = ReadonlyMap<Entry, string | undefined>;

/** Deletes, and says for each entry what was meant: `Type/id`. */
async function removeAll(records: Records, entries: readonly Entry[]): Promise<Targets> {
  const targets = new Map<Entry, string | undefined>();
  const given = entries.filter((entry): entry is EntryThat<'delete'> => entry.does === 'delete');
  // With a person goes the sight of it, so that one goes last.
  const isPerson = ({ type }: EntryThat<'delete'>): number => (type === 'Patient' ? 1 : 0);
  for (const entry of given.toSorted((a, b) => isPerson(a) - isPerson(b))) {
    const id = await removed(records, entry);
    targets.set(entry, id === undefined ? undefined : `${entry.type}/${id}`);
  }
  return targets;
}

async function removed(
  records: Records,
  { type, which, version, path }: EntryThat<'delete'>,
): Promise<string | undefined> {
  const where = `${path}.request.url`;
  const id = 'id' in which ? which.id : (await meant(records, type, which.criteria, where))?.id;
  if (id === undefined) return undefined;
  try {
    await records.remove([{ type, id, version }]);
  } catch (error) {
    const isMissing = error instanceof Refused && ['not-found', 'gone'].includes(error.problem.kind);
    if (version !== undefined && (isMissing || isStale(error)))
      throw turnAway(412, 'conflict', `${path}.request.ifMatch`, text.overtaken);
    // What is not there is as good as deleted.
    if (!isMissing) throw error;
  }
  return id;
}

/** What is meant by two entries, perhaps by the criteria of one, would be what the later one says. */
function refuseOverlap(targets: Targets, planned: readonly Planned[]): void {
  const seen = new Set<string>();
  const meet = (which: string, { path }: Entry): void => {
    if (seen.has(which)) throw turnAway(422, 'duplicate', `${path}.request.url`, bundleText.sameRecord);
    seen.add(which);
  };
  for (const [entry, which] of targets) if (which !== undefined) meet(which, entry);
  for (const p of planned) if (!('known' in p)) meet(`${p.entry.type}/${p.id}`, p.entry);
}

async function writeAll(
  records: Records,
  entries: readonly Entry[],
  given: Parameters<Records['write']>[0],
): Promise<Stored[]> {
  try {
    return await records.write(given);
  } catch (error) {
    const seen = entries.find((entry) => 'version' in entry && entry.version !== undefined);
    if (seen && isStale(error))
      throw turnAway(412, 'conflict', `${seen.path}.request.ifMatch`, text.overtaken);
    throw error;
  }
}

async function look(records: Records, entry: EntryThat<'read'>, whole: Whole): Promise<BundleEntry> {
  const { asked, interaction, isHead } = entry;
  const wish = wishOf(asked);
  const { status = 200, body, headers = {} } = shaped(await interaction.answer(records, asked, whole), wish);
  const modified = headers['Last-Modified'];
  return {
    ...(isHead || body === undefined ? {} : { resource: body as Resource }),
    response: {
      status: String(status),
      ...(headers['ETag'] === undefined ? {} : { etag: headers['ETag'] }),
      ...(modified === undefined ? {} : { lastModified: new Date(modified).toISOString() }),
    },
  };
}

function answer({ base, wants }: Whole, record: Stored, status: string): BundleEntry {
  const { resourceType, id, meta } = record as Stored & { resourceType: RecordType };
  return {
    fullUrl: `${base}/${resourceType}/${id}`,
    ...(wants === 'representation' ? { resource: record } : {}),
    response: {
      status,
      location: `${resourceType}/${id}/_history/${meta.versionId}`,
      etag: `W/"${meta.versionId}"`,
      lastModified: meta.lastUpdated,
      ...(wants === 'OperationOutcome' ? { outcome: done } : {}),
    },
  };
}

const done = {
  resourceType: 'OperationOutcome' as const,
  issue: [{ severity: 'information' as const, code: 'informational' as const }],
};
