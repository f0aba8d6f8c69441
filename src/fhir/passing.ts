import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Looking, Page } from './search-page.ts';
import type { Place } from './search-order.ts';
import { compileSearch, type Given } from './search.ts';
import { asProblem, settingsOf, type StoreNeeds } from './store.ts';
import { isAboutPerson, tableOf } from './tables.ts';
import { lineColumns, whoLooks } from './trail.ts';
import type { RecordType, Written } from './types.ts';

/**
 * Records for whoever only passes them on: they stay the text that the database holds, and what is found, its lines in the
 * access log and the commit are one journey. Nothing here can be followed by anything else in the same transaction.
 */
export type Passing = Readonly<{
  /** Undefined when there is none that the actor sees; `Records.read` says why. */
  one: (type: RecordType, id: string) => Promise<Written | undefined>;
  /** As `Records.page`; undefined when it takes more than one statement. */
  page: (type: RecordType, given: Given, looking: Looking) => Promise<Page<Written> | undefined>;
}>;
export type OpenPassing = (actor: Actor) => Passing;

type Row = Omit<Written, 'type' | 'patient'> & { patient: string | null; place: Place };
export const columns = (type: RecordType, of: string): string =>
  `${of}.id, ${of}.content::text as json, ${of}.version, ${of}.updated_at as "lastUpdated", ${isAboutPerson(type) ? `${of}.patient_id` : 'null::uuid'} as patient`;

const writtenOf = (type: RecordType, { id, json, version, lastUpdated, patient }: Row): Written => ({
  type,
  id,
  json,
  version,
  lastUpdated,
  patient: patient ?? undefined,
});

/** What is found, with its line in the access log; of one row more than is shown, the line says nothing. */
export function logged(
  actor: Actor,
  action: 'read' | 'search',
  type: RecordType,
  found: Sql,
  shown: number,
): Sql {
  if (!isAboutPerson(type)) return found;
  const [account, post, ...others] = whoLooks(actor);
  const who = joinSql(
    others.map((value) => sql`${value}::text`),
    ', ',
  );
  return sql`with found as materialized (${found}), line as (
      insert into access_log (${trusted(lineColumns)})
      select ${account}::uuid, ${post}::uuid, ${who}, ${trusted(`'${action}', '${type}', array_agg('${type}/' || id), array_agg(distinct patient)`)}
      from (select id, patient from found limit ${shown}::integer) shown having count(patient) > 0)
    select * from found`;
}

export function makePassing({ database, sightOf }: Pick<StoreNeeds, 'database' | 'sightOf'>): OpenPassing {
  return (actor) => {
    const ask = async (statement: Sql, isUsual: boolean): Promise<Row[]> => {
      try {
        return await database.alone<Row>(statement, { settings: settingsOf(actor, sightOf), isUsual });
      } catch (error) {
        throw asProblem(error);
      }
    };
    return {
      one: async (type, id) => {
        const found = sql`select ${trusted(columns(type, 'r'))} from ${trusted(tableOf(type))} r where r.id = ${id}::uuid`;
        const [row] = await ask(logged(actor, 'read', type, found, 1), true);
        return row && writtenOf(type, row);
      },
      page: async (type, given, looking) => {
        const search = compileSearch(type, given, { ...looking, audience: sightOf(actor.role).audience });
        const { count, total, includes, used, ignored } = search;
        if (count === 0 || total !== undefined || includes.length > 0) return undefined;
        const statement = logged(actor, 'search', type, search.rows(columns(type, 'r')), count);
        const rows = await ask(statement, search.isUsual);
        const shown = rows.slice(0, count);
        const last = shown.at(-1);
        return {
          found: shown.map((row) => writtenOf(type, row)),
          included: [],
          next: rows.length > count && last ? search.cursorAt(last.place) : undefined,
          total: undefined,
          used,
          ignored,
        };
      },
    };
  };
}
