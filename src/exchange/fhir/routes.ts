import { Router, type Request, type RequestHandler, type Response } from 'express';
import { fromOf } from '../../access/address.ts';
import { noteEntry, noteRefusal } from '../../access/events.ts';
import type { Letter } from '../../access/scopes.ts';
import type { Bearer, Tokens } from '../../access/tokens.ts';
import { requestId, where } from '../../access/visit.ts';
import type { Database } from '../../database/database.ts';
import type { Definitions } from '../../fhir/defined.ts';
import type { OpenRecords, Records } from '../../fhir/records.ts';
import type { Given } from '../../fhir/search.ts';
import type { FhirRecord, RecordType, Stored } from '../../fhir/types.ts';
import type { ValidateResource } from '../../fhir/validate.ts';
import { isStale } from '../../fhir/writing.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Log } from '../../kernel/log.ts';
import { notFound } from '../../kernel/problem.ts';
import { created, one, send, type Answer } from './answer.ts';
import {
  conditionOf,
  idIn,
  onceKey,
  parametersOf,
  recordOf,
  typeAsked,
  typeOf,
  versionIn,
  versionSeen,
  wantsBody,
  withVersion,
} from './asked.ts';
import { findAuditEvents, readAuditEvent } from './audit_event.ts';
import { historyBundle, searchBundle } from './bundles.ts';
import { capabilityStatement, smartConfiguration } from './capability.ts';
import { matching } from './condition.ts';
import { definitionRoutes } from './definitions.ts';
import { formBody, jsonBody, refuseOtherAnswers } from './door.ts';
import { figures } from './figures.ts';
import { localized } from './links.ts';
import { operationDefinitions } from './operations/define.ts';
import type { Forms } from './operations/forms.ts';
import { operationRoutes } from './operations/routes.ts';
import { makeRuns } from './operations/runs.ts';
import { badToken, isOutsideScope, outsideScope, refuse, turnAway } from './refusal.ts';
import { text } from './text.ts';
import { transaction } from './transaction.ts';

export type FhirNeeds = Readonly<{
  open: OpenRecords;
  tokens: Tokens;
  /** Where refusals are noted. */
  database: Database;
  publicUrl: string;
  log: Log;
  validate: ValidateResource;
  /** Our own profiles, code systems and what else is served to everybody. */
  definitions: Definitions;
  forms: Forms;
}>;

type Handler = (actor: Actor, req: Request) => Promise<Answer>;

