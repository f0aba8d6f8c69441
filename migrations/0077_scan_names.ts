import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * What somebody called the file they sent in may be a person's name. It is of use while its pages are sorted, and goes as
 * the last of them lies in a record or was thrown away, or when the file was refused and put away.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create function forget_scan_name() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  which uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  update scan s set name = '' where s.id = which and s.name <> '' and s.state = 'read'
    and not exists (select 1 from scan_page p where p.scan_id = s.id and p.state = 'tray');
  return null;
end $$;
create trigger zz_forget_name after update of state on scan for each row
  when (old.state = 'refused' and new.state = 'read') execute function forget_scan_name('id');
create trigger zz_forget_name after update of state on scan_page for each row
  when (new.state <> 'tray' and old.state = 'tray') execute function forget_scan_name('scan_id');
update scan s set name = '' where s.state = 'read' and not exists (select 1 from scan_page p where p.scan_id = s.id and p.state = 'tray');
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop trigger zz_forget_name on scan; drop trigger zz_forget_name on scan_page; drop function forget_scan_name()`,
  );
}
