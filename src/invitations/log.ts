import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';

/**
 * A line of the access log on what was done with a list. It names the list and never a person: of whoever does not want to
 * be invited nothing is left, not even that an id was once theirs.
 */
export async function noteList(
  { actor, run }: Records,
  action: 'read' | 'write' | 'print',
  what: string,
  list: string | undefined,
): Promise<void> {
  await run(sql`insert into access_log (account, post, via, action, what, records, patients, request, address)
    values (${actor.account ?? null}::uuid, ${actor.post ?? null}::uuid, ${actor.via}, ${action}, ${what},
      ${list === undefined ? [] : [`invitation_list/${list}`]}::text[], '{}', ${actor.request}, ${actor.from ?? null})`);
}
