import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import { notFound } from '../../kernel/problem.ts';
import { noteList } from '../../invitations/log.ts';
import { daysKept } from '../../sessions/model.ts';
import { readGathering } from '../../sessions/queries.ts';
import type { About } from '../../documents/printed.ts';
import { pageInTray, turned } from '../filing.ts';
import type { FoundSheet } from '../printed.ts';

/** What a page belongs to that belongs into no record. */
export type Back = Readonly<{ back: 'invitation' | 'gathering'; id: string; number: number }>;

/** Where a page of that sheet goes; undefined for one about a record. */
export function backTo({ about }: Pick<FoundSheet, 'about'>, page: number): Back | undefined {
  if (!about || !isBack(about)) return undefined;
  return { back: about.type, id: about.id, number: page };
}
const isBack = (about: About): about is About & { type: Back['back'] } =>
  about.type === 'invitation' || about.type === 'gathering';

/**
 * Takes a page out of the tray and lays it with the invitation or session that it belongs to, where somebody types what
 * it says. `number` of its page as its code says, left out by hand. Refuses one that the actor's body does not have, a
 * session so long ago that its lists are deleted, and a page that somebody else has sorted meanwhile.
 */
export async function attachPage(
  records: Records,
  page: string,
  { back, id, number }: Omit<Back, 'number'> & Partial<Pick<Back, 'number'>>,
): Promise<void> {
  const found = await pageInTray(records, page);
  const [invitation, gathering] = back === 'invitation' ? [id, null] : [null, id];
  if (back === 'gathering') {
    const { ends_at: ended } = await readGathering(records, id);
    if (ended.getTime() < records.now.getTime() - daysKept * 86_400_000) throw notFound();
  }
  const [own] = await records.run<{ own: boolean }>(sql`select own_paper(${back}, ${id}::uuid) as own`);
  if (own?.own !== true) throw notFound();
  await records.run(
    sql`insert into returned_page (id, invitation_id, gathering_id, number, png, at)
      values (${page}::uuid, ${invitation}::uuid, ${gathering}::uuid, ${number ?? found.sheet_page ?? found.number}, ${await turned(found)}, ${found.at}::timestamptz)`,
  );
  await records.run(
    sql`update scan_page set state = 'filed', png = null, why = null, done_by = ${records.actor.post ?? null}::uuid,
      done_at = ${records.now}::timestamptz where id = ${page}::uuid`,
  );
  if (invitation !== null) await noteList(records, 'write', 'invitation slip came', undefined);
}

/** That somebody has typed what these say. */
export async function markTyped(records: Records, ids: readonly string[]): Promise<void> {
  await records.run(
    sql`update returned_page set done_at = ${records.now}::timestamptz, done_by = ${records.actor.post ?? null}::uuid
      where id = any (${[...ids]}::uuid[]) and done_at is null`,
  );
}
