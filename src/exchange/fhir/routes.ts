import type { BundleEntry } from '@medplum/fhirtypes';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { fromOf } from '../../access/address.ts';
import type { Attempts } from '../../access/attempts.ts';
import { noteEntry, noteRefusal } from '../../access/events.ts';
import type { Seal } from '../../access/seal.ts';
import type { Bearer, Tokens } from '../../access/tokens.ts';
import { requestId, where } from '../../access/visit.ts';
import type { Database } from '../../database/database.ts';
import type { Definitions } from '../../fhir/defined.ts';
import type { OpenPassing } from '../../fhir/passing.ts';
import { isNode } from '../../fhir/definitions/rule.ts';
import type { OpenRecords } from '../../fhir/records.ts';
import type { ValidateResource } from '../../fhir/validate.ts';
import type { Log } from '../../kernel/log.ts';
import { Refused } from '../../kernel/problem.ts';
import { send } from './answer.ts';
import { onceKey, returnOf, typeAsked } from './asked.ts';
import { batch } from './batch.ts';
import { capabilityStatement, smartConfiguration } from './capability.ts';
import { definitionRoutes } from './definitions.ts';
import { bearerOf, jsonBody, refuseOtherAnswers } from './door.ts';
import { documentRoutes } from './documents/routes.ts';
import type { Letters } from './documents/letters.ts';
import { bundleOf, entriesOf } from './entries.ts';
import { exportRoutes } from './export/routes.ts';
import type { Interaction } from './interactions/interaction.ts';
import { interactions } from './interactions/table.ts';
import { operationDefinitions } from './operations/define.ts';
import type { Forms } from './operations/forms.ts';
import { operationRoutes } from './operations/routes.ts';
import { makeRuns, makeSystemRuns } from './operations/runs.ts';
import { openApi } from '../reference/openapi.ts';
import { makeTurn, type Turn } from './pages.ts';
import { badToken, isOutsideScope, outsideScope, refusalOf, refuse, turnAway } from './refusal.ts';
import { isPlain, shaped, wishOf } from './shape.ts';
import { subscriptionRoutes } from './subscriptions/routes.ts';
import { text } from './text.ts';
import { carryOut, refuseOutsideScope } from './transaction.ts';

export type FhirNeeds = Readonly<{
  open: OpenRecords;
  passing: OpenPassing;
  tokens: Tokens;
  attempts: Attempts;
  /** Where refusals are noted. */
  database: Database;
  publicUrl: string;
  log: Log;
  validate: ValidateResource;
  /** Our own profiles, code systems and what else is served to everybody. */
  definitions: Definitions;
  forms: Forms;
  letters: Letters;
  seal: Seal;
  /** Demo mode: programs on this machine may be told of changes. */
  mayBeHere: boolean;
}>;

