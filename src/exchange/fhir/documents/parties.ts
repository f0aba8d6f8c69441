import type { Organization } from '@medplum/fhirtypes';
import { fhirIssue, type FhirIssue } from '../../../fhir/outcome.ts';
import type { Records } from '../../../fhir/records.ts';
import { isId } from '../../../fhir/references.ts';
import type { Stored } from '../../../fhir/types.ts';
import { readOrganization } from '../../../people/record.ts';
import { TurnedAway, turnAway } from '../refusal.ts';
import type { Document, DocumentEntry } from './envelope.ts';
import { entriesIn, ofType, type Section } from './sections.ts';
import { documentText as text } from './text.ts';

const mostBodies = 20;
const mostIdentifiers = 10;

export type Parties = Readonly<{
  /** Organization id of the office. */
  receiver: string;
  /** The bodies of the document that are known here, by the path of their entry. */
  bodies: ReadonlyMap<string, string>;
}>;

/**
 * Who sends and who receives: the bodies of the document are those here with one of their identifiers (医療機関コード and
 * others), or, in a document that began here, with their id. Refuses a sender other than the caller, and a receiver that is
 * no office here.
 */
export async function partiesOf(
  records: Records,
  document: Document,
  { sections, base }: Readonly<{ sections: readonly Section[]; base: string }>,
): Promise<Parties> {
  const given = ofType(document.entries, 'Organization');
  if (given.length > mostBodies)
    throw turnAway(422, 'too-costly', 'Bundle.entry', text.manyBodies(mostBodies));
  const bodies = new Map<string, Stored<Organization>>();
  for (const entry of given) {
    const found = await bodyHere(records, entry, base);
    if (found) bodies.set(entry.path, found);
  }
  const faults: FhirIssue[] = [];
  const fault = (where: string, code: FhirIssue['code'], says: FhirIssue['says']): void =>
    void faults.push(fhirIssue(code, where, says));
  const sender = senderOf(document, sections);
  if (!sender) fault('Bundle.entry[0].resource.section', 'required', text.noSender);
  else if (bodies.get(sender.path)?.id !== records.actor.organization)
    fault(`${sender.path}.resource.identifier`, 'business-rule', text.otherSender);

  const [to, ...others] = ofType(entriesIn(sections, 'receiver'), 'Organization');
  const office = to && bodies.get(to.path);
  if (!to) fault('Bundle.entry[0].resource.section', 'required', text.noReceiver);
  for (const other of others) fault(`${other.path}.resource`, 'business-rule', text.twoReceivers);
  if (to && !office) fault(`${to.path}.resource.identifier`, 'not-found', text.unknownReceiver);
  if (to && office && !isOffice(office))
    fault(`${to.path}.resource.identifier`, 'business-rule', text.noOffice);
  if (faults.length > 0 || !office) throw new TurnedAway(422, ...faults);
  return { receiver: office.id, bodies: new Map([...bodies].map(([path, body]) => [path, body.id])) };
}

const isOffice = (body: Stored<Organization>): boolean => {
  const { kind, active } = readOrganization(body);
  return kind === 'office' && active;
};

/** Section 920 says it; else the body that answers for the document, or wrote it. */
function senderOf({ composition, entries, follow }: Document, sections: readonly Section[]) {
  const [first] = entries;
  const others = [composition.custodian, ...composition.author].flatMap(
    (link) => (first && follow(first, link?.reference)) ?? [],
  );
  return ofType([...entriesIn(sections, 'sender'), ...others], 'Organization')[0];
}

async function bodyHere(
  records: Records,
  { fullUrl, resource }: DocumentEntry,
  base: string,
): Promise<Stored<Organization> | undefined> {
  const { identifier = [] } = resource as unknown as Organization;
  const found = new Map<string, Stored<Organization>>();
  for (const { system, value } of identifier.slice(0, mostIdentifiers))
    if (system !== undefined && value !== undefined)
      for (const one of await records.find('Organization', [['identifier', tokenOf(system, value)]], 2))
        found.set(one.id, one);
  if (found.size > 0) return found.size === 1 ? [...found.values()][0] : undefined;
  const id = fullUrl.replace(/^urn:uuid:/, '').replace(`${base}/Organization/`, '');
  return isId(id) ? (await records.readMany('Organization', [id]))[0] : undefined;
}

/** A system and a value as a search takes them. */
export const tokenOf = (system: string, value: string): string =>
  [system, value].map((part) => part.replaceAll(/[\\,|$]/g, String.raw`\$&`)).join('|');
