import { Router } from 'express';
import type { Role } from '../kernel/actor.ts';
import { isLanguage, type Language } from '../kernel/sentence.ts';
import { localPath, seeOther } from '../web/replies.ts';
import { peopleRoles } from './accounts/roles.ts';
import { setCookie } from './cookies.ts';
import { enteringRoutes } from './factors/entering-routes.tsx';
import { ownFactorRoutes } from './factors/own-routes.tsx';
import { outsideRoutes } from './outside/routes.tsx';
import { signInRoutes, type SignInNeeds } from './sign-in-routes.tsx';

export type AccessNeeds = SignInNeeds & Readonly<{ homeOf: (role: Role) => string }>;

/** Sign in, sign out, prove who one is, choose a language, and the way from `/` to where one's work is. */
export function accessRoutes(needs: AccessNeeds): Router {
  const { pages, secure } = needs;
  const chosen = (language: Language) => ({
    'Set-Cookie': setCookie('language', language, { secure, seconds: 365 * 24 * 3600 }),
  });
  const outside = needs.issuer === undefined ? Router() : outsideRoutes({ ...needs, issuer: needs.issuer });
  return (
    Router()
      .get(
        '/',
        pages.forRoles(peopleRoles, ({ session }) => Promise.resolve(seeOther(needs.homeOf(session.role)))),
      )
      .use(signInRoutes(needs), enteringRoutes(needs), ownFactorRoutes(needs), outside)
      .post(
        '/sign-out',
        pages.forRoles(peopleRoles, async ({ req }) => seeOther('/sign-in?out=1', await pages.leave(req))),
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
        pages.forRoles(peopleRoles, async ({ view, req, keep }) => {
          const { language } = req.params;
          if (view.path !== '/') await keep();
          return seeOther(view.path, isLanguage(language) ? chosen(language) : undefined);
        }),
      )
      // A form that leads on is done with: what was kept of it goes, as after any other.
      .post(
        '/typed-forms/forget',
        pages.forRoles(peopleRoles, ({ view }) => Promise.resolve(seeOther(view.path))),
      )
  );
}
