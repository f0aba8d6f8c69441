import type pg from 'pg';
import { sql } from '../database/sql.ts';
import type { OpenRecords, Records } from '../fhir/records.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Log } from '../kernel/log.ts';
import { Refused } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { fileInRecord } from './filing.ts';
import { placeOf } from './place.ts';
import { findSheets, type FoundSheet } from './printed.ts';
import type { RecognisedPage, ScanKind } from './recognise/page.ts';
import type { Recognise } from './recognise/recognise.ts';
import { text, type PageWhy } from './text.ts';

export type ReadingNeeds = Readonly<{
  pool: pg.Pool;
  open: OpenRecords;
  log: Log;
  recognise: Recognise;
  isStopping: () => boolean;
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
 * the others in the tray. A process that dies while it reads leaves the file to the next after ten minutes.
 */
export async function readWaiting(needs: ReadingNeeds): Promise<void> {
  while (!needs.isStopping()) {
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

async function readOne({ open, log, recognise, pool }: ReadingNeeds, file: Claimed): Promise<void> {
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
    const pages = await recognise(file.bytes, file.kind);
    if (pages.length === 0) await refuse(text.empty);
    else {
      await open(actor, (records) => keepPages(records, file.id, pages));
      for (const page of pages)
        if (page.code !== undefined) await follow(open, actor, log, file.id, page.number);
    }
  } catch (error) {
    const says = error instanceof Refused ? saidOf(error) : undefined;
    if (says !== undefined) await refuse(says);
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

/** What is wrong with the file itself; undefined where it may be tried again. */
const saidOf = ({ problem }: Refused): Sentence | undefined =>
  problem.kind === 'invalid' ? problem.issues[0]?.says : undefined;

/** All pages of a file at once: a second reading of the same file finds nothing to do. */
async function keepPages(records: Records, scan: string, pages: readonly RecognisedPage[]): Promise<void> {
  const [still] = await records.run<{ id: string }>(
    sql`update scan set state = 'read', bytes = null where id = ${scan}::uuid and state = 'reading' returning id`,
  );
  if (!still) return;
  for (const { number, png, width, height, code, why } of pages)
    await records.run(
      sql`insert into scan_page (id, scan_id, number, png, width, height, why, sheet, sheet_page)
        values (${records.newId()}::uuid, ${scan}::uuid, ${number}, ${png}, ${width}, ${height}, ${why ?? null},
          ${code?.sheet ?? null}::uuid, ${code?.page ?? null})`,
    );
}

/** Files one page by its code, in a transaction of its own: what cannot be filed waits in the tray, and says why. */
async function follow(
  open: OpenRecords,
  actor: Actor,
  log: Log,
  scan: string,
  number: number,
): Promise<void> {
  const id = await open(actor, async (records) => {
    const [row] = await records.run<{ id: string }>(
      sql`select id from scan_page where scan_id = ${scan}::uuid and number = ${number} and state = 'tray'`,
    );
    return row?.id;
  });
  if (id === undefined) return;
  const leave = (why: PageWhy): Promise<unknown> =>
    open(actor, (records) =>
      records.run(sql`update scan_page set why = ${why} where id = ${id}::uuid and state = 'tray'`),
    );
  try {
    const why = await open(actor, (records) => fileByCode(records, id));
    if (why !== undefined) await leave(why);
  } catch (error) {
    if (!(error instanceof Refused)) log.error({ err: error, page: id }, 'a page could not be filed');
    await leave(error instanceof Refused ? 'unseen' : 'none');
  }
}

/** Undefined once it is filed. */
async function fileByCode(records: Records, id: string): Promise<PageWhy | undefined> {
  const [page] = await records.run<{ sheet: string; sheet_page: number; again: boolean }>(
    sql`select sheet, sheet_page, exists (select 1 from scan_page o where o.organization_id = p.organization_id
        and o.sheet = p.sheet and o.sheet_page = p.sheet_page and o.state = 'filed') as again
      from scan_page p where p.id = ${id}::uuid`,
  );
  if (!page) return undefined;
  const [sheet]: readonly FoundSheet[] = await findSheets(records, [page.sheet]);
  if (!sheet) return 'unseen';
  if (page.again) return 'again';
  const place = await placeOf(records, sheet);
  if (place === undefined) return 'blank';
  await fileInRecord(records, id, place);
  return undefined;
}
