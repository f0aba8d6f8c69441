import type { Coverage, Organization, Patient } from '@medplum/fhirtypes';
import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import { systems } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import { isId } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { readOrganization, type ReadBody } from './record.ts';
import type { PatientSearch } from './search.ts';

export const pageSize = 30;
/** A search that finds more than this is no search; the newest of them are shown. */
const mostMatches = 300;

/** One line of the list: the person and where each of the four steps stands. What is not there is null. */
export type PatientLine = Readonly<{
  patient_id: string;
  patient: Stored<Patient>;
  at: Date;
  answered_at: Date | null;
  /** Answers that somebody has to see today, and nobody has opened (id). */
  see_today: string | null;
  asked_until: Date | null;
  consent_status: string | null;
  consent_until: Date | null;
  task_status: string | null;
  office: Organization | null;
  report_id: string | null;
}>;

/**
 * One page of the clinic's patients, newest activity first; one more than `pageSize` when there are more. Two
 * statements: which persons, and what there is about each.
 */
export async function patientLines(
  records: Records,
  search: PatientSearch | undefined,
  page: number,
): Promise<PatientLine[]> {
  const end = page * pageSize + 1;
  const from = (page - 1) * pageSize;
  const chosen = await records.rows<{ id: string; at: Date }>(
    'patients',
    search ? matching(records, search, from, pageSize + 1) : newest(records, from, end, pageSize + 1),
  );
  const at = new Map(chosen.map((row) => [row.id, row.at]));
  const rows = await records.rows<Omit<PatientLine, 'at'>>(
    'patients',
    statesOf(records, [...at.keys()]),
    (row) => row.patient_id,
  );
  return rows
    .map((row): PatientLine => ({ ...row, at: at.get(row.patient_id) ?? new Date(0) }))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime() || a.patient_id.localeCompare(b.patient_id));
}

/** The ids of the persons whom the list shows on its pages, in its order, no more than `most`. */
export const listedPatients = async (
  records: Records,
  search: PatientSearch | undefined,
  most: number,
): Promise<string[]> =>
  (
    await records.rows<{ id: string }>(
      'patients',
      search ? matching(records, search, 0, most) : newest(records, 0, most, most),
    )
  ).map((row) => row.id);

/**
 * Each kind of record gives its newest rows by an index of the clinic, so that a clinic with ten thousand patients pays
 * for a page and not for ten thousand. Four rows a person are enough to fill a page from one kind alone.
 */
function newest(records: Records, from: number, end: number, most: number): Sql {
  const mine = records.actor.organization;
  const recent = (person: string, table: string, where: Sql): Sql =>
    sql`(select ${trusted(person)} as id, updated_at from ${trusted(table)} where ${where}
      order by updated_at desc limit ${end * 4})`;
  return sql`
    with lately as materialized (
      select id, max(updated_at) as at from (
        ${joinSql(
          [
            recent('id', 'patient', sql`organization_id = ${mine}::uuid`),
            recent('patient_id', 'questionnaire_response', sql`keeper = ${mine}::uuid`),
            recent('patient_id', 'consent', sql`organization_id = ${mine}::uuid`),
            recent('patient_id', 'task', sql`requester_id = ${mine}::uuid`),
            recent('patient_id', 'communication', sql`addressee = ${mine}::uuid`),
          ],
          ' union all ',
        )}
      ) every_kind group by id)
    select id, at from lately
    where exists (select 1 from patient p where p.id = lately.id and p.organization_id = ${mine}::uuid)
    order by at desc, id limit ${most} offset ${from}`;
}

const latest = (table: string): Sql =>
  sql`(select max(updated_at) from ${trusted(table)} where patient_id = found.id)`;

function matching(records: Records, search: PatientSearch, from: number, most: number): Sql {
  return sql`
    select id, greatest(updated_at, ${latest('questionnaire_response')}, ${latest('consent')}, ${latest('task')},
      ${latest('communication')}) as at
    from (
      select id, updated_at from patient
      where organization_id = ${records.actor.organization}::uuid and ${conditionOf(search)}
      order by updated_at desc limit ${mostMatches}
    ) found
    order by at desc, id limit ${most} offset ${from}`;
}

