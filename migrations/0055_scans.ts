import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * What comes in by scanner or fax: the file as it was sent until it has been read, and its pages until each lies where it
 * belongs. Of a page that was filed or thrown away the line stays, and the picture is in the record or nowhere.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table scan (
  id uuid primary key,
  organization_id uuid not null default actor_organization(),
  name text not null,
  kind text not null check (kind in ('pdf', 'tiff', 'png', 'jpeg')),
  -- Null as soon as the pages have been taken out of it.
  bytes bytea,
  size integer not null,
  -- SHA-256, by which the same file is known again; null when a page of it was thrown away, so that it may come once more.
  digest bytea,
  state text not null default 'waiting' check (state in ('waiting', 'reading', 'read', 'refused')),
  -- Why it could not be read, as a sentence in each language.
  fault jsonb,
  by_post uuid,
  account uuid,
  attempts smallint not null default 0,
  claimed_at timestamptz,
  at timestamptz not null
);
create unique index scan_once on scan (organization_id, digest);
create index scan_newest on scan (organization_id, at desc);
create index scan_waiting on scan (at) where state in ('waiting', 'reading');
comment on table scan is 'A file that came by scanner or fax, for the body that sent it in.';

create table scan_page (
  id uuid primary key,
  scan_id uuid not null references scan (id),
  organization_id uuid not null default actor_organization(),
  number integer not null,
  -- Upright as far as its code told; null once it lies in a record or was thrown away.
  png bytea,
  width integer not null,
  height integer not null,
  -- How far somebody turned it since, clockwise.
  turn smallint not null default 0 check (turn in (0, 90, 180, 270)),
  state text not null default 'tray' check (state in ('tray', 'filed', 'thrown')),
  -- Why a person has to look at it.
  why text check (why in ('none', 'stranger', 'several', 'unseen', 'again', 'blank')),
  -- What its code says, where it has one.
  sheet uuid,
  sheet_page smallint,
  patient_id uuid,
  task_id uuid,
  document_id uuid,
  reason text,
  done_by uuid,
  done_at timestamptz,
  unique (scan_id, number)
);
create index scan_page_tray on scan_page (organization_id, id desc) where state = 'tray';
create index scan_page_done on scan_page (organization_id, done_at desc) where state <> 'tray';
-- A page of a printed sheet is filed by its code once; another picture of it, and a form that is for anybody, by a person.
create unique index scan_page_code on scan_page (organization_id, sheet, sheet_page) where state = 'filed' and done_by is null;
create index scan_page_sheet on scan_page (organization_id, sheet, sheet_page) where state = 'filed';
create index scan_page_document on scan_page (document_id);
comment on table scan_page is 'One page of such a file: in the tray until it is filed in a record or thrown away.';
${['scan', 'scan_page'].map(ownRows).join('')}
grant select, insert, update (state, fault, bytes, digest) on scan to tsunagi_app;
grant select, insert, update (png, turn, state, why, patient_id, task_id, document_id, reason, done_by, done_at) on scan_page to tsunagi_app;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop table scan_page, scan`);
}

/** Those who work on paper at the body that sent it in, and the service that reads it for them; nobody with a link. */
const ownRows = (table: string): string => `
alter table ${table} enable row level security;
create policy ${table}_own on ${table} to tsunagi_app using (${ownPaper}) with check (${ownPaper});
`;
const ownPaper = `organization_id = (select actor_organization()) and (select actor_patient()) is null
  and (select actor_role()) in ('doctor', 'reception', 'linkworker', 'system')`;
