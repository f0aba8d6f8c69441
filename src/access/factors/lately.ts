import type { RequestHandler } from 'express';
import { seeOther, type Reply } from '../../web/replies.ts';
import { peopleRoles } from '../accounts/roles.ts';
import type { Visit } from '../visit.ts';
import type { FactorNeeds } from './needs.ts';
import { own } from './own-pages.tsx';

/** For how long one proof is enough to change how one signs in. */
const fresh = 10 * 60_000;

/**
 * An open screen is not enough to change how its owner signs in, or where: who proved themselves a while ago does so again,
 * and comes back to the page that was asked for, or to `back` after a form.
 */
export const makeLately =
  ({ pages, now }: Pick<FactorNeeds, 'pages' | 'now'>, back: string = own.list) =>
  (handler: (visit: Visit) => Promise<Reply>): RequestHandler =>
    pages.forRoles(peopleRoles, async (visit) => {
      if (now().getTime() - visit.session.proved.getTime() <= fresh) return handler(visit);
      const to = visit.req.method === 'GET' ? visit.req.originalUrl : back;
      return seeOther(`${own.confirm}?to=${encodeURIComponent(to)}`);
    });
