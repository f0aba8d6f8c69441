import { newCode } from '../access/secrets.ts';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { addWorkingDays, dayInTokyo } from '../kernel/japan/calendar.ts';
import { conflict } from '../kernel/problem.ts';
import type { Invitations } from '../programs/program.ts';
import type { Member } from './file/member.ts';
import { noteList } from './log.ts';
import type { Inviting } from './programs.ts';
import type { ContactKind } from './queries.ts';

export type NewList = Readonly<{ program: Inviting; title: string; members: readonly Member[] }>;

/** The same day so many months later; where there is none, the last of that month. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Keeps a list, in one transaction. Whoever is on another list of the insurer stays on that one. Returns its id. */
export async function keepList(records: Records, { program, title, members }: NewList): Promise<string> {
  const { actor, now } = records;
  const id = records.newId();
  await records.run(sql`insert into invitation_list (id, insurer_id, program, title, made_at, made_by, ends_on, taken)
    values (${id}::uuid, ${actor.organization}::uuid, ${program.id}, ${title}, ${now}, ${actor.post ?? null}::uuid,
      ${monthsAfter(dayInTokyo(now), program.invitations.keepMonths)}::date, 0)`);
  const rows = members.map((member) => ({ ...member, id: records.newId(), code: newCode() }));
  const kept = await records.run(sql`
    insert into invitation (id, list_id, insurer_id, line, symbol, number, branch, name, kana, birth_date, postal_code, address, phone, reason, code)
    select m.id, ${id}::uuid, ${actor.organization}::uuid, m.line, m.symbol, m.number, m.branch, m.name, m.kana, m."birthDate",
      m."postalCode", m.address, m.phone, m.reason, m.code
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (id uuid, line integer, symbol text, number text, branch text, name text,
      kana text, "birthDate" text, "postalCode" text, address text, phone text, reason text, code text)
    on conflict (insurer_id, symbol, number, branch) do nothing returning 1 as one`);
  await records.run(sql`update invitation_list set taken = ${kept.length} where id = ${id}::uuid`);
  await noteList(records, 'write', 'invitation list kept', id);
  return id;
}

/** Cards that are on a list of the insurer already. */
export async function alreadyInvited(records: Records, members: readonly Member[]): Promise<number> {
  const cards = members.map(({ symbol, number, branch }) => ({ symbol, number, branch }));
  const [row] = await records.run<{ known: number }>(sql`select count(*)::integer as known
    from jsonb_to_recordset(${JSON.stringify(cards)}::jsonb) as m (symbol text, number text, branch text)
    join invitation i on i.insurer_id = ${records.actor.organization}::uuid and i.symbol = m.symbol and i.number = m.number and i.branch = m.branch`);
  return row?.known ?? 0;
}

/** The next day on which somebody asks again, after that many times; null when nobody does any more. */
const nextDue = ({ followUp }: Invitations, contacts: number, from: Date): string | null =>
  contacts >= followUp.most ? null : dayInTokyo(addWorkingDays(from, followUp.workingDays));

type On = Readonly<{ list: string; invitations: Invitations }>;

/** That these letters went out. Those that went out before stay as they are; returns how many were new. */
export async function markSent(records: Records, on: On, ids: readonly string[]): Promise<number> {
  const { now, actor } = records;
  const sent = await records.run(sql`
    with sent as (
      update invitation set sent_on = ${dayInTokyo(now)}::date,
        due_on = case when been_at is null then ${nextDue(on.invitations, 0, now)}::date end,
        due_held = case when been_at is not null then ${nextDue(on.invitations, 0, now)}::date end
      where list_id = ${on.list}::uuid and id = any (${[...ids]}::uuid[]) and sent_on is null returning id)
    insert into invitation_contact (invitation_id, at, kind, by_post) select id, ${now}::timestamptz, 'letter', ${actor.post ?? null}::uuid from sent returning 1 as one`);
  await noteList(records, 'write', 'invitations sent', on.list);
  return sent.length;
}

