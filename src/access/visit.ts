import { timingSafeEqual } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Database } from '../database/database.ts';
import type { Actor, Role } from '../kernel/actor.ts';
import type { Surroundings } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { Refused, forbidden, invalid, issue, notFound, statusOf } from '../kernel/problem.ts';
import { isLanguage, type Language, type Sentence } from '../kernel/sentence.ts';
import { bugPage, problemPage } from '../web/errors.tsx';
import type { FormState } from '../web/form.tsx';
import { html, send, seeOther, type Reply } from '../web/replies.ts';
import { makeView, type NavItem, type View } from '../web/view.ts';
import { fromOf } from './address.ts';
import { cookieOf, setCookie } from './cookies.ts';
import { signInPage, type SignInWays } from './pages.tsx';
import { roleName } from './roles.ts';
import type { Entering, Session, Sessions, WaitsFor } from './sessions.ts';
import { text } from './text.ts';
import type { TypedForms } from './typed-forms.ts';
import { addressOf, filledFrom, minding, typedIn } from './typing.ts';
import { noteEntry, noteRefusal, type LoggedEvent } from './events.ts';

/** One request of a person who signed in. */
export type Visit = Readonly<{
  actor: Actor;
  session: Session;
  view: View;
  req: Request;
  /** The key of the form that was sent: hand it to `open`, so that a double click acts once. */
  once: string | undefined;
  newId: () => string;
  /** Keeps what was typed for the form's page (the one it names, when left out), when the way leads to a check of it. */
  keep: (page?: string) => Promise<void>;
  /** The form as this person left it on that page (this one, when left out); else as given. */
  filled: (first: FormState, page?: string) => Promise<FormState>;
}>;
/** One request of somebody without an account: the sign-in page, a one-time link. */
export type OpenVisit = Omit<Visit, 'actor' | 'session' | 'keep' | 'filled'>;
/** One request of somebody whose password was right and who has not shown the second proof. */
export type EnteringVisit = OpenVisit & Readonly<{ entering: Entering }>;

/** Declares who may ask; a route without it would look odd. */
export type Pages = Readonly<{
  forRoles: (allowed: readonly Role[], handler: (visit: Visit) => Promise<Reply>) => RequestHandler;
  forAnyone: (handler: (visit: OpenVisit) => Promise<Reply>) => RequestHandler;
  /** The steps between the password and being signed in; nobody else comes here, and whoever comes here comes nowhere else. */
  forEntering: (waitsFor: WaitsFor, handler: (visit: EnteringVisit) => Promise<Reply>) => RequestHandler;
  /** Ends the session of this browser; returns the header that makes the browser forget it. */
  leave: (req: Request) => Promise<Readonly<Record<string, string>>>;
  /** The last handler of the app: for what fails before a page is asked, such as a body that cannot be read. */
  unread: ErrorRequestHandler;
}>;

export type PagesNeeds = Surroundings &
  Readonly<{
    sessions: Sessions;
    typed: TypedForms;
    /** Where refusals are noted. */
    database: Database;
    log: Log;
    demo: boolean;
    /** Why a record that the actor's body once saw is closed to it. */
    whyClosed: (actor: Actor, id: string) => Promise<Sentence | undefined>;
    /** Cookies go over TLS alone. */
    secure: boolean;
    /** How somebody can sign in besides with a password. */
    ways: SignInWays;
    /** The links of the header for a role. */
    navigation: (role: Role, path: string, counts: Session['counts']) => readonly NavItem[];
  }>;