/** FHIR R4 over HTTP. Everything is read and written through the same store and the same rules as the pages. */
export function fhirRoutes(needs: FhirNeeds): Router {
  const { open, tokens, attempts, database, publicUrl, log, validate, definitions, forms } = needs;
  const { seal, mayBeHere, letters } = needs;
  const base = `${publicUrl}/fhir`;
  const statement = capabilityStatement(publicUrl, definitions.resources);
  const metadata = JSON.stringify(statement);
  const router = Router();
  router.get('/metadata', refuseOtherAnswers, (_req, res) => {
    send(res, { body: metadata });
  });
  const described = JSON.stringify(openApi(statement, publicUrl));
  router.get('/openapi.json', (_req, res) => {
    res.type('json').send(described);
  });
  router.get('/.well-known/smart-configuration', (_req, res) => {
    res.json(smartConfiguration(publicUrl));
  });
  const served = [...definitions.resources, ...operationDefinitions(), statement];
  // Definitions are everybody's.
  router.use(definitionRoutes(served, base, makeTurn(seal, base, 'anybody')));
  const turnFor = ({ actor }: Bearer): Turn => makeTurn(seal, base, actor.organization);
  const note = (req: Request, what: string, client?: string): Promise<void> =>
    noteEntry(database, { action: 'token-refused', what, client, via: 'token', ...where(req) });
  router.use(knock({ tokens, attempts, note }));
  router.use('/export', exportRoutes({ open, base }));
  router.use(refuseOtherAnswers);

  router.post('/', jsonBody, async (req: Request, res: Response) => {
    const bearer = bearerOf(res);
    const { actor, may } = bearer;
    const { pretty } = wishOf(req);
    const { isWhole, given } = bundleOf(req.body);
    const once = onceKey(req);
    // An answer is kept for its key; what is read is read anew, under the rules and with the log of that moment.
    if (isWhole && once !== undefined && given.some(isReading))
      throw turnAway(422, 'business-rule', 'http.Idempotency-Key', text.keyOfReading);
    const whole = { base, may, turn: turnFor(bearer), wants: returnOf(req) };
    const carryOutWhole = (): Promise<BundleEntry[]> => {
      const entries = entriesOf(given, base);
      refuseOutsideScope(entries, may);
      return open(actor, (records) => carryOut(records, entries, whole), { once });
    };
    const entry = isWhole
      ? await carryOutWhole()
      : await batch(given, {
          ...whole,
          inOne: (work, i) =>
            open(actor, work, { once: isReading(given[i]) ? undefined : once && `${once} ${String(i)}` }),
          refused: async (error, { method, url }) => {
            if (isOutsideScope(error)) await note(req, 'scope', actor.client);
            else
              await noteRefusal(
                { database, log },
                { actor, req: { method, originalUrl: `/fhir/${url}` }, error },
              );
            const { status, outcome } = refusalOf(log, req, error, 'Bundle.entry');
            return { response: { status: String(status), outcome } };
          },
        });
    const type = isWhole ? 'transaction-response' : 'batch-response';
    send(res, { body: { resourceType: 'Bundle', type, entry }, pretty });
  });
  router.use('/Subscription', subscriptionRoutes({ open, base, seal, mayBeHere }));
  router.use('/Bundle', documentRoutes({ open, validate, letters, base }));
  const operating = { open, validate, definitions, forms, letters, base };
  router.use(operationRoutes(makeRuns(operating), makeSystemRuns(operating), turnFor));

  for (const interaction of interactions)
    router[routerMethod[interaction.method]](
      interaction.path,
      ...(interaction.body ?? []),
      serve(interaction, needs, base),
    );
  router.use((req) => {
    if (['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(req.method))
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

const routerMethod = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

/** One interaction with one type of record, which the token's scopes must allow. */
const serve =
  (
    interaction: Interaction,
    { open, passing, seal }: Pick<FhirNeeds, 'open' | 'passing' | 'seal'>,
    base: string,
  ): RequestHandler =>
  async (req, res) => {
    const { actor, may } = bearerOf(res);
    const type = typeAsked(req);
    for (const letter of interaction.letters(req)) if (!may(type, letter)) throw outsideScope(type, letter);
    const once = interaction.once === true ? onceKey(req) : undefined;
    const wish = wishOf(req);
    const served = { base, may, turn: makeTurn(seal, base, actor.organization) };
    const passed = isPlain(wish) ? await interaction.pass?.(passing(actor), req, served) : undefined;
    const answer =
      passed ?? (await open(actor, (records) => interaction.answer(records, req, served), { once }));
    send(res, shaped(answer, wish));
  };

type Door = Pick<FhirNeeds, 'tokens' | 'attempts'> &
  Readonly<{ note: (req: Request, what: string) => Promise<void> }>;

/** Useless tokens of one address that are noted singly in a quarter of an hour; the log must not be filled by strangers. */
const mostNoted = 100;

/**
 * Nothing of a stranger's request is read before it is known who sends it. A token that opens nothing is noted; of an
 * address that sends them without end, one more line says so, and then none until its quarter of an hour is over. Forged
 * ones are sent away unread meanwhile. A token of ours is looked at all the same, and one that is good opens as ever:
 * nobody can keep out who is behind the same address.
 */
const knock =
  ({ tokens, attempts, note }: Door): RequestHandler =>
  async (req, res, next) => {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(req.get('authorization') ?? '')?.[1];
    const bearer = await tokens.bearer(token, requestId(req));
    if (typeof bearer === 'string') {
      if (bearer === 'missing') throw badToken(bearer);
      const { beyond, wait } = await attempts.refused('useless token', req, mostNoted);
      if (beyond === 0) await note(req, bearer);
      if (beyond === 1) await note(req, `${bearer}, as a hundred before; further ones are not noted`);
      if (beyond > 0 && bearer === 'forged') throw new Refused({ kind: 'too-many', retryAfterSeconds: wait });
      throw badToken(bearer);
    }
    res.locals['bearer'] = { ...bearer, actor: { ...bearer.actor, ...fromOf(req) } };
    next();
  };

/** An entry of a Bundle that asks for something and writes nothing. */
const isReading = (entry: unknown): boolean =>
  isNode(entry) && isNode(entry['request']) && ['GET', 'HEAD'].includes(String(entry['request']['method']));
