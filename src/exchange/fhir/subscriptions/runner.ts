import type { Subscription } from '@medplum/fhirtypes';
import type pg from 'pg';
import { noteWith } from '../../../access/events.ts';
import type { Seal } from '../../../access/seal.ts';
import type { OpenRecords } from '../../../fhir/records.ts';
import type { Role } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Post } from './address.ts';
import { isEmptyPayload, openHeaders, resealed } from './headers.ts';
import type { TopicType } from './model.ts';
import { notification, type Kind } from './notification.ts';
import { takeNotices } from './queries.ts';

/** What telling programs takes besides the store. `base`: the address of the API, without a slash at its end. */
export type Telling = Readonly<{ seal: Seal; post: Post; base: string }>;
type Needs = Telling & Readonly<{ pool: pg.Pool; open: OpenRecords; log: Log; isStopping: () => boolean }>;

type Taken = {
  id: string;
  version: number;
  client: string;
  organization_id: string;
  role: Role;
  request: string;
  status: 'requested' | 'active';
  content: Subscription;
  headers: Buffer | null;
  type: TopicType;
  events: string;
  is_over: boolean;
  beats: boolean;
};

/** After 30 seconds, 1, 2, 4 … minutes; then the subscription stands at `error` until somebody starts it anew. */
export const mostFailures = 10;

/** Programs that are told at the same moment: one that is slow holds up few others. */
const programsAtOnce = 4;

/** Tells every program that is to be told something: that it is heard (handshake), what changed, that all is well. */
export async function tellPrograms(needs: Needs): Promise<void> {
  const tellOn = async (): Promise<void> => {
    while (!needs.isStopping()) {
      const { rows } = await needs.pool.query<Taken>(take);
      const [row] = rows;
      if (!row) return;
      await tell(needs, row);
    }
  };
  await Promise.all(Array.from({ length: programsAtOnce }, tellOn));
}

async function tell({ pool, open, log, seal, post, base }: Needs, row: Taken): Promise<void> {
  const { id, version, role, client, request, organization_id: organization } = row;
  if (row.is_over) {
    await pool.query(`update subscription set status = 'off', version = version + 1 where id = $1`, [id]);
    return;
  }
  try {
    const actor = { role, organization, client, via: 'job', request } as const;
    const told = await open(actor, async (records) => {
      const notices = row.status === 'requested' ? [] : await takeNotices(records, id, row.type);
      if (notices.length > 0)
        await noteWith(records, {
          action: 'export',
          what: 'subscription',
          records: notices.map((one) => `${row.type}/${one.record}`),
          patients: [...new Set(notices.flatMap((one) => one.patient ?? []))],
        });
      return { notices, at: records.now };
    });
    const { notices, at } = told;
    const kind: Kind =
      row.status === 'requested' ? 'handshake' : notices.length > 0 ? 'event-notification' : 'heartbeat';
    if (kind === 'heartbeat' && !row.beats) {
      await pool.query(release, [id]);
      return;
    }
    const events = notices.reduce((most, { number }) => Math.max(most, Number(number)), Number(row.events));
    const isEmpty = isEmptyPayload(row.content);
    const body = notification({ ...row, status: 'active', events: String(events) }, kind, notices, {
      base,
      isEmpty,
      at,
    });
    const status = await post({
      endpoint: row.content.channel.endpoint ?? '',
      headers: openHeaders(seal, id, row.headers),
      body: JSON.stringify(body),
    });
    if (status < 200 || status > 299) throw new Error(`The program answered ${String(status)}.`);
    await pool.query(delivered, [id, version, notices.map((one) => one.id), resealed(seal, id, row.headers)]);
  } catch (err) {
    log.warn({ err, subscription: id }, 'a program could not be told');
    await pool.query(failed, [
      id,
      version,
      String(err instanceof Error ? err.message : err).slice(0, 300),
      mostFailures,
    ]);
  }
}

const take = `update subscription set taken_until = now() + interval '1 minute' where id = (
    select s.id from subscription s where s.status in ('requested', 'active') and s.next_at <= now() and s.taken_until <= now()
      and exists (select 1 from api_client c where c.id = s.client and c.disabled_at is null
        and (c.ends_at is null or c.ends_at > now()) and scopes_allow(c.scopes, s.type, 'r')
        and c.role = s.role and c.organization_id = s.organization_id)
      and (s.status = 'requested' or s.ends_at <= now() or s.told_at + s.heartbeat * interval '1 second' <= now()
        or exists (select 1 from subscription_notice n where n.subscription = s.id and n.sent_at is null))
    order by s.next_at limit 1 for update skip locked)
  returning id, version, client, organization_id, role, request, status, content, headers, type, events,
    coalesce(ends_at <= now(), false) as is_over, coalesce(told_at + heartbeat * interval '1 second' <= now(), false) as beats`;

const release = `update subscription set taken_until = now(), next_at = now() where id = $1`;

/** When the program changed it meanwhile, only what was sent is kept of it: the rest begins anew. */
const delivered = `with sent as (update subscription_notice set sent_at = now() where id = any ($3::bigint[]))
  update subscription set taken_until = now(), next_at = now(),
    status = case when version = $2 then 'active' else status end,
    failures = case when version = $2 then 0 else failures end,
    fault = case when version = $2 then null else fault end,
    headers = case when version = $2 then coalesce($4::bytea, headers) else headers end,
    told_at = now()
  where id = $1`;

const failed = `update subscription set taken_until = now(), failures = failures + 1, fault = $3,
    next_at = now() + power(2, failures) * interval '30 seconds',
    status = case when failures + 1 >= $4 then 'error' else status end,
    undelivered = (select count(*) from subscription_notice n where n.subscription = $1 and n.sent_at is null)
  where id = $1 and version = $2`;

/** Events are kept for a week, delivered or not. */
export async function forgetNotices(pool: pg.Pool): Promise<void> {
  await pool.query(`delete from subscription_notice where at < now() - interval '7 days'`);
}
