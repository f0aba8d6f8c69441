import { sql, type Sql } from '../../../database/sql.ts';
import { systems } from '../../../fhir/codes.ts';
import type { Records } from '../../../fhir/records.ts';
import type { Fault, Proof, Way } from '../model.ts';

export type ServerLine = {
  id: string;
  version: number;
  ours: string;
  ours_id: string;
  partner: string;
  partner_id: string;
  way: Way;
  address: string;
  client: string;
  proof: Proof;
  secret: Buffer;
  subscription: string | null;
  our_id: string;
  their_id: string;
  is_off: boolean;
  failures: number;
  fault: Fault | null;
  heard_at: Date | null;
};

const line = (
  which: Sql,
): Sql => sql`select id, version, organization_name(organization_id) as ours, organization_id as ours_id,
    organization_name(partner_id) as partner, partner_id, way, address, client, proof, secret, subscription, our_id, their_id,
    disabled_at is not null as is_off, failures, fault, heard_at
  from partner_server ${which}`;

/** Every registration, those first that do not answer. */
export const serverLines = (records: Records): Promise<ServerLine[]> =>
  records.run<ServerLine>(
    line(sql`order by disabled_at is not null, failures = 0, created_at desc, id limit 200`),
  );

export const serverLine = async (records: Records, id: string): Promise<ServerLine | undefined> =>
  (await records.run<ServerLine>(line(sql`where id = ${id}::uuid`)))[0];

export type Registration = Readonly<{
  id: string;
  ours: string;
  partner: string;
  way: Way;
  address: string;
  client: string;
  proof: Proof;
  secret: Buffer;
  ourId: string;
  theirId: string;
}>;

/** False: these two are registered already. */
export const addServer = async (records: Records, given: Registration): Promise<boolean> =>
  (
    await records.run(
      sql`insert into partner_server (id, organization_id, partner_id, way, address, client, proof, secret, our_id, their_id, created_at)
        values (${given.id}::uuid, ${given.ours}::uuid, ${given.partner}::uuid, ${given.way}, ${given.address}, ${given.client}, ${given.proof},
          ${given.secret}, ${given.ourId}, ${given.theirId}, ${records.now}::timestamptz)
        on conflict (organization_id, partner_id, way) do nothing returning id`,
    )
  ).length > 0;

/** Whom it is between stays; ids of another address are forgotten by the database; what lay because of the old settings is tried with the new ones. */
export async function changeServer(
  records: Records,
  id: string,
  given: Pick<Registration, 'address' | 'client' | 'proof' | 'secret' | 'ourId' | 'theirId'>,
): Promise<void> {
  await records.run(
    sql`update partner_server set address = ${given.address}, client = ${given.client}, proof = ${given.proof}, secret = ${given.secret},
        our_id = ${given.ourId}, their_id = ${given.theirId}, version = version + 1, failures = 0, fault = null, next_at = now()
      where id = ${id}::uuid`,
  );
}

export async function switchServer(records: Records, id: string, isOn: boolean): Promise<boolean> {
  const at = isOn ? sql`null` : sql`${records.now}::timestamptz`;
  const changed = await records.run(
    sql`update partner_server set disabled_at = ${at}, version = version + 1, failures = 0, fault = null, next_at = now()
      where id = ${id}::uuid returning id`,
  );
  return changed.length > 0;
}

export type SharedLine = {
  id: string;
  case_number: string;
  ours: string;
  partner: string;
  way: Way;
  task: string | null;
  is_part: boolean;
  is_told: boolean;
  attempts: number;
  stopped: boolean;
  fault: Fault | null;
  kept: Fault | null;
  changed_at: Date;
};

/**
 * What is in two servers, what lies and what has to be looked at first. For an administrator without the words of the other
 * server, which may name a person.
 */
export const sharedLines = (records: Records): Promise<SharedLine[]> => {
  const words = records.actor.role === 'admin' ? sql`- 'said'` : sql``;
  return records.run<SharedLine>(
    sql`select t.id, t.case_number, organization_name(s.organization_id) as ours, organization_name(s.partner_id) as partner, s.way,
        t.task, coalesce(task.part_of_id is not null, false) as is_part, t.told >= t.wanted as is_told, t.attempts,
        t.stopped_at is not null as stopped, t.fault ${words} as fault, t.kept ${words} as kept, coalesce(t.told_at, t.queued_at) as changed_at
      from partner_task t join partner_server s on s.id = t.server left join task on task.id = t.task
      order by t.stopped_at is null and t.kept is null, t.told >= t.wanted, coalesce(t.told_at, t.queued_at) desc, t.id limit 200`,
  );
};

/** Begins anew with what lies, also with one of theirs that could not be taken in; false when it does not lie. */
export const resend = async (records: Records, id: string): Promise<boolean> =>
  (
    await records.run(
      sql`update partner_task set stopped_at = null, attempts = 0, next_at = now(), wanted = greatest(wanted, told + 1)
        where id = ${id}::uuid and (stopped_at is not null or fault is not null) returning id`,
    )
  ).length > 0;

export const noted = async (records: Records, id: string): Promise<boolean> =>
  (
    await records.run(
      sql`update partner_task set kept = null where id = ${id}::uuid and kept is not null returning id`,
    )
  ).length > 0;

export type BodyChoice = { id: string; name: string };

/** Who can have a server here, or work with one. */
export const bodyChoices = (records: Records): Promise<BodyChoice[]> =>
  records.run<BodyChoice>(
    sql`select id, content ->> 'name' as name from organization
      where type && ${['clinic', 'office', 'resource'].map((kind) => `${systems.organizationType}|${kind}`)}::text[]
        and content ->> 'active' is distinct from 'false' order by name limit 1000`,
  );
