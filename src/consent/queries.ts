import type { Consent, Organization, PractitionerRole } from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import type { RecipientKind } from './record.ts';

/** A person's consents to share information, newest first. */
export async function consentsOf(records: Records, patient: string): Promise<Stored<Consent>[]> {
  const rows = await records.rows<{ content: Stored<Consent> }>(
    'consents',
    sql`select content from consent where patient_id = ${patient}::uuid and 'IDSCL' = any (category)
      order by (status = 'active' and period_end > ${records.now}) desc, date_time desc nulls last limit 50`,
    () => patient,
  );
  return rows.map((row) => row.content);
}

/** The posts of an organization that are held now. */
export const postsOf = async (records: Records, organization: string): Promise<Stored<PractitionerRole>[]> =>
  (await records.find('PractitionerRole', [['organization', organization]])).filter(
    (post) => post.active !== false,
  );

export type OpenReferral = Readonly<{ id: string; office: Organization | null }>;

/** Referrals under way that rest on a consent, and whom they went to. */
export const referralsOn = (
  records: Records,
  consent: Readonly<{ id: string; patient: string }>,
): Promise<OpenReferral[]> =>
  records.rows<OpenReferral>(
    'referrals on a consent',
    sql`select t.id, o.content as office
      from task t
      join service_request r on r.id = t.focus_id
      left join organization o on o.id = t.owner_id
      where t.patient_id = ${consent.patient}::uuid and t.part_of_id is null
        and t.status in ('requested', 'accepted', 'in-progress', 'on-hold')
        and ${`Consent/${consent.id}`} = any (r.supporting_info)
      order by t.authored_on desc`,
    () => consent.patient,
  );

export type SeenUnder = Readonly<{ id: string; name: string; kind: RecipientKind }>;

/** The bodies that see a person under a consent now, as far as the actor may know of them. */
export const seenUnder = (records: Records, consent: string): Promise<SeenUnder[]> =>
  records.rows<SeenUnder>(
    'seen under a consent',
    sql`select distinct d.organization_id as id, o.content ->> 'name' as name,
        case d.audience when 'staff' then 'office' when 'group' then 'resource' else d.audience end as kind
      from disclosure d join organization o on o.id = d.organization_id
      where d.basis = ${consent}::uuid and d.closed_at is null order by 2, 3`,
  );
