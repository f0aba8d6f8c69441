import type { Patient } from '@medplum/fhirtypes';
import type { Database } from '../database/database.ts';
import { sql, type Sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { isId } from '../fhir/references.ts';
import { startOfDayInTokyo } from '../kernel/japan/calendar.ts';
import { notFound } from '../kernel/problem.ts';
import { displayName, readPatient } from '../people/record.ts';
import type { Counted, Counts, DropIn, Gathering, Place, Way } from './model.ts';

type CountRow = { gathering_id: string; way: Way; booked: number; waiting: number; attended: number };

/** Two statements, however many there are. */
async function counted(records: Records, which: Sql): Promise<Counted[]> {
  const found = await records.rows<Gathering & Record<string, unknown>>('sessions', which);
  if (found.length === 0) return [];
  const counts = await records.rows<CountRow>(
    'sessions',
    sql`select * from gathering_counts(${found.map(({ id }) => id)}::uuid[])`,
  );
  return found.map((one) => ({
    ...one,
    counts: Object.fromEntries(
      counts.filter((row) => row.gathering_id === one.id).map(({ way, ...row }) => [way, row]),
    ) as Counts,
  }));
}

/** From the first of the month (`YYYY-MM`) to the first of the next, in Tokyo. */
const monthSpan = (month: string): readonly [Date, Date] => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const next =
    number === 12 ? `${String(year + 1)}-01` : `${String(year)}-${String(number + 1).padStart(2, '0')}`;
  return [startOfDayInTokyo(`${month}-01`), startOfDayInTokyo(`${next}-01`)];
};

/** What the actor's body holds in a month, the first first; up to `until` where that is later. */
export const inMonth = (records: Records, month: string, until?: Date): Promise<Counted[]> => {
  const [from, end] = monthSpan(month);
  const to = until !== undefined && until > end ? until : end;
  return counted(
    records,
    sql`select * from gathering where organization_id = ${records.actor.organization}::uuid
      and starts_at >= ${from}::timestamptz and starts_at < ${to}::timestamptz order by starts_at, id limit 300`,
  );
};

/** What is still to come, the next first. */
export const toCome = (records: Records, most = 60): Promise<Counted[]> =>
  counted(
    records,
    sql`select * from gathering where organization_id = ${records.actor.organization}::uuid
      and status = 'planned' and ends_at > ${records.now}::timestamptz order by starts_at, id limit ${most}`,
  );

/** One gathering of the actor's body; `not-found` for any other. */
export async function readGathering(records: Records, id: unknown): Promise<Counted> {
  const [one] = isId(id) ? await counted(records, sql`select * from gathering where id = ${id}::uuid`) : [];
  if (!one) throw notFound();
  return one;
}

/** Where it is held online; for whoever has a place, and for the body itself. */
export async function linkOf(records: Records, id: string): Promise<string | undefined> {
  const [row] = await records.rows<{ url: string }>(
    'session link',
    sql`select url from gathering_link where gathering_id = ${id}::uuid`,
  );
  return row?.url;
}

type PlaceRow = Omit<Place, 'name'> & { name: string | null; patient: Patient | null } & Record<
    string,
    unknown
  >;
const asPlace = ({ patient, ...row }: PlaceRow): Place => ({
  ...row,
  name: row.name ?? (patient ? displayName(readPatient(patient), 'ja') : ''),
});

const placesWhere = (where: Sql): Sql => sql`
  select p.id, p.gathering_id, p.way, p.state, p.name, p.task_id, p.patient_id, p.walk_in, p.attended, p.language,
    case when held.back then null else c.mail end as mail, case when held.back then null else c.phone end as phone,
    held.back as silent, person.content as patient
  from gathering_place p left join gathering_contact c on c.place_id = p.id left join patient person on person.id = p.patient_id
  cross join lateral (select p.patient_id is not null and letters_stopped(p.patient_id, p.task_id) as back) held
  where ${where} order by p.turn`;

/** Everybody with a place whom the actor sees, in the order in which they came. */
export const placesOf = async (records: Records, gathering: string): Promise<Place[]> =>
  (
    await records.rows<PlaceRow>(
      'session places',
      placesWhere(sql`p.gathering_id = ${gathering}::uuid and p.state <> 'cancelled'`),
      (row) => row.patient_id,
    )
  ).map(asPlace);

/** How many pages of its attendance list came back. */
export async function pagesReturned(records: Records, gathering: string): Promise<number> {
  const [row] = await records.rows<{ count: number }>(
    'attendance list',
    sql`select count(*)::integer as count from returned_page where gathering_id = ${gathering}::uuid`,
  );
  return row?.count ?? 0;
}

/** One place of the actor's body; `not-found` where there is none that the actor sees. */
export async function readPlace(records: Records, id: unknown): Promise<Place> {
  if (!isId(id)) throw notFound();
  const [row] = await records.rows<PlaceRow>(
    'session place',
    placesWhere(sql`p.id = ${id}::uuid`),
    (one) => one.patient_id,
  );
  if (!row) throw notFound();
  return asPlace(row);
}

/** The places that the person of a referral has or had, by gathering. */
export const placesOfCase = (
  records: Records,
  task: string,
): Promise<{ id: string; gathering_id: string; way: Way; state: Place['state'] }[]> =>
  records.rows(
    'session places',
    sql`select id, gathering_id, way, state from gathering_place where task_id = ${task}::uuid and state <> 'cancelled'`,
  );

/** Talks at a gathering, the newest first. */
export const talksAt = (records: Records, gathering: string): Promise<DropIn[]> =>
  records.rows<DropIn & Record<string, unknown>>(
    'talks',
    sql`select * from drop_in where gathering_id = ${gathering}::uuid order by at desc, id desc limit 200`,
  );

/** Places of the directory to choose from: those of resources in the municipalities of the actor's body. */
export const placesToChoose = (
  records: Records,
  area: readonly string[],
): Promise<{ id: string; name: string; address: string | null }[]> =>
  records.rows(
    'places',
    sql`select distinct l.id, l.content ->> 'name' as name, l.content #>> '{address,text}' as address
      from healthcare_service s join location l on l.id = s.location_id
      where s.serves && ${area}::text[] and s.active = 'true' and l.content ->> 'name' is not null
      order by 2 limit 150`,
  );

/** Whose gathering a place is in, for the bearer of its address; undefined where there is none. */
export async function bodyOfPlace(database: Database, id: string): Promise<string | undefined> {
  const [row] = await database.rows<{ body: string | null }>(sql`select body_of_place(${id}::uuid) as body`);
  return row?.body ?? undefined;
}

/**
 * Places with the number under which somebody is reached: the one they gave, of a person of a referral the one in their
 * record, unless they must not be contacted.
 */
export async function phonesOf(records: Records, places: readonly Place[]): Promise<Place[]> {
  const known = await records.readMany(
    'Patient',
    places.flatMap(({ patient_id: id }) => id ?? []),
  );
  const phones = new Map(known.map(readPatient).map((one) => [one.id, one.phone ?? null]));
  return places.map((place) =>
    place.patient_id === null || place.silent
      ? place
      : { ...place, phone: phones.get(place.patient_id) ?? null },
  );
}
