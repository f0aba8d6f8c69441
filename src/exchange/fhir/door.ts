import { isUtf8 } from 'node:buffer';
import express, { type RequestHandler } from 'express';
import { parametersOf } from './asked.ts';
import { turnAway } from './refusal.ts';
import { text } from './text.ts';

const fhirJson = ['application/fhir+json', 'application/json', 'application/json+fhir'];

/** Refuses a reader that takes no JSON. */
export const refuseOtherAnswers: RequestHandler = (req, _res, next) => {
  const asked = parametersOf(req).find(([name]) => name === '_format')?.[1];
  // A plus sign in an address is a space.
  const takes =
    asked === undefined
      ? req.accepts(fhirJson) !== false
      : ['json', ...fhirJson].includes(contentType(asked).replaceAll(' ', '+'));
  if (!takes)
    throw turnAway(
      406,
      'not-supported',
      asked === undefined ? 'http.Accept' : 'http._format',
      text.wrongAccept,
    );
  next();
};

/** Refuses XML and forms before their body is read. */
const refuseOtherContent: RequestHandler = (req, _res, next) => {
  if (!fhirJson.includes(contentType(req.get('content-type'))))
    throw turnAway(415, 'not-supported', 'http.Content-Type', text.wrongContent);
  next();
};

const refuseOtherForms: RequestHandler = (req, _res, next) => {
  if (contentType(req.get('content-type')) !== 'application/x-www-form-urlencoded')
    throw turnAway(415, 'not-supported', 'http.Content-Type', text.wrongForm);
  next();
};

const contentType = (header: string | undefined): string => header?.split(';')[0]?.trim().toLowerCase() ?? '';

/** JSON is UTF-8 (RFC 8259). The parser would put a mark where a letter is none, and a name would be stored with it. */
const refuseOtherBytes = (_req: unknown, _res: unknown, body: Buffer): void => {
  if (!isUtf8(body)) throw turnAway(400, 'invalid', 'http.body', text.notUtf8);
};

export const jsonBody = [
  refuseOtherContent,
  express.json({ type: () => true, limit: '4mb', strict: true, verify: refuseOtherBytes }),
];
export const formBody = [refuseOtherForms, express.text({ type: () => true, limit: '32kb' })];
