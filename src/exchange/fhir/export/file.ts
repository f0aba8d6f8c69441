import { once } from 'node:events';
import type { Request, Response } from 'express';
import { noteWith } from '../../../access/events.ts';
import type { OpenRecords } from '../../../fhir/records.ts';
import type { RecordType } from '../../../fhir/types.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { gone, notFound } from '../../../kernel/problem.ts';
import { turnAway } from '../refusal.ts';
import { contentOf, jobOf, partsOf } from './queries.ts';
import { exportText as text } from './text.ts';

type Which = Readonly<{ job: string; type: RecordType; file: number }>;
type Stretch = Readonly<{ from: number; to: number }>;

/**
 * Hands a file out, part by part, so that none is in memory as a whole; or the stretch that `Range` asks for (RFC 9110,
 * one at a time), so that a download that broke off goes on. Each part is a line of the access log with its persons, in
 * the transaction that read it. A file in which there is anything that the caller does not see any more is gone.
 */
export async function sendFile(
  open: OpenRecords,
  actor: Actor,
  { job, type, file }: Which,
  req: Request,
  res: Response,
): Promise<void> {
  const parts = await open(actor, async (records) => {
    const found = await jobOf(records, job);
    const list = found?.status === 'done' ? await partsOf(records, job, { type, file }) : [];
    if (list.length === 0) throw notFound();
    return list;
  });
  if (parts.some((part) => !part.open)) throw gone(text.closed.ja, text.closed.en);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const etag = `"${job}-${type}-${String(file)}"`;
  const stretch = stretchOf(req, size, etag);
  if (stretch === 'outside') {
    res.setHeader('Content-Range', `bytes */${String(size)}`);
    throw turnAway(416, 'value', 'http.Range', text.range);
  }
  const { from, to } = stretch ?? { from: 0, to: size };
  res.statusCode = stretch ? 206 : 200;
  if (stretch) res.setHeader('Content-Range', `bytes ${String(from)}-${String(to - 1)}/${String(size)}`);
  res.setHeader('Content-Type', 'application/fhir+ndjson').setHeader('Cache-Control', 'no-store');
  res
    .setHeader('Accept-Ranges', 'bytes')
    .setHeader('ETag', etag)
    .setHeader('Content-Length', to - from);
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  let at = 0;
  for (const { part, size: length } of parts) {
    const [begin, end] = [Math.max(from - at, 0), Math.min(to - at, length)];
    at += length;
    if (begin >= end) continue;
    const content = await open(actor, async (records) => {
      const found = await contentOf(records, job, type, part);
      if (found)
        await noteWith(records, {
          action: 'export',
          what: `bulk ${type}`,
          records: found.records.map((id) => `${type}/${id}`),
          patients: found.patients,
        });
      return found?.content;
    });
    // Cancelled, or closed to the caller, while it was being sent: the rest is asked for again and then refused in words.
    if (!content) return void res.destroy();
    if (res.destroyed) return;
    if (!res.write(content.subarray(begin, end)))
      await Promise.race([once(res, 'drain'), once(res, 'close')]);
  }
  res.end();
}

/** `bytes=5-`, `bytes=5-9`, `bytes=-5`; what is none of them, or is meant for another file, asks for the whole. */
function stretchOf(req: Request, size: number, etag: string): Stretch | 'outside' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(req.get('range') ?? '') ?? [];
  const meant = req.get('if-range');
  if ((first === '' && last === '') || (meant !== undefined && meant !== etag)) return undefined;
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(Number(last) + 1, size);
  return from < to ? { from, to } : 'outside';
}
