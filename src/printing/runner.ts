import type pg from 'pg';
import { writeSheets } from '../documents/kinds.ts';
import { readVariant } from '../documents/variant.ts';
import type { OpenRecords } from '../fhir/records.ts';
import type { Actor, Role } from '../kernel/actor.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language } from '../kernel/sentence.ts';
import type { Log } from '../kernel/log.ts';
import type { Program } from '../programs/program.ts';
import { drawApart } from './draw.ts';
import { gatherSheets } from './gather.ts';
import type { SheetName } from './names.ts';
import { keepGathered, leaveOutClosed, nextPeople } from './queries.ts';
import { text } from './text.ts';
import type { Portion } from './worker.ts';

type Taken = {
  id: string;
  account_id: string;
  organization_id: string;
  role: Role;
  post_id: string | null;
  request: string;
  language: Language;
  variant: string | null;
  sheets: SheetName[];
  people: number;
  started_at: Date;
  allowed: boolean;
};
export type PrintNeeds = Readonly<{ open: OpenRecords; programs: readonly Program[]; publicUrl: string }>;
type Needs = PrintNeeds & Readonly<{ pool: pg.Pool; log: Log; isStopping: () => boolean }>;

/** People of one transaction, and of one message to the thread that draws. */
const portion = 10;
const mostTries = 4;

/**
 * Carries on with every print job that waits, each as the one who asked and by what that one may see now. A process that
 * dies leaves its job to whoever looks a minute later: what was gathered stays, what was drawn is drawn again.
 */
export async function carryOnPrinting(needs: Needs): Promise<void> {
  const { pool, log, isStopping } = needs;
  await forgetPrints(pool);
  while (!isStopping()) {
    const { rows } = await pool.query<Taken>(take);
    const [job] = rows;
    if (!job) return;
    try {
      if (!job.allowed) await end(pool, job.id, 'failed', 'The account may not do this any more.');
      else await printAll(needs, job);
    } catch (err) {
      log.error({ err, print: job.id }, 'printing for many stopped and is tried again');
      await pool.query(failed, [job.id, String(err).slice(0, 500), mostTries]);
    }
  }
}

const actorOf = (job: Taken): Actor => ({
  role: job.role,
  organization: job.organization_id,
  account: job.account_id,
  ...(job.post_id === null ? {} : { post: job.post_id }),
  via: 'job',
  request: job.request,
});

/**
 * Gathers and draws at once: while some people are drawn, the next are gathered. What was gathered before a process died is
 * looked at once more, since a consent may have been taken back since.
 */
async function printAll(needs: Needs, job: Taken): Promise<void> {
  const { pool, open, isStopping } = needs;
  await open(actorOf(job), (records) => leaveOutClosed(records, job.id));
  let after = 0;
  const next = async (): Promise<Portion> => {
    for (;;) {
      const { rows } = await pool.query<Gathered>(nextToDraw, [job.id, after, portion]);
      after = rows.at(-1)?.place ?? after;
      if (rows.length > 0) return rows.map(({ name, content }) => ({ name, content }));
      if (isStopping() || !(await gatherMore(needs, job))) return [];
    }
  };
  let ahead = next();
  if ((await ahead).length === 0) {
    if (!isStopping()) await end(pool, job.id, 'failed', null);
    return;
  }
  const bytes = await drawApart({
    drawing: {
      id: job.id,
      language: job.language,
      title: text.fileName(job.people)[job.language],
      on: dayInTokyo(job.started_at),
    },
    more: async () => {
      const now = await ahead;
      if (now.length > 0) ahead = next();
      // Whoever waits for it hears that it failed.
      ahead.catch(() => undefined);
      return now;
    },
    drawn: async (people) => {
      if (isStopping()) return false;
      if (people % portion !== 0) return true;
      const told = await pool.query(
        `update print_job set drawn = $2, taken_until = now() + interval '1 minute' where id = $1 and status = 'running'`,
        [job.id, people],
      );
      return told.rowCount === 1;
    },
  });
  await ahead;
  if (bytes && !isStopping()) await pool.query(finish, [job.id, bytes]);
  // Nobody waits for it any more, or this process ends: another goes on from here.
  else
    await pool.query(`update print_job set taken_until = now() where id = $1 and status = 'running'`, [
      job.id,
    ]);
}

/** Gathers the next people; false when everybody is, or the job is gone. */
const gatherMore = ({ open, programs, publicUrl }: Needs, job: Taken): Promise<boolean> =>
  open(actorOf(job), async (records) => {
    const needs = {
      programs,
      publicUrl,
      language: job.language,
      ...(job.variant === null ? {} : { variant: readVariant(job.variant) }),
    };
    const people = await nextPeople(records, job.id, portion);
    const kept: { place: number; content: string | null }[] = [];
    for (const { place, ...whom } of people) {
      const sheets = await gatherSheets(records, needs, whom, job.sheets);
      kept.push({ place, content: sheets.length === 0 ? null : writeSheets(sheets) });
    }
    if (kept.length > 0) await keepGathered(records, job.id, kept);
    return kept.length > 0;
  });

type Gathered = { place: number; name: string; content: string };

const take = `update print_job j set taken_until = now() + interval '1 minute' where id = (
    select id from print_job where status = 'running' and taken_until <= now() order by taken_until limit 1 for update skip locked)
  returning id, account_id, organization_id, role, post_id, request, language, variant, sheets, people, started_at,
    exists (select 1 from account a where a.id = j.account_id and a.disabled_at is null and a.role = j.role
      and a.organization_id = j.organization_id) as allowed`;

const nextToDraw = `select nth as place, name, content::text as content from print_person
  where job = $1 and included and nth > $2 order by nth limit $3`;

const finish = `with job as (
    update print_job set status = 'done', drawn = people, ended_at = now(), fault = null where id = $1 and status = 'running' returning id),
  emptied as (update print_person p set content = null from job where p.job = job.id)
  insert into print_file (job, content) select id, $2 from job on conflict do nothing`;

const failed = `update print_job set attempts = attempts + 1, fault = $2,
    taken_until = now() + power(2, attempts) * interval '2 seconds',
    status = case when attempts + 1 >= $3 then 'failed' else status end,
    ended_at = case when attempts + 1 >= $3 then now() end
  where id = $1 and status = 'running'`;

const end = async (pool: pg.Pool, id: string, status: 'failed', fault: string | null): Promise<void> => {
  await pool.query(
    `with job as (update print_job set status = $2, fault = $3, ended_at = now() where id = $1 and status = 'running' returning id)
     update print_person p set content = null from job where p.job = job.id`,
    [id, status, fault],
  );
};

/** What has ended lies here for a day; what has not by the day after is given up. */
async function forgetPrints(pool: pg.Pool): Promise<void> {
  await pool.query(
    `delete from print_job where ended_at < now() - interval '1 day' or started_at < now() - interval '2 days' and ended_at is null
      and taken_until < now() - interval '1 day'`,
  );
}
