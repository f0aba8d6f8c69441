import type { Patient } from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { isId } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { notFound } from '../kernel/problem.ts';

/** Members on one page of a list, and letters in one PDF. */
export const pageSize = 50;

/** A list with how far it has come. `left` are those still on it. */
export type InvitationList = Readonly<{
  id: string;
  program: string;
  title: string;
  made_at: Date;
  ends_on: string;
  taken: number;
  ended: number;
  lapsed: number;
  left: number;
  sent: number;
  agreed: number;
  /** Who says that they have seen a doctor. */
  been: number;
  due: number;
  /** Slips that came back and whose answer nobody has recorded yet. */
  slips: number;
  /** Who came, as far as their consent lets the insurer know. */
  came: number;
}>;

const counted = (today: string, which: ReturnType<typeof sql>) => sql`
  select l.id, l.program, l.title, l.made_at, to_char(l.ends_on, 'YYYY-MM-DD') as ends_on, l.taken, l.ended, l.lapsed,
    i."left", i.sent, i.agreed, i.been, i.due, v.came, p.slips
  from invitation_list l
  left join lateral (select count(*)::integer as "left", count(sent_on)::integer as sent, count(agreed_at)::integer as agreed,
    count(been_at)::integer as been, count(*) filter (where due_on <= ${today}::date)::integer as due from invitation where list_id = l.id) i on true
  left join lateral (select count(*)::integer as came from invitation_visit where list_id = l.id) v on true
  left join lateral (select count(*)::integer as slips from returned_page r join invitation w on w.id = r.invitation_id
    where w.list_id = l.id and r.done_at is null) p on true
  ${which}`;

export const listsOf = (records: Records): Promise<InvitationList[]> =>
  records.rows(
    'invitation lists',
    sql`${counted(dayInTokyo(records.now), sql``)} order by l.made_at desc limit 100`,
  );

export async function readListOf(records: Records, id: string): Promise<InvitationList> {
  if (!isId(id)) throw notFound();
  const [found] = await records.rows<InvitationList>(
    'invitation list',
    counted(dayInTokyo(records.now), sql`where l.id = ${id}::uuid`),
  );
  if (!found) throw notFound();
  return found;
}

/** Somebody who is invited, for their insurer alone. */
export type Invited = Readonly<{
  id: string;
  line: number;
  symbol: string;
  number: string;
  branch: string;
  name: string;
  kana: string;
  birth_date: string;
  postal_code: string;
  address: string;
  phone: string;
  reason: string;
  code: string;
  sent_on: string | null;
  agreed_at: Date | null;
  agreed_by: AnsweredBy | null;
  /** They say that they have seen a doctor; perhaps when and where. */
  been_at: Date | null;
  been_by: AnsweredBy | null;
  been_on: string | null;
  been_where: string | null;
  contacts: number;
  due_on: string | null;
  /** The newest slip that came back, and whether somebody has recorded its answer. */
  slip: string | null;
  slip_done: boolean | null;
}>;
export type AnsweredBy = 'themselves' | 'telephone' | 'slip';

const fields = sql`invitation.id, line, symbol, number, branch, name, kana, birth_date, postal_code, address, phone, reason, code,
  to_char(sent_on, 'YYYY-MM-DD') as sent_on, agreed_at, agreed_by, been_at, been_by, to_char(been_on, 'YYYY-MM-DD') as been_on, been_where, contacts,
  to_char(due_on, 'YYYY-MM-DD') as due_on, p.slip, p.slip_done`;
const withSlip = sql`invitation left join lateral (select r.id as slip, r.done_at is not null as slip_done from returned_page r
  where r.invitation_id = invitation.id order by r.done_at is null desc, r.at desc limit 1) p on true`;

/** One page of a list in the order of its file; one more than `pageSize` when there are more. */
export const membersOn = (records: Records, list: string, page: number): Promise<Invited[]> =>
  records.rows(
    'invited members',
    sql`select ${fields} from ${withSlip} where list_id = ${list}::uuid order by line
      offset ${(page - 1) * pageSize}::integer limit ${pageSize + 1}::integer`,
  );

/** Those on the insurer's own list whose code, number or kana name begins so. */
export const membersLike = (records: Records, list: string, typed: string): Promise<Invited[]> => {
  const narrow = typed.normalize('NFKC');
  const figures = narrow.replaceAll(/[\s‐−ー-]/gu, '');
  return records.rows(
    'invited members',
    sql`select ${fields} from ${withSlip} where list_id = ${list}::uuid
      and (code = ${figures} or number = ${narrow} or starts_with(fhir_key(kana), fhir_key(${typed})) or starts_with(fhir_key(name), fhir_key(${typed})))
      order by line limit ${pageSize}::integer`,
  );
};

/** Whom to write to or call again, longest waiting first. */
export const membersDue = (records: Records, list: string): Promise<Invited[]> =>
  records.rows(
    'invited members to ask again',
    sql`select ${fields} from ${withSlip} where list_id = ${list}::uuid and due_on <= ${dayInTokyo(records.now)}::date
      order by due_on, line limit ${pageSize}::integer`,
  );

export type Contact = Readonly<{ at: Date; kind: ContactKind; by: string | null }>;
const contactKinds = ['letter', 'reminder', 'reached', 'no-answer'] as const;
export type ContactKind = (typeof contactKinds)[number];

export async function readMember(
  records: Records,
  list: string,
  id: string,
): Promise<Readonly<{ member: Invited; contacts: readonly Contact[] }>> {
  if (!isId(id)) throw notFound();
  const [member] = await records.rows<Invited>(
    'invited member',
    sql`select ${fields} from ${withSlip} where list_id = ${list}::uuid and invitation.id = ${id}::uuid`,
  );
  if (!member) throw notFound();
  const contacts = await records.rows<Contact>(
    'contacts',
    sql`select c.at, c.kind, r.content #>> '{practitioner,display}' as by from invitation_contact c
      left join practitioner_role r on r.id = c.by_post where c.invitation_id = ${id}::uuid order by c.at desc, c.id desc limit 20`,
  );
  return { member, contacts };
}

export type Visited = Readonly<{
  patient_id: string;
  patient: Stored<Patient>;
  clinic: string;
  came_on: string;
}>;

/** Who came, as far as their consent lets the insurer know; the newest first. */
export const visitsOf = (records: Records, list: string): Promise<Visited[]> =>
  records.rows<Visited>(
    'visits of invited members',
    sql`select v.patient_id, p.content as patient, o.content ->> 'name' as clinic, to_char(v.came_on, 'YYYY-MM-DD') as came_on
      from invitation_visit v join patient p on p.id = v.patient_id join organization o on o.id = v.clinic_id
      where v.list_id = ${list}::uuid order by v.came_on desc, v.patient_id limit 100`,
    (row) => row.patient_id,
  );
