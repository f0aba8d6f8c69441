import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * The views of searches say the same rule in words that PostgreSQL estimates better. As `exists` it became a join of
 * which PostgreSQL takes it that few rows are left, whomever they are asked by: it then fetched and sorted all of a body's
 * tasks for the newest twenty. As a condition on each row it does not change the way to the rows; where few rows are
 * seen, the search itself begins with the persons (`waysTo` in `src/fhir/search.ts`). Names begin with whichever is fewer,
 * the persons of that name or those whom the body sees, so there the numbers must be known when it is planned.
 */
export async function up(db: Knex): Promise<void> {
  const { rows } = await db.raw<{ rows: { view: string; definition: string }[] }>(
    `select c.relname as view, pg_get_viewdef(c.oid) as definition from pg_class c
     where c.relkind = 'v' and c.relname like '%\\_found' and c.relname <> 'patient_key_found' order by 1`,
  );
  for (const { view, definition } of rows) {
    if (!definition.includes('sight s')) continue;
    const changed = definition.replace(
      /EXISTS \( SELECT 1\s+FROM sight s\s+WHERE /,
      '( SELECT true FROM sight s WHERE ',
    );
    if (changed === definition) throw new Error(`${view} is not as it was expected.`);
    await run(db, `create or replace view ${view} as ${limited(changed).replace(/;\s*$/, '')}`);
  }
  await run(db, names);
  await run(db, persons);
}

/** The views show the same rows as before. */
export async function down(db: Knex): Promise<void> {
  await run(db, 'drop view sight_found');
}

/** Adds `limit 1` where the parenthesis of the sub-select ends. */
function limited(definition: string): string {
  const start = definition.indexOf('( SELECT true FROM sight s');
  let depth = 0;
  for (let at = start; at < definition.length; at += 1) {
    if (definition[at] === '(') depth += 1;
    if (definition[at] === ')') depth -= 1;
    if (depth === 0) return `${definition.slice(0, at)} limit 1${definition.slice(at)}`;
  }
  throw new Error('A view ends within its rule.');
}

/**
 * `actor_organization()` without a select around it is known when the statement is planned. `coalesce` and `case` count as
 * likely, where `is null` counts as hardly ever.
 */
const names = `
create or replace view patient_key_found as select k.key, k.patient_id from patient_key k where
  (select 'contact' = any (actor_items())) and exists (
    select 1 from sight s where s.patient_id = k.patient_id and s.organization_id = actor_organization()
      and s.audience = actor_audience() and (s.post_id is null or s.post_id = actor_post()) and s.until > now()
      and 'contact' = any (s.items))
  and coalesce(k.patient_id = (select actor_patient()), true)
  and case when (select actor_audience() <> 'group') then true else not contact_is_limited(k.patient_id) end;
`;

/** Whom the actor sees, for searches that begin there: as `sight` under its rule, and known when it is planned. */
const persons = `
create view sight_found as select s.patient_id from sight s where s.organization_id = actor_organization()
  and s.audience = actor_audience() and (s.post_id is null or s.post_id = actor_post()) and s.until > now()
  and coalesce(s.patient_id = (select actor_patient()), true);
grant select on sight_found to tsunagi_app;
`;
