import { queueMail } from '../access/outbox.ts';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { invalid } from '../kernel/problem.ts';
import { letterTo, type Tell } from './mails.ts';
import { findRoom, putDown, type Room, type Taken, type Taking } from './take.ts';
import { joinText as text } from './join-text.ts';

/** Places in one session that one mail address or telephone number gets without asking anybody: a family. */
export const mostForOne = 4;
/** Places in all sessions of a body that one of them takes in a day, given up ones as well. */
export const mostADay = 12;
const oneDay = 86_400_000;

type Guest = Extract<Taking['who'], { name: string }>;
export type SigningUp = Taking & Readonly<{ who: Guest }>;
type Before = { here: number; lately: number; same: string | null; same_state: Taken['state'] | null };

/**
 * Somebody without an account puts a name down. Whether that name, or anybody with that address, is there already is for
 * the owner of the address alone: they get a letter, and whoever filled in the form sees no difference (undefined). Of a
 * telephone number more than a family's places are refused, as \`take\` refuses what is over or full.
 */
export async function signUp(
  records: Records,
  id: string,
  signing: SigningUp,
  tell: Tell,
): Promise<Taken | undefined> {
  const { mail, phone } = signing.who;
  const contact = mail?.toLowerCase() ?? phone;
  // Who signs up for several sessions at once is counted as if it were one after the other.
  if (contact !== undefined)
    await records.run(sql`select pg_advisory_xact_lock(hashtextextended(${`join ${contact}`}, 0))`);
  const room = await findRoom(records, id, signing);
  if ('id' in room) return room;
  const before = contact === undefined ? undefined : await signedUpBefore(records, id, signing.who);
  const isOften = before !== undefined && (before.here >= mostForOne || before.lately >= mostADay);
  if (mail !== undefined && before && (before.same !== null || isOften)) {
    await tellOwner(records, tell, room, { ...signing, mail, before });
    return undefined;
  }
  if (isOften) throw invalid({ path: 'phone', says: text.phoneOften });
  return putDown(records, room, signing, tell);
}

async function signedUpBefore(records: Records, id: string, { name, mail, phone }: Guest): Promise<Before> {
  const since = new Date(records.now.getTime() - oneDay);
  const [row] = await records.run<Before>(sql`
    with had as (
      select p.id, p.turn, p.name, p.state, p.created_at, p.gathering_id = ${id}::uuid and p.state <> 'cancelled' as is_here
      from gathering_contact c join gathering_place p on p.id = c.place_id
      where ${mail === undefined ? sql`c.phone = ${phone ?? null}` : sql`lower(c.mail) = lower(${mail})`}
    )
    select count(*) filter (where is_here)::int as here, count(*) filter (where created_at > ${since}::timestamptz)::int as lately,
      (array_agg(id order by turn) filter (where is_here and name = ${name}))[1] as same,
      (array_agg(state order by turn) filter (where is_here and name = ${name}))[1] as same_state
    from had`);
  return row ?? { here: 0, lately: 0, same: null, same_state: null };
}

/** The letter of the place they have, once more; or that there are too many, and whom to call. */
const tellOwner = (
  records: Records,
  tell: Tell,
  { one }: Room,
  { mail, before, language, way }: SigningUp & Readonly<{ mail: string; before: Before }>,
): Promise<void> =>
  queueMail(
    records,
    letterTo(
      tell,
      one,
      { placeId: before.same ?? one.id, mail, language, way },
      before.same === null ? 'often' : (before.same_state ?? 'booked'),
    ),
  );
