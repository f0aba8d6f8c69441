import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** Answers that the clinic has to see today, until somebody there has opened them or referred the person. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table urgent_answers (
  response_id uuid primary key references questionnaire_response (id) on delete cascade,
  patient_id uuid not null references patient (id) on delete cascade,
  organization_id uuid not null default actor_organization(),
  at timestamptz not null,
  opened_at timestamptz,
  opened_by uuid
);
comment on table urgent_answers is 'Answers that tell of what a program calls urgent, and since when somebody of the clinic knows of them.';
create index urgent_answers_of_body on urgent_answers (organization_id, at desc) where opened_at is null;
create index urgent_answers_of_person on urgent_answers (patient_id, at desc) where opened_at is null;
alter table urgent_answers enable row level security;
create policy urgent_answers_own on urgent_answers to tsunagi_app
  using (organization_id = (select actor_organization()) and (select actor_patient()) is null
    and (select actor_role()) in ('doctor', 'reception', 'system'))
  with check (organization_id = (select actor_organization()) and (select actor_patient()) is null
    and (select actor_role()) in ('doctor', 'reception', 'system'));
grant select, insert, update (at, opened_at, opened_by) on urgent_answers to tsunagi_app;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop table urgent_answers`);
}
