import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** What the menu says of other servers: null for a body that works with none, else how much lies there and waits for somebody. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create function partner_menu(organization uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select case when exists (select 1 from partner_server s where s.organization_id = partner_menu.organization)
    then (select count(*)::integer from (select 1 from partner_task t join partner_server s on s.id = t.server
      where s.organization_id = partner_menu.organization and (t.stopped_at is not null or t.kept is not null) limit 100) counted) end $$;
revoke execute on function partner_menu(uuid) from public;
grant execute on function partner_menu(uuid) to tsunagi_app;
create index partner_task_lying on partner_task (server) where stopped_at is not null or kept is not null;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop function partner_menu(uuid); drop index partner_task_lying`);
}
