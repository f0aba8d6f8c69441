import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import type { Role } from '../kernel/actor.ts';
import { isLanguage, type Language } from '../kernel/sentence.ts';
import { readForm, says } from '../web/form.tsx';
import { html, localPath, seeOther } from '../web/replies.ts';
import { slowDown } from './attempts.ts';
import { cookieOf, setCookie } from './cookies.ts';
import { noteEntry } from './events.ts';
import { lifetime, loginOf, type Sessions } from './sessions.ts';
import { signInPage, type DemoAccounts } from './pages.tsx';
import { text } from './text.ts';
import type { TypedForms } from './typed-forms.ts';
import { fromOf } from './address.ts';
import { field, requestId, type Pages } from './visit.ts';

export type AccessNeeds = Readonly<{
  pages: Pages;
  sessions: Sessions;
  typed: TypedForms;
  /** For the access log. */
  database: Database;
  /** Cookies go over TLS alone. */
  secure: boolean;
  homeOf: (role: Role) => string;
  demo: DemoAccounts | undefined;
  /** Failed sign-ins for one login and address in a quarter of an hour. */
  attempts: number;
}>;

const SignIn = z.object({
  login: z
    .string({ error: says(text.loginMissing.ja, text.loginMissing.en) })
    .trim()
    .min(1, says(text.loginMissing.ja, text.loginMissing.en))
    .max(200),
  password: z
    .string({ error: says(text.passwordMissing.ja, text.passwordMissing.en) })
    .min(1, says(text.passwordMissing.ja, text.passwordMissing.en))
    .max(512),
});

/** Sign in, sign out, choose a language, and the way from `/` to where one's work is. */
export function accessRoutes(needs: AccessNeeds): Router {
  const { pages, sessions, typed, database, secure } = needs;
  const limit = slowDown({
    attempts: needs.attempts,
    nameIn: (req) => loginOf(field(req, 'login') ?? ''),
    succeeded: (res) => res.statusCode === 303,
    refuse: pages.forAnyone(({ view, req }) =>
      Promise.resolve(
        html(
          signInPage({
            view,
            state: {
              values: { login: field(req, 'login') ?? '' },
              issues: [{ path: '', says: text.tooOften }],
            },
            to: '/',
            demo: needs.demo,
            ...goneOn(req),
          }),
          429,
        ),
      ),
    ),
  });

  const chosen = (language: Language) => ({
    'Set-Cookie': setCookie('language', language, { secure, seconds: 365 * 24 * 3600 }),
  });

  /** The page of a form that was typed before the session ended, for whoever typed it. */
  const goingOn = async (secret: string, carried: string | undefined): Promise<string | undefined> => {
    const session = carried === undefined ? undefined : await sessions.find(secret);
    return session && carried !== undefined ? typed.takeUp(carried, session.account) : undefined;
  };

  return (
    Router()
      .get(
        '/',
        pages.forRoles(signedInRoles, ({ session }) => Promise.resolve(seeOther(needs.homeOf(session.role)))),
      )
      .get(
        '/sign-in',
        pages.forAnyone(({ view, req }) => {
          const shown = req.query['out'] === '1' ? { ...view, notice: text.signedOut } : view;
          return Promise.resolve(
            html(
              signInPage({
                view: shown,
                state: { values: {}, issues: [] },
                to: localPath(req.query['to']) ?? '/',
                demo: needs.demo,
              }),
            ),
          );
        }),
      )
      .post(
        '/sign-in',
        limit,
        pages.forAnyone(async ({ view, req }) => {
          const to = localPath(field(req, 'to')) ?? '/';
          const again = (state: Parameters<typeof signInPage>[0]['state']) =>
            html(
              signInPage({
                view,
                state: { ...state, values: { login: field(req, 'login') ?? '' } },
                to,
                demo: needs.demo,
                ...goneOn(req),
              }),
              422,
            );
          const form = readForm(SignIn, req.body);
          if (!form.ok) return again(form.state);
          const secret = await sessions.begin(form.data.login, form.data.password);
          await noteEntry(database, {
            action: secret === undefined ? 'sign-in-refused' : 'sign-in',
            what: 'password',
            login: loginOf(form.data.login),
            request: requestId(req),
            ...fromOf(req),
          });
          if (secret === undefined)
            return again({ values: {}, issues: [{ path: 'login', says: text.wrong }] });
          return seeOther((await goingOn(secret, field(req, 'carried'))) ?? to, {
            'Set-Cookie': setCookie('session', secret, { secure, seconds: lifetime.whole / 1000 }),
          });
        }),
      )
      .post(
        '/sign-out',
        pages.forRoles(signedInRoles, async ({ req, actor }) => {
          await sessions.end(cookieOf(req, 'session') ?? '');
          await noteEntry(database, { ...actor, action: 'sign-out', what: 'sign-out' });
          return seeOther('/sign-in?out=1', {
            'Set-Cookie': setCookie('session', '', { secure, seconds: 0 }),
          });
        }),
      )
      .get(
        '/language/:language',
        pages.forAnyone(({ req }) => {
          const to = localPath(req.query['to']) ?? '/';
          const { language } = req.params;
          return Promise.resolve(seeOther(to, isLanguage(language) ? chosen(language) : undefined));
        }),
      )
      // From the middle of a form, whose button this is: what was typed comes along.
      .post(
        '/language/:language',
        pages.forRoles(signedInRoles, async ({ view, req, keep }) => {
          const { language } = req.params;
          if (view.path !== '/') await keep();
          return seeOther(view.path, isLanguage(language) ? chosen(language) : undefined);
        }),
      )
      // A form that leads on is done with: what was kept of it goes, as after any other.
      .post(
        '/typed-forms/forget',
        pages.forRoles(signedInRoles, ({ view }) => Promise.resolve(seeOther(view.path))),
      )
  );
}

/** The form that came along from an ended session stays on the page until somebody is signed in. */
const goneOn = (req: Request) => {
  const carried = field(req, 'carried');
  return carried === undefined ? {} : { carried, says: text.endedKept };
};

const signedInRoles: readonly Role[] = [
  'doctor',
  'reception',
  'linkworker',
  'neighbour',
  'coordinator',
  'resource',
  'council',
  'admin',
];
