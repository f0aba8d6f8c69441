import type { Response } from 'express';
import type { Stored, Written } from '../../fhir/types.ts';
import type { Return } from './asked.ts';
import { writeJson } from '../../kernel/exact-json.ts';

/** What goes back; a body that is text is JSON already. */
export type Answer = Readonly<{
  status?: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Laid out for people. */
  pretty?: boolean;
}>;

export function send(res: Response, { status = 200, body, headers = {}, pretty = false }: Answer): void {
  res.statusCode = status;
  res.setHeader('Content-Type', 'application/fhir+json; charset=utf-8');
  res.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (status === 204 || status === 304) {
    res.removeHeader('Content-Type');
    res.end();
    return;
  }
  const content = Buffer.from(
    body === undefined ? '' : typeof body === 'string' ? body : writeJson(body, pretty ? 2 : undefined),
  );
  res.setHeader('Content-Length', content.length);
  res.end(content);
}

/** One record with its version. */
export const one = (record: Stored): Answer =>
  answerOf(record, record.meta.versionId, new Date(record.meta.lastUpdated));

/** The same of a record that nobody looked into. */
export const passed = ({ json, version, lastUpdated }: Written): Answer =>
  answerOf(json, String(version), lastUpdated);

const answerOf = (body: unknown, version: string, lastUpdated: Date): Answer => ({
  body,
  headers: { ETag: `W/"${version}"`, 'Last-Modified': lastUpdated.toUTCString() },
});

/** A record that was created, or was there already (`If-None-Exist`). */
export const created = (base: string, record: Stored, isNew = true): Answer => ({
  ...one(record),
  status: isNew ? 201 : 200,
  headers: {
    ...one(record).headers,
    Location: `${base}/${record.resourceType}/${record.id}/_history/${record.meta.versionId}`,
  },
});

/** As much of an answer as its writer asked for. */
export function preferred(wanted: Return, answer: Answer): Answer {
  const { status = 200, headers = {} } = answer;
  switch (wanted) {
    case 'representation':
      return answer;
    case 'minimal':
      return { status, headers };
    case 'OperationOutcome':
      return { status: status === 204 ? 200 : status, headers, body: allWell };
  }
}

const allWell = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'information', code: 'informational', details: { text: '完了しました。Done.' } }],
};
