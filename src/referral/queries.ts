import type { Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import type { Cursor } from './cursor.ts';

/** The views of an office's referrals. */
export const tabs = ['new', 'mine', 'all', 'waiting', 'overdue', 'closed'] as const;
export type Tab = (typeof tabs)[number];

export const pageSize = 50;
/** Counts stop here: nobody acts differently on 180 than on 100. */
const countedUpTo = 100;

/**
 * A line of a list as it comes from the store, with no more of its records than a line shows; what the actor may not see
 * is null.
 */
export type Line = Readonly<{
  task: Stored<Task>;
  /** The deadline to the microsecond, for the way to the next page. */
  due_at: string | null;
  patient: Patient | null;
  /** Name of the organization on the other side. */
  other: string | null;
}>;
export type InboxLine = Line &
  Readonly<{
    category: ServiceRequest['category'] | null;
    detail: ServiceRequest['orderDetail'] | null;
    /** Name of who has it in hand. */
    assignee: string | null;
  }>;

const open = trusted(`status in ('requested', 'accepted', 'in-progress', 'on-hold')`);
/** What the clinic still has to do with: a draft that its program left waits for it to send or cancel. */
const unfinished = trusted(`status in ('draft', 'requested', 'accepted', 'in-progress', 'on-hold')`);
const closed = trusted(`status in ('rejected', 'completed', 'failed', 'cancelled', 'entered-in-error')`);
/** As in the index: what has no deadline comes last. (`coalesce` would be looked at only after the row rules.) */
const dueKey = trusted(`(case when due is null then 'infinity'::timestamptz else due end)`);
const referrals = trusted(`part_of_id is null`);

/** A resident link worker sees what is theirs or nobody's yet. */
function mayHandle({ actor }: Records): Sql {
  return actor.role === 'neighbour'
    ? sql`(assignee_id is null or assignee_id = ${actor.post ?? null}::uuid)`
    : sql`true`;
}

function within(records: Records, tab: Tab): Sql {
  const owner = sql`owner_id = ${records.actor.organization}::uuid and ${referrals} and ${mayHandle(records)}`;
  switch (tab) {
    case 'new':
      return sql`${owner} and ${open} and status = 'requested'`;
    case 'waiting':
      return sql`${owner} and ${open} and status = 'on-hold'`;
    case 'mine':
      return sql`${owner} and ${open} and assignee_id = ${records.actor.post ?? null}::uuid`;
    case 'all':
      return sql`${owner} and ${open}`;
    case 'overdue':
      return sql`${owner} and ${open} and ${dueKey} < ${records.now}::timestamptz`;
    case 'closed':
      return sql`${owner} and ${closed}`;
  }
}

/**
 * One page of a tab, at most `pageSize + 1` lines (the last one tells that there is more), in the tab's order: by urgency
 * and deadline, the closed ones by what changed last. Going back, the lines come in reverse.
 */
export async function inboxLines(
  records: Records,
  tab: Tab,
  cursor: Cursor | undefined,
): Promise<readonly InboxLine[]> {
  const back = cursor?.back === true;
  const where = within(records, tab);
  const [keys, order] = tab === 'closed' ? byChange(cursor, !back) : byUrgency(cursor, back);
  const one = (more: Sql): Sql =>
    sql`(select task.* from task where ${where} ${more} ${keys} order by ${order} limit ${pageSize + 1})`;
  // By deadline alone an index leads within one urgency, so what is overdue is looked up urgency by urgency.
  const lines =
    tab === 'overdue'
      ? joinSql(
          [0, 1, 2, 3].map((u) => one(sql`and urgency = ${u}`)),
          ' union all ',
        )
      : one(trusted(''));
  return records.rows<InboxLine & Record<string, unknown>>(
    'inbox',
    sql`with task as materialized (select * from (${lines}) task order by ${order} limit ${pageSize + 1})
      select ${shown}, r.content -> 'category' as category, r.content -> 'orderDetail' as detail, a.content #>> '{practitioner,display}' as assignee
      from task
      left join patient p on p.id = task.patient_id
      left join service_request r on r.id = task.focus_id
      left join organization o on o.id = task.requester_id
      left join practitioner_role a on a.id = task.assignee_id
      order by ${order}`,
    patientOf,
  );
}

/** The ids of the referrals that a tab shows on its pages, in its order, no more than `most`. */
export const listedReferrals = async (records: Records, tab: Tab, most: number): Promise<string[]> => {
  const [, order] = tab === 'closed' ? byChange(undefined, true) : byUrgency(undefined, false);
  return (
    await records.rows<{ id: string }>(
      'inbox',
      sql`select task.id from task where ${within(records, tab)} order by ${order} limit ${most}`,
    )
  ).map((row) => row.id);
};

const patientOf = (row: Line): string | undefined => row.patient?.id;

/** Of a line's records what is long and not shown stays behind: to read fifty whole ones costs more than to find them. */
const shown = trusted(`task.content - '{output,note,input,text,contained}'::text[] as task,
  to_char(task.due at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as due_at,
  p.content - '{telecom,contact,photo,identifier,communication,text,contained}'::text[] as patient,
  o.content ->> 'name' as other`);

function byUrgency(cursor: Cursor | undefined, back: boolean): [keys: Sql, order: Sql] {
  const after =
    cursor === undefined
      ? sql``
      : sql`and (urgency, ${dueKey}, task.id) ${trusted(back ? '<' : '>')} (${cursor.urgency}::smallint, ${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
  const way = trusted(back ? ' desc' : '');
  return [after, sql`urgency${way}, ${dueKey}${way}, task.id${way}`];
}

function byChange(cursor: Cursor | undefined, newestFirst: boolean): [keys: Sql, order: Sql] {
  const after =
    cursor === undefined
      ? sql``
      : sql`and (task.updated_at, task.id) ${trusted(newestFirst ? '<' : '>')} (${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
  const way = trusted(newestFirst ? ' desc' : '');
  return [after, sql`task.updated_at${way}, task.id${way}`];
}

/** What is closed asks nothing of anybody and is not counted. */
export type Counts = Readonly<Record<Exclude<Tab, 'closed'>, number>>;

/** How many are in each tab, counted no further than needed; one statement. */
export async function inboxCounts(records: Records): Promise<Counts> {
  const count = (tab: Tab): Sql =>
    sql`(select count(*)::int from (select 1 from task where ${within(records, tab)} limit ${countedUpTo}) counted)`;
  // Who has as many new ones as are counted has as many in all.
  const [row] = await records.rows<Counts>(
    'inbox',
    sql`with few as materialized (select ${count('new')} as "new", ${count('mine')} as "mine", ${count('waiting')} as "waiting", ${count('overdue')} as "overdue")
      select few.*, case when "new" < ${countedUpTo} then ${count('all')} else "new" end as "all" from few`,
  );
  return row ?? { new: 0, mine: 0, all: 0, waiting: 0, overdue: 0 };
}

export const sentTabs = ['open', 'closed'] as const;
export type SentTab = (typeof sentTabs)[number];
export type SentLine = Line & Readonly<{ news: Stored | null }>;

/** The clinic's own referrals, what changed last first, each with its newest report. `search`: a name or a case number. */
export async function sentLines(
  records: Records,
  tab: SentTab,
  search: string,
  cursor: Cursor | undefined,
): Promise<readonly SentLine[]> {
  const [keys, order] = byChange(cursor, cursor?.back !== true);
  const wanted =
    search === ''
      ? sql``
      : sql`and (identifier @> array[${search.toUpperCase()}] or exists (select 1 from patient p where p.id = task.patient_id
          and p.name like '% ' || replace(replace(fhir_key(${search}), '%', ''), '_', '') || '%'))`;
  const lines = sql`select task.* from task where requester_id = ${records.actor.organization}::uuid and ${referrals}
    and ${tab === 'open' ? unfinished : closed} ${wanted} ${keys} order by ${order} limit ${pageSize + 1}`;
  return records.rows<SentLine & Record<string, unknown>>(
    'referrals sent',
    sql`with task as materialized (${lines})
      select ${shown}, (select c.content from communication c where c.based_on_id = task.focus_id
        and 'report' = any (c.category) order by c.sent desc limit 1) as news
      from task
      left join patient p on p.id = task.patient_id
      left join organization o on o.id = task.owner_id
      order by ${order}`,
    patientOf,
  );
}
