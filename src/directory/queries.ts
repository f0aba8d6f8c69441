import type { HealthcareService, Location, Organization } from '@medplum/fhirtypes';
import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import { systems } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { freshSince } from './freshness.ts';
import type { Keeper } from './keeper.ts';
import type { Search } from './search.ts';

export const pageSize = 20;

/** One line of the list, and how many lines there are in all. */
export type Line = Readonly<{
  service: Stored<HealthcareService>;
  place: Stored<Location> | null;
  provider: string | null;
  total: number;
}>;

/**
 * One page of the directory: what has room first, then by reading. One statement; what is shown is fetched for the lines
 * of the page alone.
 */
export const findEntries = (records: Records, keeper: Keeper, search: Search): Promise<Line[]> =>
  records.rows<Line & Record<string, unknown>>(
    'directory',
    sql`
    select s.content as service, l.content as place, o.content ->> 'name' as provider, found.total
    from (
      select s.id, s.words, ${room} as room, count(*) over ()::int as total
      from healthcare_service s
      left join location l on l.id = s.location_id
      left join organization o on o.id = s.organization_id
      where ${joinSql(conditions(search, keeper, records.now), ' and ')}
      order by room, s.words, s.id
      limit ${pageSize} offset ${(search.page - 1) * pageSize}
    ) found
    join healthcare_service s on s.id = found.id
    left join location l on l.id = s.location_id
    left join organization o on o.id = s.organization_id
    order by found.room, found.words, found.id`,
  );

const room = trusted(
  `case s.capacity when 'capacity' then 0 when 'additional-assessment-required' then 1 when 'waitlist' then 2 else 3 end`,
);

function conditions(search: Search, keeper: Keeper, now: Date): Sql[] {
  const { need, area, interest, capacity } = search;
  return [
    ...(search.closed || search.show === 'own' ? [sql`true`] : [isActive]),
    ...(search.show === 'own' ? [sql`s.organization_id = ${keeper.organization}::uuid`] : []),
    ...(search.show === 'old' ? [isOld(keeper, now)] : []),
    ...(need === undefined ? [] : [sql`s.category @> array[${need}]`]),
    ...(area === undefined ? [] : [sql`(s.serves = '{}' or s.serves @> array[${area}])`]),
    ...(interest === undefined ? [] : [sql`s.specialty @> array[${`${systems.interest}|${interest}`}]`]),
    ...(capacity === undefined ? [] : [sql`s.capacity = ${capacity}`]),
    ...search.words.map(
      (word) =>
        sql`strpos(s.words || ' ' || coalesce(l.words, '') || coalesce(o.name, ''), fhir_key(${word})) > 0`,
    ),
  ];
}

const isActive = sql`s.active is distinct from 'false'`;

/** Entries of that person's area which nobody has assured for a year. */
const isOld = (keeper: Keeper, now: Date): Sql =>
  sql`${isActive} and (s.assured is null or s.assured < ${freshSince(now)}) and s.serves && ${[...keeper.area]}::text[]`;

/** How many entries of that person's area wait to be checked. */
export async function countOld(records: Records, keeper: Keeper): Promise<number> {
  const [row] = await records.rows<{ n: number }>(
    'directory',
    sql`select count(*)::int as n from healthcare_service s where ${isOld(keeper, records.now)}`,
  );
  return row?.n ?? 0;
}

const mostBodies = 1000;

/** Groups an entry can be given to, by name. */
export const findBodies = (
  records: Records,
): Promise<Readonly<{ id: string; name: string } & Record<string, unknown>>[]> =>
  records.rows(
    'directory',
    sql`select id, content ->> 'name' as name from organization
      where type @> array[${`${systems.organizationType}|resource`}] and content ->> 'active' is distinct from 'false'
      order by name limit ${mostBodies}`,
  );

/** An entry with its place and its provider, as far as there are any. One statement. */
export type EntryRow = Readonly<{
  service: Stored<HealthcareService>;
  place: Stored<Location> | null;
  provider: Stored<Organization> | null;
}>;

export async function readEntryRow(records: Records, id: string): Promise<EntryRow | undefined> {
  const [row] = await records.rows<EntryRow & Record<string, unknown>>(
    'directory',
    sql`select s.content as service, l.content as place, o.content as provider from healthcare_service s
      left join location l on l.id = s.location_id left join organization o on o.id = s.organization_id
      where s.id = ${id}::uuid`,
  );
  return row;
}

/** As many other places as a small map can number. */
const mostNear = 6;
/** How far around they are looked for, in degrees of latitude: about five kilometres. */
const around = 0.045;

export type Near = Readonly<{ name: string; lat: number; lon: number }>;

const latitude = trusted(`((l.content #>> '{position,latitude}')::double precision)`);
const longitude = trusted(`((l.content #>> '{position,longitude}')::double precision)`);

/** Active entries around a place, nearest first, one for each spot. */
export const entriesNear = (records: Records, id: string, at: Omit<Near, 'name'>): Promise<Near[]> =>
  records.rows<Near & Record<string, unknown>>(
    'directory',
    sql`
    select name, lat, lon from (
      select distinct on (${latitude}, ${longitude}) s.content ->> 'name' as name, ${latitude} as lat, ${longitude} as lon
      from location l join healthcare_service s on s.location_id = l.id
      where ${latitude} between ${at.lat - around}::float8 and ${at.lat + around}::float8
        and ${longitude} between ${at.lon - 2 * around}::float8 and ${at.lon + 2 * around}::float8
        and ${isActive} and s.id <> ${id}::uuid
        and not (${latitude} = ${at.lat}::float8 and ${longitude} = ${at.lon}::float8)
      order by ${latitude}, ${longitude}, s.words) spot
    order by power(lat - ${at.lat}::float8, 2) + power((lon - ${at.lon}::float8) * cos(radians(${at.lat}::float8)), 2), name
    limit ${mostNear}`,
  );
