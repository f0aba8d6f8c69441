import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Row rules that asked less than they meant. Inside `select … from patient p where p.id = patient_id` the second name is
 * the patient's own column, so these rules asked whether the actor sees anybody at all: a group with one other person saw
 * the relatives of somebody who must not be contacted, and any clinic everybody's record of provision. They name their
 * table now. Tables that were open to the application as a whole get rules, and the bearer of a link meets nothing of
 * others who are known to the same body.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, persons);
  await run(db, besides);
  await run(db, log);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop policy sight_own on sight; alter table sight disable row level security;
     drop policy once_own on once; alter table once disable row level security;`,
  );
}

/** Whose person it is, as far as the actor sees the person. */
const keptBy = (table: string): string =>
  `exists (select 1 from patient p where p.id = ${table}.patient_id and p.organization_id = (select actor_organization()))`;
/** Whoever came with a link is bound to one person, whatever else the body knows. */
const noOther = (table: string): string =>
  `((select actor_patient() is null) or ${table}.patient_id = (select actor_patient()))`;
const staff = `(select actor_audience()) = 'staff' and (select actor_patient() is null)`;

const persons = `
alter policy related_person_limited on related_person
  using ((select actor_audience()) <> 'group' or exists (select 1 from patient p where p.id = related_person.patient_id));
alter policy seal_see on seal using ((select actor_post()) = any (named) and exists (select 1 from patient p where p.id = seal.patient_id));
-- The body that keeps the person reads to whom it was opened; a recipient what was opened to it, its staff also what was
-- opened to the residents who help there.
alter policy disclosure_read on disclosure using (${noOther('disclosure')} and (${keptBy('disclosure')}
  or organization_id = (select actor_organization()) and ((select actor_audience()) = 'staff'
    or audience = (select actor_audience()) and (post_id is null or post_id = (select actor_post())))));
alter policy emergency_access_read on emergency_access using (${noOther('emergency_access')} and (${keptBy('emergency_access')}
  or organization_id = (select actor_organization()) and (select actor_audience()) = 'staff'));
`;

const besides = `
alter policy disclosure_review_read on disclosure_review using (organization_id = (select actor_organization()) and ${staff});
alter policy disclosure_review_give on disclosure_review using (organization_id = (select actor_organization()) and ${staff}
  and reviewed_at is null and by_post is distinct from (select actor_post()));
alter policy emergency_try_own on emergency_try using (organization_id = (select actor_organization()) and ${staff})
  with check (organization_id = (select actor_organization()) and post_id = (select actor_post()) and role = (select actor_role()));
-- Whom a body sees, as whom and on what grounds: everybody their own part of it.
alter table sight enable row level security;
create policy sight_own on sight for select to tsunagi_app using (organization_id = (select actor_organization())
  and audience = (select actor_audience()) and (post_id is null or post_id = (select actor_post())));
-- What was answered once is for the body that asked; what has no answer (a key that was used up) is about nobody.
alter table once enable row level security;
create policy once_own on once to tsunagi_app using (organization_id = (select actor_organization()) or answer is null)
  with check (true);
`;

/**
 * A body reads its own log; residents who help there, and roles that see no person, only the lines that name nobody and
 * their own. `access_log_seen` carries the same rule (0010).
 */
const ownLine = (l: string): string => `${l}.organization = (select actor_organization())
    and (${l}.patients = '{}' or (select actor_audience()) not in ('resident', 'nobody') or ${l}.post = (select actor_post()))`;
const ofOnesPatient = (l: string): string => `(select 'contact' = any (actor_items())) and exists (
    select 1 from patient p where p.id = any (${l}.patients) and p.organization_id = (select actor_organization()))`;
const log = `
alter policy access_log_read on access_log using (
  ((select actor_patient() is null) or (select actor_patient()) = any (patients)) and (${ownLine('access_log')}
  or ${ofOnesPatient('access_log')})
);
create or replace view access_log_seen as select l.* from access_log l where
  (select actor_patient() is null) and (${ownLine('l')} or ${ofOnesPatient('l')});
`;
