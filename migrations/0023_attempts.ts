import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** Failed guesses, counted for all processes together. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
-- Of no use after a quarter of an hour: neither in the write-ahead log nor in a backup, and empty after a crash.
create unlogged table attempt (
  -- HMAC of place, name and address: neither a login nor an address can be read or guessed from it.
  key bytea primary key check (octet_length(key) = 32),
  count integer not null,
  until timestamptz not null
);
create index attempt_until on attempt (until);

-- Counts one attempt under each key in turn and stops at the first that is over its limit, so that what is refused by
-- address counts against no name. beyond: by how much, 0 when it may be tried; wait_seconds: until it may be tried again.
-- Keys come in the same order everywhere, so that two attempts never wait for each other.
create function count_attempt(keys bytea[], limits integer[], out beyond integer, out wait_seconds integer)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  counted attempt;
begin
  beyond := 0;
  wait_seconds := 0;
  for i in 1 .. cardinality(keys) loop
    insert into attempt as a values (keys[i], 1, clock_timestamp() + interval '15 minutes')
    on conflict (key) do update set
      count = case when a.until <= clock_timestamp() then 1 else least(a.count + 1, 1000000000) end,
      until = case when a.until <= clock_timestamp() then excluded.until else a.until end
    returning a.* into counted;
    if counted.count > limits[i] then
      beyond := counted.count - limits[i];
      wait_seconds := greatest(1, ceil(extract(epoch from counted.until - clock_timestamp())));
      return;
    end if;
  end loop;
end $$;

-- What was no failure is not counted.
create function forgive_attempt(keys bytea[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  for i in 1 .. cardinality(keys) loop
    update attempt set count = greatest(count - 1, 0) where key = keys[i];
  end loop;
end $$;

revoke execute on function count_attempt(bytea[], integer[]), forgive_attempt(bytea[]) from public;
grant execute on function count_attempt(bytea[], integer[]), forgive_attempt(bytea[]) to tsunagi_app;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop function forgive_attempt(bytea[]); drop function count_attempt(bytea[], integer[]); drop table attempt`,
  );
}
