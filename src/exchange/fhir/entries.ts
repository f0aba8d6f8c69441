import { isNode } from '../../fhir/definitions/rule.ts';
import { fhirIssue, type FhirIssue, type IssueCode } from '../../fhir/outcome.ts';
import { isId } from '../../fhir/references.ts';
import { isRecordType, type FhirRecord, type RecordType } from '../../fhir/types.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { versionTag, type Asked } from './asked.ts';
import type { Interaction } from './interactions/interaction.ts';
import { interactionFor } from './interactions/table.ts';
import { patchOf } from './patch.ts';
import { turnAway, TurnedAway } from './refusal.ts';
import { bundleText, text } from './text.ts';

/** Entries of one Bundle: what a case can need, far below what would hold others up. */
export const mostEntries = 500;

/** Which record is meant: by its id, or by search parameters. */
export type Which = Readonly<{ id: string } | { criteria: string }>;

/** One entry that can be understood. */
export type Entry = Readonly<{
  /** `Bundle.entry[3]` */
  path: string;
  fullUrl: string | undefined;
}> &
  (
    | Readonly<{ does: 'create'; type: RecordType; resource: FhirRecord; unless: string | undefined }>
    | Readonly<{
        does: 'replace';
        type: RecordType;
        resource: FhirRecord;
        which: Which;
        version: string | undefined;
      }>
    | Readonly<{ does: 'patch'; type: RecordType; patch: unknown; which: Which; version: string | undefined }>
    | Readonly<{ does: 'delete'; type: RecordType; which: Which; version: string | undefined }>
    | Readonly<{ does: 'read'; type: string; asked: Asked; interaction: Interaction; isHead: boolean }>
  );
export type EntryThat<Does extends Entry['does']> = Extract<Entry, { does: Does }>;

/** The entries as they came, of a Bundle that is to be carried out whole or one by one. */
export function bundleOf(body: unknown): { isWhole: boolean; given: readonly unknown[] } {
  const bundle = isNode(body) ? body : {};
  if (bundle['resourceType'] !== 'Bundle')
    throw turnAway(400, 'invalid', 'Bundle.resourceType', bundleText.onlyBundle);
  if (bundle['type'] !== 'transaction' && bundle['type'] !== 'batch')
    throw turnAway(422, 'value', 'Bundle.type', bundleText.onlyTransaction);
  const given: unknown = bundle['entry'];
  if (!Array.isArray(given) || given.length === 0)
    throw turnAway(422, 'required', 'Bundle.entry', bundleText.empty);
  if (given.length > mostEntries)
    throw turnAway(422, 'too-costly', 'Bundle.entry', bundleText.tooMany(mostEntries));
  return { isWhole: bundle['type'] === 'transaction', given };
}

/** The entries of a transaction; refuses all that cannot be understood at once, entry by entry. */
export function entriesOf(given: readonly unknown[], base: string): Entry[] {
  const faults: FhirIssue[] = [];
  const entries = given.flatMap((entry, i) => readEntry(entry, pathOf(i), base, faults) ?? []);
  refuseTwice(entries, faults);
  if (faults.length > 0) throw new TurnedAway(422, ...faults.slice(0, 100));
  return entries;
}

/** One entry of a batch. */
export function entryOf(given: unknown, i: number, base: string): Entry {
  const faults: FhirIssue[] = [];
  const entry = readEntry(given, pathOf(i), base, faults);
  if (!entry || faults.length > 0) throw new TurnedAway(422, ...faults);
  return entry;
}

const pathOf = (i: number): string => `Bundle.entry[${String(i)}]`;

type Fault = (at: string, code: IssueCode, says: Sentence) => undefined;