export function makePages(needs: PagesNeeds): Pages {
  const viewFor = (req: Request, session: Session | undefined): View => {
    const language = languageOf(req, session, needs.secure);
    return makeView({
      language,
      path: addressOf(req),
      now: needs.now(),
      csrf: session?.csrf,
      who: session && {
        name: session.name,
        post: roleName(session.role)[language],
        organization: session.organizationName,
      },
      nav:
        session &&
        needs.navigation(
          session.role,
          req.path === '/' ? req.baseUrl : (req.originalUrl.split('?')[0] ?? '/'),
          session.counts,
        ),
      demo: needs.demo,
    });
  };
  const visitOf = (req: Request, view: View): OpenVisit => ({
    view,
    req,
    once: field(req, '_once'),
    newId: needs.newId,
  });

  const answer =
    (handler: (req: Request, session: Session | undefined) => Promise<Reply>): RequestHandler =>
    async (req, res) => {
      let session: Session | undefined;
      try {
        session = await sessionOf(req, needs);
        refuseOtherSites(req);
        if (session && changes(req) && !sameText(field(req, '_csrf') ?? '', session.csrf))
          send(res, await again(req, session));
        else send(res, await handler(req, session));
      } catch (error) {
        if (session) await noteRefusal(needs, { actor: actorOf(req, session), req, error });
        refuse(needs, req, res, viewFor(req, session), await explained(req, session, error));
      }
    };

  /** Whoever had a record open yesterday is told why it is not there any more; to everybody else it does not exist. */
  const explained = async (req: Request, session: Session | undefined, error: unknown): Promise<unknown> => {
    const [id] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(req.path) ?? [];
    const isHidden = error instanceof Refused && error.problem.kind === 'not-found';
    if (!isHidden || !session || id === undefined) return error;
    const says = await needs.whyClosed(actorOf(req, session), id).catch(() => undefined);
    if (!says) return error;
    const { notSaved } = text;
    const both = { ja: `${notSaved.ja}${says.ja}`, en: `${notSaved.en} ${says.en}` };
    return new Refused({ kind: 'gone', says: changes(req) ? both : says });
  };

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
    const view = { ...viewFor(req, undefined), path: '/' };
    const state = { values: {}, issues: [] };
    const asked = signInPage({ ...needs.ways, view, state, to: '/', demo: undefined, says, carried });
    return html(asked, 401, headers);
  };

  const visitWith = (req: Request, session: Session): Visit => {
    const page = addressOf(req);
    return {
      ...visitOf(req, viewFor(req, session)),
      session,
      actor: actorOf(req, session),
      keep: (at = page) => needs.typed.keep(session.account, at, typedIn(req)),
      filled: async (first, at = page) => filledFrom(await needs.typed.find(session.account, at)) ?? first,
    };
  };

  return {
    forRoles: (allowed, handler) =>
      answer(async (req, session) => {
        if (!session) return turnedAway(req);
        if (!allowed.includes(session.role)) throw forbidden();
        const page = addressOf(req);
        const forget = (): Promise<void> => needs.typed.forget(session.account, page);
        const visit = visitWith(req, session);
        return changes(req) && page !== '/' ? minding(visit, handler, forget) : handler(visit);
      }),
    forAnyone: (handler) => answer((req, session) => handler(visitOf(req, viewFor(req, session)))),
    forEntering: (waitsFor, handler) => async (req, res) => {
      const secret = cookieOf(req, 'session', needs.secure);
      let view = viewFor(req, undefined);
      try {
        const entering = secret === undefined ? undefined : await needs.sessions.findEntering(secret);
        if (entering?.waitsFor !== waitsFor) {
          send(res, await turnedAway(req, '/'));
          return;
        }
        refuseOtherSites(req);
        if (changes(req) && !sameText(field(req, '_csrf') ?? '', entering.csrf)) throw outOfDate();
        view = { ...view, csrf: entering.csrf };
        send(res, await handler({ ...visitOf(req, view), entering }));
      } catch (error) {
        refuse(needs, req, res, view, error);
      }
    },
    leave: async (req) => {
      const account = await needs.sessions.end(cookieOf(req, 'session', needs.secure) ?? '');
      if (account !== undefined)
        await noteEntry(needs.database, { action: 'sign-out', what: 'signed out', account, ...where(req) });
      return { 'Set-Cookie': forget(needs.secure) };
    },
    unread: (error: unknown, req, res, next) => {
      if (res.headersSent) next(error);
      else refuse(needs, req, res, viewFor(req, undefined), unreadable(error));
    },
  };
}

