import { sql } from '../database/sql.ts';
import type { OpenRecords, Records } from '../fhir/records.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Log } from '../kernel/log.ts';
import { Refused } from '../kernel/problem.ts';
import { readOrganization } from '../people/record.ts';
import { requestSheet } from '../referral/request-sheet/read.ts';
import { fileInRecord, type Place } from './filing.ts';
import { placeOf } from './place.ts';
import { findSheets, type FoundSheet } from './printed.ts';
import { codedSheets } from './received/coded.ts';
import { attachPage, backTo, type Back } from './returned/attach.ts';
import type { PageWhy } from './text.ts';

/** A page in the tray and what its code says. */
export type CodedPage = Readonly<{ id: string; sheet: string; page: number }>;

/**
 * Files the pages of a file by their codes: what they are is asked once for all, then each has a transaction of its own.
 * What cannot be filed waits in the tray, and says why.
 */
export async function fileByCodes(
  open: OpenRecords,
  actor: Actor,
  log: Log,
  pages: readonly CodedPage[],
): Promise<void> {
  if (pages.length === 0) return;
  const waits = new Map<string, PageWhy>();
  try {
    for (const [page, place] of await open(actor, (records) => placesOf(records, pages))) {
      const why = typeof place === 'string' ? place : await fileOne(open, actor, log, page, place);
      if (why !== undefined) waits.set(page.id, why);
    }
  } catch (error) {
    log.error({ err: error }, 'the codes of a file could not be followed');
    for (const { id } of pages) if (!waits.has(id)) waits.set(id, 'none');
  }
  if (waits.size === 0) return;
  await open(actor, (records) =>
    records.run(
      sql`update scan_page p set why = w.why
        from unnest(${[...waits.keys()]}::uuid[], ${[...waits.values()]}::text[]) as w (id, why)
        where p.id = w.id and p.state = 'tray'`,
    ),
  );
}

/** Where each page goes, or why it waits. A form that is for anybody is never filed by its code, however often it comes. */
async function placesOf(
  records: Records,
  pages: readonly CodedPage[],
): Promise<readonly (readonly [CodedPage, Place | Back | PageWhy])[]> {
  const ids = [...new Set(pages.map(({ sheet }) => sheet))];
  const sheets = new Map<string, FoundSheet>();
  const places = new Map<string, Place | undefined>();
  for (const sheet of await findSheets(records, ids)) {
    sheets.set(sheet.id, sheet);
    places.set(sheet.id, await placeOf(records, sheet));
  }
  const before = await records.run<{ sheet: string; page: number }>(
    sql`select distinct sheet, sheet_page as page from scan_page
      where organization_id = ${records.actor.organization}::uuid and sheet = any (${ids}::uuid[]) and state = 'filed'`,
  );
  const came = new Set(before.map(keyOf));
  const requests = new Set([
    ...(await codedSheets(records, ids)).map(({ sheet }) => sheet),
    ...(await asksOffice(records, [...sheets.values()])),
  ]);
  return pages.map((page) => {
    // Whoever is on it, the office reads what is asked and sees the signature before anything is opened.
    if (requests.has(page.sheet)) return [page, 'request'];
    if (!places.has(page.sheet)) return [page, 'unseen'];
    const place = backTo(sheets.get(page.sheet) ?? {}, page.page) ?? places.get(page.sheet);
    if (place === undefined) return [page, 'blank'];
    if (came.has(keyOf(page))) return [page, 'again'];
    // The same page twice in one file.
    came.add(keyOf(page));
    return [page, place];
  });
}

/**
 * Request sheets for a person whom the office sees already, whenever and for whichever office they were printed: each asks
 * something new, and would reach nobody if it were laid into the case that is open. A clinic keeps its own copy as filed.
 */
async function asksOffice(records: Records, sheets: readonly FoundSheet[]): Promise<readonly string[]> {
  const asking = sheets.filter(({ kind, about }) => kind === requestSheet && about !== undefined);
  if (asking.length === 0) return [];
  const body = readOrganization(await records.read('Organization', records.actor.organization));
  return body.kind === 'office' ? asking.map(({ id }) => id) : [];
}

const keyOf = ({ sheet, page }: Pick<CodedPage, 'sheet' | 'page'>): string => `${sheet} ${String(page)}`;

/** Undefined once it is filed. */
async function fileOne(
  open: OpenRecords,
  actor: Actor,
  log: Log,
  page: CodedPage,
  place: Place | Back,
): Promise<PageWhy | undefined> {
  try {
    await open(actor, async (records) =>
      'back' in place
        ? attachPage(records, page.id, place)
        : void (await fileInRecord(records, page.id, place)),
    );
    return undefined;
  } catch (error) {
    // Another picture of it was filed at the same moment.
    if (error instanceof Refused) return error.problem.kind === 'conflict' ? 'again' : 'unseen';
    log.error({ err: error, page: page.id }, 'a page could not be filed');
    return 'none';
  }
}