function readEntry(entry: unknown, path: string, base: string, faults: FhirIssue[]): Entry | undefined {
  const fault: Fault = (at, code, says) => {
    faults.push(fhirIssue(code, `${path}${at}`, says));
    return undefined;
  };
  if (!isNode(entry)) return fault('', 'structure', bundleText.noEntry);
  const { fullUrl } = entry;
  if (fullUrl !== undefined && typeof fullUrl !== 'string')
    return fault('.fullUrl', 'structure', bundleText.notText);
  const request = isNode(entry['request']) ? entry['request'] : {};
  const { method, url } = request;
  if (typeof url !== 'string' || url.length > 4000 || !methods.includes(method))
    return fault('.request', 'not-supported', bundleText.noRequest);
  const local = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : url.replace(/^\//, '');
  const known = { path, fullUrl };
  if (method === 'GET' || method === 'HEAD') {
    const read = readingOf(local, request);
    return read
      ? { ...known, does: 'read', ...read, isHead: method === 'HEAD' }
      : fault('.request.url', 'not-supported', text.noSuchInteraction(method, `/${local.slice(0, 100)}`));
  }
  const written = writingOf(entry, request, local, fault);
  return written && { ...known, ...written };
}

const methods: readonly unknown[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

type Written = Entry extends infer E ? (E extends Entry ? Omit<E, 'path' | 'fullUrl'> : never) : never;

/** What an entry that changes something does. */
function writingOf(
  entry: Readonly<Record<string, unknown>>,
  request: Readonly<Record<string, unknown>>,
  local: string,
  fault: Fault,
): Exclude<Written, { does: 'read' }> | undefined {
  const { method, ifMatch, ifNoneExist } = request;
  const { resource } = entry;
  const [address, criteria] = splitAt(local, '?');
  const [type, id, ...more] = address.split('/');
  const isKnown = isNode(resource) && isRecordType(resource['resourceType']);
  if ((method === 'POST' || method === 'PUT') && !isKnown)
    return fault('.resource', 'not-supported', bundleText.noResource);
  if (!isRecordType(type) || more.length > 0) return fault('.request.url', 'value', bundleText.otherUrl);
  if (isKnown && method !== 'DELETE' && method !== 'PATCH' && type !== resource['resourceType'])
    return fault('.request.url', 'value', bundleText.otherUrl);
  if (method === 'POST') {
    if (id !== undefined || criteria !== undefined)
      return fault('.request.url', 'value', bundleText.typeOnly);
    if (ifNoneExist !== undefined && typeof ifNoneExist !== 'string')
      return fault('.request.ifNoneExist', 'structure', bundleText.notText);
    return { does: 'create', type, resource: resource as FhirRecord, unless: ifNoneExist };
  }

  const which = whichOf(id, criteria);
  if (!which) return fault('.request.url', 'value', bundleText.otherId);
  const version = typeof ifMatch === 'string' ? versionTag(ifMatch) : undefined;
  if (ifMatch !== undefined && version === undefined)
    return fault('.request.ifMatch', 'value', text.badIfMatch);
  const at = { type, which, version };
  if (method === 'DELETE') return { does: 'delete', ...at };
  if (method === 'PUT') {
    const own = (resource as { id?: unknown }).id;
    if ('id' in which ? own !== which.id : own !== undefined && !isId(own))
      return fault('.request.url', 'value', bundleText.otherId);
    return { does: 'replace', ...at, resource: resource as FhirRecord };
  }
  const patch = patchOf(resource);
  return patch === undefined
    ? fault('.resource', 'not-supported', bundleText.noPatch)
    : { does: 'patch', ...at, patch };
}

function whichOf(id: string | undefined, criteria: string | undefined): Which | undefined {
  if (id === undefined) return criteria === undefined || criteria === '' ? undefined : { criteria };
  return isId(id) && criteria === undefined ? { id } : undefined;
}

function splitAt(url: string, mark: string): [string, string | undefined] {
  const at = url.indexOf(mark);
  return at < 0 ? [url, undefined] : [url.slice(0, at), url.slice(at + 1)];
}

/** A reading entry as if it had come over HTTP. */
function readingOf(
  local: string,
  request: Readonly<Record<string, unknown>>,
): Pick<EntryThat<'read'>, 'type' | 'asked' | 'interaction'> | undefined {
  const [path] = splitAt(`/${local}`, '?');
  const found = interactionFor('GET', path);
  if (!found) return undefined;
  const header = (given: unknown): string | undefined => (typeof given === 'string' ? given : undefined);
  const headers: Readonly<Record<string, string | undefined>> = {
    'if-none-match': header(request['ifNoneMatch']),
    'if-modified-since': httpDate(header(request['ifModifiedSince'])),
  };
  return {
    type: path.split('/')[1] ?? '',
    interaction: found.interaction,
    asked: {
      method: 'GET',
      originalUrl: `/${local}`,
      path,
      params: found.params,
      get: (name) => headers[name],
    },
  };
}

/** In a Bundle the moment is an instant; what is none is left for the reader of the header to refuse. */
function httpDate(given: string | undefined): string | undefined {
  const at = given === undefined ? undefined : new Date(given);
  return at === undefined || Number.isNaN(at.getTime()) ? given : at.toUTCString();
}

function refuseTwice(entries: readonly Entry[], faults: FhirIssue[]): void {
  const [names, records] = [new Set<string>(), new Set<string>()];
  for (const entry of entries) {
    const { fullUrl } = entry;
    // What is read or deleted may well be called what it is.
    if (fullUrl !== undefined && entry.does !== 'read' && entry.does !== 'delete') {
      if (names.has(fullUrl)) faults.push(fhirIssue('duplicate', `${entry.path}.fullUrl`, bundleText.twice));
      names.add(fullUrl);
    }
    if (!('which' in entry) || !('id' in entry.which)) continue;
    const which = `${entry.type}/${entry.which.id}`;
    if (records.has(which))
      faults.push(fhirIssue('duplicate', `${entry.path}.request.url`, bundleText.sameRecord));
    records.add(which);
  }
}
