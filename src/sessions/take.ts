import { queueMail, queueMails } from '../access/outbox.ts';
import { hashSecret } from '../access/secrets.ts';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { conflict, invalid, issue } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { letterTo, type Tell } from './mails.ts';
import {
  leftOf,
  mostWaiting,
  roomOf,
  takesPlaces,
  type Counted,
  type Gathering,
  type Place,
  type Way,
} from './model.ts';
import { readGathering } from './queries.ts';

/** Who takes a place: somebody as they like to be called, or the person of a referral. */
export type Taking = Readonly<{
  way: Way;
  language: Language;
  who:
    | Readonly<{ name: string; mail?: string | undefined; phone?: string | undefined }>
    | Readonly<{ task: string; patient: string; mail?: string | undefined }>;
  /** The hidden key of the form: a second tap finds the place that the first one took. */
  key?: string | undefined;
}>;

export type Taken = Readonly<{ id: string; state: 'booked' | 'waiting' }>;

/**
 * Takes a place, or one in the queue when there is none left. Whoever takes or gives up a place of a gathering waits for
 * whoever is doing so, so that there are never more places than it has. Refuses what has begun or is off, a way that it
 * does not have, a queue that is too long, and the same person or address twice.
 */
export async function take(records: Records, id: string, taking: Taking, tell: Tell): Promise<Taken> {
  const found = await findRoom(records, id, taking);
  if ('id' in found) return found;
  await refuseTwice(records, id, taking.who);
  return putDown(records, found, taking, tell);
}

export type Room = Readonly<{ one: Counted; state: Taken['state'] }>;

/** What there is to take, while everybody else waits; the place that the same form took before. Refuses as `take` does. */
export async function findRoom(
  records: Records,
  id: string,
  { way, key }: Pick<Taking, 'way' | 'key'>,
): Promise<Room | Taken> {
  await held(records, id);
  const before = key === undefined ? undefined : await takenBefore(records, key);
  if (before) return before;
  const one = await readGathering(records, id);
  const room = roomOf(one, way);
  if (!takesPlaces(one, records.now)) throw closed();
  if (room === null)
    throw invalid(issue('way', '参加のしかたを選び直してください。', 'Choose how to take part again.'));
  const state = leftOf(one, way) > 0 ? 'booked' : 'waiting';
  if (state === 'waiting' && (one.counts[way]?.waiting ?? 0) >= mostWaiting(room))
    throw invalid(
      issue(
        'way',
        '申し込みも、空きを待つ人もいっぱいです。ほかの日をお選びください。',
        'All places are taken and the waiting list is full. Please choose another date.',
      ),
    );
  return { one, state };
}

/** Writes the place down, and tells whoever has a mail address. */
export async function putDown(
  records: Records,
  { one, state }: Room,
  { who, way, key, language }: Taking,
  tell: Tell,
): Promise<Taken> {
  const { id } = one;
  const placeId = records.newId();
  const known = 'task' in who;
  await records.run(sql`
    insert into gathering_place (id, gathering_id, way, state, name, patient_id, task_id, key_hash, code_hash, language, created_at)
    values (${placeId}::uuid, ${id}::uuid, ${way}, ${state}, ${known ? null : who.name}, ${known ? who.patient : null}::uuid,
      ${known ? who.task : null}::uuid, ${key === undefined ? null : hashSecret(key)}::bytea,
      ${hashSecret(tell.passes.codeOf(placeId))}::bytea, ${language}, ${records.now}::timestamptz)`);
  const phone = known ? undefined : who.phone;
  if (who.mail !== undefined || phone !== undefined)
    await records.run(
      sql`insert into gathering_contact (place_id, mail, phone) values (${placeId}::uuid, ${who.mail ?? null}, ${phone ?? null})`,
    );
  if (who.mail !== undefined)
    await queueMail(records, letterTo(tell, one, { placeId, mail: who.mail, language, way }, state));
  return { id: placeId, state };
}

