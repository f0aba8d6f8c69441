import { Router, type Request } from 'express';
import { forbidden } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { html, leaveFor, seeOther, type Reply } from '../../web/replies.ts';
import { browserOf } from '../devices.ts';
import { toIn } from '../factors/entering-routes.tsx';
import { makeLately } from '../factors/lately.ts';
import type { FactorNeeds } from '../factors/needs.ts';
import { own } from '../factors/own-pages.tsx';
import { tellOwner } from '../factors/service.ts';
import { findLink } from '../links.ts';
import type { OpenVisit } from '../visit.ts';
import { accountOf, bind, boundState, takeUp, unbind } from './bind.ts';
import type { Identity, Issuer } from './issuer.ts';
import { connectPage, failedPage, outside } from './pages.tsx';
import { text } from './text.ts';

export type OutsideNeeds = FactorNeeds & Readonly<{ issuer: Issuer }>;

/**
 * Signing in with the account of one's municipality or employer. It makes no accounts: an identity is bound to an account
 * that an administrator made, by its invitation or by its owner while signed in, and known from then on.
 */
export function outsideRoutes(needs: OutsideNeeds): Router {
  const { pages, database, sessions, entry, questions, issuer, attempts, now } = needs;
  const { rows } = database;
  const lately = makeLately(needs);
  const failed = ({ view }: OpenVisit, says: Sentence, status: number): Reply =>
    html(failedPage(view, says), status);

  /** Sends the browser to the sign-in service; `meant` is what to do with whoever comes back. */
  const leave = async (visit: OpenVisit, meant: Readonly<Record<string, string>>): Promise<Reply> => {
    try {
      const { to, question } = await issuer.ask();
      return leaveFor(to, { 'Set-Cookie': await questions.ask('outside', { ...question, ...meant }) });
    } catch {
      return failed(visit, text.unreachable, 503);
    }
  };
  const identified = async (
    req: Request,
    asked: Readonly<Record<string, string>>,
  ): Promise<Identity | undefined> => {
    try {
      const { state = '', nonce = '', verifier = '' } = asked;
      return await issuer.answer(req.originalUrl, { state, nonce, verifier });
    } catch {
      return undefined;
    }
  };

  /** Lets in whoever the identity belongs to; a person with an open invitation takes it up. */
  const admit = async (visit: OpenVisit, identity: Identity, link: string, to: string): Promise<Reply> => {
    const { req } = visit;
    const byLink = link === '' ? undefined : Buffer.from(link, 'base64url');
    const known = byLink === undefined ? await accountOf(rows, identity, now()) : undefined;
    const account = known ?? (await database.transaction((tx) => takeUp(tx.rows, identity, byLink, now())));
    if (account === undefined) {
      await entry.refused(req, 'outside account unknown');
      return failed(visit, byLink === undefined ? text.unknown : text.taken, 403);
    }
    if (known === undefined) await entry.changed(req, 'invitation taken up with outside account', account);
    const begun = await (identity.twoProofs ? sessions.afterBoth : sessions.afterOne)(
      account,
      browserOf(req),
    );
    if ('secret' in begun) return entry.admit(req, begun, to, 'outside account');
    await entry.refused(req, 'account stopped', account);
    return failed(visit, text.ended, 403);
  };

  const limit = attempts.slowDown({
    place: 'outside',
    // What comes back cannot be guessed; a whole office may come from one address.
    most: attempts.few * 10,
    nameIn: () => 'outside',
    succeeded: (res) => res.statusCode === 303,
    refuse: pages.forAnyone((visit) => Promise.resolve(failed(visit, text.notUnderstood, 429))),
  });

  return Router()
    .get(
      outside.start,
      limit,
      pages.forAnyone((visit) => leave(visit, { to: toIn(visit.req) })),
    )
    .get(
      '/welcome/:secret/outside',
      limit,
      pages.forAnyone(async (visit) => {
        const secret = visit.req.params['secret'];
        const given = typeof secret === 'string' ? secret : '';
        const link = await findLink(database, given, 'set-password', now());
        return leave(visit, { link: link.hash.toString('base64url') });
      }),
    )
    .get(
      outside.connect,
      lately((visit) => leave(visit, { account: visit.session.account })),
    )
    .get(
      outside.callback,
      limit,
      pages.forAnyone(async (visit) => {
        const { req } = visit;
        const asked = await questions.take(req, 'outside');
        const identity = asked && (await identified(req, asked));
        if (asked === undefined || identity === undefined) {
          await entry.refused(req, 'outside account not verified');
          return failed(visit, text.notUnderstood, 403);
        }
        const { account, link = '', to = '/' } = asked;
        if (account === undefined) return admit(visit, identity, link, to);
        // Whose it is to be is asked once more, by a form that only a page of ours can send.
        const { issuer: where, subject, label } = identity;
        const cookie = await questions.ask('outside', { issuer: where, subject, account });
        return html(connectPage({ view: visit.view, label, once: visit.newId() }), 200, {
          'Set-Cookie': cookie,
        });
      }),
    )
    .post(
      outside.connect,
      lately(async (visit) => {
        const { req, session } = visit;
        const asked = await questions.take(req, 'outside');
        const { issuer: where, subject, account } = asked ?? {};
        if (where === undefined || subject === undefined || account !== session.account)
          return failed(visit, text.notUnderstood, 403);
        if (!(await bind(rows, account, { issuer: where, subject }, now())))
          return failed(visit, text.taken, 409);
        await tellOwner(rows, account, text.toldConnected);
        await entry.changed(req, 'outside account connected', account);
        return seeOther(`${own.list}?said=connected`);
      }),
    )
    .post(
      `${outside.connect}/remove`,
      lately(async ({ req, session }) => {
        const { account } = session;
        if (!(await boundState(rows, account)).password) throw forbidden(text.onlyWay);
        await unbind(rows, account);
        await tellOwner(rows, account, text.toldDisconnected);
        await entry.changed(req, 'outside account disconnected', account);
        return seeOther(own.list);
      }),
    );
}
