import { z } from 'zod';
import type { Link } from '../access/links.ts';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { Answers } from './form.ts';

const Kept = z.record(z.string(), z.array(z.string()));

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

/** The answers are a record now; the draft goes in the same transaction. */
export async function dropDraft(records: Records, link: Link): Promise<void> {
  await records.run(sql`delete from draft where link_hash = ${link.hash}`);
}

/** Answers of links that ran out unsent are nobody's business any more. */
export async function dropStaleDrafts(records: Records): Promise<void> {
  await records.run(
    sql`delete from draft d using one_time_link l where l.token_hash = d.link_hash and l.expires_at < ${records.now}`,
  );
}
