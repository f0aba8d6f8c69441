import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Database } from '../database/database.ts';
import type { Actor, Role } from '../kernel/actor.ts';
import type { Surroundings } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { forbidden } from '../kernel/problem.ts';
import type { FormState } from '../web/form.tsx';
import { send, type Reply } from '../web/replies.ts';
import { letGo } from '../web/upload.ts';
import { makeView, type NavItem, type View } from '../web/view.ts';
import { cookieOf } from './cookies.ts';
import { noteEntry, noteRefusal } from './events.ts';
import type { SignInWays } from './pages.tsx';
import {
  carries,
  explained,
  outOfDate,
  refuse,
  refuseOtherSites,
  unreadable,
  type WhyClosed,
} from './refuse.ts';
import { actorOf, changes, field, languageOf, where } from './request.ts';
import { roleName } from './roles.ts';
import type { Counts, Entering, Session, Sessions, WaitsFor } from './sessions.ts';
import { forget, makeTurnAway } from './turn-away.ts';
import type { TypedForms } from './typed-forms.ts';
import { addressOf, filledFrom, minding, typedIn } from './typing.ts';

export { field, requestId, where } from './request.ts';

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
  forRoles: (
    allowed: readonly Role[],
    handler: (visit: Visit) => Promise<Reply>,
    /** What reads a form with files: run for those alone who are allowed, before anything else looks at the form. */
    upload?: RequestHandler,
  ) => RequestHandler;
  forAnyone: (handler: (visit: OpenVisit) => Promise<Reply>, files?: FilesOfAnyone) => RequestHandler;
  /** The steps between the password and being signed in; nobody else comes here, and whoever comes here comes nowhere else. */
  forEntering: (waitsFor: WaitsFor, handler: (visit: EnteringVisit) => Promise<Reply>) => RequestHandler;
  /** Ends the session of this browser; returns the header that makes the browser forget it. */
  leave: (req: Request) => Promise<Readonly<Record<string, string>>>;
  /** The last handler of the app: for what fails before a page is asked, such as a body that cannot be read. */
  unread: ErrorRequestHandler;
}>;

/** Whether a session of this browser ended while somebody typed: then the form is read, to come back as it was. */
async function wasSignedIn(
  req: Request,
  { sessions, secure }: Pick<PagesNeeds, 'sessions' | 'secure'>,
): Promise<boolean> {
  const secret = cookieOf(req, 'session', secure);
  const why = secret === undefined ? undefined : (await sessions.endedOf(secret))?.why;
  return why === 'ended' || why === 'lapsed';
}

/** Files from whoever holds a link. `opens` refuses who does not, before anything is read. */
export type FilesOfAnyone = Readonly<{ opens: (visit: OpenVisit) => Promise<unknown>; read: RequestHandler }>;

export type PagesNeeds = Surroundings &
  Readonly<{
    sessions: Sessions;
    typed: TypedForms;
    /** Where refusals are noted. */
    database: Database;
    log: Log;
    demo: boolean;
    whyClosed: WhyClosed;
    /** Cookies go over TLS alone. */
    secure: boolean;
    /** How somebody can sign in besides with a password. */
    ways: SignInWays;
    /** The links of the header for a role. */
    navigation: (role: Role, path: string, counts: Counts | undefined) => readonly NavItem[];
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
  const { again, turnedAway } = makeTurnAway({ ...needs, viewFor: (req) => viewFor(req, undefined) });
  const visitOf = (req: Request, view: View): OpenVisit => ({
    view,
    req,
    once: field(req, '_once'),
    newId: needs.newId,
  });

  const answer =
    (
      handler: (req: Request, session: Session | undefined) => Promise<Reply>,
      files?: Readonly<{
        maySend: (req: Request, session: Session | undefined) => Promise<boolean>;
        read: RequestHandler;
      }>,
    ): RequestHandler =>
    async (req, res) => {
      let session: Session | undefined;
      let isRead = files === undefined;
      try {
        session = await sessionOf(req, needs);
        refuseOtherSites(req);
        if (files && (await files.maySend(req, session))) {
          isRead = true;
          await reading(files.read, req, res);
        }
        if (isRead && session && changes(req) && !carries(req, session.csrf))
          send(res, await again(req, session));
        else send(res, await handler(req, session));
      } catch (error) {
        if (session) await noteRefusal(needs, { actor: actorOf(req, session), req, error });
        refuse(
          needs.log,
          req,
          res,
          viewFor(req, session),
          await explained(needs.whyClosed, req, session, error),
        );
      } finally {
        if (!isRead) letGo(req);
      }
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
    forRoles: (allowed, handler, upload) =>
      answer(
        async (req, session) => {
          if (!session) return turnedAway(req);
          if (!allowed.includes(session.role)) throw forbidden();
          const page = addressOf(req);
          const done = (): Promise<void> => needs.typed.forget(session.account, page);
          const visit = visitWith(req, session);
          return changes(req) && page !== '/' ? minding(visit, handler, done) : handler(visit);
        },
        upload && {
          maySend: async (req, session) =>
            session ? allowed.includes(session.role) : wasSignedIn(req, needs),
          read: upload,
        },
      ),
    forAnyone: (handler, files) => {
      const visiting = (req: Request, session: Session | undefined): OpenVisit =>
        visitOf(req, viewFor(req, session));
      return answer(
        (req, session) => handler(visiting(req, session)),
        files && {
          maySend: async (req, session) => {
            await files.opens(visiting(req, session));
            return true;
          },
          read: files.read,
        },
      );
    },
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
        if (changes(req) && !carries(req, entering.csrf)) throw outOfDate();
        view = { ...view, csrf: entering.csrf };
        send(res, await handler({ ...visitOf(req, view), entering }));
      } catch (error) {
        refuse(needs.log, req, res, view, error);
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
      else refuse(needs.log, req, res, viewFor(req, undefined), unreadable(error));
    },
  };
}

/** Runs what reads a form, as a step of our own. */
const reading = (read: RequestHandler, req: Request, res: Response): Promise<void> =>
  new Promise((done, fail) => {
    void read(req, res, (error?: unknown) => {
      if (error === undefined || error === null) done();
      else fail(error instanceof Error ? error : new Error('a form could not be read', { cause: error }));
    });
  });

const sessionOf = async (
  req: Request,
  { sessions, secure }: Pick<PagesNeeds, 'sessions' | 'secure'>,
): Promise<Session | undefined> => {
  const secret = cookieOf(req, 'session', secure);
  return secret === undefined ? undefined : sessions.find(secret, hasMenu(req));
};

/**
 * Whether the answer may be a page with a menu, whose counts are then asked together with the session. A form mostly leads
 * on to another page; one that is shown again has a menu without counts. A document has none.
 */
const hasMenu = (req: Request): boolean =>
  !changes(req) && !/\.(?:pdf|csv)$|\/scan$|\/files\/[^/]+$/.test(req.path);