function conditionOf({ words, digits, birthDate }: PatientSearch): Sql {
  const either = [
    ...(birthDate === undefined ? [] : [sql`birth_date = ${birthDate}`]),
    ...(digits === undefined
      ? []
      : [sql`exists (select 1 from unnest(phone) n where n like ${`%${digits}%`})`]),
    ...(words.length === 0
      ? []
      : [
          sql`(${joinSql(
            words.map((word) => sql`strpos(replace(name, ' ', ''), replace(fhir_key(${word}), ' ', '')) > 0`),
            ' and ',
          )})`,
        ]),
  ];
  return either.length === 0 ? sql`false` : sql`(${joinSql(either, ' or ')})`;
}

const statesOf = (records: Records, ids: readonly string[]): Sql => sql`
  select p.id as patient_id, p.content as patient, q.authored as answered_at, l.expires_at as asked_until,
    c.status as consent_status, c.period_end as consent_until, t.status as task_status, o.content as office,
    m.id as report_id, (select response_id from urgent_answers where patient_id = p.id and opened_at is null
      order by at desc limit 1) as see_today
  from patient p
  left join lateral (select authored from questionnaire_response where patient_id = p.id and item = 'answers'
    and status in ('completed', 'amended') order by authored desc nulls last limit 1) q on true
  left join lateral (select max(expires_at) as expires_at from one_time_link where patient_id = p.id
    and purpose = 'answer-questionnaire' and used_at is null and expires_at > ${records.now}) l on true
  left join lateral (select status, period_end from consent where patient_id = p.id and 'IDSCL' = any (category)
    order by (status = 'active' and period_end > ${records.now}) desc, date_time desc limit 1) c on true
  left join lateral (select status, owner_id from task where patient_id = p.id and part_of_id is null
    and status <> 'entered-in-error' order by authored_on desc limit 1) t on true
  left join organization o on o.id = t.owner_id
  left join lateral (select id from communication where patient_id = p.id and 'report' = any (category)
    and addressee = ${records.actor.organization}::uuid order by sent desc nulls last limit 1) m on true
  where p.id = any (${ids}::uuid[])`;

export type KnownPerson = Readonly<{
  patient_id: string;
  patient: Stored<Patient>;
  coverage: Stored<Coverage> | null;
}>;

/** The clinic's persons with that kana name and birth date, each with the insurance in force. */
export const personsLike = (
  records: Records,
  who: Readonly<{ kana: string; birthDate: string }>,
): Promise<KnownPerson[]> =>
  records.rows<KnownPerson>(
    'possible duplicates',
    sql`
    select p.id as patient_id, p.content as patient, c.content as coverage
    from patient p
    left join lateral (select content from coverage where patient_id = p.id and status = 'active'
      order by updated_at desc limit 1) c on true
    where p.organization_id = ${records.actor.organization}::uuid and p.birth_date = ${who.birthDate}
      and strpos(replace(p.name, ' ', ''), replace(fhir_key(${who.kana}), ' ', '')) > 0
    order by p.updated_at desc limit 10`,
    (row) => row.patient_id,
  );

/** One person with the insurance in force, in one statement; nobody for an id that is none. */
export const personWithCard = (records: Records, id: string): Promise<KnownPerson[]> =>
  isId(id)
    ? records.rows<KnownPerson>(
        'person',
        sql`select p.id as patient_id, p.content as patient, c.content as coverage
          from patient p
          left join lateral (select content from coverage where patient_id = p.id and status = 'active'
            order by updated_at desc limit 1) c on true
          where p.id = ${id}::uuid`,
        (row) => row.patient_id,
      )
    : Promise.resolve([]);

/** All municipalities that are known. */
export const municipalities = (records: Records): Promise<Stored<Organization>[]> =>
  records.find('Organization', [['type', `${systems.organizationType}|municipality`]], 2000);

/** Those a person can live in, by their code. */
export const readTowns = async (records: Records): Promise<ReadBody[]> =>
  (await municipalities(records))
    .map(readOrganization)
    .filter((town) => town.active && town.municipalityCode !== undefined)
    .toSorted((a, b) => (a.municipalityCode ?? '').localeCompare(b.municipalityCode ?? ''));
