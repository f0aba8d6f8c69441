import type { Patient } from '@medplum/fhirtypes';
import { joinSql, sql, type Sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { isId } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { readSearch } from '../people/search.ts';
import type { PageWhy } from './text.ts';

export type WaitingFile = Readonly<{
  id: string;
  name: string;
  state: 'waiting' | 'reading' | 'refused';
  fault: Sentence | null;
  at: Date;
}>;

export type TrayPage = Readonly<{
  id: string;
  name: string;
  number: number;
  why: PageWhy | null;
  at: Date;
}>;

export type DonePage = Readonly<{
  id: string;
  name: string;
  number: number;
  state: 'filed' | 'thrown';
  task: string | null;
  patient: string | null;
  document: string | null;
  reason: string | null;
  by_itself: boolean;
  /** It came back and belongs into no record: whether it is a slip or a list; gone with what it belonged to. */
  returned: 'slip' | 'list' | null;
  gathering: string | null;
  done_at: Date;
}>;

const trayLength = 50;

/** What the tray shows, in three statements: files under way or refused, pages to be sorted, what was done lately. */
export async function readTray(records: Records) {
  const mine = sql`organization_id = ${records.actor.organization}::uuid`;
  const files = await records.rows<WaitingFile>(
    'tray',
    sql`select id, name, state, fault, at from scan where ${mine} and state <> 'read' order by at desc limit 20`,
  );
  const pages = await records.rows<TrayPage>(
    'tray',
    sql`select p.id, s.name, p.number, p.why, s.at from scan_page p join scan s on s.id = p.scan_id
      where p.${mine} and p.state = 'tray' order by s.at desc, s.id, p.number limit ${trayLength}`,
  );
  const done = await records.rows<DonePage>(
    'tray',
    sql`select p.id, s.name, p.number, p.state, p.task_id as task, p.patient_id as patient, p.document_id as document,
        p.reason, p.done_by is null as by_itself, p.done_at, r.gathering_id as gathering,
        case when r.gathering_id is not null then 'list' when r.id is not null then 'slip' end as returned
      from scan_page p join scan s on s.id = p.scan_id left join returned_page r on r.id = p.id
      where p.${mine} and p.state <> 'tray' order by p.done_at desc limit 20`,
  );
  return { files, pages, done };
}

/** Whether a file is still being read: then the page renews itself. */
export const isReading = (files: readonly WaitingFile[]): boolean =>
  files.some((one) => one.state !== 'refused');

export type ScanPage = Readonly<{
  id: string;
  scan: string;
  name: string;
  number: number;
  png: Buffer | null;
  width: number;
  height: number;
  turn: 0 | 90 | 180 | 270;
  state: 'tray' | 'filed' | 'thrown';
  why: PageWhy | null;
  sheet: string | null;
  sheet_page: number | null;
  document: string | null;
  at: Date;
}>;

/** One page, of the actor's own body; undefined for any other. `lock` keeps two hands from sorting it at once. */
export async function readPage(
  records: Records,
  id: string,
  how: Readonly<{ picture?: boolean; lock?: boolean }> = {},
): Promise<ScanPage | undefined> {
  if (!isId(id)) return undefined;
  const picture = how.picture === true ? sql`p.png` : sql`null::bytea as png`;
  const lock = how.lock === true ? sql`for update of p` : sql``;
  const [page] = await records.rows<ScanPage>(
    'tray',
    sql`select p.id, p.scan_id as scan, s.name, p.number, ${picture}, p.width, p.height, p.turn, p.state, p.why, p.sheet,
        p.sheet_page, p.document_id as document, s.at
      from scan_page p join scan s on s.id = p.scan_id where p.id = ${id}::uuid ${lock}`,
  );
  return page;
}

/** The page after this one that waits, so that one hand can sort a pile. */
export async function nextInTray(records: Records, after: string): Promise<string | undefined> {
  const [row] = await records.rows<{ id: string }>(
    'tray',
    sql`select id from scan_page where organization_id = ${records.actor.organization}::uuid and state = 'tray' and id <> ${after}::uuid
      order by (id < ${after}::uuid) desc, id desc limit 1`,
  );
  return row?.id;
}

export type FoundCase = Readonly<{
  patient_id: string;
  patient: Stored<Patient>;
  task: string | null;
  case_number: string | null;
  status: string | null;
}>;

/**
 * Persons with their newest referral to or from the actor's body, by what somebody typed: parts of a name, a birth date,
 * digits of a telephone, a case number. At most twenty.
 */
export async function findCases(records: Records, typed: string): Promise<FoundCase[]> {
  const search = readSearch(typed);
  if (search === undefined) return [];
  const mine = records.actor.organization;
  const number = typed.normalize('NFKC').trim().toUpperCase();
  const either: Sql[] = [
    ...(search.birthDate === undefined ? [] : [sql`p.birth_date = ${search.birthDate}`]),
    ...(search.digits === undefined
      ? []
      : [sql`exists (select 1 from unnest(p.phone) n where n like ${`%${search.digits}%`})`]),
    ...(search.words.length === 0
      ? []
      : [
          sql`(${joinSql(
            search.words.map(
              (word) => sql`strpos(replace(p.name, ' ', ''), replace(fhir_key(${word}), ' ', '')) > 0`,
            ),
            ' and ',
          )})`,
        ]),
    sql`p.id in (select patient_id from task where content #>> '{identifier,0,value}' = ${number}
      and (owner_id = ${mine}::uuid or requester_id = ${mine}::uuid))`,
  ];
  return records.rows<FoundCase>(
    'tray',
    sql`
    select p.id as patient_id, p.content as patient, t.id as task, t.content #>> '{identifier,0,value}' as case_number, t.status
    from patient p
    left join lateral (select id, content, status from task
      where patient_id = p.id and part_of_id is null and (owner_id = ${mine}::uuid or requester_id = ${mine}::uuid)
        and status not in ('entered-in-error', 'draft')
      order by status in ('requested', 'accepted', 'in-progress', 'on-hold') desc, authored_on desc limit 1) t on true
    where (p.organization_id = ${mine}::uuid or t.id is not null) and (${joinSql(either, ' or ')})
    order by p.updated_at desc limit 20`,
    (row) => row.patient_id,
  );
}
