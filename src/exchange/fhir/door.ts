import express, { type RequestHandler } from 'express';
import { parametersOf } from './asked.ts';
import { turnAway } from './refusal.ts';
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

export const jsonBody = [refuseOtherContent, express.json({ type: () => true, limit: '4mb', strict: true })];
const refuseOtherPatches: RequestHandler = (req, _res, next) => {
  if (contentType(req.get('content-type')) !== patchType)
    throw turnAway(415, 'not-supported', 'http.Content-Type', text.wrongPatch);
  next();
};
export const patchType = 'application/json-patch+json';
export const patchBody = [refuseOtherPatches, express.json({ type: () => true, limit: '4mb', strict: true })];
export const formBody = [refuseOtherForms, express.text({ type: () => true, limit: '32kb' })];