const sessionOf = async (
  req: Request,
  { sessions, secure }: Pick<PagesNeeds, 'sessions' | 'secure'>,
): Promise<Session | undefined> => {
  const secret = cookieOf(req, 'session', secure);
  return secret === undefined ? undefined : sessions.find(secret);
};

const forget = (secure: boolean): string => setCookie('session', '', { secure, seconds: 0 });

/**
 * Notes that a cookie came that once was a session and is none any more; returns what became of that session. The answer
 * makes the browser forget it, so it is noted once.
 */
async function noteEnded(
  { sessions, database, secure }: Pick<PagesNeeds, 'sessions' | 'database' | 'secure'>,
  req: Request,
): Promise<'ended' | 'lapsed' | undefined> {
  const secret = cookieOf(req, 'session', secure);
  const found = secret === undefined ? undefined : await sessions.endedOf(secret);
  if (found === undefined || found.why === 'waiting') return undefined;
  const { account, why } = found;
  await noteEntry(database, { action: 'sign-in-refused', what: `session ${why}`, account, ...where(req) });
  return why === 'lapsed' ? 'lapsed' : 'ended';
}

/** What a line of the access log says of a request. */
export const where = (req: Request): Pick<LoggedEvent, 'request' | 'from'> => ({
  request: requestId(req),
  ...fromOf(req),
});

const actorOf = (req: Request, session: Session): Actor => ({
  role: session.role,
  organization: session.organization,
  account: session.account,
  ...(session.post === undefined ? {} : { post: session.post }),
  via: 'session',
  request: requestId(req),
  ...fromOf(req),
});

/** The id that joins the access log with the server's log; set by the request log. */
export const requestId = (req: Request & { id?: unknown }): string =>
  typeof req.id === 'string' ? req.id : 'unknown';

function languageOf(req: Request, session: Session | undefined, secure: boolean): Language {
  const chosen = cookieOf(req, 'language', secure);
  if (isLanguage(chosen)) return chosen;
  if (session) return session.language;
  return req.acceptsLanguages('ja', 'en') === 'en' ? 'en' : 'ja';
}

const changes = (req: Request): boolean => req.method !== 'GET' && req.method !== 'HEAD';

/**
 * Cross-site request forgery: a form must come from our own page (`Sec-Fetch-Site`, `Origin`) and, in a session, carry
 * that session's token.
 */
function refuseOtherSites(req: Request): void {
  if (!changes(req)) return;
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw outOfDate();
  if (origin !== undefined && !sameHost(origin, req)) throw outOfDate();
}

const outOfDate = (): Refused =>
  forbidden({
    ja: 'この画面は古くなったか、別のサイトから送られました。前の画面に戻り、開き直してからもう一度送ってください。',
    en: 'This page is out of date or was sent from another site. Go back, reload it and send it again.',
  });

const sameHost = (origin: string, req: Request): boolean =>
  URL.canParse(origin) && new URL(origin).host === req.get('host');
function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]; // compared by bytes: letters may take several
  return left.length === right.length && timingSafeEqual(left, right);
}

export function field(req: Request, name: string): string | undefined {
  const body: unknown = req.body;
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What the body parser or the router could not take, as a problem. */
function unreadable(error: unknown): unknown {
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
function refuse(needs: PagesNeeds, req: Request, res: Response, view: View, error: unknown): void {
  if (error instanceof Refused) {
    send(res, html(problemPage(view, error.problem, requestId(req)), statusOf(error.problem)));
    return;
  }
  needs.log.error({ err: error, request: requestId(req) }, 'a page failed');
  send(res, html(bugPage(view, requestId(req)), 500));
}
