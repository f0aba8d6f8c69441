import { Router } from 'express';
import { sql } from '../../database/sql.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { emptyForm, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { cookieOf } from '../cookies.ts';
import { noteWith } from '../events.ts';
import { makeLately } from '../factors/lately.ts';
import { tellOwner } from '../factors/service.ts';
import { hashPassword, passwordMatches } from '../password.ts';
import { endSessions } from '../sessions.ts';
import { field, type Visit } from '../visit.ts';
import { changeForm } from './form.ts';
import type { AccountNeeds } from './needs.ts';
import { ownPage } from './own-page.tsx';
import { shortestFor } from './password.ts';
import { listSessions } from './queries.ts';
import { peopleRoles } from './roles.ts';
import { endOne, idleSince, readAccount, setPassword } from './service.ts';
import { text } from './text.ts';

const said: Readonly<Record<string, Sentence>> = {
  changed: text.saidChanged,
  ended: text.saidOthersEnded,
  'one-ended': text.saidOneEnded,
};

/** Everybody's own page: their password, and where they are signed in. */
export function ownRoutes(needs: AccountNeeds): Router {
  const { open, pages, database, publicUrl, secondFactor, now } = needs;
  const lately = makeLately({ pages, now }, '/account');
  const secure = publicUrl.startsWith('https:');
  const show = async (visit: Visit, state: FormState, status = 200): Promise<Reply> => {
    const { actor, req, newId, session } = visit;
    const found = await open(actor, async (records) => ({
      account: await readAccount(records, session.account),
      sessions: await listSessions(records, session.account, session.id, idleSince(records.now)),
    }));
    const word = req.method === 'GET' ? req.query['said'] : undefined;
    const notice = typeof word === 'string' && Object.hasOwn(said, word) ? said[word] : undefined;
    const view = notice ? { ...visit.view, notice } : { ...visit.view, path: '/account' };
    const shortest = shortestFor(secondFactor, found.account.guarded);
    return html(ownPage({ ...found, view, state, newId, shortest }), status);
  };
  const wrong = (path: string, says: Sentence): FormState => ({ values: {}, issues: [{ path, says }] });

  // Whoever finds an open screen must not be able to guess the password behind it.
  const limit = needs.attempts.slowDown({
    place: 'own password',
    most: 10,
    nameIn: (req) => cookieOf(req, 'session', secure),
    succeeded: (res) => res.statusCode === 303,
    refuse: pages.forRoles(peopleRoles, (visit) => show(visit, wrong('', text.tooOften), 429)),
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
        const { actor, req, once, session } = visit;
        const account = await open(actor, (records) => readAccount(records, session.account));
        const form = readForm(changeForm(account, shortestFor(secondFactor, account.guarded)), req.body);
        if (!form.ok) return show(visit, { values: {}, issues: form.state.issues }, 422);
        const [row] = await database.rows<{ password_hash: string | null }>(
          sql`select password_hash from account where id = ${session.account}::uuid`,
        );
        if (!(await passwordMatches(row?.password_hash ?? undefined, form.data.current)))
          return show(visit, wrong('current', text.currentWrong), 422);
        const hash = await hashPassword(form.data.fresh);
        await open(
          actor,
          async (records) => {
            await setPassword(records, session.account, hash, session.id);
            await tellOwner(records.run, session.account, text.toldPassword);
          },
          { once },
        );
        return seeOther('/account?said=changed');
      }),
    )
    .post(
      '/account/sessions',
      lately(async ({ actor, once, session }) => {
        await open(
          actor,
          async (records) => {
            await endSessions(records.run, session.account, records.now, session.id);
            await noteWith(records, { action: 'account', what: 'end sessions' });
          },
          { once },
        );
        return seeOther('/account?said=ended');
      }),
    )
    .post(
      '/account/sessions/end',
      lately(async ({ actor, req, once }) => {
        await open(
          actor,
          async (records) => {
            await endOne(records, field(req, 'session') ?? '');
            await noteWith(records, { action: 'account', what: 'end sessions' });
          },
          { once },
        );
        return seeOther('/account?said=one-ended');
      }),
    );
}
