import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Doors that stood open beside closed ones: files about somebody whose address is sealed, whom a body may ask about, and
 * for which servers we show a key.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, sealedFiles);
  for (const [table, rule] of Object.entries(rules)) await close(db, table, rule);
  await run(db, silence);
  await run(db, doors);
}

/** There is no way back: what was kept from others would be open again. */
export function down(): Promise<void> {
  return Promise.reject(new Error('0076_closed_doors cannot be undone.'));
}

/**
 * A picture of paper may show what the seal took out of the record, so whoever may not see that sees no file about the
 * person: by page, by program, in an export or in an older version alike. That there is one, and what it is, they see.
 */
const sealedFiles = `
create function files_sealed(who uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from seal s where s.patient_id = who
      and not (s.named @> array[(select actor_post())] and (select actor_post()) is not null))
    -- Of whom the actor does not see, it says nothing.
    or not exists (select 1 from sight o where o.patient_id = who and o.organization_id = actor_organization()
      and o.audience = actor_audience() and (o.post_id is null or o.post_id = actor_post()) and o.until > now()) $$;
revoke execute on function files_sealed(uuid) from public;
grant execute on function files_sealed(uuid) to tsunagi_app;
create policy binary_history_sealed on binary_history as restrictive for select to tsunagi_app
  using (not files_sealed(fhir_id(content #>> '{securityContext,reference}', 'Patient')));
create policy document_reference_history_sealed on document_reference_history as restrictive for select to tsunagi_app
  using (${unlessInside("fhir_id(content #>> '{subject,reference}', 'Patient')", 'content')});
`;

/** Of a document, those lines alone that hold the file itself; the file is looked for only where somebody is sealed. */
function unlessInside(patient: string, content: string): string {
  return `case when files_sealed(${patient}) then not ${content} @? '$.content[*].attachment.data' else true end`;
}

const rules = {
  binary: 'not files_sealed("binary".patient_id)',
  document_reference: unlessInside('document_reference.patient_id', 'document_reference.content'),
};

/** For what is read by its id, and in the view through which searches go (see 0044). */
async function close(db: Knex, name: string, rule: string): Promise<void> {
  await run(
    db,
    `create policy ${name}_sealed on "${name}" as restrictive for select to tsunagi_app using (${rule})`,
  );
  const { rows } = await db.raw<{ rows: { definition: string }[] }>(
    `select pg_get_viewdef('${name}_found'::regclass) as definition`,
  );
  const before = rows[0]?.definition ?? '';
  if (!/ WHERE [\s\S]*;\s*$/.test(before)) throw new Error(`${name}_found is not as it was expected.`);
  await run(db, `create or replace view ${name}_found as ${before.replace(/;\s*$/, '')} and (${rule})`);
}

/**
 * Whether somebody must not be written to is asked of persons whom the body sees, with a referral of its own. Of anybody
 * else nothing is said, and nobody writes to them.
 */
const silence = `
revoke execute on function no_letters(uuid, uuid) from tsunagi_app;
create function letters_stopped(person uuid, referral uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select not exists (select 1 from task t join sight s on s.patient_id = t.patient_id
      where t.id = referral and t.patient_id = person and t.owner_id = actor_organization() and t.part_of_id is null
        and s.organization_id = actor_organization() and s.audience = actor_audience()
        and (s.post_id is null or s.post_id = actor_post()) and s.until > now())
    or no_letters(person, referral) $$;
revoke execute on function letters_stopped(uuid, uuid) from public;
grant execute on function letters_stopped(uuid, uuid) to tsunagi_app;
`;

const doors = `
-- Whether a server of another body is registered; whoever asks for our key has no actor.
create function partner_known(server uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from partner_server where id = server) $$;
revoke execute on function partner_known(uuid) from public;
grant execute on function partner_known(uuid) to tsunagi_app;

-- How often one mail address or telephone signed up, in a session and lately.
create index gathering_contact_mail on gathering_contact (lower(mail)) where mail is not null;
create index gathering_contact_phone on gathering_contact (phone) where phone is not null;
`;