/** Waits until nobody else changes places; `not-found` for another body's, a refusal for what is off. */
async function held(records: Records, id: string): Promise<void> {
  await readGathering(records, id);
  const [row] = await records.run<{ held: boolean }>(sql`select hold_gathering(${id}::uuid) as held`);
  if (row?.held !== true) throw closed();
}

const closed = () =>
  conflict(
    'このつどいは、申し込みを締め切ったか、中止になりました。',
    'Signing up for this session is over, or it was called off.',
  );

async function takenBefore(records: Records, key: string): Promise<Taken | undefined> {
  const [row] = await records.run<{ id: string; state: Place['state'] }>(
    sql`select id, state from gathering_place where key_hash = ${hashSecret(key)}::bytea`,
  );
  return row && { id: row.id, state: row.state === 'waiting' ? 'waiting' : 'booked' };
}

async function refuseTwice(records: Records, id: string, who: Taking['who']): Promise<void> {
  const [row] = await records.run(
    'task' in who
      ? sql`select 1 from gathering_place where gathering_id = ${id}::uuid and task_id = ${who.task}::uuid and state <> 'cancelled'`
      : sql`select 1 where signed_up(${id}::uuid, ${who.mail ?? ''}, ${who.name})`,
  );
  if (row)
    throw invalid(
      issue(
        'task' in who ? 'way' : 'name',
        'もう申し込まれています。',
        'There is a place for this person already.',
      ),
    );
}

/**
 * Gives up a place; whoever waited longest for it gets it and is told. Once given up, it stays so. Returns the places that
 * were got by people without a mail address, who have to be called.
 */
export async function giveUp(records: Records, place: Place, tell: Tell): Promise<string[]> {
  const one = await readGathering(records, place.gathering_id);
  await records.run(sql`select hold_gathering(${one.id}::uuid)`);
  const rows = await records.run(
    sql`update gathering_place set state = 'cancelled' where id = ${place.id}::uuid and state <> 'cancelled' returning id`,
  );
  if (rows.length === 0) return [];
  const [told] = await records.run<{ mail: string | null }>(
    sql`select mail_of_given_up(${place.id}::uuid) as mail`,
  );
  if (told?.mail != null)
    await queueMail(
      records,
      letterTo(tell, one, { ...place, placeId: place.id, mail: told.mail }, 'given-up'),
    );
  return moveUp(records, tell, one);
}

/** Gives free places to those who waited longest, and tells them; returns the places of those who have no mail address. */
export async function moveUp(records: Records, tell: Tell, one: Gathering): Promise<string[]> {
  if (one.starts_at <= records.now) return [];
  await records.run(sql`select hold_gathering(${one.id}::uuid)`);
  const rows = await records.run<{ place_id: string; way: Way; mail: string | null; language: Language }>(
    sql`select * from move_up(${one.id}::uuid)`,
  );
  await queueMails(
    records,
    rows.flatMap(({ place_id: placeId, mail, ...row }) =>
      mail === null ? [] : [letterTo(tell, one, { ...row, placeId, mail }, 'moved-up')],
    ),
  );
  return rows.flatMap(({ place_id: id, mail }) => (mail === null ? [id] : []));
}

/**
 * The place behind a code of one gathering; undefined for a wrong one. Good are the code that was given out with the place,
 * whatever the service's secret was then, and those that letters and the place's page carry since it was changed.
 */
export async function placeByCode(
  records: Records,
  one: Counted,
  code: string,
  { codesOf }: Tell['passes'],
): Promise<string | undefined> {
  const rows = await records.run<{ id: string; given: boolean }>(
    sql`select id, code_hash is not distinct from ${hashSecret(code)}::bytea as given from gathering_place
      where gathering_id = ${one.id}::uuid and state <> 'cancelled' and code_hash is not null order by turn`,
  );
  return (
    rows.find(({ given }) => given) ?? rows.find(({ id }) => codesOf(id).some((own) => sameCode(own, code)))
  )?.id;
}

const sameCode = (a: string, b: string): boolean => hashSecret(a).equals(hashSecret(b));
