import type { Coverage, Identifier, Patient } from '@medplum/fhirtypes';
import { sql } from '../../../database/sql.ts';
import { systems } from '../../../fhir/codes.ts';
import type { Records } from '../../../fhir/records.ts';
import { idOf } from '../../../fhir/references.ts';
import type { Stored } from '../../../fhir/types.ts';
import { memberId, readCoverage, type Insurance } from '../../../people/record.ts';
import { turnAway } from '../refusal.ts';
import type { Document, DocumentEntry } from './envelope.ts';
import { tokenOf } from './parties.ts';
import { ofType } from './sections.ts';
import { documentText as text } from './text.ts';

const mostIdentifiers = 10;

/** What a document says of somebody's insurance, and where; from the Patient's member identifier where there is no Coverage. */
export type Insured = Readonly<{ entry: DocumentEntry | undefined; insurance: Insurance }>;

export function insuranceIn({ entries, person }: Document): Insured[] {
  const coverages = ofType(entries, 'Coverage').map((entry) => ({
    entry,
    insurance: readCoverage(entry.resource as unknown as Coverage),
  }));
  const known = coverages.filter(
    ({ insurance }) => insurance.insurerNumber !== '' && insurance.number !== '',
  );
  if (known.length > 0) return known;
  return identifiersOf(person).flatMap(({ system, value = '' }) => {
    const [insurerNumber = '', symbol = '', number = '', branch = ''] = value.split(':');
    return system === systems.memberId && insurerNumber !== '' && number !== ''
      ? [{ entry: undefined, insurance: { insurerNumber, symbol, number, branch } }]
      : [];
  });
}

const identifiersOf = ({ resource }: DocumentEntry): Identifier[] =>
  ((resource as unknown as Patient).identifier ?? [])
    .filter(({ system, value }) => system !== undefined && value !== undefined)
    .slice(0, mostIdentifiers);

/**
 * The person of a document, if this clinic knows them: by one of their identifiers, or by their insurance. Two documents
 * about the same person wait for each other. Refuses numbers that lead to two people, or to one born on another day.
 */
export async function personHere(
  records: Records,
  document: Document,
  insured: readonly Insured[],
): Promise<Stored<Patient> | undefined> {
  const { person } = document;
  const tokens = identifiersOf(person).map(({ system = '', value = '' }) => tokenOf(system, value));
  const members = insured.map(({ insurance }) => tokenOf(systems.memberId, memberId(insurance)));
  for (const token of [...new Set([...tokens, ...members])].toSorted())
    await records.run(sql`select pg_advisory_xact_lock(hashtextextended(${`person ${token}`}, 0))`);
  const found = new Map<string, Stored<Patient>>();
  const add = (patients: readonly Stored<Patient>[]): void => {
    for (const one of patients)
      if (idOf(one.managingOrganization, 'Organization') === records.actor.organization)
        found.set(one.id, one);
  };
  for (const token of tokens) add(await records.find('Patient', [['identifier', token]], 3));
  for (const token of members) {
    const coverages = await records.find('Coverage', [['identifier', token]], 3);
    add(
      await records.readMany(
        'Patient',
        coverages.flatMap((one) => idOf(one.beneficiary, 'Patient') ?? []),
      ),
    );
  }
  const [one, ...more] = found.values();
  if (more.length > 0)
    throw turnAway(422, 'multiple-matches', `${person.path}.resource.identifier`, text.severalKnown);
  const { birthDate } = person.resource as unknown as Patient;
  if (one?.birthDate !== undefined && birthDate !== undefined && one.birthDate !== birthDate)
    throw turnAway(422, 'conflict', `${person.path}.resource.birthDate`, text.bornOtherwise);
  return one;
}
