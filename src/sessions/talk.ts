import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { invalid, issue, notFound } from '../kernel/problem.ts';
import type { AgeBand, DropIn } from './model.ts';
import { readGathering, talksAt } from './queries.ts';
import { canTick } from './attend.ts';
import { text } from './text.ts';

export type Talk = Readonly<{ topics: readonly string[]; minutes: number; ageBand: AgeBand }>;

/** Counts a talk with somebody who dropped in; nothing of who it was is asked or kept. */
export async function noteTalk(records: Records, gathering: string, talk: Talk): Promise<void> {
  const one = await readGathering(records, gathering);
  if (!canTick(one, records.now)) throw invalid(issue('', text.notBegun.ja, text.notBegun.en));
  await records.run(sql`
    insert into drop_in (id, gathering_id, at, topics, minutes, age_band, post_id)
    values (${records.newId()}::uuid, ${one.id}::uuid, ${records.now}::timestamptz, ${talk.topics}::text[], ${talk.minutes}, ${talk.ageBand}, ${records.actor.post ?? null}::uuid)`);
}

export async function readTalk(records: Records, gathering: string, id: string): Promise<DropIn> {
  const found = (await talksAt(records, gathering)).find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

/** Links a talk to the referral that it became; a second referral of the same talk is refused. */
export async function linkTalk(records: Records, id: string, task: string): Promise<void> {
  const rows = await records.run(
    sql`update drop_in set task_id = ${task}::uuid where id = ${id}::uuid and task_id is null returning id`,
  );
  if (rows.length === 0)
    throw invalid(
      issue('', 'この記録は、もう紹介になっています。', 'This talk has become a referral already.'),
    );
}
