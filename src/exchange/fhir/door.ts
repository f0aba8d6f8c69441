import { isUtf8 } from 'node:buffer';
import express, { type RequestHandler, type Response } from 'express';
import type { Bearer } from '../../access/tokens.ts';
import { readJson } from '../../kernel/exact-json.ts';
import { parametersOf } from './asked.ts';
import { placeIn, turnAway } from './refusal.ts';
import { text } from './text.ts';

const fhirJson = ['application/fhir+json', 'application/json', 'application/json+fhir'];

/** Refuses a reader that takes no JSON. */
export const refuseOtherAnswers: RequestHandler = (req, _res, next) => {
  // FHIR R4 is the only version here, so that it need not be said (http.html#version-parameter).
  const accept = req.get('accept');
  if (accept !== undefined && /fhirversion/i.test(accept))
    req.headers.accept = accept.replaceAll(/;\s*fhirVersion="?4\.0"?(?=[\s,;]|$)/gi, '');
  if (req.get('accept-charset') !== undefined && req.acceptsCharsets('utf-8') === false)
    throw turnAway(406, 'not-supported', 'http.Accept-Charset', text.wrongCharsetAsked);
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
  const given = req.get('content-type');
  if (!fhirJson.includes(contentType(given)))
    throw turnAway(415, 'not-supported', 'http.Content-Type', text.wrongContent);
  if (!/^utf-?8$/i.test(/;\s*charset="?([^";\s]*)/i.exec(given ?? '')?.[1] ?? 'utf-8'))
    throw turnAway(415, 'not-supported', 'http.Content-Type', text.wrongCharset);
  next();
};

const refuseOtherForms: RequestHandler = (req, _res, next) => {
  if (contentType(req.get('content-type')) !== 'application/x-www-form-urlencoded')
    throw turnAway(415, 'not-supported', 'http.Content-Type', text.wrongForm);
  next();
};

const contentType = (header: string | undefined): string => header?.split(';')[0]?.trim().toLowerCase() ?? '';

/** Bytes that are no UTF-8 are refused instead of guessed at, and numbers keep their precision. */
const readBody: RequestHandler = (req, res, next) => {
  const bytes: unknown = req.body;
  if (!Buffer.isBuffer(bytes)) {
    next(); // there was none; who needs one says so
    return;
  }
  // For whoever keeps what came, and not what it says.
  res.locals['bytes'] = bytes;
  if (!isUtf8(bytes)) throw turnAway(400, 'invalid', 'http.body', text.notUtf8);
  try {
    req.body = readJson(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw turnAway(400, 'invalid', 'http.body', text.notJson(placeIn(error.message)));
  }
  next();
};

/** Most of a body that is read. */
export const largestBody = '4 MB';

const readable = [express.raw({ type: () => true, limit: largestBody }), readBody];
export const jsonBody = [refuseOtherContent, ...readable];

const refuseOtherPatches: RequestHandler = (req, _res, next) => {
  if (contentType(req.get('content-type')) !== patchType)
    throw turnAway(415, 'not-supported', 'http.Content-Type', text.wrongPatch);
  next();
};
const patchType = 'application/json-patch+json';
export const patchBody = [refuseOtherPatches, ...readable];
export const formBody = [refuseOtherForms, express.text({ type: () => true, limit: '32kb' })];

/** Who asks, once the token was looked at. */
export const bearerOf = (res: Response): Bearer => res.locals['bearer'] as Bearer;
