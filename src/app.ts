import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import { pinoHttp } from 'pino-http';
import { randomUUID } from 'node:crypto';
import { makeAttempts } from './access/attempts.ts';
import { accountRoutes } from './access/accounts/routes.tsx';
import { linkPath, pathForLog } from './access/events.ts';
import { accessLogRoutes } from './access/log/routes.tsx';
import { makeDevices } from './access/devices.ts';
import { makeEntry } from './access/entry.ts';
import { makePasskeys } from './access/factors/passkeys.ts';
import { makeIssuer } from './access/outside/issuer.ts';
import { clientRoutes } from './access/clients/routes.tsx';
import { makeQuestions } from './access/questions.ts';
import { accessRoutes } from './access/routes.tsx';
import { makeSeal } from './access/seal.ts';
import { makeSessions } from './access/sessions.ts';
import { sightOf } from './access/sight.ts';
import type { SliceNeeds } from './access/slice.ts';
import { makeTokens } from './access/tokens.ts';
import { makeTypedForms } from './access/typed-forms.ts';
import { makePages } from './access/visit.ts';
import type { DemoAccounts } from './access/pages.tsx';
import { whyClosed } from './consent/closed.ts';
import { consentPart } from './consent/part.tsx';
import { consentRoutes } from './consent/routes.tsx';
import type { Database } from './database/database.ts';
import { makePassing } from './fhir/passing.ts';
import { makeValidator } from './fhir/validate.ts';
import { withoutReferralPart } from './without-referral/part.tsx';
import { withoutReferralRoutes } from './without-referral/routes.tsx';
import { directoryRoutes } from './directory/routes.tsx';
import { dossierRoutes } from './dossier/routes.tsx';
import { fhirRoutes } from './exchange/fhir/routes.ts';
import { reachFor } from './jobs.ts';
import { healthRoutes } from './exchange/health.ts';
import { partnerDoor } from './exchange/servers/door.ts';
import { makeBells, makeOwnKeys } from './exchange/servers/keys.ts';
import { handOverRoutes } from './hand-over/routes.tsx';
import { serverRoutes } from './exchange/servers/pages/routes.tsx';
import { connectionRoutes } from './exchange/pages/routes.tsx';
import { oauthRoutes } from './exchange/oauth.ts';
import { referenceRoutes } from './exchange/reference/routes.ts';
import type { Surroundings } from './kernel/clock.ts';
import { answersPart } from './intake/part.tsx';
import { extract } from './intake/extract.ts';
import { populate } from './intake/populate.ts';
import { formRoutes } from './intake/forms/routes.tsx';
import { invites } from './invitations/programs.ts';
import { invitationRoutes } from './invitations/routes.ts';
import { intakeRoutes } from './intake/routes.tsx';
import type { Config } from './kernel/config.ts';
import type { Log } from './kernel/log.ts';
import { notFound } from './kernel/problem.ts';
import { homeOf, navigation } from './navigation.ts';
import { dangerRoutes } from './people/danger/routes.tsx';
import { changePost, makePost } from './people/newcomer.ts';
import { looksRoutes } from './people/looks-routes.tsx';
import { peopleRoutes } from './people/routes.tsx';
import { openStore, secretsOf, sessionTelling } from './open-store.ts';
import { makeDefinitions } from './profiles/definitions.ts';
import { printRoutes } from './printing/routes.tsx';
import { writtenOut } from './profiles/expanded.ts';
import type { Program } from './programs/program.ts';
import { programAsking } from './programs/record.ts';
import { programOf } from './referral/deadlines.ts';
import { composeLetter } from './referral/letter/compose.ts';
import { gatherLetter } from './referral/letter/gather.ts';
import { clinicNotices } from './referral/notices.tsx';
import { referralPart } from './referral/person-part.tsx';
import { answerRoutes } from './referral/answer/routes.tsx';
import { blankRequest } from './referral/request-sheet/link.ts';
import { referralRoutes } from './referral/routes.tsx';
import { scanRoutes } from './scans/routes.tsx';
import { send } from './referral/send.ts';
import { sharedSheetPart } from './shared-sheet/part.tsx';
import { sharedSheetRoutes } from './shared-sheet/routes.tsx';
import { holds, namedBy } from './sessions/programs.ts';
import { sessionRoutes } from './sessions/routes.tsx';
import { statisticsRoutes } from './statistics/routes.ts';
import { supportRoutes } from './support/routes.tsx';
import { alwaysSaid } from './web/always-said.ts';
import { assets } from './web/assets.ts';

export type AppNeeds = Surroundings &
  Readonly<{
    config: Pick<Config, 'mode' | 'publicUrl' | 'secret' | 'secondFactor'> &
      Partial<Pick<Config, 'secretBefore' | 'oidc' | 'metricsToken'>>;
    database: Database;
    programs: readonly Program[];
    log: Log;
    /** Shown on the sign-in page in demo mode. */
    demoAccounts?: DemoAccounts;
    /** Failed sign-ins allowed in a quarter of an hour. */
    attempts?: number;
  }>;

