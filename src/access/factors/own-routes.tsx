import { Router } from 'express';
import { z } from 'zod';
import { sql } from '../../database/sql.ts';
import { forbidden } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { emptyForm, readForm, saying, type FormState } from '../../web/form.tsx';
import { html, json, seeOther, type Reply } from '../../web/replies.ts';
import { peopleRoles } from '../accounts/roles.ts';
import { cookieOf, setCookie } from '../cookies.ts';
import { boundState } from '../outside/bind.ts';
import { text as outsideText } from '../outside/text.ts';
import { passwordMatches } from '../password.ts';
import { endSessions, lifetime } from '../sessions.ts';
import { field, type Visit } from '../visit.ts';
import { CodeForm, toIn } from './entering-routes.tsx';
import { makeLately } from './lately.ts';
import type { FactorNeeds } from './needs.ts';
import { confirmPage, factorsPage, own } from './own-pages.tsx';
import { answerIn } from './passkeys.ts';
import {
  addApp,
  factorsOf,
  giveCodes,
  hasAny,
  offerApp,
  offeredApp,
  removeApp,
  removePasskey,
  tellOwner,
  type Rows,
} from './service.ts';
import { codesPage, setUpPage } from './set-up-pages.tsx';
import { text } from './text.ts';

const said: Readonly<Record<string, Sentence>> = {
  added: text.saidAdded,
  removed: text.saidRemoved,
  connected: outsideText.saidConnected,
};

const Password = z.object({
  password: z.preprocess((v) => v ?? '', z.string().min(1, saying(text.passwordMissing)).max(512)),
});

