import { randomUUID } from 'node:crypto';
import type { CapabilityStatement, Subscription } from '@medplum/fhirtypes';
import type pg from 'pg';
import { canonical } from '../../fhir/codes.ts';
import { isNode } from '../../fhir/definitions/rule.ts';
import { urls } from '../fhir/subscriptions/model.ts';
import type { Clients, Held, Theirs } from './client.ts';
import { Unwilling, type Server } from './model.ts';

/** The one topic of which we know what it tells; see docs/fhir.md, Subscriptions. */
const topic = `${canonical}/SubscriptionTopic/task-status`;

type Needs = Readonly<{ pool: pg.Pool; clients: Clients; bell: (server: string) => string }>;

/** How soon it is looked after again: by day, and sooner when it could not be asked. In hours. */
const usual = 24;
const soon = 1;

/**
 * Sees to it, once a day, that the other server tells us of changes, where it has subscriptions to a topic that we know. That
 * it has none, or will not, is no fault: it is asked every half minute anyway.
 */
export async function keepSubscribed({ pool, clients, bell }: Needs, server: Server): Promise<void> {
  const { rows } = await pool.query<{ subscription: string | null }>(
    'select subscription from partner_server where id = $1 and subscribe_at <= now()',
    [server.id],
  );
  if (!rows[0]) return;
  let [id, hours]: [string | null, number] = [rows[0].subscription, usual];
  try {
    const them = clients(server);
    id = (await offersTopic(them)) ? await subscribed(them, server, bell(server.id), id ?? undefined) : null;
  } catch (error) {
    if (!(error instanceof Unwilling)) throw error;
    if (error.final) id = null;
    else hours = soon;
  }
  await pool.query(
    `update partner_server set subscription = $2, subscribe_at = now() + $3 * interval '1 hour' where id = $1`,
    [server.id, id, hours],
  );
}

async function offersTopic(them: Theirs): Promise<boolean> {
  const said = await them.metadata();
  const { rest } = (isNode(said) ? said : {}) as Partial<CapabilityStatement>;
  const resources = (Array.isArray(rest) ? rest : []).flatMap((one) => one?.resource ?? []);
  return resources.some(
    (one) =>
      one?.type === 'Subscription' &&
      one.interaction?.some(({ code }) => code === 'create') === true &&
      one.extension?.some(({ url, valueCanonical }) => url === urls.topic && valueCanonical === topic) ===
        true,
  );
}

/** The id of one that is active and rings here: the one that we know, the one that is there already, or a new one. */
async function subscribed(
  them: Theirs,
  server: Server,
  endpoint: string,
  id: string | undefined,
): Promise<string> {
  const isOurs = (one: Held | undefined): one is Subscription & Held =>
    one?.resourceType === 'Subscription' && one.channel.endpoint === endpoint;
  const known = id === undefined ? undefined : await them.read(`/Subscription/${id}`);
  const there = isOurs(known)
    ? known
    : (await them.search(`/Subscription?url=${encodeURIComponent(endpoint)}`)).found.find(isOurs);
  if (there && ['requested', 'active'].includes(there.status ?? '')) return there.id;
  const wanted = wish(server, endpoint);
  if (!there) return them.create(wanted, `url=${encodeURIComponent(endpoint)}`, randomUUID());
  await them.update({ ...wanted, id: there.id }, there.meta?.versionId);
  return there.id;
}

const wish = (server: Server, endpoint: string): Subscription => {
  const [owner, requester] =
    server.way === 'push' ? [server.theirId, server.ourId] : [server.ourId, server.theirId];
  return {
    resourceType: 'Subscription',
    status: 'requested',
    reason: 'Referrals between the two are on both servers',
    criteria: topic,
    _criteria: {
      extension: [
        {
          url: urls.filter,
          valueString: `Task?owner=Organization/${owner}&requester=Organization/${requester}`,
        },
      ],
    },
    channel: {
      type: 'rest-hook',
      endpoint,
      payload: 'application/fhir+json',
      _payload: { extension: [{ url: urls.payload, valueCode: 'id-only' }] },
    },
  } as Subscription;
};
