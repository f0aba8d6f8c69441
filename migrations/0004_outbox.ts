import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** Messages that leave after the commit: written with what they tell about, sent by the job runner. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table outbox (
  id bigint generated always as identity primary key,
  recipient text not null,
  subject text not null,
  body text not null,
  queued_at timestamptz not null default now(),
  sent_at timestamptz,
  attempts integer not null default 0,
  fault text
);
create index outbox_waiting on outbox (id) where sent_at is null;
-- The application puts a message in and cannot read what others put there.
create function queue_mail(recipient text, subject text, body text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into outbox (recipient, subject, body) values (queue_mail.recipient, queue_mail.subject, queue_mail.body);
  notify outbox;
end $$;
revoke execute on function queue_mail(text, text, text) from public;
grant execute on function queue_mail(text, text, text) to tsunagi_app;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop function if exists queue_mail(text, text, text); drop table if exists outbox`);
}