/** Everybody's own second factors: to see, to add, to remove. What is changed here ends the sessions elsewhere. */
export function ownFactorRoutes(needs: FactorNeeds): Router {
  const { pages, database, sessions, entry, passkeys, seal, now, newId } = needs;
  const { rows } = database;

  const lately = makeLately(needs);

  const list = async ({ view, req, session }: Visit, failed = false): Promise<Reply> => {
    const word = req.method === 'GET' ? req.query['said'] : undefined;
    const notice = typeof word === 'string' && Object.hasOwn(said, word) ? said[word] : undefined;
    const shown = { ...view, path: own.list, ...(notice ? { notice } : {}) };
    const factors = await factorsOf(rows, session.account);
    const bound = needs.issuer && (await boundState(rows, session.account)).bound;
    return html(
      factorsPage({ view: shown, factors, passkeys: passkeys.possible, failed, newId, bound }),
      failed ? 422 : 200,
    );
  };

  /** One change of how somebody signs in: with it the other sessions end, and its owner is told. */
  const change = async <T,>(
    { req, session }: Visit,
    what: string,
    told: Sentence,
    work: (rows: Rows) => Promise<T>,
  ): Promise<T> => {
    const result = await database.transaction(async (tx) => {
      const done = await work(tx.rows);
      await endSessions(tx.rows, session.account, now(), session.id);
      await tellOwner(tx.rows, session.account, told);
      return done;
    });
    await entry.changed(req, what, session.account);
    return result;
  };
  /** After the first factor the sheet of recovery codes, after others the list. */
  const added = async (visit: Visit, what: string): Promise<Reply> => {
    const { account } = visit.session;
    const { codesLeft } = await factorsOf(rows, account);
    const codes = await change(visit, `${what} added`, text.toldAdded, (tx) =>
      codesLeft > 0 ? Promise.resolve(undefined) : giveCodes(tx, account, now()),
    );
    return codes === undefined
      ? seeOther(`${own.list}?said=added`)
      : html(codesPage({ view: visit.view, codes, next: own.list }));
  };
  const remove = async (
    visit: Visit,
    what: string,
    work: (rows: Rows) => Promise<boolean>,
  ): Promise<Reply> => {
    await change(visit, `${what} removed`, text.toldRemoved, async (tx) => {
      await work(tx);
      const { account } = visit.session;
      if (hasAny(await factorsOf(tx, account))) return;
      if (needs.secondFactor === 'required') throw forbidden(text.lastOne);
      // Codes in place of nothing would be a way in that nobody thinks of any more.
      await tx(sql`delete from recovery_code where account_id = ${account}::uuid`);
    });
    return seeOther(`${own.list}?said=removed`);
  };

  const setUp = ({ view, req, session }: Visit, state: FormState, sealed?: string): Reply => {
    const kept = sealed === undefined ? undefined : offeredApp(seal, session.account, sealed);
    const offer =
      kept === undefined || sealed === undefined ? offerApp(seal, session.account) : { secret: kept, sealed };
    const back = { href: own.list, label: text.backToFactors };
    const action = `${own.list}/app`;
    const shown = req.method === 'GET' ? view : { ...view, path: '/' };
    return html(
      setUpPage({ view: shown, state, login: session.login, offer, action, back }),
      state.issues.length > 0 ? 422 : 200,
    );
  };
  const says = (sentence: Sentence): FormState => ({
    values: {},
    issues: [{ path: 'code', says: sentence }],
  });

  const confirm = async ({ view, req, session }: Visit, issues: FormState['issues'], status = 200) => {
    const [row] = await rows<{ has: boolean }>(
      sql`select password_hash is not null as has from account where id = ${session.account}::uuid`,
    );
    const page = {
      view: req.method === 'GET' ? view : { ...view, path: '/' },
      state: { values: {}, issues },
      to: toIn(req),
      login: session.login,
      withPassword: row?.has ?? false,
    };
    return html(confirmPage(page), status);
  };
  // Whoever finds an open screen must not be able to guess the password behind it.
  const limit = needs.attempts.slowDown({
    place: 'confirmation',
    nameIn: (req) => cookieOf(req, 'session', needs.secure),
    succeeded: (res) => res.statusCode === 303,
    refuse: pages.forRoles(peopleRoles, (visit) =>
      confirm(visit, [{ path: 'password', says: text.tooOften }], 429),
    ),
  });

  return Router()
    .get(
      own.list,
      pages.forRoles(peopleRoles, (visit) => list(visit)),
    )
    .get(
      own.confirm,
      pages.forRoles(peopleRoles, (visit) => confirm(visit, [])),
    )
    .post(
      own.confirm,
      limit,
      pages.forRoles(peopleRoles, async (visit) => {
        const { req, session } = visit;
        const form = readForm(Password, req.body);
        if (!form.ok) return confirm(visit, form.state.issues, 422);
        const [row] = await rows<{ hash: string | null }>(
          sql`select password_hash as hash from account where id = ${session.account}::uuid`,
        );
        if (!(await passwordMatches(row?.hash ?? undefined, form.data.password))) {
          await entry.refused(req, 'password asked again', session.account);
          return confirm(visit, [{ path: 'password', says: text.passwordWrong }], 422);
        }
        const secret = await sessions.prove(session.id);
        const seconds = lifetime.whole / 1000;
        return seeOther(toIn(req), {
          'Set-Cookie': setCookie('session', secret, { secure: needs.secure, seconds }),
        });
      }),
    )
    .get(
      `${own.list}/app`,
      lately((visit) => Promise.resolve(setUp(visit, emptyForm()))),
    )
    .post(
      `${own.list}/app`,
      lately(async (visit) => {
        const { req, session } = visit;
        const sealed = field(req, 'offer') ?? '';
        const form = readForm(CodeForm, req.body);
        if (!form.ok) return setUp(visit, { ...form.state, values: {} }, sealed);
        const { account } = session;
        const secret = offeredApp(seal, account, sealed);
        if (secret === undefined) return setUp(visit, says(text.offerOver));
        const given = { account, secret, code: form.data.code, now: now() };
        if (!(await addApp(rows, seal, given))) return setUp(visit, says(text.setUpWrong), sealed);
        return added(visit, 'authenticator app');
      }),
    )
    .post(
      `${own.list}/app/remove`,
      lately((visit) => remove(visit, 'authenticator app', (tx) => removeApp(tx, visit.session.account))),
    )
    .post(
      `${own.list}/passkey/options`,
      lately(async ({ session }) => {
        const { options, cookie } = await passkeys.askToMake(session);
        return json(options, 200, { headers: { 'Set-Cookie': cookie } });
      }),
    )
    .post(
      `${own.list}/passkey`,
      lately(async (visit) => {
        const { req, session } = visit;
        const done = await passkeys.add(rows, req, session.account, answerIn(field(req, 'answer')));
        return done ? added(visit, 'passkey') : list(visit, true);
      }),
    )
    .post(
      `${own.list}/passkey/remove`,
      lately((visit) =>
        remove(visit, 'passkey', (tx) =>
          removePasskey(tx, visit.session.account, field(visit.req, 'passkey') ?? ''),
        ),
      ),
    )
    .post(
      `${own.list}/codes`,
      lately(async (visit) => {
        const { account } = visit.session;
        const codes = await change(visit, 'recovery codes made', text.toldCodes, (tx) =>
          giveCodes(tx, account, now()),
        );
        return html(codesPage({ view: visit.view, codes, next: own.list }));
      }),
    );
}
