import { Router, type Request } from 'express';
import { rateLimit } from 'express-rate-limit';
import { sql } from '../../database/sql.ts';
import { emptyForm, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { cookieOf } from '../cookies.ts';
import { hashPassword, passwordMatches } from '../password.ts';
import { hashSecret } from '../secrets.ts';
import type { SliceNeeds } from '../slice.ts';
import type { Visit } from '../visit.ts';
import { passwordForm } from './form.ts';
import { ownPage } from './own-page.tsx';
import { listSessions } from './queries.ts';
import { peopleRoles } from './roles.ts';
import { endSessions, idleSince, readAccount, setPassword } from './service.ts';
import { text } from './text.ts';

const sessionHash = (req: Request): Buffer => hashSecret(cookieOf(req, 'session') ?? '');

/** Everybody's own page: their password, and where they are signed in. */
export function ownRoutes({ open, pages, database }: SliceNeeds): Router {
  const show = async (visit: Visit, state: FormState, status = 200): Promise<Reply> => {
    const { actor, req, newId } = visit;
    const found = await open(actor, async (records) => ({
      account: await readAccount(records, actor.account ?? ''),
      sessions: await listSessions(records, actor.account ?? '', sessionHash(req), idleSince(records.now)),
    }));
    const said = req.method === 'GET' ? req.query['said'] : undefined;
    const notice =
      said === 'changed' ? text.saidChanged : said === 'ended' ? text.saidOthersEnded : undefined;
    const view = notice ? { ...visit.view, notice } : { ...visit.view, path: '/account' };
    return html(ownPage({ ...found, view, state, newId }), status);
  };

  // Whoever finds an open screen must not be able to guess the password behind it.
  const limit = rateLimit({
    windowMs: 15 * 60_000,
    limit: 10,
    keyGenerator: (req) => sessionHash(req).toString('hex'),
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, res) => res.statusCode === 303,
    standardHeaders: true,
    legacyHeaders: false,
    handler: pages.forRoles(peopleRoles, (visit) =>
      show(visit, { values: {}, issues: [{ path: '', says: text.tooOften }] }, 429),
    ),
  });

  return Router()
    .get(
      '/account',
      pages.forRoles(peopleRoles, (visit) => show(visit, emptyForm())),
    )
    .post(
      '/account/password',
      limit,
      pages.forRoles(peopleRoles, async (visit) => {
        const { actor, req, once } = visit;
        const account = actor.account ?? '';
        const [row] = await database.rows<{ login: string; password_hash: string }>(
          sql`select login, password_hash from account where id = ${account}::uuid`,
        );
        const form = readForm(passwordForm(row?.login ?? ''), req.body);
        if (!form.ok) return show(visit, { values: {}, issues: form.state.issues }, 422);
        if (!(await passwordMatches(row?.password_hash, form.data.current)))
          return show(visit, { values: {}, issues: [{ path: 'current', says: text.currentWrong }] }, 422);
        const hash = await hashPassword(form.data.fresh);
        await open(actor, (records) => setPassword(records, account, hash, sessionHash(req)), { once });
        return seeOther('/account?said=changed');
      }),
    )
    .post(
      '/account/sessions',
      pages.forRoles(peopleRoles, async ({ actor, req, once }) => {
        await open(actor, (records) => endSessions(records, actor.account ?? '', sessionHash(req)), { once });
        return seeOther('/account?said=ended');
      }),
    );
}
