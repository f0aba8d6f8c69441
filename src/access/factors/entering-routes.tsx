import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Sentence } from '../../kernel/sentence.ts';
import { emptyForm, readForm, textField, type FormState } from '../../web/form.tsx';
import { html, json, localPath, seeOther, type Reply } from '../../web/replies.ts';
import { cookieOf } from '../cookies.ts';
import { browserOf } from '../devices.ts';
import type { Begun } from '../sessions.ts';
import { field, type EnteringVisit } from '../visit.ts';
import { entering as pagesAt, enrolPage, secondPage, withTo } from './entering-pages.tsx';
import type { FactorNeeds } from './needs.ts';
import { answerIn } from './passkeys.ts';
import { addApp, checkCode, factorsOf, giveCodes, offerApp, offeredApp, tellOwner } from './service.ts';
import { codesPage, setUpPage } from './set-up-pages.tsx';
import { text } from './text.ts';

export const toIn = (req: Request): string =>
  localPath(req.method === 'GET' ? req.query['to'] : field(req, 'to')) ?? '/';

export const CodeForm = z.object({
  code: textField({ max: 40, required: text.codeMissing }),
});

/** The second proof, and choosing one the first time: all that somebody comes to whose password alone was right. */
export function enteringRoutes(needs: FactorNeeds): Router {
  const { pages, database, sessions, devices, entry, passkeys, seal, now } = needs;
  const { rows } = database;

  const second = async ({ view, req, entering }: EnteringVisit, state: FormState, status = 200) =>
    html(
      secondPage({
        view: req.method === 'GET' ? view : { ...view, path: '/' },
        state,
        to: toIn(req),
        factors: await factorsOf(rows, entering.account),
        passkeys: passkeys.possible,
      }),
      status,
    );
  const fault = (says: Sentence): FormState => ({
    values: {},
    issues: [{ path: 'code', says }],
  });
  /** In, when nobody else ended the waiting session in between. */
  const admit = async ({ req, entering }: EnteringVisit, how: string): Promise<Reply> => {
    const begun = await sessions.complete(entering, browserOf(req));
    return begun === undefined ? seeOther('/sign-in') : entry.admit(req, begun, toIn(req), how);
  };
  const enteringAt = async (req: Request) =>
    sessions.findEntering(cookieOf(req, 'session', needs.secure) ?? '');
  // Whoever knows a password must not try a million codes: counted for the account, not for the attempt to sign in.
  const limit = needs.attempts.slowDown({
    place: 'second proof',
    nameIn: async (req) => (await enteringAt(req))?.account,
    isKnown: async (req) => devices.knows(req, (await enteringAt(req))?.login ?? ''),
    succeeded: (res) => res.statusCode < 400,
    refuse: pages.forEntering('second-factor', async (visit) => second(visit, fault(text.tooOften), 429)),
  });

  /** The first factor is there: in, with a sheet of recovery codes to keep. */
  const enrolled = async ({ view, req, entering }: EnteringVisit, what: string): Promise<Reply> => {
    const made = await database.transaction(async (tx) => {
      await tellOwner(tx.rows, entering.account, text.toldAdded);
      return giveCodes(tx.rows, entering.account, now());
    });
    await entry.changed(req, `${what} added`, entering.account);
    const begun: Begun | undefined = await sessions.complete(entering, browserOf(req));
    if (begun === undefined) return seeOther('/sign-in');
    const headers = await entry.headersFor(req, begun, `password and new ${what}`);
    return html(codesPage({ view, codes: made, next: toIn(req) }), 200, headers);
  };
  const setUp = ({ view, req, entering }: EnteringVisit, state: FormState, sealed?: string): Reply => {
    const kept = sealed === undefined ? undefined : offeredApp(seal, entering.account, sealed);
    const offer =
      kept === undefined || sealed === undefined
        ? offerApp(seal, entering.account)
        : { secret: kept, sealed };
    const page = setUpPage({
      view: req.method === 'GET' ? view : { ...view, path: '/' },
      state,
      login: entering.login,
      offer,
      action: `${pagesAt.enrol}/app`,
      hidden: { to: toIn(req) },
      back: { href: withTo(pagesAt.enrol, toIn(req)), label: text.enrolTitle },
    });
    return html(page, state.issues.length > 0 ? 422 : 200);
  };

  return Router()
    .get(
      pagesAt.second,
      pages.forEntering('second-factor', (visit) => second(visit, emptyForm())),
    )
    .post(
      pagesAt.second,
      limit,
      pages.forEntering('second-factor', async (visit) => {
        const { req, entering } = visit;
        const form = readForm(CodeForm, req.body);
        if (!form.ok) return second(visit, { ...form.state, values: {} }, 422);
        const { account } = entering;
        const proof = await checkCode(rows, seal, { account, typed: form.data.code, now: now() });
        if (proof === undefined) {
          await entry.refused(req, 'second factor', account);
          return second(visit, fault(text.codeWrong), 422);
        }
        if (proof === 'recovery code') await tellOwner(rows, account, text.toldCodeUsed);
        return admit(visit, `password and ${proof}`);
      }),
    )
    .post(
      `${pagesAt.second}/passkey/options`,
      limit,
      pages.forEntering('second-factor', async ({ entering }) => {
        const { options, cookie } = await passkeys.askToShow(entering.account);
        return json(options, 200, { headers: { 'Set-Cookie': cookie } });
      }),
    )
    .post(
      `${pagesAt.second}/passkey`,
      limit,
      pages.forEntering('second-factor', async (visit) => {
        const { req, entering } = visit;
        const shown = await passkeys.shown(req, answerIn(field(req, 'answer')), entering.account);
        if (shown !== undefined) return admit(visit, 'password and passkey');
        await entry.refused(req, 'passkey', entering.account);
        return second(visit, { values: {}, issues: [{ path: '', says: text.passkeyFailed }] }, 422);
      }),
    )
    .get(
      pagesAt.enrol,
      pages.forEntering('enrolment', ({ view, req }) =>
        Promise.resolve(html(enrolPage({ view, to: toIn(req), passkeys: passkeys.possible, failed: false }))),
      ),
    )
    .get(
      `${pagesAt.enrol}/app`,
      pages.forEntering('enrolment', (visit) => Promise.resolve(setUp(visit, emptyForm()))),
    )
    .post(
      `${pagesAt.enrol}/app`,
      pages.forEntering('enrolment', async (visit) => {
        const { req, entering } = visit;
        const sealed = field(req, 'offer') ?? '';
        const form = readForm(CodeForm, req.body);
        if (!form.ok) return setUp(visit, { ...form.state, values: {} }, sealed);
        const { account } = entering;
        const secret = offeredApp(seal, account, sealed);
        if (secret === undefined) return setUp(visit, fault(text.offerOver));
        const given = { account, secret, code: form.data.code, now: now() };
        if (!(await addApp(rows, seal, given))) return setUp(visit, fault(text.setUpWrong), sealed);
        return enrolled(visit, 'authenticator app');
      }),
    )
    .post(
      `${pagesAt.enrol}/passkey/options`,
      pages.forEntering('enrolment', async ({ entering }) => {
        const { options, cookie } = await passkeys.askToMake(entering);
        return json(options, 200, { headers: { 'Set-Cookie': cookie } });
      }),
    )
    .post(
      `${pagesAt.enrol}/passkey`,
      pages.forEntering('enrolment', async (visit) => {
        const { view, req, entering } = visit;
        const added = await passkeys.add(rows, req, entering.account, answerIn(field(req, 'answer')));
        if (added) return enrolled(visit, 'passkey');
        return html(
          enrolPage({
            view: { ...view, path: '/' },
            to: toIn(req),
            passkeys: passkeys.possible,
            failed: true,
          }),
          422,
        );
      }),
    );
}
