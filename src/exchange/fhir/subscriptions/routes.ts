import type { Subscription } from '@medplum/fhirtypes';
import { Router, type Request, type RequestHandler } from 'express';
import type { Letter } from '../../../access/scopes.ts';
import type { Seal } from '../../../access/seal.ts';
import type { Bearer } from '../../../access/tokens.ts';
import { fhirIssue } from '../../../fhir/outcome.ts';
import type { OpenRecords, Records } from '../../../fhir/records.ts';
import { isId } from '../../../fhir/references.ts';
import { invalid } from '../../../kernel/problem.ts';
import { send, type Answer } from '../answer.ts';
import { parametersOf, versionSeen } from '../asked.ts';
import { bearerOf, jsonBody } from '../door.ts';
import type { Operation } from '../operations/operation.ts';
import { jsonIfAny } from '../operations/routes.ts';
import { makeTurn } from '../pages.ts';
import { outsideScope, turnAway } from '../refusal.ts';
import { asked, mine } from './asked.ts';
import { closeHeaders, shownHeaders } from './headers.ts';
import { readSubscription } from './model.ts';
import { subscriptionOperations } from './operations.ts';
import {
  keepSubscription,
  mostSubscriptions,
  removeSubscription,
  subscriptionsOf,
  type Row,
} from './queries.ts';
import { subscriptionText as text } from './text.ts';

export type SubscriptionNeeds = Readonly<{
  open: OpenRecords;
  base: string;
  seal: Seal;
  /** Demo mode: programs on this machine may be told. */
  mayBeHere: boolean;
}>;

/** One request, by the program whose token it carries. */
export type Call = Readonly<{
  records: Records;
  req: Request<{ id: string }>;
  bearer: Bearer;
  needs: SubscriptionNeeds;
}>;
type Code = 'create' | 'read' | 'update' | 'delete' | 'search-type';
type Route = Readonly<{
  /** As the CapabilityStatement claims it. */
  code: Code;
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  letter: Letter;
  answer: (call: Call) => Promise<Answer>;
}>;

/** What a program does with its own subscriptions; those of others do not exist for it. */
const routes: readonly Route[] = [
  {
    code: 'create',
    method: 'post',
    path: '/',
    letter: 'c',
    answer: (call) => keep(call, call.records.newId(), undefined),
  },
  { code: 'search-type', method: 'get', path: '/', letter: 's', answer: find },
  {
    code: 'read',
    method: 'get',
    path: '/:id',
    letter: 'r',
    answer: async (call) => one(call, await mine(call)),
  },
  {
    code: 'update',
    method: 'put',
    path: '/:id',
    letter: 'u',
    answer: async (call) => {
      const before = await mine(call);
      if ((call.req.body as Subscription).id !== before.id)
        throw turnAway(400, 'invalid', 'Subscription.id', text.otherId);
      const seen = versionSeen(call.req);
      if (seen !== undefined && Number(seen) !== before.version)
        throw turnAway(412, 'conflict', 'http.If-Match', text.overtaken);
      return keep(call, before.id, before);
    },
  },
  {
    code: 'delete',
    method: 'delete',
    path: '/:id',
    letter: 'd',
    answer: async ({ records, req }) => {
      if (isId(req.params.id)) await removeSubscription(records, req.params.id);
      return { status: 204 };
    },
  },
];

export const subscriptionInteractions: readonly Code[] = routes.map(({ code }) => code);
export const subscriptionParameters = [
  { name: 'status', type: 'token' as const },
  { name: 'url', type: 'uri' as const },
  { name: 'criteria', type: 'string' as const },
];

