import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import type { Span } from './review.ts';

/** Whom a review looks at; all where nothing is named. */
export type Narrowed = Readonly<{ organization?: string | undefined; account?: string | undefined }>;

export type ReviewCount = Readonly<{ action: string; hour: number; holiday: boolean; count: number }>;

/** How often which action, by hour in Tokyo. For administrators; others get nothing. */
export const countLog = (records: Records, span: Span, narrowed: Narrowed): Promise<ReviewCount[]> =>
  records.rows<ReviewCount & Record<string, unknown>>(
    'access log',
    sql`select action, hour, holiday, count::int as count from access_review_counts(${span.since}, ${span.until},
      ${narrowed.organization ?? null}::uuid, ${narrowed.account ?? null}::uuid, ${span.closed}::date[])`,
  );

/** One account or program in a month. Persons are counted, never named. */
export type ReviewLine = Readonly<{
  account: string | null;
  client: string | null;
  name: string | null;
  role: string;
  organization: string | null;
  looks: number;
  persons: number;
  /** Persons on the median day since the month before, and on how many days anything was looked at. */
  usual: number | null;
  days: number | null;
  most: number | null;
  /** `YYYY-MM-DD`. */
  most_on: string | null;
  unusual: number;
  unusual_days: number;
  prints: number;
  exports: number;
  refused: number;
  sign_in_refused: number;
  emergencies: number;
}>;

export const listUse = (records: Records, span: Span, narrowed: Narrowed): Promise<ReviewLine[]> =>
  records.rows<ReviewLine & Record<string, unknown>>(
    'access log',
    sql`select account, client, name, role, organization, looks::int, persons::int, usual, days, most, most_on::text,
        unusual::int, unusual_days::int, prints::int, exports::int, refused::int, sign_in_refused::int, emergencies::int
      from access_review_accounts(${span.before}, ${span.since}, ${span.until}, ${narrowed.organization ?? null}::uuid,
        ${narrowed.account ?? null}::uuid, ${span.closed}::date[])`,
  );

export type ReviewEvent = Readonly<{
  id: string;
  at: Date;
  action: string;
  name: string | null;
  organization: string | null;
  role: string;
  what: string;
  records: readonly string[];
  address: string | null;
  why: string;
}>;

/** The most of one kind of event that a page lists. */
export const mostEvents = 50;

export const listEvents = (
  records: Records,
  { since, until }: Pick<Span, 'since' | 'until'>,
  narrowed: Narrowed,
  kinds: readonly string[],
): Promise<ReviewEvent[]> =>
  records.rows<ReviewEvent & Record<string, unknown>>(
    'access log',
    sql`select * from access_review_events(${since}, ${until}, ${narrowed.organization ?? null}::uuid,
      ${narrowed.account ?? null}::uuid, ${kinds}::text[], ${mostEvents})`,
  );

/** Who can be chosen in the filter, by organization and name. */
export type Chooseable = Readonly<{ id: string; name: string; organization: string; body: string }>;
export const listChoices = (records: Records): Promise<Chooseable[]> =>
  records.rows<Chooseable & Record<string, unknown>>(
    'access log',
    sql`select a.id, a.name, a.organization_id as organization, coalesce(o.content ->> 'name', '') as body
      from account a left join organization o on o.id = a.organization_id order by body, a.name, a.id limit 1000`,
  );

export type SealState = Readonly<{ number: number; sealed_at: Date }>;
/** The newest seal. */
export async function sealState(records: Records): Promise<SealState | undefined> {
  const [row] = await records.rows<SealState & Record<string, unknown>>(
    'access log',
    sql`select number::int, sealed_at from access_log_seal order by number desc limit 1`,
  );
  return row;
}

/** What somebody did with a person's records on one day. */
export type Look = Readonly<{
  id: string;
  /** The first and the last moment of that day. */
  at: Date;
  last: Date;
  name: string | null;
  role: string;
  organization: string | null;
  own: boolean;
  /** Null where everything was refused. */
  actions: readonly string[] | null;
  kinds: readonly string[] | null;
  /** Whether something was refused. */
  refused: boolean;
  why: string;
  /** When the consent was given on which a look by consent rests: the newest before it. */
  consented: Date | null;
}>;

export const looksPerPage = 50;

/**
 * Who looked at or changed a person's records, newest first, one more than a page when there are more: for the clinic that
 * keeps the person, everybody; for another organization its own. `before`: the id from which the page before went down.
 */
export const whoLooked = (
  records: Records,
  patient: string,
  given: Readonly<{ before?: string | undefined; count?: number }> = {},
): Promise<Look[]> =>
  records.rows<Look & Record<string, unknown>>(
    'access log',
    sql`
    with lines as (
      select min(l.id) as id, min(l.at) as at, max(l.at) as last, l.account, l.post, l.client, l.organization, l.role, l.why,
        array_agg(distinct l.action) filter (where l.action <> 'refused') as actions, bool_or(l.action = 'refused') as refused, array_agg(distinct kind) filter (where l.action <> 'refused') as kinds
      from access_log_seen l, unnest(case when l.records <> '{}' then string_to_array(l.what, ' ') else array[l.what] end) kind
      where l.patients @> array[${patient}::uuid]
      group by (l.at at time zone 'Asia/Tokyo')::date, l.account, l.post, l.client, l.organization, l.role, l.why
      having min(l.id) < ${given.before ?? '9223372036854775807'}::bigint
      order by min(l.id) desc limit ${(given.count ?? looksPerPage) + 1}
    )
    select lines.id, lines.at, lines.last, lines.role, lines.actions, lines.refused, lines.kinds, lines.why, o.content ->> 'name' as organization,
      coalesce(p.content #>> '{practitioner,display}', a.name, lines.client) as name,
      lines.organization = (select actor_organization()) as own,
      case when starts_with(lines.why, 'consent') then (
        select max(c.date_time) from consent c where c.patient_id = ${patient}::uuid and c.date_time <= lines.at) end as consented
    from lines left join organization o on o.id = lines.organization
    left join practitioner_role p on p.id = lines.post left join account a on a.id = lines.account
    order by lines.id desc`,
    () => patient,
  );
