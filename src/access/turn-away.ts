import type { Request } from 'express';
import type { Database } from '../database/database.ts';
import { html, seeOther, type Reply } from '../web/replies.ts';
import type { View } from '../web/view.ts';
import { cookieOf, setCookie } from './cookies.ts';
import { noteEntry } from './events.ts';
import { signInPage, type SignInWays } from './pages.tsx';
import { outOfDate } from './refuse.ts';
import { field, where } from './request.ts';
import type { Session, Sessions } from './sessions.ts';
import { text } from './text.ts';
import type { TypedForms } from './typed-forms.ts';
import { addressOf, typedIn } from './typing.ts';

type Needs = Readonly<{
  sessions: Sessions;
  typed: TypedForms;
  database: Database;
  secure: boolean;
  ways: SignInWays;
  /** How a page looks to somebody who is not signed in. */
  viewFor: (req: Request) => View;
}>;

/** What becomes of a request whose session has ended, and of what was typed in it. */
export function makeTurnAway(needs: Needs) {
  /** Whose page a form comes from: its token belongs to one session, that may have ended. */
  const sender = (req: Request): Promise<string | undefined> =>
    needs.sessions.accountOf(field(req, '_csrf') ?? '');

  /** A form of this person's earlier session does nothing, but comes back as it was typed. */
  const again = async (req: Request, session: Session): Promise<Reply> => {
    const page = addressOf(req);
    if (page === '/' || (await sender(req)) !== session.account) throw outOfDate();
    await needs.typed.keep(session.account, page, { ...typedIn(req), unsent: true });
    return seeOther(page);
  };

  /** To somebody who is not signed in, or not any more. */
  const turnedAway = async (req: Request, to = req.originalUrl): Promise<Reply> => {
    const was = await noteEnded(needs, req);
    const headers = was === undefined ? undefined : { 'Set-Cookie': forget(needs.secure) };
    if (req.method !== 'GET') return signInAgain(req, headers);
    const why = was === undefined ? '' : `&was=${was}`;
    return seeOther(`/sign-in?to=${encodeURIComponent(to)}${why}`, headers);
  };

  /** The session ended while somebody was typing: they sign in on the page that answers, which carries the form along. */
  const signInAgain = async (
    req: Request,
    headers: Readonly<Record<string, string>> | undefined,
  ): Promise<Reply> => {
    const [page, account] = [addressOf(req), await sender(req)];
    const isForm = page !== '/' && account !== undefined;
    const carried = isForm ? needs.typed.carry(account, page, { ...typedIn(req), unsent: true }) : undefined;
    const says = carried !== undefined ? text.endedKept : isForm ? text.endedTooLong : text.ended;
    const view = { ...needs.viewFor(req), path: '/' };
    const state = { values: {}, issues: [] };
    const asked = signInPage({ ...needs.ways, view, state, to: '/', demo: undefined, says, carried });
    return html(asked, 401, headers);
  };

  return { again, turnedAway };
}

export const forget = (secure: boolean): string => setCookie('session', '', { secure, seconds: 0 });

/**
 * Notes that a cookie came that once was a session and is none any more; returns what became of that session. The answer
 * makes the browser forget it, so it is noted once.
 */
async function noteEnded(
  { sessions, database, secure }: Pick<Needs, 'sessions' | 'database' | 'secure'>,
  req: Request,
): Promise<'ended' | 'lapsed' | undefined> {
  const secret = cookieOf(req, 'session', secure);
  const found = secret === undefined ? undefined : await sessions.endedOf(secret);
  if (found === undefined || found.why === 'waiting') return undefined;
  const { account, why } = found;
  await noteEntry(database, { action: 'sign-in-refused', what: `session ${why}`, account, ...where(req) });
  return why === 'lapsed' ? 'lapsed' : 'ended';
}