/** That these were written to or called again: of those who are due. Returns how many were. */
export async function askAgain(
  records: Records,
  on: On,
  ids: readonly string[],
  kind: Exclude<ContactKind, 'letter'>,
): Promise<number> {
  const { now, actor } = records;
  const { most } = on.invitations.followUp;
  const asked = await records.run(sql`
    with asked as (
      update invitation set contacts = contacts + 1,
        due_on = case when contacts + 1 >= ${most}::integer then null else ${nextDue(on.invitations, 0, now)}::date end
      where list_id = ${on.list}::uuid and id = any (${[...ids]}::uuid[]) and due_on <= ${dayInTokyo(now)}::date
        and contacts < ${most}::integer returning id)
    insert into invitation_contact (invitation_id, at, kind, by_post) select id, ${now}::timestamptz, ${kind}, ${actor.post ?? null}::uuid from asked returning 1 as one`);
  await noteList(records, 'write', 'invited members asked again', on.list);
  return asked.length;
}

const gone = () =>
  conflict(
    'この方は、もう名簿にありません。ご本人が断ったか、受診されたか、期限が過ぎました。',
    'This person is not on the list any more: they said no, came, or the list has ended.',
  );

/** How the insurer heard of an answer that somebody did not give themselves. */
export type Heard = 'telephone' | 'slip';

/** The person said that they will go. Who will go has not been there. */
export async function noteAgreed(records: Records, on: On, id: string, by: Heard): Promise<void> {
  const { now } = records;
  const due = nextDue(on.invitations, 0, now);
  const found =
    await records.run(sql`update invitation set agreed_at = coalesce(agreed_at, ${now}::timestamptz), agreed_by = coalesce(agreed_by, ${by}),
      due_on = ${laterOf(due)}, ${notBeen}
    where list_id = ${on.list}::uuid and id = ${id}::uuid returning 1 as one`);
  if (found.length === 0) throw gone();
  await noteList(records, 'write', 'invitation answered', on.list);
}

const notBeen = sql`been_at = null, been_by = null, been_on = null, been_where = null, due_held = null`;
/** Whom somebody would have asked again is asked no sooner than that day. */
const laterOf = (due: string | null) =>
  sql`case when coalesce(due_on, due_held) is null then null else greatest(due_on, due_held, ${due}::date) end`;

export type Been = Readonly<{ day: string | undefined; place: string | undefined }>;

/** The person said that they have seen a doctor, perhaps when and where: nobody asks them again. */
export async function noteBeen(
  records: Records,
  on: On,
  id: string,
  { by, day, place }: Been & Readonly<{ by: Heard }>,
): Promise<void> {
  const found =
    await records.run(sql`update invitation set been_at = coalesce(been_at, ${records.now}::timestamptz), been_by = coalesce(been_by, ${by}),
      been_on = ${day ?? null}::date, been_where = ${place ?? null},
      due_held = case when been_at is null then due_on else due_held end, due_on = null
    where list_id = ${on.list}::uuid and id = ${id}::uuid returning 1 as one`);
  if (found.length === 0) throw gone();
  await noteList(records, 'write', 'invitation answered', on.list);
}

/** They have not been there after all: whoever was to be asked again is. */
export async function takeBackBeen(records: Records, on: On, id: string): Promise<void> {
  const found =
    await records.run(sql`update invitation set due_on = ${laterOf(nextDue(on.invitations, 0, records.now))}, ${notBeen}
    where list_id = ${on.list}::uuid and id = ${id}::uuid returning 1 as one`);
  if (found.length === 0) throw gone();
  await noteList(records, 'write', 'invitation answered', on.list);
}

/** The person does not want it: at once nothing of them is left, and the list has one more who does not. */
export async function endInvitation(records: Records, list: string, id: string): Promise<void> {
  const found = await records.run(
    sql`delete from invitation where list_id = ${list}::uuid and id = ${id}::uuid returning 1 as one`,
  );
  if (found.length === 0) throw gone();
  await records.run(sql`update invitation_list set ended = ended + 1 where id = ${list}::uuid`);
  await noteList(records, 'write', 'invitation ended', list);
}
