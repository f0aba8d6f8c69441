import type pg from 'pg';
import { sql } from '../database/sql.ts';
import type { OpenRecords, Records } from '../fhir/records.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Log } from '../kernel/log.ts';
import { Refused } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { fileByCodes, type CodedPage } from './by-code.ts';
import type { RecognisedPage, ScanKind } from './recognise/page.ts';
import type { Recognise } from './recognise/recognise.ts';
import { text } from './text.ts';

export type ReadingNeeds = Readonly<{
  pool: pg.Pool;
  open: OpenRecords;
  log: Log;
  recognise: Recognise;
  /** Whoever waits for the reading to end: a file under way is given back. */
  stopped: AbortSignal;
}>;

type Claimed = Readonly<{
  id: string;
  organization_id: string;
  kind: ScanKind;
  bytes: Buffer;
  by_post: string | null;
}>;

const mostAttempts = 3;

/**
 * Reads the files that wait, one after the other: takes the pages out, files those whose code this body may follow, leaves
 * the others in the tray. A process that dies while it reads leaves the file to the next after ten minutes; one on which three have died is refused.
 */
export async function readWaiting(needs: ReadingNeeds): Promise<void> {
  await needs.pool.query(giveUp, [mostAttempts, JSON.stringify(text.broken)]);
  while (!needs.stopped.aborted) {
    const { rows } = await needs.pool.query<Claimed>(claim, [mostAttempts]);
    const [file] = rows;
    if (file === undefined) return;
    await readOne(needs, file);
  }
}

const claim = `update scan set state = 'reading', attempts = attempts + 1, claimed_at = now()
  where id = (select id from scan where (state = 'waiting' or state = 'reading' and claimed_at < now() - interval '10 minutes')
    and attempts < $1 order by at limit 1 for update skip locked)
  returning id, organization_id, kind, bytes, by_post`;

const giveUp = `update scan set state = 'refused', fault = $2::jsonb, bytes = null
  where state = 'reading' and claimed_at < now() - interval '10 minutes' and attempts >= $1`;

async function readOne(needs: ReadingNeeds, file: Claimed): Promise<void> {
  const { open, log, recognise, pool, stopped } = needs;
  const actor: Actor = {
    role: 'system',
    organization: file.organization_id,
    via: 'job',
    request: `scan ${file.id}`,
  };
  const refuse = (says: Sentence): Promise<unknown> =>
    open(actor, (records) =>
      records.run(
        sql`update scan set state = 'refused', fault = ${JSON.stringify(says)}::jsonb, bytes = null where id = ${file.id}::uuid`,
      ),
    );
  try {
    const pages = await recognise(file.bytes, file.kind, stopped);
    if (pages.length === 0) await refuse(text.empty);
    else {
      const coded = await open(actor, (records) => keepPages(records, file.id, pages));
      await fileByCodes(open, actor, log, coded);
    }
  } catch (error) {
    const says = error instanceof Refused ? saidOf(error) : undefined;
    if (stopped.aborted) await pool.query(giveBack, [file.id]);
    else if (says !== undefined) await refuse(says);
    else {
      log.error({ err: error, scan: file.id }, 'a scan could not be read');
      await pool.query(
        `update scan set state = case when attempts < $2 then 'waiting' else 'refused' end,
          fault = case when attempts < $2 then null else $3::jsonb end where id = $1 and state = 'reading'`,
        [file.id, mostAttempts, JSON.stringify(text.broken)],
      );
    }
  }
}

/** As if nobody had begun. */
const giveBack = `update scan set state = 'waiting', attempts = attempts - 1, claimed_at = null where id = $1 and state = 'reading'`;

/** What is wrong with the file itself; undefined where it may be tried again. */
const saidOf = ({ problem }: Refused): Sentence | undefined =>
  problem.kind === 'invalid' ? problem.issues[0]?.says : undefined;

/**
 * All pages of a file at once. Returns those that have a code; none for a second reading of the same file, which finds
 * nothing to do.
 */
async function keepPages(
  records: Records,
  scan: string,
  pages: readonly RecognisedPage[],
): Promise<readonly CodedPage[]> {
  const [still] = await records.run<{ id: string }>(
    sql`update scan set state = 'read', bytes = null where id = ${scan}::uuid and state = 'reading' returning id`,
  );
  if (!still) return [];
  const kept = pages.map((page) => ({ ...page, id: records.newId() }));
  const all = <T>(of: (page: (typeof kept)[number]) => T): T[] => kept.map(of);
  await records.run(
    sql`insert into scan_page (id, scan_id, number, png, width, height, why, sheet, sheet_page)
      select id, ${scan}::uuid, number, png, width, height, why, sheet, sheet_page
      from unnest(${all((p) => p.id)}::uuid[], ${all((p) => p.number)}::int[], ${all((p) => p.png)}::bytea[], ${all((p) => p.width)}::int[],
        ${all((p) => p.height)}::int[], ${all((p) => p.why ?? null)}::text[], ${all((p) => p.code?.sheet ?? null)}::uuid[],
        ${all((p) => p.code?.page ?? null)}::smallint[]) as p (id, number, png, width, height, why, sheet, sheet_page)`,
  );
  return kept.flatMap(({ id, code }) =>
    code === undefined ? [] : [{ id, sheet: code.sheet, page: code.page }],
  );
}
