import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Actor } from '../../kernel/actor.ts';
import type { Log } from '../../kernel/log.ts';
import { Refused, invalid, issue, notFound } from '../../kernel/problem.ts';
import type { Tokens } from '../../access/tokens.ts';
import { requestId } from '../../access/visit.ts';
import { outcomeOf, statusForApi } from '../../fhir/outcome.ts';
import type { OpenRecords } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import { isRecordType, type FhirRecord, type RecordType, type Stored } from '../../fhir/types.ts';
import { readAuditEvent, findAuditEvents } from './audit_event.ts';
import { searchBundle, historyBundle } from './bundles.ts';
import { capabilityStatement, smartConfiguration } from './capability.ts';
import { transaction } from './transaction.ts';
import { figures } from './figures.ts';

export type FhirNeeds = Readonly<{
  open: OpenRecords;
  tokens: Tokens;
  publicUrl: string;
  log: Log;
  now: () => Date;
}>;

type Answer = Readonly<{ status?: number; body?: unknown; headers?: Readonly<Record<string, string>> }>;
type Handler = (actor: Actor, req: Request) => Promise<Answer>;

/** FHIR R4 over HTTP. Everything is read and written through the same store and the same rules as the pages. */
export function fhirRoutes(needs: FhirNeeds): Router {
  const { open, publicUrl } = needs;
  const base = `${publicUrl}/fhir`;
  const asActor =
    (handler: Handler): RequestHandler =>
    async (req, res) => {
      try {
        send(res, await handler(needs.tokens.actor(bearer(req), requestId(req)), req));
      } catch (error) {
        refuse(needs.log, req, res, error);
      }
    };

  const router = Router();
  router.get('/metadata', (_req, res) => {
    send(res, { body: capabilityStatement(publicUrl) });
  });
  router.get('/.well-known/smart-configuration', (_req, res) => {
    res.json(smartConfiguration(publicUrl));
  });
  router.use(refuseOtherContent, express.json({ type: () => true, limit: '4mb', strict: true }));

  router.post(
    '/',
    asActor(async (actor, req) => ({
      body: await open(actor, (records) => transaction(records, req.body, base), { once: onceKey(req) }),
    })),
  );
  router.get(
    '/AuditEvent',
    asActor(async (actor, req) => ({
      body: await open(actor, (r) => findAuditEvents(r, parametersOf(req), base)),
    })),
  );
  router.get(
    '/AuditEvent/:id',
    asActor(async (actor, req) => ({ body: await open(actor, (r) => readAuditEvent(r, param(req, 'id'))) })),
  );
  router.get(
    '/MeasureReport',
    asActor(async (actor) => ({ body: await open(actor, (r) => figures.find(r, base)) })),
  );
  router.get(
    '/MeasureReport/:id',
    asActor(async (actor, req) => ({ body: await open(actor, (r) => figures.read(r, param(req, 'id'))) })),
  );

  router.get(
    '/:type',
    asActor(async (actor, req) => {
      const [type, given] = [typeOf(req), parametersOf(req)];
      const page = await open(actor, (r) => r.page(type, given));
      return { body: searchBundle(base, type, given, page) };
    }),
  );
  router.post(
    '/:type',
    asActor(async (actor, req) => {
      const record = recordOf(req);
      if (record.id !== undefined) delete record.id; // the server names what is created with POST (FHIR http.html#create)
      const saved = await open(actor, (r) => r.save(record), { once: onceKey(req) });
      return created(base, saved);
    }),
  );
  router.get(
    '/:type/:id',
    asActor(async (actor, req) => one(await open(actor, (r) => r.read(typeOf(req), idIn(req))))),
  );
  router.put(
    '/:type/:id',
    asActor(async (actor, req) => {
      const record = recordOf(req);
      const id = idIn(req);
      if (record.id !== id)
        throw invalid(
          issue(
            `${record.resourceType}.id`,
            '本文の id がアドレスの id と違います。',
            'The id in the body differs from the id in the address.',
          ),
        );
      const version = versionAsked(req);
      const saved = await open(
        actor,
        async (r) => {
          const now = await r.read(record.resourceType, id);
          return r.save({ ...record, meta: { ...record.meta, versionId: version ?? now.meta.versionId } });
        },
        { once: onceKey(req) },
      );
      return one(saved);
    }),
  );
  router.get(
    '/:type/:id/_history',
    asActor(async (actor, req) => {
      const type = typeOf(req);
      return { body: historyBundle(base, await open(actor, (r) => r.history(type, idIn(req)))) };
    }),
  );
  router.get(
    '/:type/:id/_history/:version',
    asActor(async (actor, req) => {
      const versions = await open(actor, (r) => r.history(typeOf(req), idIn(req)));
      const found = versions.find((v) => v.meta.versionId === req.params['version']);
      if (!found) throw notFound();
      return one(found);
    }),
  );
  router.use(
    asActor((_actor, req) =>
      Promise.reject(
        new Refused({
          kind: 'not-found',
          says: {
            ja: `「${req.method} ${req.path}」はありません。`,
            en: `There is no interaction ${req.method} ${req.path}.`,
          },
        }),
      ),
    ),
  );
  router.use((error: unknown, req: Request, res: Response, _next: unknown) => {
    refuse(needs.log, req, res, unreadable(error));
  });
  return router;
}

