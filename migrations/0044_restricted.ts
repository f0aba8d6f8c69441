import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * A document that came in whole holds everything at once: answers, findings, insurance, what the doctor wrote. No item of a
 * consent stands for all of that, so what is labelled restricted (`meta.security`, v3-Confidentiality `R`) is for the body
 * that keeps it, whatever a consent opens. Written out in the views too, through which searches go.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, label);
  for (const table of ['document_reference', 'binary']) await restrict(db, table);
}

/** There is no way back: what was taken in trust of this rule would be seen by others. */
export function down(): Promise<void> {
  return Promise.reject(new Error('0044_restricted cannot be undone.'));
}

const label = `
create function labelled_restricted(content jsonb) returns boolean language sql immutable parallel safe as $$
  select coalesce(content #> '{meta,security}'
    @> '[{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]', false) $$;
`;

async function restrict(db: Knex, name: string): Promise<void> {
  const table = `"${name}"`;
  const rule = `not ${table}.restricted or ${table}.keeper = (select actor_organization())`;
  await run(
    db,
    `alter table ${table} add column restricted boolean generated always as (labelled_restricted(content)) stored;
     create policy ${name}_restricted on ${table} as restrictive for select to tsunagi_app using (${rule});`,
  );
  const { rows } = await db.raw<{ rows: { definition: string }[] }>(
    `select pg_get_viewdef('${name}_found'::regclass) as definition`,
  );
  const before = rows[0]?.definition ?? '';
  if (!/ WHERE [\s\S]*;\s*$/.test(before)) throw new Error(`${name}_found is not as it was expected.`);
  await run(db, `create or replace view ${name}_found as ${before.replace(/;\s*$/, '')} and (${rule})`);
}