/** FHIR R4 over HTTP. Everything is read and written through the same store and the same rules as the pages. */
export function fhirRoutes(needs: FhirNeeds): Router {
  const { open, tokens, database, publicUrl, log, validate, definitions, forms } = needs;
  const base = `${publicUrl}/fhir`;
  const statement = capabilityStatement(publicUrl, definitions.resources);
  const metadata = JSON.stringify(statement);
  const search = async (actor: Actor, type: RecordType, given: Given): Promise<Answer> => ({
    body: searchBundle(base, type, given, await open(actor, (records) => records.page(type, given))),
  });
  const router = Router();
  router.get('/metadata', refuseOtherAnswers, (_req, res) => {
    send(res, { body: metadata });
  });
  router.get('/.well-known/smart-configuration', (_req, res) => {
    res.json(smartConfiguration(publicUrl));
  });
  const served = [...definitions.resources, ...operationDefinitions(), statement];
  router.use(definitionRoutes(served, base));
  const note = (req: Request, what: string, client?: string): Promise<void> =>
    noteEntry(database, { action: 'token-refused', what, client, via: 'token', ...where(req) });
  router.use(knock(tokens, note), refuseOtherAnswers);

  router.post('/', jsonBody, async (req: Request, res: Response) => {
    const { actor, may } = bearerOf(res);
    const body = await open(actor, (records) => transaction(records, req.body, base, may), {
      once: onceKey(req),
    });
    send(res, { body });
  });
  router.get(
    '/AuditEvent',
    as('s', async (actor, req) => ({
      body: await open(actor, (r) => findAuditEvents(r, parametersOf(req), base)),
    })),
  );
  router.get(
    '/AuditEvent/:id',
    as('r', async (actor, req) => ({
      body: await open(actor, (r) => readAuditEvent(r, String(req.params['id']))),
    })),
  );
  router.get(
    '/MeasureReport',
    as('s', async (actor) => ({ body: await open(actor, (r) => figures.find(r, base)) })),
  );
  router.get(
    '/MeasureReport/:id',
    as('r', async (actor, req) => ({
      body: await open(actor, (r) => figures.read(r, String(req.params['id']))),
    })),
  );

  router.use(operationRoutes(makeRuns({ open, validate, definitions, forms, base })));

  router.get(
    '/:type',
    as('s', (actor, req) => search(actor, typeOf(req), parametersOf(req))),
  );
  // Names of persons do not belong into addresses, which proxies write down.
  router.post(
    '/:type/_search',
    formBody,
    as('s', (actor, req) =>
      search(actor, typeOf(req), [...parametersOf(req), ...new URLSearchParams(String(req.body ?? ''))]),
    ),
  );
  router.post(
    '/:type',
    jsonBody,
    as('c', async (actor, req) => {
      // The server names what is created with POST (FHIR R4, http.html#create).
      const { id: _id, ...given } = localized(recordOf(req), base);
      const record = withVersion(given as FhirRecord);
      const condition = conditionOf(req);
      const made = await open(actor, (r) => create(r, record, condition), { once: onceKey(req) });
      return brief(req, created(base, made.record, made.isNew));
    }),
  );
  router.get(
    '/:type/:id',
    as('r', async (actor, req) => one(await open(actor, (r) => r.read(typeOf(req), idIn(req))))),
  );
  router.put(
    '/:type/:id',
    jsonBody,
    as('u', async (actor, req) => {
      const [record, id, seen] = [localized(recordOf(req), base), idIn(req), versionSeen(req)];
      if (record.id !== id) throw turnAway(400, 'invalid', `${record.resourceType}.id`, text.otherId);
      const replace = async (records: Records): Promise<Stored> => {
        const version = seen ?? (await records.read(record.resourceType, id)).meta.versionId;
        return records.save(withVersion(record, version));
      };
      try {
        return brief(req, one(await open(actor, replace, { once: onceKey(req) })));
      } catch (error) {
        if (seen !== undefined && isStale(error))
          throw turnAway(412, 'conflict', 'http.If-Match', text.overtaken);
        throw error;
      }
    }),
  );
  router.get(
    '/:type/:id/_history',
    as('r', async (actor, req) => {
      const [type, id] = [typeOf(req), idIn(req)];
      return { body: historyBundle(base, type, id, await open(actor, (r) => r.history(type, id))) };
    }),
  );
  router.get(
    '/:type/:id/_history/:version',
    as('r', async (actor, req) => {
      const [found] = await open(actor, (r) => r.history(typeOf(req), idIn(req), versionIn(req)));
      if (!found) throw notFound();
      return one(found);
    }),
  );
  router.use((req) => {
    if (['GET', 'HEAD', 'POST', 'PUT'].includes(req.method))
      throw turnAway(404, 'not-supported', 'http.url', text.noSuchInteraction(req.method, req.path));
    throw turnAway(405, 'not-supported', 'http.method', text.notAllowed(req.method));
  });
  router.use(async (error: unknown, req: Request, res: Response, _next: unknown) => {
    const bearer = res.locals['bearer'] as Bearer | undefined;
    if (bearer && isOutsideScope(error)) await note(req, 'scope', bearer.actor.client);
    else if (bearer) await noteRefusal({ database, log }, { actor: bearer.actor, req, error });
    refuse(log, req, res, error);
  });
  return router;
}

/** One interaction with one type of record, which the token's scopes must allow. */
const as =
  (letter: Letter, handler: Handler): RequestHandler =>
  async (req, res) => {
    const { actor, may } = bearerOf(res);
    const type = typeAsked(req);
    // Whether something is there already is an answer to a search.
    const letters = req.get('if-none-exist') === undefined ? [letter] : [letter, 's' as const];
    for (const each of letters) if (!may(type, each)) throw outsideScope(type, each);
    send(res, await handler(actor, req));
  };

type Made = Readonly<{ record: Stored; isNew: boolean }>;
async function create(records: Records, record: FhirRecord, condition: string | undefined): Promise<Made> {
  const known = condition === undefined ? undefined : await matching(records, record.resourceType, condition);
  return known ? { record: known, isNew: false } : { record: await records.save(record), isNew: true };
}

/** Nothing of a stranger's request is read before it is known who sends it. A token that opens nothing is noted. */
const knock =
  (tokens: Tokens, note: (req: Request, what: string) => Promise<void>): RequestHandler =>
  async (req, res, next) => {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(req.get('authorization') ?? '')?.[1];
    const bearer = await tokens.bearer(token, requestId(req));
    if (typeof bearer === 'string') {
      if (bearer !== 'missing') await note(req, bearer);
      throw badToken(bearer);
    }
    res.locals['bearer'] = { ...bearer, actor: { ...bearer.actor, ...fromOf(req) } };
    next();
  };

const bearerOf = (res: Response): Bearer => res.locals['bearer'] as Bearer;

/** The answer without the record, for a writer that asked for less. */
const brief = (req: Request, answer: Answer): Answer =>
  wantsBody(req) ? answer : { status: answer.status ?? 200, headers: answer.headers ?? {} };
