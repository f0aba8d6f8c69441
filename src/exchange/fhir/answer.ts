import type { Response } from 'express';
import type { Stored } from '../../fhir/types.ts';

/** What goes back; a body that is text is JSON already. */
export type Answer = Readonly<{
  status?: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}>;

export function send(res: Response, { status = 200, body, headers = {} }: Answer): void {
  res.statusCode = status;
  res.setHeader('Content-Type', 'application/fhir+json; charset=utf-8');
  res.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  const content = Buffer.from(
    body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  );
  res.setHeader('Content-Length', content.length);
  res.end(content);
}

/** One record with its version. */
export const one = (record: Stored): Answer => ({
  body: record,
  headers: {
    ETag: `W/"${record.meta.versionId}"`,
    'Last-Modified': new Date(record.meta.lastUpdated).toUTCString(),
  },
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

/** The answer without the record, for a writer that asked for less. */
export const brief = ({ status = 200, headers = {} }: Answer): Answer => ({ status, headers });
