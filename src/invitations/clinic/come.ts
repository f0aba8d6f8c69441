import type { Encounter } from '@medplum/fhirtypes';
import type { ConsentForm, Proof } from '../../consent/form.ts';
import { give } from '../../consent/service.ts';
import { sql } from '../../database/sql.ts';
import { coding, systems } from '../../fhir/codes.ts';
import type { Records } from '../../fhir/records.ts';
import { reference } from '../../fhir/references.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { conflict } from '../../kernel/problem.ts';
import type { Registration } from '../../people/form.ts';
import { register } from '../../people/service.ts';
import { noteList } from '../log.ts';
import type { Found } from './find.ts';
import { text } from './text.ts';

export type Coming = Readonly<{
  found: Found;
  /** A patient of the clinic already; else who is to be registered. */
  person: Readonly<{ known: string } | { registration: Registration }>;
  consent: ConsentForm;
  proof: Proof;
}>;

/**
 * Somebody who was invited came and consented. In one transaction they become a patient, with card, consent and visit, and
 * are on the list no more. The insurer is told of the visit if, and only if, the consent names it. Returns the patient's id.
 */
export async function come(
  records: Records,
  { found: { arrived, program }, person, consent, proof }: Coming,
): Promise<string> {
  const patient =
    'known' in person
      ? (await records.read('Patient', person.known)).id
      : await register(records, person.registration, true);
  await give(records, program, patient, consent, proof);
  await records.write([buildVisit(records, patient)]);
  const told = consent.recipients.includes('insurer');
  const [row] = await records.run<{ came: boolean }>(
    sql`select invitation_came(${arrived.id}::uuid, ${patient}::uuid, ${dayInTokyo(records.now)}::date, ${told}) as came`,
  );
  if (row?.came !== true) throw conflict(text.over.ja, text.over.en);
  await noteList(records, 'write', 'an invited member came', arrived.list_id);
  return patient;
}

const buildVisit = ({ actor, now, newId }: Records, patient: string): Encounter => ({
  resourceType: 'Encounter',
  id: newId(),
  status: 'finished',
  class: coding(systems.actCode, 'AMB', 'ambulatory'),
  subject: reference('Patient', patient),
  ...(actor.post === undefined
    ? {}
    : { participant: [{ individual: reference('PractitionerRole', actor.post) }] }),
  period: { start: now.toISOString() },
  reasonCode: [{ text: '受診のご案内による来院' }],
  serviceProvider: reference('Organization', actor.organization),
});
