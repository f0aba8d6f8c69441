import type { OperationOutcome } from '@medplum/fhirtypes';
import type { Request, Response } from 'express';
import type { Letter } from '../../access/scopes.ts';
import type { TokenFault } from '../../access/tokens.ts';
import { requestId } from '../../access/visit.ts';
import { fhirIssue, outcomeOf, statusForApi, type FhirIssue, type IssueCode } from '../../fhir/outcome.ts';
import type { Log } from '../../kernel/log.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { send } from './answer.ts';
import { text, tokenText } from './text.ts';

/** Refused at the door of the API, with an HTTP status that no problem of the domain has. */
export class TurnedAway extends Refused {
  readonly status: number;
  constructor(status: number, ...issues: FhirIssue[]) {
    super({ kind: 'invalid', issues });
    this.status = status;
  }
}

/** `where` is a FHIRPath, or `http.` and the name of a header or parameter (FHIR R4, OperationOutcome.issue.location). */
export const turnAway = (status: number, code: IssueCode, where: string, says: Sentence): TurnedAway =>
  new TurnedAway(status, fhirIssue(code, where, says));

/** A token that opens nothing; says what is wrong with it, so that a program knows whether to ask for another. */
export const badToken = (fault: TokenFault): TurnedAway =>
  new BadToken(
    fault,
    fhirIssue(fault === 'expired' ? 'expired' : 'login', 'http.Authorization', tokenText[fault]),
  );

class BadToken extends TurnedAway {
  readonly fault: TokenFault;
  constructor(fault: TokenFault, issue: FhirIssue) {
    super(401, issue);
    this.fault = fault;
  }
}

/** What the token's scopes do not reach. */
export const outsideScope = (type: string, letter: Letter): TurnedAway =>
  outsideScopes([fhirIssue('forbidden', 'http.Authorization', text.outsideScope(type.slice(0, 60), letter))]);
export const outsideScopes = (issues: readonly FhirIssue[]): TurnedAway =>
  new OutsideScope(403, ...issues.slice(0, 100));

class OutsideScope extends TurnedAway {}
export const isOutsideScope = (error: unknown): boolean => error instanceof OutsideScope;

/** RFC 6750: without a token only that one is needed; with one, what is wrong with it. */
function challengeOf(error: Refused): string | undefined {
  if (error instanceof BadToken)
    return error.fault === 'missing'
      ? 'Bearer realm="fhir"'
      : `Bearer realm="fhir", error="invalid_token", error_description="${tokenText[error.fault].en}"`;
  return error instanceof OutsideScope ? 'Bearer realm="fhir", error="insufficient_scope"' : undefined;
}

/** Answers with a refusal; see `refusalOf`. */
export function refuse(log: Log, req: Request, res: Response, given: unknown): void {
  const error = ofParser(given);
  const { status, outcome } = refusalOf(log, req, error, askedFor(req));
  if (!(error instanceof Refused)) {
    send(res, { status, body: outcome });
    return;
  }
  const { problem } = error;
  const challenge = challengeOf(error);
  send(res, {
    status,
    body: outcome,
    headers: {
      ...(challenge === undefined ? {} : { 'WWW-Authenticate': challenge }),
      ...(problem.kind === 'too-many' ? { 'Retry-After': String(problem.retryAfterSeconds) } : {}),
      ...(status === 405 ? { Allow: 'GET, HEAD, POST, PUT, PATCH, DELETE' } : {}),
    },
  });
}

/**
 * Any error as an OperationOutcome. Every issue says where: an issue of the request as a whole names the type that was
 * asked for. What is no refusal is a bug: logged with the request's id, shown as nothing more.
 */
export function refusalOf(
  log: Log,
  req: Request,
  error: unknown,
  where: string,
): { status: number; outcome: OperationOutcome } {
  const language = req.acceptsLanguages('en', 'ja') === 'ja' ? 'ja' : 'en';
  if (!(error instanceof Refused)) {
    log.error({ err: error, request: requestId(req) }, 'an API call failed');
    const says = { text: text.failed(requestId(req))[language] };
    return {
      status: 500,
      outcome: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'fatal', code: 'exception', details: says }],
      },
    };
  }
  const { problem } = error;
  const outcome = outcomeOf(problem, language);
  const [first, ...rest] = outcome.issue.map((issue) => ({ expression: [where], ...issue }));
  return {
    status: error instanceof TurnedAway ? error.status : statusForApi(problem),
    outcome: { ...outcome, issue: first ? [first, ...rest] : outcome.issue },
  };
}

const askedFor = (req: Request): string =>
  /^\/([A-Z][A-Za-z]{1,60})(?:\/|$)/.exec(req.path)?.[1] ?? (req.method === 'POST' ? 'Bundle' : 'http.url');

/** What the body parser or the router could not take. Their own words may quote the body, so they are not passed on. */
function ofParser(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Refused || !('status' in error)) return error;
  const { status, message } = error;
  if (typeof status !== 'number' || status < 400 || status > 499) return error;
  const type = 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return turnAway(413, 'too-long', 'http.body', text.tooLarge(limitOf(error)));
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return turnAway(415, 'not-supported', 'http.Content-Type', text.wrongCharset);
    default:
      return error instanceof URIError
        ? turnAway(400, 'invalid', 'http.url', text.badAddress)
        : turnAway(400, 'invalid', 'http.body', text.notJson(placeIn(message)));
  }
}

/** Each door has its own; the parser knows it in bytes. */
function limitOf(error: Error): string {
  const limit = 'limit' in error ? Number(error.limit) : 0;
  const megabytes = limit / 1024 / 1024;
  return megabytes >= 1 ? `${String(megabytes)} MB` : `${String(limit / 1024)} kB`;
}

/** `line 3 column 7`, as the parser says it, or the position alone. */
export const placeIn = (message: string): string | undefined =>
  /line \d+ column \d+/.exec(message)?.[0] ?? /position \d+/.exec(message)?.[0];
