import { Router, type Request } from 'express';
import { idIn } from '../../../access/request.ts';
import type { OpenRecords } from '../../../fhir/records.ts';
import { isRecordType } from '../../../fhir/types.ts';
import { notFound } from '../../../kernel/problem.ts';
import { send } from '../answer.ts';
import { bearerOf } from '../door.ts';
import { outsideScope, turnAway } from '../refusal.ts';
import { sendFile } from './file.ts';
import { filesOf, jobOf, removeJob, type Job } from './queries.ts';
import { exportText as text } from './text.ts';

type Needs = Readonly<{ open: OpenRecords; base: string }>;

/** What became of an export, its files, and the end of it: for the program that asked, and no other. */
export function exportRoutes({ open, base }: Needs): Router {
  const router = Router();
  router.get('/:id', async (req, res) => {
    const { job, files } = await open(bearerOf(res).actor, async (records) => {
      const found = await jobOf(records, idIn(req));
      if (!found) throw notFound();
      return { job: found, files: found.status === 'done' ? await filesOf(records, found.id) : [] };
    });
    if (job.status === 'failed') throw turnAway(500, 'exception', 'http.url', text.failed);
    if (job.status === 'running') {
      send(res, { status: 202, headers: { 'X-Progress': progress(job), 'Retry-After': '2' } });
      return;
    }
    send(res, {
      headers: {
        'Content-Type': 'application/json',
        ...(job.expires ? { Expires: job.expires.toUTCString() } : {}),
      },
      body: {
        transactionTime: job.started_at.toISOString(),
        request: job.asked,
        requiresAccessToken: true,
        output: files.map(({ type, file, count }) => ({
          type,
          url: `${base}/export/${job.id}/${type}-${String(file)}.ndjson`,
          count,
        })),
        error: [],
      },
    });
  });

  router.delete('/:id', async (req, res) => {
    if (!(await open(bearerOf(res).actor, (records) => removeJob(records, idIn(req))))) throw notFound();
    const says = { severity: 'information', code: 'informational', details: { text: text.cancelled.en } };
    send(res, { status: 202, body: { resourceType: 'OperationOutcome', issue: [says] } });
  });

  router.get('/:id/:file', async (req: Request<{ id: string; file: string }>, res) => {
    const { actor, may } = bearerOf(res);
    const [, type, file] = /^([A-Za-z]+)-(\d{1,6})\.ndjson$/.exec(req.params.file) ?? [];
    if (!isRecordType(type)) throw notFound();
    if (!may(type, 'r')) throw outsideScope(type, 'r');
    await sendFile(open, actor, { job: idIn(req), type, file: Number(file) }, req, res);
  });
  return router;
}

const progress = ({ types, stage, records }: Job): string =>
  `${records} records, ${String(Math.min(stage, types.length) - 1)} of ${String(types.length)} types done`;
