import type { Patient } from '@medplum/fhirtypes';
import { sql } from '../../database/sql.ts';
import { buildProvenance } from '../../fhir/provenance.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { forbidden, notFound, Refused } from '../../kernel/problem.ts';
import { liftLimits, limitContact, readPatient, type LimitReason } from '../record.ts';
import { dangerText as text } from './text.ts';

export type Limiting = Readonly<{
  why: LimitReason;
  how: string;
  /** The version of the person that the page showed. */
  seen: string;
}>;

/**
 * Records that a person must not be contacted but in one way. The clinic that keeps the person does it, or the office
 * that is supporting them now: then it is written for the clinic, whose record it is. Refuses with `conflict` what is no
 * longer as it was `seen`.
 */
export const setLimits = (records: Records, id: string, given: Limiting): Promise<void> =>
  change(records, id, given.seen, (patient, by) =>
    limitContact(
      patient,
      { since: dayInTokyo(records.now), why: given.why, how: given.how, by },
      records.now.toISOString(),
    ),
  );

/** Lifts the limits; that they were there stays on the record. */
export const lift = (records: Records, id: string, seen: string): Promise<void> =>
  change(records, id, seen, (patient, by) => liftLimits(patient, records.now.toISOString(), by));

async function change(
  records: Records,
  id: string,
  seen: string,
  amended: (patient: Stored<Patient>, by: string | undefined) => Stored<Patient>,
): Promise<void> {
  const { actor } = records;
  const patient = await records.read('Patient', id);
  if (patient.meta.versionId !== seen) throw new Refused({ kind: 'conflict', says: text.stale });
  const { clinic } = readPatient(patient);
  if (clinic === undefined) throw notFound();
  const save = async (as: Records, kept: Stored<Patient>): Promise<void> => {
    await as.write([
      amended(kept, actor.post),
      buildProvenance({
        id: as.newId(),
        targets: [],
        patient: id,
        organization: clinic,
        by: actor.post,
        onBehalfOf: actor.organization,
        at: as.now.toISOString(),
        activity: 'UPDATE',
      }),
    ]);
  };
  if (clinic === actor.organization) {
    await save(records, patient);
    return;
  }
  await refuseOnlookers(records, id);
  await records.onBehalfOf(clinic, async (theirs) => {
    await save(theirs, await theirs.read('Patient', id));
  });
}

/** An office speaks for the person only while it has an open referral of theirs. */
async function refuseOnlookers(records: Records, patient: string): Promise<void> {
  const rows = await records.rows(
    'open referral',
    sql`select t.id from task t where t.patient_id = ${patient}::uuid and t.owner_id = ${records.actor.organization}::uuid
      and t.part_of_id is null and t.status in ('accepted', 'in-progress', 'on-hold')
      and exists (select 1 from sight s where s.patient_id = t.patient_id and s.organization_id = t.owner_id
        and s.audience = actor_audience() and s.works_until > now())`,
  );
  if (records.actor.role !== 'linkworker' || rows.length === 0) throw forbidden(text.notYours);
}
