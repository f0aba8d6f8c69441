import { sql, type Sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';

/** What is in the access log besides reading and writing records. */
export type EventKind =
  | 'sign-in'
  | 'sign-in-refused'
  | 'sign-out'
  | 'account'
  | 'token'
  | 'token-refused'
  | 'refused'
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
  /** Id of a program with a token; organization and role are filled in as with an account. */
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

/**
 * Adds a line to the access log in a transaction of its own: for what happens where no record is open, or after one was
 * rolled back. The moment is the database's. Throws when the line cannot be written.
 */
export async function noteEntry(
  database: Readonly<{ rows: (statement: Sql) => Promise<unknown> }>,
  event: LoggedEvent,
): Promise<void> {
  await database.rows(statementOf(event));
}

/** The same within a transaction, as its actor: the line is there if and only if the rest is. */
export async function noteWith(
  records: Records,
  event: Pick<LoggedEvent, 'action' | 'what' | 'records' | 'patients' | 'why'>,
): Promise<void> {
  const { account, client, organization, role, post, via, request, from } = records.actor;
  await records.run(statementOf({ ...event, account, client, organization, role, post, via, request, from }));
}

function statementOf({ from, via = 'session', ...event }: LoggedEvent): Sql {
  const line = { ...event, what: event.what.slice(0, 500), address: from, via };
  return sql`select note_event(${JSON.stringify(line)}::jsonb)`;
}
