import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Sentence } from '../kernel/sentence.ts';
import { emptyForm, readForm, saying, type FormState } from '../web/form.tsx';
import { html, json, type Reply } from '../web/replies.ts';
import { browserOf } from './devices.ts';
import { toIn } from './factors/entering-routes.tsx';
import type { FactorNeeds } from './factors/needs.ts';
import { answerIn } from './factors/passkeys.ts';
import { loginOf } from './sessions.ts';
import { signInPage, type DemoAccounts, type SignInWays } from './pages.tsx';
import type { TypedForms } from './typed-forms.ts';
import { text } from './text.ts';
import { field, type OpenVisit } from './visit.ts';

export type SignInNeeds = FactorNeeds &
  Readonly<{ typed: TypedForms; ways: SignInWays; demo: DemoAccounts | undefined }>;

const SignIn = z.object({
  login: z
    .string({ error: saying(text.loginMissing) })
    .trim()
    .min(1, saying(text.loginMissing))
    .max(200),
  password: z
    .string({ error: saying(text.passwordMissing) })
    .min(1, saying(text.passwordMissing))
    .max(512),
});

/** What led to this page. */
const before: Readonly<Record<string, Sentence>> = {
  out: text.signedOut,
  ended: text.sessionEnded,
  lapsed: text.sessionLapsed,
  welcome: text.welcomed,
};

/** Signing in: with login and password, or with a passkey alone, which is two proofs in one. */
export function signInRoutes(needs: SignInNeeds): Router {
  const { pages, sessions, devices, entry, passkeys, attempts } = needs;
  /** On to the form that was typed before the session ended, for whoever typed it; else to where they wanted to go. */
  const goingOn = async (req: Request, account: string): Promise<string> => {
    const carried = field(req, 'carried');
    const page = carried === undefined ? undefined : await needs.typed.takeUp(carried, account);
    return page ?? toIn(req);
  };
  const show = ({ view, req }: OpenVisit, state: FormState, status = 200): Reply =>
    html(
      signInPage({
        view,
        state: { ...state, values: { login: field(req, 'login') ?? '' } },
        to: toIn(req),
        demo: needs.demo,
        ...needs.ways,
        ...goneOn(req),
      }),
      status,
    );
  const fault = (path: string, says: Sentence): FormState => ({ values: {}, issues: [{ path, says }] });
  const login = (req: Request): string => loginOf(field(req, 'login') ?? '');
  const refuse = pages.forAnyone((visit) => Promise.resolve(show(visit, fault('', text.tooOften), 429)));
  const succeeded = (res: Response): boolean => res.statusCode === 303;
  const limit = attempts.slowDown({
    place: 'sign-in',
    nameIn: login,
    isKnown: (req) => devices.knows(req, login(req)),
    succeeded,
    refuse,
  });
  // A passkey cannot be guessed; a whole clinic may use theirs from one address. Every question is a row, so they count all.
  const passkeyLimit = (place: string, counts: (res: Response) => boolean) =>
    attempts.slowDown({ place, most: attempts.few * 10, nameIn: () => '', succeeded: counts, refuse });

  return Router()
    .get(
      '/sign-in',
      pages.forAnyone((visit) => {
        const { view, req } = visit;
        const [out, was] = [req.query['out'], req.query['was']];
        const word = out === '1' ? 'out' : was;
        const notice = typeof word === 'string' && Object.hasOwn(before, word) ? before[word] : undefined;
        return Promise.resolve(show(notice ? { ...visit, view: { ...view, notice } } : visit, emptyForm()));
      }),
    )
    .post(
      '/sign-in',
      limit,
      pages.forAnyone(async (visit) => {
        const { req } = visit;
        const form = readForm(SignIn, req.body);
        if (!form.ok) return show(visit, form.state, 422);
        const begun = await sessions.begin(form.data.login, form.data.password, browserOf(req));
        if ('secret' in begun) return entry.admit(req, begun, await goingOn(req, begun.account), 'password');
        await entry.refused(req, begun.refused === 'ended' ? 'account stopped' : 'password', begun.account);
        return show(visit, fault('login', begun.refused === 'ended' ? text.stopped : text.wrong), 422);
      }),
    )
    .post(
      '/sign-in/passkey/options',
      passkeyLimit('passkey question', () => false),
      pages.forAnyone(async () => {
        const { options, cookie } = await passkeys.askToShow();
        return json(options, 200, { headers: { 'Set-Cookie': cookie } });
      }),
    )
    .post(
      '/sign-in/passkey',
      passkeyLimit('passkey', succeeded),
      pages.forAnyone(async (visit) => {
        const { req } = visit;
        const account = await passkeys.shown(req, answerIn(field(req, 'answer')));
        if (account === undefined) {
          await entry.refused(req, 'passkey');
          return show(visit, fault('', text.passkeyUnknown), 422);
        }
        const begun = await sessions.afterBoth(account, browserOf(req));
        if ('secret' in begun) return entry.admit(req, begun, await goingOn(req, account), 'passkey');
        await entry.refused(req, 'account stopped', account);
        return show(visit, fault('', text.stopped), 422);
      }),
    );
}

/** The form that came along from an ended session stays on the page until somebody is signed in. */
const goneOn = (req: Request) => {
  const carried = field(req, 'carried');
  return carried === undefined ? {} : { carried, says: text.endedKept };
};
