import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Request sheets that a clinic printed to be faxed to an office, by the id that the code on them carries: which clinic,
 * which office, which person. The office finds the line when such a page lies in its tray, and only then.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table request_sheet (
  sheet uuid primary key,
  clinic_id uuid not null default actor_organization(),
  office_id uuid not null,
  -- Null where the person is written by hand.
  patient_id uuid references patient (id) on delete cascade,
  program text not null,
  -- Name, kana and birth date as they stand on the paper, so that whoever enters it sees whether it is about the same person.
  told jsonb,
  -- The last time; a sheet printed again is the same sheet.
  printed_at timestamptz not null,
  check ((patient_id is null) = (told is null))
);
create index request_sheet_patient on request_sheet (patient_id);
comment on table request_sheet is 'Request sheets printed for an office, by the code on them.';
alter table request_sheet enable row level security;
create policy request_sheet_own on request_sheet to tsunagi_app
  using (clinic_id = (select actor_organization()) and (select actor_patient()) is null
    and (select actor_role()) in ('doctor', 'reception'))
  with check (clinic_id = (select actor_organization()) and (select actor_patient()) is null
    and (select actor_role()) in ('doctor', 'reception')
    and (patient_id is null or exists (select 1 from patient p where p.id = request_sheet.patient_id and p.organization_id = request_sheet.clinic_id)));
-- Whoever has the paper may know what stands on it; when it was filed, the consent on it decides.
create policy request_sheet_came on request_sheet for select to tsunagi_app
  using (office_id = (select actor_organization()) and (select actor_patient()) is null
    and (select actor_role()) in ('linkworker', 'system')
    and exists (select 1 from scan_page p where p.sheet = request_sheet.sheet and p.state = 'tray'
      and p.organization_id = (select actor_organization())));
grant select, insert (sheet, office_id, patient_id, program, told, printed_at), update (program, told, printed_at)
  on request_sheet to tsunagi_app;
create index scan_page_waiting on scan_page (sheet) where state = 'tray' and sheet is not null;
alter table scan_page drop constraint scan_page_why_check;
alter table scan_page add constraint scan_page_why_check
  check (why in ('none', 'stranger', 'several', 'unseen', 'again', 'blank', 'request'));
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `
update scan_page set why = 'blank' where why = 'request';
alter table scan_page drop constraint scan_page_why_check;
alter table scan_page add constraint scan_page_why_check
  check (why in ('none', 'stranger', 'several', 'unseen', 'again', 'blank'));
drop index scan_page_waiting;
drop table request_sheet`,
  );
}
