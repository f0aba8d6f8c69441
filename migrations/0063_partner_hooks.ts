import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Servers of other bodies: a key of ours in the place of a secret of theirs; that somebody there rang, and what we subscribed
 * to there; when a person that came from there was last looked at; and what we sent of relatives is followed.
 */
export async function up(db: Knex): Promise<void> {
  for (const part of [columns, bell, moved, relatives]) await run(db, part);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop function note_partner_relative() cascade; drop function ring_partner(uuid);
     drop index partner_record_looked;
     alter table partner_record drop column looked_at, drop column their_version;
     alter table partner_server drop column proof, drop column rung_at, drop column subscription, drop column subscribe_at;
     ${forget('')}`,
  );
}

const columns = `
alter table partner_server
  -- How we prove there who we are: a secret of theirs, sealed, or a signature, for which nothing is kept.
  add column proof text not null default 'secret' check (proof in ('secret', 'key')),
  -- Somebody there rang since we last asked.
  add column rung_at timestamptz,
  -- Our Subscription there, by its id; when it is next looked after.
  add column subscription text,
  add column subscribe_at timestamptz not null default now();
alter table partner_record
  -- Of what came from there: the version that was taken over, and when it was last looked at; infinity: nobody here sees it.
  add column their_version text,
  add column looked_at timestamptz;
create index partner_record_looked on partner_record (server, looked_at nulls first) where type = 'Patient' and version is null;
`;

/** Whoever is at the door has no actor; the token has been checked. */
const bell = `
create function ring_partner(server uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update partner_server set rung_at = now(), next_at = least(next_at, now()) where id = server and disabled_at is null;
  if found then notify outbox; end if;
end $$;
revoke execute on function ring_partner(uuid) from public;
grant execute on function ring_partner(uuid) to tsunagi_app;
`;

const forget = (more: string): string => `
create or replace function forget_partner_ids() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update partner_server set seen_until = null${more === '' ? '' : ', subscription = null, subscribe_at = now()'} where id = new.id;
  ${more}
  if new.way = 'push' then
    delete from partner_record where server = new.id;
    update partner_task p set their_id = null, their_version = null, noticed_version = null, their_status = null,
        wanted = wanted + 1, attempts = 0, next_at = now(), queued_at = now(), stopped_at = null
      where server = new.id;
  end if;
  notify outbox;
  return null;
end $$;
`;
const moved = forget(
  'update partner_record set their_version = null, looked_at = null where server = new.id and version is null;',
);

/** Relatives that a receiver may know of, changed, gone or come later, while something is open. */
const relatives = `
create function note_partner_relative() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update partner_task p set wanted = wanted + 1, attempts = 0, next_at = now(), queued_at = now(), stopped_at = null
    from task t, partner_server s where t.id = p.task and s.id = p.server and s.way = 'push'
      and t.patient_id = coalesce(new.patient_id, old.patient_id)
      and t.status in ('requested', 'accepted', 'in-progress', 'on-hold');
  if found then notify outbox; end if;
  return null;
end $$;
create trigger zz_partner_changed after insert or delete or update of content on related_person
  for each row execute function note_partner_relative();
`;