/** Puts the product together; the only file that may import everything. */
export function makeApp(needs: AppNeeds): Express {
  const { config, database, log, now, newId } = needs;
  const { secondFactor, publicUrl } = config;
  const secure = publicUrl.startsWith('https:');
  const sessions = makeSessions({ database, now, secondFactor });
  const open = openStore({ now, newId, database, programs: needs.programs, config, log });
  const typed = makeTypedForms({ database, now, secret: config.secret });
  const demo = config.mode === 'demo';
  const questions = makeQuestions({ database, secure, now });
  const passkeys = makePasskeys({ database, questions, publicUrl, now });
  const ways = { passkeys: passkeys.possible, outside: config.oidc !== undefined };
  const pages = makePages({
    now,
    newId,
    sessions,
    typed,
    database,
    log,
    demo,
    secure,
    ways,
    whyClosed: whyClosed(open),
    navigation: (role, path, counts) =>
      navigation(role, path, counts, {
        invites: counts?.body !== undefined && invites(needs.programs, counts.body),
        holdsSessions: counts?.body !== undefined && namedBy(needs.programs, counts.body).some(holds),
      }),
  });
  const slice: SliceNeeds = { now, newId, open, database, pages, publicUrl };
  const withPrograms = { ...slice, programs: needs.programs };
  const secrets = secretsOf(config);
  const seal = makeSeal(secrets);
  const tokens = makeTokens({ database, now, newId, secrets, publicUrl });
  const attempts = makeAttempts({ database, secret: config.secret, attempts: needs.attempts ?? 10 });
  const devices = makeDevices({ database, secure, now });

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback');
  const said = alwaysSaid(secure);
  app.use((_req, res, next) => {
    for (const [name, value] of said) res.setHeader(name, value);
    next();
  });
  app.use(healthRoutes({ database, metricsToken: config.metricsToken }));
  app.use(assets());
  app.use(requestLog(log));
  // The address of such a page is a secret: not even to another page of ours does a browser say that it came from there.
  app.use((req, res, next) => {
    if (linkPath.test(req.path)) res.setHeader('Referrer-Policy', 'strict-origin');
    next();
  });
  const definitions = makeDefinitions(needs.programs);
  app.use(oauthRoutes({ tokens, database, attempts }));
  const [keys, bells] = [makeOwnKeys(secrets), makeBells(secrets)];
  app.use(partnerDoor({ database, log, bells, keys }));
  app.use(
    '/fhir',
    fhirRoutes({
      open,
      passing: makePassing({ database, sightOf }),
      tokens,
      attempts,
      database,
      log,
      publicUrl,
      validate: makeValidator(),
      definitions,
      seal,
      mayBeHere: demo,
      letters: {
        give: async (records, id) => {
          const gathered = await gatherLetter(records, needs.programs, id);
          return () => composeLetter(gathered, { programs: needs.programs, publicUrl, now: records.now });
        },
        refer: (records, { questionnaire, ...sending }) =>
          send(
            records,
            programAsking(needs.programs, questionnaire) ?? programOf(needs.programs, undefined),
            sending,
          ),
      },
      forms: {
        populate: (records, given) => populate(records, needs.programs, given),
        extract: (records, given) => extract(records, needs.programs, given),
      },
    }),
  );
  app.use(express.urlencoded({ extended: false, limit: '1mb', parameterLimit: 2000 }));
  app.use(
    accessRoutes({
      ...slice,
      sessions,
      typed,
      devices,
      entry: makeEntry({ database, sessions, devices, secure }),
      questions,
      issuer: config.oidc && makeIssuer(config.oidc, publicUrl),
      passkeys,
      ways,
      seal,
      secure,
      secondFactor,
      homeOf,
      demo: needs.demoAccounts,
      attempts,
    }),
    peopleRoutes({
      ...slice,
      parts: [
        answersPart(needs.programs),
        consentPart,
        referralPart(needs.programs),
        sharedSheetPart(needs.programs),
        withoutReferralPart,
      ],
      news: clinicNotices,
      sheets: blankRequest(needs.programs),
    }),
    dangerRoutes(slice),
    invitationRoutes({ ...withPrograms, seal, attempts }),
    withoutReferralRoutes(withPrograms),
    intakeRoutes({ ...withPrograms, secret: config.secret }),
    formRoutes({
      ...withPrograms,
      secret: config.secret,
      validate: makeValidator(),
      ownValueSet: writtenOut(definitions),
    }),
    consentRoutes({ ...withPrograms, seal, secure, attempts }),
    referralRoutes(withPrograms),
    scanRoutes(withPrograms),
    supportRoutes(withPrograms),
    handOverRoutes(withPrograms),
    sharedSheetRoutes(withPrograms),
    sessionRoutes({ ...withPrograms, attempts, tell: sessionTelling(config) }),
    dossierRoutes(withPrograms),
    printRoutes(slice),
    answerRoutes(slice),
    directoryRoutes(slice),
    statisticsRoutes(withPrograms),
    accountRoutes({
      ...slice,
      attempts,
      makePost,
      changePost,
      secondFactor,
      outside: config.oidc !== undefined,
    }),
    clientRoutes({ ...slice, changed: tokens.changed }),
    accessLogRoutes(slice),
    connectionRoutes(slice),
    serverRoutes({ ...slice, seal, keys, bells, reach: reachFor(config), mayBeHere: demo }),
    looksRoutes(slice),
    referenceRoutes({ pages, publicUrl, definitions }),
  );
  app.use(pages.forAnyone(() => Promise.reject(notFound())));
  app.use(pages.unread);
  app.use(lastWord(log));
  return app;
}

/** When even the page that says so fails: that something did, and nothing of what. Express would show where in the code. */
const lastWord =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, _req, res, next) => {
    log.error({ err: error }, 'an answer failed');
    if (res.headersSent) next(error);
    else res.status(500).type('text').send('500');
  };

/** One line a request: method, path without its query or any secret, status, time. */
const requestLog = (log: Log) =>
  pinoHttp({
    logger: log,
    genReqId: () => randomUUID(),
    // The usual wrapping gathers all headers of a request, of which none is written down.
    wrapSerializers: false,
    serializers: {
      req: (req: Request) => ({ id: req.id, method: req.method, path: pathForLog(req.originalUrl) }),
      res: (res: Response) => ({ status: res.statusCode }),
    },
  });
