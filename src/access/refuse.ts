import { timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Actor } from '../kernel/actor.ts';
import type { Log } from '../kernel/log.ts';
import { Refused, forbidden, invalid, issue, notFound, statusOf } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { bugPage, problemPage } from '../web/errors.tsx';
import { html, send } from '../web/replies.ts';
import type { View } from '../web/view.ts';
import { actorOf, changes, field, requestId } from './request.ts';
import type { Session } from './sessions.ts';
import { text } from './text.ts';

/**
 * Cross-site request forgery: a form must come from our own page (`Sec-Fetch-Site`, `Origin`) and, in a session, carry
 * that session's token.
 */
export function refuseOtherSites(req: Request): void {
  if (!changes(req)) return;
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw outOfDate();
  if (origin !== undefined && !sameHost(origin, req)) throw outOfDate();
}

export const outOfDate = (): Refused =>
  forbidden({
    ja: 'この画面は古くなったか、別のサイトから送られました。前の画面に戻り、開き直してからもう一度送ってください。',
    en: 'This page is out of date or was sent from another site. Go back, reload it and send it again.',
  });

const sameHost = (origin: string, req: Request): boolean =>
  URL.canParse(origin) && new URL(origin).host === req.get('host');

/** Whether a form carries that token. */
export const carries = (req: Request, csrf: string): boolean => sameText(field(req, '_csrf') ?? '', csrf);
function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]; // compared by bytes: letters may take several
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Why a record that the actor's body once saw is closed to it. */
export type WhyClosed = (actor: Actor, id: string) => Promise<Sentence | undefined>;

/** Whoever had a record open yesterday is told why it is not there any more; to everybody else it does not exist. */
export async function explained(
  whyClosed: WhyClosed,
  req: Request,
  session: Session | undefined,
  error: unknown,
): Promise<unknown> {
  const [id] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(req.path) ?? [];
  const isHidden = error instanceof Refused && error.problem.kind === 'not-found';
  if (!isHidden || !session || id === undefined) return error;
  const says = await whyClosed(actorOf(req, session), id).catch(() => undefined);
  if (!says) return error;
  const { notSaved } = text;
  const both = { ja: `${notSaved.ja}${says.ja}`, en: `${notSaved.en} ${says.en}` };
  return new Refused({ kind: 'gone', says: changes(req) ? both : says });
}

/** What the body parser or the router could not take, as a problem. */
export function unreadable(error: unknown): unknown {
  // An address that is no text (`%E0%A4%A`) leads nowhere.
  if (error instanceof URIError) return notFound();
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (typeof type !== 'string') return error;
  return type === 'entity.too.large' || type === 'parameters.too.many'
    ? invalid(
        issue(
          '',
          '送られた内容が大きすぎます。文章を短くするか、画像を小さくしてください。',
          'What was sent is too large.',
        ),
      )
    : invalid(
        issue(
          '',
          '送られた内容を読み取れませんでした。もう一度お試しください。',
          'What was sent could not be read.',
        ),
      );
}

/** What was refused becomes a calm page; anything else is a bug, logged with the request's id and shown as nothing more. */
export function refuse(log: Log, req: Request, res: Response, view: View, error: unknown): void {
  if (error instanceof Refused) {
    send(res, html(problemPage(view, error.problem, requestId(req)), statusOf(error.problem)));
    return;
  }
  log.error({ err: error, request: requestId(req) }, 'a page failed');
  send(res, html(bugPage(view, requestId(req)), 500));
}
