import type { Request } from 'express';
import type { Database } from '../database/database.ts';
import { seeOther, type Reply } from '../web/replies.ts';
import { cookieOf, setCookie } from './cookies.ts';
import type { Devices } from './devices.ts';
import { noteEntry } from './events.ts';
import { entering, withTo } from './factors/entering-pages.tsx';
import { lifetime, type Begun, type Sessions } from './sessions.ts';
import { where } from './visit.ts';

export type Entry = ReturnType<typeof makeEntry>;
type Needs = Readonly<{ database: Database; sessions: Sessions; devices: Devices; secure: boolean }>;

/** What happens when somebody has shown a proof: a cookie, a line in the access log, and the way to what comes next. */
export function makeEntry({ database, sessions, devices, secure }: Needs) {
  /** The headers that let a browser in; `how` the person proved who they are, for the log. */
  const headersFor = async (
    req: Request,
    begun: Begun,
    how: string,
  ): Promise<Readonly<Record<string, readonly string[]>>> => {
    const { secret, waitsFor, account } = begun;
    // Whoever was signed in with this browser before is not any more.
    const before = cookieOf(req, 'session', secure);
    if (before !== undefined) await sessions.end(before);
    const seconds = (waitsFor === undefined ? lifetime.whole : lifetime.entering) / 1000;
    const session = setCookie('session', secret, { secure, seconds });
    if (waitsFor !== undefined) return { 'Set-Cookie': [session] };
    await noteEntry(database, { action: 'sign-in', what: how, account, ...where(req) });
    return { 'Set-Cookie': [session, await devices.remember(req, account)] };
  };

  return {
    headersFor,
    /** On to where somebody wanted to go, or to the step that is still missing. */
    admit: async (req: Request, begun: Begun, to: string, how: string): Promise<Reply> => {
      const headers = await headersFor(req, begun, how);
      switch (begun.waitsFor) {
        case 'second-factor':
          return seeOther(withTo(entering.second, to), headers);
        case 'enrolment':
          return seeOther(withTo(entering.enrol, to), headers);
        case undefined:
          return seeOther(to, headers);
      }
    },
    refused: (req: Request, what: string, account?: string): Promise<void> =>
      noteEntry(database, { action: 'sign-in-refused', what, account, ...where(req) }),
    changed: (req: Request, what: string, account: string): Promise<void> =>
      noteEntry(database, { action: 'account', what, account, ...where(req) }),
  };
}
