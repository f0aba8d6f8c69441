import { createHash } from 'node:crypto';
import type { Given } from '../../fhir/search.ts';
import { isRecordType, type FhirRecord, type RecordType } from '../../fhir/types.ts';
import { notFound } from '../../kernel/problem.ts';
import type { Language } from '../../kernel/sentence.ts';
import { turnAway } from './refusal.ts';
import { text } from './text.ts';

/** What is asked of the API: a request over HTTP, or an entry of a Bundle that stands for one. */
export type Asked = Readonly<{
  method: string;
  /** With the search parameters. */
  originalUrl: string;
  path: string;
  params: Readonly<Record<string, string | readonly string[] | undefined>>;
  get: (header: string) => string | undefined;
  body?: unknown;
}>;

/** Readers of what is asked; each refuses what it cannot read, saying what and where. */

const param = (req: Asked, name: string): string => String(req.params[name] ?? '');

export function typeOf(req: Asked): RecordType {
  const type = param(req, 'type');
  if (isRecordType(type)) return type;
  throw turnAway(404, 'not-supported', 'http.url', text.noSuchType(type.slice(0, 60)));
}

/** The type that the address names, whether or not there is one: what a token's scopes speak of. */
export const typeAsked = (req: Asked): string => (param(req, 'type') || req.path.split('/')[1]) ?? '';

export function versionIn(req: Asked): string {
  const version = param(req, 'version');
  if (!/^[1-9]\d{0,8}$/.test(version)) throw notFound();
  return version;
}

/** The search parameters of the address, in their order. */
export function parametersOf(req: Asked): Given {
  const query = /\?(.*)$/s.exec(req.originalUrl)?.[1] ?? '';
  return [...new URLSearchParams(query)];
}

/** The record in the body; its content is checked by the store. */
export function recordOf(req: Asked): FhirRecord {
  const type = typeOf(req);
  const { body } = req;
  if (typeof body !== 'object' || body === null || !('resourceType' in body))
    throw turnAway(400, 'required', `${type}.resourceType`, text.noBody);
  if (body.resourceType !== type)
    throw turnAway(400, 'invalid', `${type}.resourceType`, text.otherType(type));
  return body as FhirRecord;
}

/** `If-Match: W/"3"`: the version the writer has seen. */
export function versionSeen(req: Asked): string | undefined {
  const given = req.get('if-match');
  if (given === undefined) return undefined;
  const version = versionTag(given);
  if (version === undefined) throw turnAway(400, 'value', 'http.If-Match', text.badIfMatch);
  return version;
}

/** `If-None-Match: W/"3", W/"4"`: the versions that the reader has; `*`: any. */
export function versionsHeld(req: Asked): readonly string[] | '*' | undefined {
  const given = req.get('if-none-match');
  if (given === undefined) return undefined;
  if (given.trim() === '*') return '*';
  const tags = given.split(',').map((tag) => versionTag(tag.trim()));
  if (tags.length > 100 || tags.includes(undefined))
    throw turnAway(400, 'value', 'http.If-None-Match', text.badIfNoneMatch);
  return tags as string[];
}

/** `If-Modified-Since: Sat, 21 Nov 2026 01:00:00 GMT` */
export function heldSince(req: Asked): Date | undefined {
  const given = req.get('if-modified-since');
  if (given === undefined) return undefined;
  const at = new Date(given);
  if (
    !/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(given) ||
    Number.isNaN(at.getTime())
  )
    throw turnAway(400, 'value', 'http.If-Modified-Since', text.badModifiedSince);
  return at;
}

export const versionTag = (tag: string): string | undefined => /^(?:W\/)?"([1-9]\d{0,8})"$/.exec(tag)?.[1];

/** The writer's key for this request; the same key sent to another address is another request. */
export function onceKey(req: Asked): string | undefined {
  const key = req.get('idempotency-key');
  if (key !== undefined && !/^[!-~]{1,200}$/.test(key))
    throw turnAway(400, 'value', 'http.Idempotency-Key', text.badKey);
  return key && createHash('sha256').update(`${req.method} ${req.originalUrl} ${key}`).digest('hex');
}

/** `If-None-Exist: identifier=…|123`: create only what no record matches. */
export function conditionOf(req: Asked): string | undefined {
  const condition = req.get('if-none-exist');
  if (condition?.trim() === '') throw turnAway(400, 'required', 'http.If-None-Exist', text.noCondition);
  return condition;
}

/** `Prefer: return=minimal`: the writer knows what it sent. What nobody knows is passed over (RFC 7240). */
export type Return = 'minimal' | 'representation' | 'OperationOutcome';
export const returnOf = (req: Asked): Return =>
  (preference(req, /(?:^|[\s,;])return="?(minimal|representation|OperationOutcome)"?(?=$|[\s,;])/) as
    Return | undefined) ?? 'representation';

/** `Prefer: handling=lenient`: parameters that nobody knows are passed over; otherwise they are refused. */
export const handlingOf = (req: Asked): 'strict' | 'lenient' =>
  preference(req, /(?:^|[\s,;])handling="?(strict|lenient)"?(?=$|[\s,;])/) === 'lenient'
    ? 'lenient'
    : 'strict';

/** In what language faults are told beside what was found; English unless Japanese comes first. */
export const languageOf = (req: Asked): Language =>
  /^\s*ja\b/i.test(req.get('accept-language') ?? '') ? 'ja' : 'en';

const preference = (req: Asked, pattern: RegExp): string | undefined => {
  const given = req.get('prefer');
  return given === undefined ? undefined : pattern.exec(given)?.[1];
};

/** The search parameters of a conditional interaction, `Patient?identifier=…`. */
export const criteriaOf = (req: Asked): string => /\?(.*)$/s.exec(req.originalUrl)?.[1] ?? '';

/** The version is the server's to give: what a body says of it counts for nothing. */
export function withVersion<R extends FhirRecord>(record: R, version?: string): R {
  const meta: unknown = record.meta ?? {};
  // What is no object is left for the store to refuse.
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta)) return record;
  const { versionId: _v, lastUpdated: _l, ...kept } = meta as Record<string, unknown>;
  const given = version === undefined ? kept : { ...kept, versionId: version };
  const { meta: _meta, ...rest } = record;
  return (Object.keys(given).length === 0 ? rest : { ...rest, meta: given }) as R;
}
