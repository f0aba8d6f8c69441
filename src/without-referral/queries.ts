import type { Consent, Organization, Patient, PractitionerRole } from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import type { EmergencyReason } from './emergency.ts';

/** A person shared with the actor's body without a referral to it. */
export type SharedLine = Readonly<{
  patient_id: string;
  patient: Stored<Patient> | null;
  items: readonly string[];
  until: Date;
  /** A legal basis, or what consents carry. */
  basis: string | null;
  from_body: Stored<Organization> | null;
}>;

/** Persons shared with the actor's body, at most 200; `patient` for one of them. */
export const sharedLines = (records: Records, patient?: string): Promise<SharedLine[]> =>
  records.rows<SharedLine & Record<string, unknown>>(
    'shared persons',
    sql`select s.patient_id, p.content as patient, s.items, s.until, s.basis, o.content as from_body
      from shared_with_me() s
      left join patient p on p.id = s.patient_id
      left join organization o on o.id = s.from_organization
      where ${patient ?? null}::uuid is null or s.patient_id = ${patient ?? null}::uuid
      order by s.until desc, s.patient_id limit 200`,
    (row) => row.patient_id,
  );

/** One thing that was opened without consent and waits for review, or was reviewed. */
export type ReviewLine = Readonly<{
  id: string;
  kind: 'legal-basis' | 'emergency';
  patient_id: string;
  patient: Stored<Patient> | null;
  at: Date;
  by_post: string | null;
  by: Stored<PractitionerRole> | null;
  reviewed_at: Date | null;
  reviewer: Stored<PractitionerRole> | null;
  verdict: 'justified' | 'not-justified' | null;
  remark: string | null;
  reviewed_as: 'colleague' | 'administrator';
  /** Whose act it was; null on the pages of that body itself. */
  body: string | null;
  because: EmergencyReason | null;
  note: string | null;
  until: Date | null;
  consent: Stored<Consent> | null;
}>;

/** What the actor's body opened without consent: what waits first, then the newest; at most 100. */
export const reviewLines = (records: Records, id?: string): Promise<ReviewLine[]> =>
  records.rows<ReviewLine & Record<string, unknown>>(
    'reviews',
    sql`select r.id, r.kind, r.patient_id, p.content as patient, r.at, r.by_post, b.content as by, r.reviewed_at,
        v.content as reviewer, r.verdict, r.remark, r.reviewed_as, null as body, e.because, e.note, e.until, c.content as consent
      from disclosure_review r
      left join patient p on p.id = r.patient_id
      left join practitioner_role b on b.id = r.by_post
      left join practitioner_role v on v.id = r.reviewed_by
      left join emergency_access e on e.id = r.id
      left join consent c on c.id = r.id
      where r.organization_id = ${records.actor.organization}::uuid
        and (${id ?? null}::uuid is null or r.id = ${id ?? null}::uuid)
      order by (r.reviewed_at is null) desc, r.at desc limit 100`,
    (row) => row.patient_id,
  );

/**
 * What nobody of its body reviewed within fourteen days, for the platform's administrator, with their verdicts: who, when,
 * why and to whom; no name of a person and nothing of their record.
 */
export const overdueLines = (records: Records, id?: string): Promise<ReviewLine[]> =>
  records.rows<ReviewLine & Record<string, unknown>>(
    'overdue reviews',
    sql`select id, kind, patient_id, null as patient, body, at, by_post, by_whom as by, reviewed_at, reviewer, reviewed_as, verdict,
        remark, because, note, until, consent from overdue_reviews(${id ?? null}::uuid)`,
    (row) => row.patient_id,
  );

/** Emergency access to a person and disclosures without consent, as the person's own page lists them; newest first. */
export type WithoutConsent = Readonly<{
  id: string;
  kind: 'legal-basis' | 'emergency';
  at: Date;
  until: Date | null;
  body: string | null;
  because: EmergencyReason | null;
  note: string | null;
  consent: Stored<Consent> | null;
}>;

export const withoutConsent = (records: Records, patient: string): Promise<WithoutConsent[]> =>
  records.rows<WithoutConsent & Record<string, unknown>>(
    'disclosed without consent',
    sql`select * from (
      select e.id, 'emergency' as kind, e.at, e.until, o.content ->> 'name' as body, e.because, e.note, null::jsonb as consent
      from emergency_access e left join organization o on o.id = e.organization_id where e.patient_id = ${patient}::uuid
      union all
      select c.id, 'legal-basis', c.updated_at, c.period_end, o.content ->> 'name', null, null, c.content
      from consent c left join organization o on o.id = c.organization_id
      where c.patient_id = ${patient}::uuid and not 'IDSCL' = any (c.category)
        and exists (select 1 from unnest(c.category) t where starts_with(t, 'https://tsunagi.example/fhir/CodeSystem/legal-basis|'))
    ) every_one order by at desc limit 50`,
    () => patient,
  );

/** Emergency access of other bodies to persons that the actor's clinic keeps: newest first, of the last ninety days. */
export type ElsewhereLine = Readonly<{
  id: string;
  patient_id: string;
  patient: Stored<Patient>;
  body: string | null;
  because: EmergencyReason;
  note: string;
  at: Date;
  until: Date;
}>;

export const openedElsewhere = (records: Records): Promise<ElsewhereLine[]> =>
  records.rows<ElsewhereLine & Record<string, unknown>>(
    'opened in an emergency',
    sql`select e.id, e.patient_id, p.content as patient, o.content ->> 'name' as body, e.because, e.note, e.at, e.until
      from emergency_access e
      join patient p on p.id = e.patient_id and p.organization_id = ${records.actor.organization}::uuid
      left join organization o on o.id = e.organization_id
      where e.organization_id <> ${records.actor.organization}::uuid and e.at > now() - interval '90 days'
      order by e.at desc limit 50`,
    (row) => row.patient_id,
  );
