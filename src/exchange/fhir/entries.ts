import { fhirIssue, type FhirIssue, type IssueCode } from '../../fhir/outcome.ts';
import { isId } from '../../fhir/references.ts';
import { isRecordType, type FhirRecord } from '../../fhir/types.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { turnAway, TurnedAway } from './refusal.ts';
import { versionTag } from './asked.ts';
import { bundleText, text } from './text.ts';

/** Entries of one transaction: what a case can need, far below what would hold others up. */
export const mostEntries = 500;

/** One entry that can be understood: create, perhaps unless something is there already, or replace. */
export type Entry = Readonly<{
  /** `Bundle.entry[3]` */
  path: string;
  fullUrl: string | undefined;
  resource: FhirRecord;
}> &
  (
    | Readonly<{ does: 'create'; unless: string | undefined }>
    | Readonly<{ does: 'replace'; id: string; version: string | undefined }>
  );

/** The entries of a transaction Bundle; refuses all that cannot be understood at once, entry by entry. */
export function entriesOf(body: unknown): Entry[] {
  const bundle = isObject(body) ? body : {};
  if (bundle['resourceType'] !== 'Bundle')
    throw turnAway(400, 'invalid', 'Bundle.resourceType', bundleText.onlyBundle);
  if (bundle['type'] !== 'transaction')
    throw turnAway(422, 'value', 'Bundle.type', bundleText.onlyTransaction);
  const given = bundle['entry'];
  if (!Array.isArray(given) || given.length === 0)
    throw turnAway(422, 'required', 'Bundle.entry', bundleText.empty);
  if (given.length > mostEntries)
    throw turnAway(422, 'too-costly', 'Bundle.entry', bundleText.tooMany(mostEntries));

  const faults: FhirIssue[] = [];
  const entries = given.flatMap(
    (entry: unknown, i) => readEntry(entry, `Bundle.entry[${String(i)}]`, faults) ?? [],
  );
  refuseTwice(entries, faults);
  if (faults.length > 0) throw new TurnedAway(422, ...faults.slice(0, 100));
  return entries;
}

function readEntry(entry: unknown, path: string, faults: FhirIssue[]): Entry | undefined {
  const fault = (at: string, code: IssueCode, says: Sentence): undefined => {
    faults.push(fhirIssue(code, `${path}${at}`, says));
    return undefined;
  };
  if (!isObject(entry)) return fault('', 'structure', bundleText.noEntry);
  const { fullUrl, resource } = entry;
  const request = isObject(entry['request']) ? entry['request'] : {};
  const { method, url, ifMatch, ifNoneExist } = request;
  if (fullUrl !== undefined && typeof fullUrl !== 'string')
    return fault('.fullUrl', 'structure', bundleText.notText);
  if (!isObject(resource) || !isRecordType(resource['resourceType']))
    return fault('.resource', 'not-supported', bundleText.noResource);
  if (typeof url !== 'string' || (method !== 'POST' && method !== 'PUT'))
    return fault('.request', 'not-supported', bundleText.noRequest);
  const [type, id, ...more] = url.split('/');
  if (type !== resource['resourceType'] || more.length > 0)
    return fault('.request.url', 'value', bundleText.otherUrl);
  const known = { path, fullUrl, resource: resource as unknown as FhirRecord };

  if (method === 'POST') {
    if (id !== undefined) return fault('.request.url', 'value', bundleText.typeOnly);
    if (ifNoneExist !== undefined && typeof ifNoneExist !== 'string')
      return fault('.request.ifNoneExist', 'structure', bundleText.notText);
    return { ...known, does: 'create', unless: ifNoneExist };
  }
  if (!isId(id) || resource['id'] !== id) return fault('.request.url', 'value', bundleText.otherId);
  const version = typeof ifMatch === 'string' ? versionTag(ifMatch) : undefined;
  if (ifMatch !== undefined && version === undefined)
    return fault('.request.ifMatch', 'value', text.badIfMatch);
  return { ...known, does: 'replace', id, version };
}

function refuseTwice(entries: readonly Entry[], faults: FhirIssue[]): void {
  const [names, records] = [new Set<string>(), new Set<string>()];
  for (const entry of entries) {
    if (entry.fullUrl !== undefined && names.has(entry.fullUrl))
      faults.push(fhirIssue('duplicate', `${entry.path}.fullUrl`, bundleText.twice));
    if (entry.fullUrl !== undefined) names.add(entry.fullUrl);
    if (entry.does !== 'replace') continue;
    const which = `${entry.resource.resourceType}/${entry.id}`;
    if (records.has(which))
      faults.push(fhirIssue('duplicate', `${entry.path}.request.url`, bundleText.sameRecord));
    records.add(which);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
