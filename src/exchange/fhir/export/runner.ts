import type pg from 'pg';
import type { OpenRecords } from '../../../fhir/records.ts';
import type { Role } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import { writePart } from './queries.ts';

type Taken = { id: string; client: string; organization_id: string; role: Role; request: string };
type Needs = Readonly<{ pool: pg.Pool; open: OpenRecords; log: Log; isStopping: () => boolean }>;

/** Parts of one export before another has its turn. */
const turn = 20;
const mostTries = 6;

/**
 * Carries on with every export that waits, each as the program that asked and under its row rules. A process that dies
 * leaves its export to whoever looks a minute later; what was written stays.
 */
export async function carryOnExports({ pool, open, log, isStopping }: Needs): Promise<void> {
  while (!isStopping()) {
    const { rows } = await pool.query<Taken>(take);
    const [job] = rows;
    if (!job) return;
    const { id, client, organization_id: organization, role, request } = job;
    const actor = { role, organization, client, via: 'job', request } as const;
    try {
      let isMore = true;
      for (let i = 0; i < turn && isMore && !isStopping(); i++)
        isMore = await open(actor, (records) => writePart(records, id));
      await pool.query(`update export_job set taken_until = now() where id = $1`, [id]);
    } catch (err) {
      log.error({ err, export: id }, 'an export stopped and is tried again');
      await pool.query(failed, [id, String(err).slice(0, 500), mostTries]);
    }
  }
}

const take = `update export_job set taken_until = now() + interval '1 minute' where id = (
    select id from export_job where status = 'running' and taken_until <= now() order by taken_until limit 1 for update skip locked)
  returning id, client, organization_id, role, request`;

const failed = `update export_job set attempts = attempts + 1, fault = $2,
    taken_until = now() + power(2, attempts) * interval '5 seconds',
    status = case when attempts + 1 >= $3 then 'failed' else status end,
    ended_at = case when attempts + 1 >= $3 then now() end
  where id = $1 and status = 'running'`;

/** Files lie here for a day; what has not ended by then is given up. */
export async function forgetExports(pool: pg.Pool): Promise<void> {
  await pool.query(`delete from export_job where ended_at < now() - interval '1 day'`);
}
