import { z } from 'zod';
import type { Link } from '../access/links.ts';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { dropHeld } from './files/held.ts';
import type { Answers } from './form.ts';

const Kept = z.record(z.string(), z.array(z.string()));
const Wished = z.object({
  tongue: z.string().exactOptional(),
  large: z.boolean().exactOptional(),
  single: z.boolean().exactOptional(),
  furigana: z.boolean().exactOptional(),
});
/** How somebody wishes to be asked: in which language, in large type, one question a page, with readings above the words. */
export type Wishes = Readonly<z.infer<typeof Wished>>;

/** What the holder of a link has done so far. */
export type Filling = Readonly<{
  /** Undefined when nothing was answered yet. */
  answers: Answers | undefined;
  wishes: Wishes;
  /** The ids of what a browser kept and sent here: the newest, the last one being the newest. */
  taken: readonly string[];
}>;

/** As many as a person's devices may still ask about. */
const mostTaken = 40;

/** Answers given so far by whoever holds a link; undefined when nothing was answered yet. */
export async function readDraft(database: Database, link: Link): Promise<Answers | undefined> {
  const [row] = await database.rows<{ answers: unknown }>(
    sql`select answers from draft where link_hash = ${link.hash}`,
  );
  const kept = Kept.safeParse(row?.answers);
  return kept.success ? kept.data : undefined;
}

/** Keeps the answers with the link, so that a reload, a dead battery or another tablet loses nothing. */
export async function saveDraft(
  database: Database,
  link: Link,
  answers: Answers,
  given: Readonly<{ id: string; now: Date }>,
): Promise<void> {
  await database.rows(sql`
    insert into draft (id, link_hash, answers, updated_at)
    values (${given.id}, ${link.hash}, ${JSON.stringify(answers)}::jsonb, ${given.now})
    on conflict (link_hash) do update set answers = excluded.answers, updated_at = excluded.updated_at`);
}

/** Everything kept with a link. */
export async function readFilling(database: Database, link: Link): Promise<Filling> {
  const [row] = await database.rows<{ answers: unknown; wishes: unknown; taken: string[] }>(
    sql`select answers, wishes, taken from draft where link_hash = ${link.hash}`,
  );
  const answers = Kept.safeParse(row?.answers);
  const wishes = Wished.safeParse(row?.wishes);
  return {
    answers: answers.success ? answers.data : undefined,
    wishes: wishes.success ? wishes.data : {},
    taken: row?.taken ?? [],
  };
}

/** Keeps answers and wishes, and notes that what a browser kept under that id has arrived. */
export async function saveFilling(
  database: Database,
  link: Link,
  filling: Filling,
  given: Readonly<{ id: string; now: Date }>,
): Promise<void> {
  const taken = filling.taken.slice(-mostTaken);
  const answers = filling.answers === undefined ? null : JSON.stringify(filling.answers);
  await database.rows(sql`
    insert into draft (id, link_hash, answers, wishes, taken, updated_at)
    values (${given.id}, ${link.hash}, ${answers}::jsonb, ${JSON.stringify(filling.wishes)}::jsonb,
      ${taken}::text[], ${given.now})
    on conflict (link_hash) do update set answers = excluded.answers, wishes = excluded.wishes,
      taken = excluded.taken, updated_at = excluded.updated_at`);
}

/** The answers are a record now; the draft goes in the same transaction. */
export async function dropDraft(records: Records, link: Link): Promise<void> {
  await records.run(sql`delete from draft where link_hash = ${link.hash}`);
  await dropHeld(records, link);
}

/** Answers of links that ran out unsent are nobody's business any more. */
export async function dropStaleDrafts(records: Records): Promise<void> {
  await records.run(
    sql`delete from draft d using one_time_link l where l.token_hash = d.link_hash and l.expires_at < ${records.now}`,
  );
}
