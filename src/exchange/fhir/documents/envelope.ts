import type { Composition } from '@medplum/fhirtypes';
import { isNode, type Node } from '../../../fhir/definitions/rule.ts';
import { fhirIssue, type FhirIssue, type IssueCode } from '../../../fhir/outcome.ts';
import type { ValidateResource } from '../../../fhir/validate.ts';
import { eachReference } from '../../../fhir/referring.ts';
import type { Sentence } from '../../../kernel/sentence.ts';
import { isLetter } from '../../../referral/record.ts';
import { mostEntries } from '../entries.ts';
import { deepest, withLinks } from '../links.ts';
import { turnAway, TurnedAway } from '../refusal.ts';
import { bundleText } from '../text.ts';
import { documentText as text } from './text.ts';

/** One entry of a document, of whatever type; `path` is `Bundle.entry[3]`. */
export type DocumentEntry = Readonly<{
  path: string;
  fullUrl: string;
  resource: Node & Readonly<{ resourceType: string }>;
}>;

/** A document that can be read: a Composition first, about one person, and every reference leads somewhere. */
export type Document = Readonly<{
  identifier: Readonly<{ system: string; value: string }>;
  timestamp: string;
  composition: Composition;
  entries: readonly DocumentEntry[];
  /** The entry that a reference of another leads to. */
  follow: (from: DocumentEntry, link: string | undefined) => DocumentEntry | undefined;
  person: DocumentEntry;
}>;

/** Reads a document; refuses what is none, and one that is no letter of referral, all that is wrong at once, with its place. */
export function readDocument(body: unknown, validate: ValidateResource): Document {
  const bundle = isNode(body) ? body : {};
  if (bundle['resourceType'] !== 'Bundle')
    throw turnAway(400, 'invalid', 'Bundle.resourceType', bundleText.onlyBundle);
  if (bundle['type'] !== 'document') throw turnAway(422, 'value', 'Bundle.type', text.onlyDocument);
  const given: unknown = bundle['entry'];
  if (!Array.isArray(given) || given.length === 0)
    throw turnAway(422, 'required', 'Bundle.entry', bundleText.empty);
  if (given.length > mostEntries)
    throw turnAway(422, 'too-costly', 'Bundle.entry', bundleText.tooMany(mostEntries));
  const faults: FhirIssue[] = [];
  const fault = (code: IssueCode, path: string, says: Sentence): void =>
    void faults.push(fhirIssue(code, path, says));
  const identifier = identifierIn(bundle, fault);
  const timestamp = bundle['timestamp'];
  if (typeof timestamp !== 'string' || Number.isNaN(Date.parse(timestamp)))
    fault('required', 'Bundle.timestamp', text.noTimestamp);
  const entries = given.flatMap((one, i) => entryOf(one, `Bundle.entry[${String(i)}]`, fault) ?? []);
  const [first] = entries;
  if (first?.path !== 'Bundle.entry[0]' || first.resource.resourceType !== 'Composition')
    fault('invariant', 'Bundle.entry[0].resource', text.compositionFirst);
  refuseTwice(entries, fault);
  if (faults.length > 0 || !first || !identifier) throw new TurnedAway(422, ...faults.slice(0, 100));

  for (const entry of entries)
    if (read.has(entry.resource.resourceType)) faults.push(...placed(validate(entry.resource), entry));
  if (faults.length > 0) throw new TurnedAway(422, ...faults.slice(0, 100));
  const composition = first.resource as unknown as Composition;
  if (!isLetter(composition.type)) fault('value', 'Bundle.entry[0].resource.type', text.onlyLetter);
  if (composition.status !== 'final' && composition.status !== 'amended')
    fault('value', 'Bundle.entry[0].resource.status', text.onlyFinal);
  const follow = follower(entries);
  refuseDangling(entries, follow, fault);
  const person = follow(first, composition.subject?.reference);
  if (person?.resource.resourceType !== 'Patient')
    fault('required', 'Bundle.entry[0].resource.subject', text.noPerson);
  for (const { path, resource } of entries)
    if (resource.resourceType === 'Patient' && path !== person?.path)
      fault('business-rule', `${path}.resource`, text.twoPersons);
  if (faults.length > 0 || !person) throw new TurnedAway(422, ...faults.slice(0, 100));
  return { identifier, timestamp: String(timestamp), composition, entries, follow, person };
}

