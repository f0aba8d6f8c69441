import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * What was printed, so that a page that comes back is known by the code on it. A sheet printed again is the same sheet: its
 * line says who printed it first; every print is in the access log.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
-- The person whom a record is about, for whoever sees the record; null for everybody else.
create function sheet_patient(type text, about uuid) returns uuid language sql stable as $$
  select case type
    ${types.map((type) => `when '${type}' then (select r.patient_id from ${tableOf(type)} r where r.id = about)`).join('\n    ')}
  end $$;

create table printed_sheet (
  id uuid primary key,
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  -- The record that its pages belong to; null for a blank form that is for anybody.
  about_type text check (about_type in ('${types.join("', '")}')),
  about_id uuid,
  patient_id uuid,
  -- Canonical and version of the form, where it is one.
  form text,
  language text not null check (language in ('ja', 'en')),
  organization_id uuid not null default actor_organization(),
  post_id uuid default actor_post(),
  printed_at timestamptz not null,
  check ((about_type is null) = (about_id is null) and (about_id is null) = (patient_id is null))
);
comment on table printed_sheet is 'Sheets that were printed, by the id that the code on their pages carries.';
alter table printed_sheet enable row level security;
-- Whoever sees what a sheet is about knows the sheet, whichever body printed it: the clinic's referral comes back at the office.
create policy printed_sheet_see on printed_sheet for select to tsunagi_app using (
  case when about_id is null then (select actor_role()) <> '' and (select actor_patient()) is null
    else patient_id = sheet_patient(about_type, about_id) end);
create policy printed_sheet_add on printed_sheet for insert to tsunagi_app with check (
  organization_id = (select actor_organization()) and post_id is not distinct from (select actor_post())
  and (about_id is null or patient_id = sheet_patient(about_type, about_id)));
grant select on printed_sheet to tsunagi_app;
grant insert (id, kind, about_type, about_id, patient_id, form, language, printed_at) on printed_sheet to tsunagi_app;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop table printed_sheet; drop function sheet_patient(text, uuid)`);
}

const types = [
  'Patient',
  'ServiceRequest',
  'Task',
  'QuestionnaireResponse',
  'Consent',
  'Communication',
  'CarePlan',
  'Encounter',
];
const tableOf = (type: string): string => type.replaceAll(/(?<=[a-z])[A-Z]/g, (c) => `_${c}`).toLowerCase();
