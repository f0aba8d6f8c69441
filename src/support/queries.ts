import type {
  HealthcareService,
  Location,
  Organization,
  Patient,
  PractitionerRole,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes';
import { readResource, type Resource } from '../directory/record.ts';
import { sql, trusted, type Sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { readPost } from '../people/record.ts';
import type { Wish } from '../matching/rank.ts';
import { wordsOf } from '../matching/words.ts';

/** How many resources are looked at more closely; the columns decide which, `rank` in which order. */
const mostCandidates = 300;

/**
 * Active resources that take people from the municipality (or from everywhere), those first that the derived columns
 * say the most for: needs, interests, words in the entry.
 */
export async function candidates(records: Records, wish: Wish): Promise<Resource[]> {
  const needs = wish.needs.map((n) => `${n.system}|${n.code}`);
  const words = wordsOf(wish.words ?? '').map((word) => word.replaceAll(/[%_\\]/g, ''));
  const rows = await records.rows<{ service: HealthcareService; place: Location | null }>(
    'resources',
    sql`
    select h.content as service, l.content as place
    from healthcare_service h left join location l on l.id = h.location_id
    where coalesce(h.active, 'true') <> 'false' and (h.serves = '{}' or h.serves && ${[...(wish.within ?? [wish.municipality])]}::text[])
    order by (select count(*) from unnest(h.category) c where c = any (${needs}::text[])) * 4
        + (select count(*) from unnest(h.specialty) i where i = any (${[...wish.interests]}::text[]))
        + (select count(*) from unnest(${words}::text[]) w where h.words like '%' || fhir_key(w) || '%') * 4 desc,
      h.capacity = 'no-capacity', h.updated_at desc, h.id
    limit ${mostCandidates}`,
  );
  return rows.map(({ service, place }) => readResource(service, place ?? undefined));
}

/** The two views of an office's requests to groups. */
export const requestTabs = ['open', 'ended'] as const;
export type RequestTab = (typeof requestTabs)[number];
export const requestPageSize = 50;

export type RequestLine = Readonly<{
  task: Stored<Task>;
  patient: Patient | null;
  request: ServiceRequest | null;
  body: Organization | null;
  service: HealthcareService | null;
}>;

const openStatus = trusted(`('requested', 'accepted', 'in-progress', 'on-hold')`);
const order: Readonly<Record<RequestTab, Sql>> = {
  open: trusted(
    `case t.status when 'requested' then 0 when 'accepted' then 1 when 'on-hold' then 2 else 3 end, coalesce(t.due, 'infinity'::timestamptz), t.id`,
  ),
  ended: trusted(`t.updated_at desc, t.id`),
};

/** What the office asked of groups: waiting for an answer first and the overdue first among them; one more than a page. */
export const requestLines = (records: Records, tab: RequestTab, page: number): Promise<RequestLine[]> =>
  records.rows<RequestLine & Record<string, unknown>>(
    'requests',
    sql`
    with t as materialized (
      select t.* from task t where t.requester_id = ${records.actor.organization}::uuid and t.part_of_id is not null
        and t.status ${trusted(tab === 'open' ? 'in' : 'not in')} ${openStatus}
      order by ${order[tab]} limit ${requestPageSize + 1} offset ${(page - 1) * requestPageSize}
    )
    select t.content as task, p.content as patient, r.content as request, o.content as body, h.content as service
    from t
    left join patient p on p.id = t.patient_id
    left join service_request r on r.id = t.focus_id
    left join organization o on o.id = t.owner_id
    left join lateral (
      select h.content from healthcare_service h
      where h.id = fhir_id(jsonb_path_query_first(r.content, '$.performer[*].reference ? (@ starts with "HealthcareService/")') #>> '{}', 'HealthcareService')
    ) h on true
    order by ${order[tab]}`,
    (row) => row.patient?.id,
  );

/** The office's people by post, so that a contact shows who made it. */
export async function namesOfPosts(
  records: Records,
  posts: readonly (string | undefined)[],
): Promise<Map<string, string>> {
  const ids = [...new Set(posts.flatMap((p) => p ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await records.rows<{ id: string; name: string | null }>(
    'posts',
    sql`select r.id, coalesce(r.content #>> '{practitioner,display}', p.content #>> '{name,0,text}') as name
      from practitioner_role r left join practitioner p on p.id = r.practitioner_id where r.id = any (${ids}::uuid[])`,
  );
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}

/**
 * The doctor to whom a report is addressed: whoever sent the referral, if that is a doctor; where the reception sent it,
 * the clinic's only doctor. Undefined where neither tells who it was. One statement.
 */
export async function referringDoctor(
  records: Records,
  { to, taskId, patient }: Readonly<{ to: string; taskId: string | undefined; patient: string }>,
): Promise<string | undefined> {
  const rows = await records.rows<{ post: PractitionerRole; name: string | null; sent: boolean }>(
    'posts',
    sql`
    with sender as (
      select fhir_id(p.content #>> '{agent,0,who,reference}', 'PractitionerRole') as post from provenance p
      where p.patient_id = ${patient}::uuid and ${`Task/${taskId ?? ''}`} = any (p.target)
      order by p.recorded limit 1
    )
    select r.content as post, coalesce(r.content #>> '{practitioner,display}', p.content #>> '{name,0,text}') as name,
      coalesce(r.id = (select post from sender), false) as sent
    from practitioner_role r left join practitioner p on p.id = r.practitioner_id
    where r.organization_id = ${to}::uuid`,
  );
  const doctors = rows
    .map(({ post, name, sent }) => ({ ...readPost(post), name: name ?? undefined, sent }))
    .filter((post) => post.kind === 'doctor' && post.name !== undefined);
  const working = doctors.filter((post) => post.active);
  return (doctors.find((post) => post.sent) ?? (working.length === 1 ? working[0] : undefined))?.name;
}
