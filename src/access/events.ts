import type { Request } from 'express';
import { sql, type Sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Log } from '../kernel/log.ts';
import { Refused } from '../kernel/problem.ts';

/** What is in the access log besides reading and writing records. */
export type EventKind =
  | 'sign-in'
  | 'sign-in-refused'
  | 'sign-out'
  | 'account'
  | 'token'
  | 'token-refused'
  | 'refused'
  | 'log-read'
  | 'reviewed'
  | 'export'
  | 'emergency';

export type LoggedEvent = Readonly<{
  action: EventKind;
  /** What exactly, in a few words of the program: `password`, `second factor`, `GET /patients/…`. Never what was typed as a login or password. */
  what: string;
  /** The id that joins the log with the server's log. */
  request: string;
  /** Account id. Its organization, role and post are filled in by the database where they are not given. */
  account?: string | undefined;
  /** As it was looked up, where the account is not known yet: stored is the account, if there is one, and nothing of what was typed. */
  login?: string | undefined;
  /** Id of a program with a token, kept only when there is such a program; organization and role are filled in as with an account. */
  client?: string | undefined;
  organization?: string | undefined;
  role?: string | undefined;
  post?: string | undefined;
  /** `session` unless given. */
  via?: 'session' | 'token' | 'link' | 'job' | undefined;
  /** The address it came from (`req.ip`). */
  from?: string | undefined;
  /** Ids of the persons that it concerned, as they were asked for. */
  patients?: readonly string[] | undefined;
  /** Records that it concerned, such as `account/…`. */
  records?: readonly string[] | undefined;
  /** The reason that somebody gave, or the basis. */
  why?: string | undefined;
}>;

type Statements = Readonly<{ rows: (statement: Sql) => Promise<unknown> }>;

/**
 * Adds a line to the access log in a transaction of its own: for what happens where no record is open, or after one was
 * rolled back. The moment is the database's. Throws when the line cannot be written.
 */
export async function noteEntry(database: Statements, event: LoggedEvent): Promise<void> {
  await database.rows(statementOf(event));
}

/** The same within a transaction, as its actor: the line is there if and only if the rest is. */
export async function noteWith(
  records: Records,
  event: Pick<LoggedEvent, 'action' | 'what' | 'records' | 'patients' | 'why'>,
): Promise<void> {
  await records.run(statementOf({ ...byActor(records.actor), ...event }));
}

const byActor = (actor: Actor): Omit<LoggedEvent, 'action' | 'what'> => ({
  account: actor.account,
  client: actor.client,
  organization: actor.organization,
  role: actor.role,
  post: actor.post,
  via: actor.via,
  request: actor.request,
  from: actor.from,
});

/**
 * Notes what somebody asked for and was not given, forbidden or not there: both are told alike, since what is another's
 * does not exist for them. Its transaction is gone, so the line stands alone. Of the record nothing is looked up: the line
 * says what was asked, the same for an id that exists and one that does not. Never throws; the answer goes out anyway.
 */
export async function noteRefusal(
  { database, log }: Readonly<{ database: Statements; log: Log }>,
  {
    actor,
    req,
    error,
  }: Readonly<{ actor: Actor; req: Pick<Request, 'method' | 'originalUrl'>; error: unknown }>,
): Promise<void> {
  const kind = error instanceof Refused ? error.problem.kind : undefined;
  if (kind !== 'forbidden' && kind !== 'not-found') return;
  const path = pathForLog(req.originalUrl).slice(0, 300);
  const person = new RegExp(`/(?:patients|Patient)/(${uuid})`).exec(path)?.[1];
  const record = new RegExp(`^/fhir/([A-Z][A-Za-z]+/${uuid})`).exec(path)?.[1];
  try {
    await noteEntry(database, {
      ...byActor(actor),
      action: 'refused',
      what: `${req.method} ${path}`,
      patients: person === undefined ? [] : [person],
      records: record === undefined ? [] : [record],
      why: kind,
    });
  } catch (err) {
    log.error({ err, request: actor.request }, 'a refusal could not be noted');
  }
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Addresses whose second part is a one-time link's secret. */
export const linkPath = /^\/(a|r|c|i|p|welcome)\/[^/]+/;

/** Somebody who is invited and consented to nothing: not even their row's id outlives them. */
const invitedPath = /^(\/invitations\/[^/]+\/members)\/[^/]+/;

/** Where another server rings; its last part is a secret. */
const bellPath = /^(\/exchange\/told\/[^/]+)\/.+/;

/** Queries hold names that were searched for, and one-time links are secrets. */
export const pathForLog = (url: string): string =>
  (url.split('?')[0] ?? '').replace(linkPath, '/$1/…').replace(invitedPath, '$1/…').replace(bellPath, '$1/…');

function statementOf({ from, via = 'session', ...event }: LoggedEvent): Sql {
  const line = {
    ...event,
    what: event.what.replaceAll(/\p{Cc}/gu, ' ').slice(0, 500),
    why: event.why?.replaceAll(/\p{Cc}/gu, ' '),
    address: from,
    via,
  };
  return sql`select note_event(${JSON.stringify(line)}::jsonb)`;
}