const bearer = (req: Request): string | undefined =>
  /^Bearer ([\w.~+/=-]+)$/i.exec(req.get('authorization') ?? '')?.[1];
const onceKey = (req: Request): string | undefined => req.get('idempotency-key');
const param = (req: Request, name: string): string => String(req.params[name] ?? '');

function typeOf(req: Request): RecordType {
  const type = param(req, 'type');
  if (isRecordType(type)) return type;
  throw new Refused({
    kind: 'not-found',
    says: {
      ja: `リソース「${type.slice(0, 60)}」はこのサーバーにありません。`,
      en: `This server has no resource type "${type.slice(0, 60)}".`,
    },
  });
}

function idIn(req: Request): string {
  const id = param(req, 'id');
  if (!isId(id)) throw notFound();
  return id;
}

function recordOf(req: Request): FhirRecord {
  const type = typeOf(req);
  const body: unknown = req.body;
  if (typeof body !== 'object' || body === null || !('resourceType' in body))
    throw invalid(
      issue('', '本文に FHIR リソース（JSON）が必要です。', 'The body must be a FHIR resource in JSON.'),
    );
  if (body.resourceType !== type)
    throw invalid(
      issue('resourceType', `本文は「${type}」でなければなりません。`, `The body must be a ${type}.`),
    );
  return body as FhirRecord;
}

/** `If-Match: W/"3"`: the version the writer has seen. */
function versionAsked(req: Request): string | undefined {
  const given = req.get('if-match');
  if (given === undefined) return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(given)?.[1];
  if (version === undefined)
    throw invalid(
      issue('If-Match', 'If-Match は W/"版" の形で書いてください。', 'If-Match must look like W/"version".'),
    );
  return version;
}

const parametersOf = (req: Request): [string, string][] => [
  ...new URL(req.originalUrl, 'http://here.invalid').searchParams,
];

const one = (record: Stored): Answer => ({
  body: record,
  headers: {
    ETag: `W/"${record.meta.versionId}"`,
    'Last-Modified': new Date(record.meta.lastUpdated).toUTCString(),
  },
});

const created = (base: string, record: Stored): Answer => ({
  ...one(record),
  status: 201,
  headers: {
    ...one(record).headers,
    Location: `${base}/${record.resourceType}/${record.id}/_history/${record.meta.versionId}`,
  },
});

function send(res: Response, { status = 200, body, headers = {} }: Answer): void {
  res
    .status(status)
    .setHeader('Content-Type', 'application/fhir+json; charset=utf-8')
    .setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.end(JSON.stringify(body));
}

/** XML and forms are refused before their body is read. */
const refuseOtherContent: RequestHandler = (req, res, next) => {
  const type = req.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (
    ['POST', 'PUT', 'PATCH'].includes(req.method) &&
    !['application/fhir+json', 'application/json'].includes(type ?? '')
  ) {
    const problem = {
      kind: 'invalid',
      issues: [
        issue(
          'Content-Type',
          '本文は application/fhir+json で送ってください。',
          'Send the body as application/fhir+json.',
        ),
      ],
    } as const;
    send(res, { status: 415, body: outcomeOf(problem, 'en') });
    return;
  }
  next();
};

/** What the body parser could not take. */
function unreadable(error: unknown): unknown {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large')
    return new TooLarge(
      issue('', '本文が大きすぎます（4 MB まで）。', 'The body is too large; the limit is 4 MB.'),
    );
  if (
    type === 'entity.parse.failed' ||
    type === 'charset.unsupported' ||
    type === 'encoding.unsupported' ||
    type === 'request.aborted'
  )
    return new Unparsable(issue('', '本文を JSON として読めません。', 'The body cannot be read as JSON.'));
  return error;
}

class Unparsable extends Refused {
  constructor(fault: ReturnType<typeof issue>) {
    super({ kind: 'invalid', issues: [fault] });
  }
}
class TooLarge extends Unparsable {}

function refuse(log: Log, req: Request, res: Response, error: unknown): void {
  if (!(error instanceof Refused)) {
    log.error({ err: error, request: requestId(req) }, 'an API call failed');
    const says = {
      ja: `サーバーで問題が起きました（${requestId(req)}）。`,
      en: `Something went wrong here (${requestId(req)}).`,
    };
    send(res, {
      status: 500,
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'fatal', code: 'exception', details: { text: says.en } }],
      },
    });
    return;
  }
  const status =
    error instanceof TooLarge ? 413 : error instanceof Unparsable ? 400 : statusForApi(error.problem);
  const headers =
    error.problem.kind === 'signed-out' ? { 'WWW-Authenticate': 'Bearer realm="fhir"' } : undefined;
  send(res, {
    status,
    body: outcomeOf(error.problem, req.acceptsLanguages('en', 'ja') === 'ja' ? 'ja' : 'en'),
    ...(headers ? { headers } : {}),
  });
}
