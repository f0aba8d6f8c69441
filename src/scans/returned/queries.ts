import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import { notFound } from '../../kernel/problem.ts';

export type WaitingPaper = Readonly<{
  id: string;
  number: number;
  at: Date;
  /** Of an invitation. */
  member: string | null;
  list: string | null;
  /** Of a session. */
  gathering: string | null;
  session: string | null;
}>;

/** What came back and nobody has typed in yet, longest waiting first; of the actor's own body. */
export const waitingPaper = (records: Records): Promise<WaitingPaper[]> =>
  records.rows(
    'tray',
    sql`select r.id, r.number, r.at, i.name as member, l.title as list, g.id as gathering, g.title as session
      from returned_page r join scan_page p on p.id = r.id left join invitation i on i.id = r.invitation_id left join invitation_list l on l.id = i.list_id
        left join gathering g on g.id = r.gathering_id
      where r.organization_id = ${records.actor.organization}::uuid and r.done_at is null order by r.at, p.scan_id, p.number limit 50`,
  );

export type Slip = Readonly<{ id: string; list: string; invitation: string; done: boolean }>;

/** A slip and whose it is; `not-found` where there is none that the actor sees. `lock`: against two who type it at once. */
export async function readSlip(records: Records, id: unknown, lock = false): Promise<Slip> {
  const held = lock ? sql`for update of r` : sql``;
  const [slip] = isId(id)
    ? await records.rows<Slip>(
        'reply slip',
        sql`select r.id, i.list_id as list, i.id as invitation, r.done_at is not null as done
          from returned_page r join invitation i on i.id = r.invitation_id where r.id = ${id}::uuid ${held}`,
      )
    : [];
  if (!slip) throw notFound();
  return slip;
}

export async function pictureOf(records: Records, id: unknown): Promise<Buffer> {
  const [page] = isId(id)
    ? await records.rows<{ png: Buffer }>(
        'paper that came back',
        sql`select png from returned_page where id = ${id}::uuid`,
      )
    : [];
  if (!page) throw notFound();
  return page.png;
}

/** The pages of a session's attendance list that came back. */
export const pagesOfList = (
  records: Records,
  gathering: string,
): Promise<{ id: string; number: number; done: boolean }[]> =>
  records.rows(
    'attendance list',
    sql`select id, number, done_at is not null as done from returned_page where gathering_id = ${gathering}::uuid
      order by done_at is not null, number, at limit 20`,
  );

/** Those of the named pages of a session's list that nobody has typed in yet, held against two who type them at once. */
export const holdWaiting = async (
  records: Records,
  gathering: string,
  ids: readonly string[],
): Promise<string[]> =>
  (
    await records.rows<{ id: string }>(
      'attendance list',
      sql`select id from returned_page where gathering_id = ${gathering}::uuid and id = any (${[...ids]}::uuid[])
        and done_at is null order by id for update`,
    )
  ).map(({ id }) => id);

export type FoundMember = Readonly<{
  id: string;
  name: string;
  kana: string;
  birth_date: string;
  list: string;
}>;

/** Whose slip it may be: on the insurer's own lists, by the code of the letter, the member's number or the kana name. */
export function findMembers(records: Records, typed: string): Promise<FoundMember[]> {
  const narrow = typed.normalize('NFKC').trim();
  const figures = narrow.replaceAll(/[\s‐−ー-]/gu, '');
  if (narrow === '') return Promise.resolve([]);
  return records.rows(
    'invited members',
    sql`select i.id, i.name, i.kana, i.birth_date, l.title as list from invitation i join invitation_list l on l.id = i.list_id
      where i.code = ${figures} or i.number = ${narrow} or starts_with(fhir_key(i.kana), fhir_key(${typed}))
      order by i.kana, i.id limit 20`,
  );
}

/** Sessions whose list may come back now: of the last sixty days, the newest first. */
export const sessionsLately = (
  records: Records,
): Promise<{ id: string; title: string; starts_at: Date; ends_at: Date }[]> =>
  records.rows(
    'sessions',
    sql`select id, title, starts_at, ends_at from gathering where organization_id = ${records.actor.organization}::uuid and status = 'planned'
      and starts_at between ${records.now}::timestamptz - interval '60 days' and ${records.now}::timestamptz + interval '1 day'
      order by starts_at desc limit 60`,
  );
