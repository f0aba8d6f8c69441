import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * A task that is taken up, held or completed opens and closes nothing: what a person's sights are made of is who has it, and
 * whether it is sent or broken off. Only then are they made anew. The person is held all the same, so that a withdrawal
 * and the move wait for each other, and the receiver's sight is looked for after that.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, moved);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('0039_sights_that_change cannot be undone.'));
}

const over = `('rejected', 'cancelled', 'failed', 'entered-in-error')`;

const moved = `
create or replace function tasks_moved() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  who uuid;
  shifts boolean;
begin
  for who, shifts in
    select now.patient_id, bool_or(now.owner_id is distinct from was.owner_id or now.assignee_id is distinct from was.assignee_id
      or (now.status = 'draft') <> (was.status = 'draft') or (now.status in ${over}) <> (was.status in ${over}))
    from moved now join was on was.id = now.id
    where now.status is distinct from was.status or now.owner_id is distinct from was.owner_id
      or now.assignee_id is distinct from was.assignee_id
    group by now.patient_id order by now.patient_id
  loop
    if shifts then
      perform refresh_sights(who);
    else
      perform 1 from patient where id = who for no key update;
    end if;
    -- The rules looked for a consent a moment ago; one that was withdrawn since then carries no referral.
    if actor_organization() is not null and exists (
      select 1 from moved now join was on was.id = now.id
      where now.patient_id = who and now.status in ('requested', 'accepted', 'in-progress')
        and (now.status is distinct from was.status or now.owner_id is distinct from was.owner_id
          or now.assignee_id is distinct from was.assignee_id)
        and not exists (select 1 from sight s where s.patient_id = who and s.organization_id = now.owner_id and s.works_until > now())
    ) then
      raise exception 'no consent opens the person to the receiver any more' using errcode = 'serialization_failure';
    end if;
  end loop;
  return null;
end $$;
`;
