import type { Request } from 'express';
import { isId } from '../fhir/references.ts';
import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/problem.ts';
import { isLanguage, type Language } from '../kernel/sentence.ts';
import { fromOf } from './address.ts';
import { cookieOf } from './cookies.ts';
import type { LoggedEvent } from './events.ts';
import type { Session } from './sessions.ts';

/** A field of the form that was sent; undefined where it is empty or more than one. */
export function field(req: Request, name: string): string | undefined {
  const body: unknown = req.body;
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What was sent under one name; '' where it is nothing or more than one. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The id in the address; one that is none of ours leads to no record, whatever it looks like. */
export function idIn(
  { params }: Readonly<{ params: Readonly<Record<string, unknown>> }>,
  name = 'id',
): string {
  const id = params[name];
  if (!isId(id)) throw notFound();
  return id;
}

/** What a line of the access log says of a request. */
export const where = (req: Request): Pick<LoggedEvent, 'request' | 'from'> => ({
  request: requestId(req),
  ...fromOf(req),
});

/** Who asks, as records and the log know them. */
export const actorOf = (req: Request, session: Session): Actor => ({
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

/** The language that was chosen, else the person's own, else the browser's. */
export function languageOf(req: Request, session: Session | undefined, secure: boolean): Language {
  const chosen = cookieOf(req, 'language', secure);
  if (isLanguage(chosen)) return chosen;
  if (session) return session.language;
  return req.acceptsLanguages('ja', 'en') === 'en' ? 'en' : 'ja';
}

export const changes = (req: Request): boolean => req.method !== 'GET' && req.method !== 'HEAD';
