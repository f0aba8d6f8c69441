import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Files that somebody gives with the answers to a form. Until the answers are sent they lie here, for whoever gave them
 * alone: by a link or at an account. Then they are records like any other file, labelled with the item of the answers they
 * belong to, and seen by whoever sees those; a file without such a label stays the most guarded item.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, given);
  await run(db, label);
}

/** There is no way back: files given with answers would be hidden from those who read the answers. */
export function down(): Promise<void> {
  return Promise.reject(new Error('0067_given_files cannot be undone.'));
}

const given = `
create table given_file (
  id uuid primary key,
  organization_id uuid not null default actor_organization(),
  patient_id uuid not null references patient (id) on delete cascade,
  -- Given by whoever holds a link, or typed in by somebody who works here.
  link_hash bytea references one_time_link (token_hash) on delete cascade,
  account_id uuid references account (id) on delete cascade,
  name text not null,
  kind text not null check (kind in ('image/png', 'image/jpeg', 'application/pdf')),
  -- As it will be kept: a picture drawn anew.
  bytes bytea not null,
  -- SHA-1, as FHIR's Attachment.hash has it; the same file given twice is one.
  digest bytea not null,
  at timestamptz not null,
  check ((link_hash is null) <> (account_id is null))
);
create unique index given_file_of_link on given_file (link_hash, digest) where link_hash is not null;
create unique index given_file_of_account on given_file (account_id, patient_id, digest) where account_id is not null;
create index given_file_patient on given_file (patient_id);
create index given_file_at on given_file (at) where account_id is not null;
comment on table given_file is 'A file given with answers that are not sent yet; gone when they are, when their link is over, or after twelve hours.';
alter table given_file enable row level security;
create policy given_file_own on given_file to tsunagi_app using (${own()}) with check (${own()});
grant select, insert, delete, update (name, at) on given_file to tsunagi_app;
`;

/** Whoever holds a link meets what was given for its person by a link; an account what it gave itself. */
function own(): string {
  return `organization_id = (select actor_organization()) and (
    link_hash is not null and patient_id = (select actor_patient())
    or account_id = (select actor_account()) and (select actor_patient()) is null)`;
}

/**
 * A derived column cannot be derived otherwise, and the row rules of this and other tables ask it: it stays where it is and
 * is set by the table itself, before the rules are asked. What anybody writes there counts for nothing.
 */
const label = `
create function file_item(content jsonb) returns text language sql immutable parallel safe as $$
  select case
    when content #> '{meta,tag}' @> '[{"system": "https://tsunagi.example/fhir/CodeSystem/consent-item", "code": "answers"}]' then 'answers'
    when content #> '{meta,tag}' @> '[{"system": "https://tsunagi.example/fhir/CodeSystem/consent-item", "code": "assessment"}]' then 'assessment'
    else 'medical-note' end $$;
create function binary_item() returns trigger language plpgsql as $$
begin
  new.item := file_item(new.content);
  return new;
end $$;
alter table "binary" alter column item drop expression;
create trigger aa_item before insert or update on "binary" for each row execute function binary_item();
-- Whoever answers by a link gives files with the answers, about themselves; other files they write none.
alter policy binary_add_part on "binary" with check ((select actor_role()) not in ('patient', 'resource', 'neighbour')
  or (select actor_role()) = 'patient' and item = 'answers' and patient_id = (select actor_patient()));
`;