/** The types that are looked into; what else a document holds is kept and not judged. */
const read = new Set(
  (
    'Composition Organization Patient Coverage Consent DocumentReference Binary ' +
    'QuestionnaireResponse Observation Condition ServiceRequest Communication Encounter'
  ).split(' '),
);

type Fault = (code: IssueCode, path: string, says: Sentence) => void;

function identifierIn(bundle: Node, fault: Fault): { system: string; value: string } | undefined {
  const { system, value } = isNode(bundle['identifier']) ? bundle['identifier'] : {};
  const isText = (one: unknown): one is string =>
    typeof one === 'string' && /^[^\p{Cc}]{1,500}$/u.test(one) && one.trim() !== '';
  if (isText(system) && isText(value)) return { system, value };
  fault('required', 'Bundle.identifier', text.noIdentifier);
  return undefined;
}

function entryOf(given: unknown, path: string, fault: Fault): DocumentEntry | undefined {
  const { fullUrl, resource, request, response, search } = isNode(given) ? given : {};
  if ([request, response, search].some((one) => one !== undefined))
    fault('invariant', path, text.onlyContent);
  if (typeof fullUrl !== 'string' || fullUrl === '' || fullUrl.length > 500) {
    fault('required', `${path}.fullUrl`, text.noFullUrl);
    return undefined;
  }
  if (!isNode(resource) || typeof resource['resourceType'] !== 'string') {
    fault('required', `${path}.resource`, text.noResource);
    return undefined;
  }
  if (withLinks(resource, (link) => link) === undefined) {
    fault('too-costly', `${path}.resource`, bundleText.tooDeep(deepest));
    return undefined;
  }
  return { path, fullUrl, resource: resource as DocumentEntry['resource'] };
}

function refuseTwice(entries: readonly DocumentEntry[], fault: Fault): void {
  const names = new Set<string>();
  for (const { path, fullUrl } of entries) {
    if (names.has(fullUrl)) fault('duplicate', `${path}.fullUrl`, bundleText.twice);
    names.add(fullUrl);
  }
}

/**
 * By `fullUrl`, as it is or with the address around the entry that refers (FHIR R4, bundle.html#references); also by type
 * and id, since many write `Patient/1` into documents whose entries are called `urn:uuid:…`.
 */
function follower(entries: readonly DocumentEntry[]): Document['follow'] {
  const byUrl = new Map(entries.map((one) => [one.fullUrl, one]));
  const byId = new Map(
    entries.map((one) => [`${one.resource.resourceType}/${String(one.resource['id'])}`, one]),
  );
  return ({ fullUrl }, link) => {
    if (link === undefined) return undefined;
    const [bare = ''] = link.split('/_history/');
    const around = /^(https?:\/\/.+\/)[A-Z][A-Za-z]+\/[^/]+$/.exec(fullUrl)?.[1];
    return byUrl.get(bare) ?? byUrl.get(`${around ?? ''}${bare}`) ?? byId.get(bare);
  };
}

/** What a Composition names is in its document; of other records, only what has an address elsewhere may be there. */
function refuseDangling(entries: readonly DocumentEntry[], follow: Document['follow'], fault: Fault): void {
  for (const entry of entries)
    eachReference(entry.resource, `${entry.path}.resource`, (link, path) => {
      if (link.startsWith('#') || follow(entry, link) !== undefined) return;
      if (/^https?:/.test(link) && entry.resource.resourceType !== 'Composition') return;
      fault('not-found', path, bundleText.dangling(link.slice(0, 80)));
    });
}

/** Faults of a record as faults of the document that it came in. */
export const placed = (faults: readonly FhirIssue[], { path, resource }: DocumentEntry): FhirIssue[] =>
  faults.map((one) => ({ ...one, path: one.path.replace(resource.resourceType, `${path}.resource`) }));