export function subscriptionRoutes(needs: SubscriptionNeeds): Router {
  const router = Router();
  const handle = (letter: Letter, answer: Route['answer']): RequestHandler =>
    (async (req, res) => {
      const bearer = bearerOf(res);
      if (!bearer.may('Subscription', letter)) throw outsideScope('Subscription', letter);
      send(res, await needs.open(bearer.actor, (records) => answer({ records, req, bearer, needs })));
    }) as RequestHandler<{ id: string }> as RequestHandler;
  for (const [name, answer] of Object.entries(asked)) {
    const operation: Operation = subscriptionOperations[name as keyof typeof asked];
    for (const path of [...(operation.type ? [`/$${name}`] : []), `/:id/$${name}`]) {
      router.get(path, handle(operation.letter, answer));
      router.post(path, jsonIfAny, handle(operation.letter, answer));
    }
  }
  for (const { method, path, letter, answer } of routes)
    router[method](path, ...(method === 'put' || method === 'post' ? jsonBody : []), handle(letter, answer));
  return router;
}

const originOf = ({ channel }: Subscription): string | undefined =>
  channel.endpoint !== undefined && URL.canParse(channel.endpoint)
    ? new URL(channel.endpoint).origin
    : undefined;

async function keep(
  { records, req, bearer, needs }: Call,
  id: string,
  before: Row | undefined,
): Promise<Answer> {
  const wanted = readSubscription(req.body, needs.base, needs.mayBeHere);
  // Told is only what the token may read.
  if (!bearer.may(wanted.type, 'r')) throw outsideScope(wanted.type, 'r');
  // A secret of one place is not sent to another.
  const stays = before && originOf(before.content) === originOf(wanted.content);
  const headers = closeHeaders(needs.seal, id, wanted.headers, stays ? before.headers : null);
  const row = await keepSubscription(records, id, before?.version, wanted, headers);
  if (!row && before) throw turnAway(409, 'conflict', 'Subscription', text.overtaken);
  if (!row) throw turnAway(422, 'too-costly', 'Subscription', text.tooMany(mostSubscriptions));
  const answer = one({ needs }, row);
  if (before) return answer;
  return {
    ...answer,
    status: 201,
    headers: { ...answer.headers, Location: `${needs.base}/Subscription/${id}` },
  };
}

const resourceOf = ({ seal }: SubscriptionNeeds, row: Row): Subscription & { id: string } => {
  const header = shownHeaders(seal, row.id, row.headers);
  return {
    ...row.content,
    id: row.id,
    meta: { versionId: String(row.version), lastUpdated: row.updated_at.toISOString() },
    status: row.status,
    ...(row.fault === null ? {} : { error: row.fault }),
    channel: { ...row.content.channel, ...(header.length > 0 ? { header } : {}) },
  };
};
const one = ({ needs }: Pick<Call, 'needs'>, row: Row): Answer => ({
  body: resourceOf(needs, row),
  headers: { ETag: `W/"${String(row.version)}"`, 'Last-Modified': row.updated_at.toUTCString() },
});

async function find({ records, req, bearer, needs }: Call): Promise<Answer> {
  let found = await subscriptionsOf(records);
  const page = makeTurn(needs.seal, needs.base, bearer.actor.organization)('Subscription', parametersOf(req));
  for (const [name, value] of page.given) {
    const values = value.split(',');
    if (name === 'status') found = found.filter((row) => values.includes(row.status));
    else if (name === 'url')
      found = found.filter((row) => values.includes(row.content.channel.endpoint ?? ''));
    else if (name === 'criteria') found = found.filter((row) => values.includes(row.content.criteria));
    else if (/^(status|url|criteria):missing$/.test(name) && /^(true|false)$/.test(value))
      // Each has all three.
      found = value === 'true' ? [] : found;
    else if (!['_format', '_pretty', '_count'].includes(name))
      throw invalid(fhirIssue('not-supported', `http.${name.slice(0, 40)}`, text.parameter));
  }
  const entry = found.map((row) => ({
    fullUrl: `${needs.base}/Subscription/${row.id}`,
    resource: resourceOf(needs, row),
    search: { mode: 'match' },
  }));
  return {
    body: {
      resourceType: 'Bundle',
      type: 'searchset',
      total: entry.length,
      link: page.links(undefined),
      entry,
    },
  };
}
