import type { Subscription } from '@medplum/fhirtypes';
import { sql, trusted, type Sql } from '../../../database/sql.ts';
import type { Records } from '../../../fhir/records.ts';
import { tableOf } from '../../../fhir/tables.ts';
import type { TopicType, Wanted } from './model.ts';

/** Subscriptions of one program. */
export const mostSubscriptions = 20;

export type Row = {
  id: string;
  version: number;
  status: 'requested' | 'active' | 'error' | 'off';
  content: Subscription;
  headers: Buffer | null;
  fault: string | null;
  events: string;
  type: TopicType;
  updated_at: Date;
};
const columns = sql`id, version, status, content, headers, fault, events, type, updated_at`;
const own = ({ actor }: Records): Sql => sql`client = ${actor.client ?? ''}`;

export const subscriptionsOf = (records: Records): Promise<Row[]> =>
  records.run<Row>(
    sql`select ${columns} from subscription where ${own(records)} order by updated_at desc, id`,
  );

export async function subscriptionOf(records: Records, id: string): Promise<Row | undefined> {
  const [row] = await records.run<Row>(
    sql`select ${columns} from subscription where ${own(records)} and id = ${id}::uuid`,
  );
  return row;
}

/** Adds it, or puts it in the place of that version; undefined when there is no such version any more, or no room. */
export async function keepSubscription(
  records: Records,
  id: string,
  version: number | undefined,
  wanted: Wanted,
  headers: Buffer | null,
): Promise<Row | undefined> {
  const { actor, now } = records;
  const { content, status, type, statuses, owners, requesters, ends, heartbeat } = wanted;
  const given = sql`${JSON.stringify(content)}::jsonb, ${headers}::bytea, ${status}, ${type}, ${statuses}::text[],
    ${owners}::uuid[], ${requesters}::uuid[], ${ends}::timestamptz, ${heartbeat}::integer, ${now}::timestamptz, ${actor.request}`;
  const names = sql`content, headers, status, type, statuses, owners, requesters, ends_at, heartbeat, updated_at, request`;
  const [row] = await records.run<Row>(
    version === undefined
      ? sql`insert into subscription (id, client, organization_id, role, ${names})
          select ${id}::uuid, ${actor.client ?? ''}, ${actor.organization}::uuid, ${actor.role}, ${given}
          where (select count(*) from subscription where ${own(records)}) < ${mostSubscriptions} returning ${columns}`
      : sql`update subscription set (${names}) = (select ${given}), version = version + 1, failures = 0, fault = null,
            undelivered = 0, next_at = now()
          where id = ${id}::uuid and version = ${version} and ${own(records)} returning ${columns}`,
  );
  return row;
}

export const removeSubscription = async (records: Records, id: string): Promise<boolean> =>
  (await records.run(sql`delete from subscription where id = ${id}::uuid and ${own(records)} returning id`))
    .length > 0;

export type Notice = { id: string; number: string | null; record: string; at: Date; patient: string | null };

/** Events of the week between two numbers, waiting or sent; those alone whose record the caller sees now. */
export const noticesOf = (
  records: Records,
  { id, type }: Pick<Row, 'id' | 'type'>,
  [since, until]: readonly [number, number],
): Promise<Notice[]> =>
  records.rows<Notice>(
    'subscription events',
    sql`select n.id, n.number, n.record, n.at, r.patient_id as patient from subscription_notice n
      join ${trusted(tableOf(type))} r on r.id = n.record
      where n.subscription = ${id}::uuid and n.number between ${since}::bigint and ${until}::bigint order by n.number limit 200`,
    (row) => row.patient,
  );

/** Of one subscription, in one sending. */
const mostSent = 50;

/** What is to be sent next, numbered. */
export const takeNotices = (records: Records, id: string, type: TopicType): Promise<Notice[]> =>
  numbered(records, id, type, mostSent);

/** Numbers what waits, so that it can be asked for before it is sent. */
export const numberNotices = async (records: Records, id: string, type: TopicType): Promise<void> =>
  void (await numbered(records, id, type, 200));

/**
 * What waits, numbered in its order. What the program does not see at this moment is forgotten: it is told neither that
 * nor of what. Whoever comes second finds what the first has numbered.
 */
async function numbered(records: Records, id: string, type: TopicType, most: number): Promise<Notice[]> {
  await records.run(sql`select 1 from subscription where id = ${id}::uuid for update`);
  const rows = await records.run<Notice & { seen: boolean }>(
    sql`select n.id, n.number, n.record, n.at, r.patient_id as patient, r.id is not null as seen
      from subscription_notice n left join ${trusted(tableOf(type))} r on r.id = n.record
      where n.subscription = ${id}::uuid and n.sent_at is null order by n.id limit ${most}`,
  );
  const hidden = rows.filter((row) => !row.seen).map((row) => row.id);
  if (hidden.length > 0)
    await records.run(sql`delete from subscription_notice where id = any (${hidden}::bigint[])`);
  const seen = rows.filter((row) => row.seen);
  const fresh = seen.filter((row) => row.number === null).map((row) => row.id);
  if (fresh.length === 0) return seen;
  const given = await records.run<{ id: string; number: string }>(
    sql`with last as (update subscription set events = events + ${fresh.length} where id = ${id}::uuid returning events - ${fresh.length} as before)
      update subscription_notice n set number = last.before + f.place from last, unnest(${fresh}::bigint[]) with ordinality f (id, place)
      where n.id = f.id returning n.id, n.number`,
  );
  const numbers = new Map(given.map((row) => [row.id, row.number]));
  return seen.map((row) => ({ ...row, number: row.number ?? numbers.get(row.id) ?? null }));
}
