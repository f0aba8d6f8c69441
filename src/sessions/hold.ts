import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { conflict, forbidden, invalid, issue } from '../kernel/problem.ts';
import { tellAll, type Tell } from './mails.ts';
import { isHolder, type Counted, type Gathering } from './model.ts';
import { linkOf, readGathering } from './queries.ts';
import { moveUp } from './take.ts';

/** What the form says of a gathering, without its dates. */
export type Draft = Pick<
  Gathering,
  | 'program'
  | 'kind'
  | 'title'
  | 'note'
  | 'municipality'
  | 'area'
  | 'place'
  | 'location_id'
  | 'room'
  | 'room_online'
  | 'drop_in'
  | 'leader_kind'
  | 'leader'
  | 'phone'
> &
  Readonly<{ url: string | undefined }>;

export type Span = Readonly<{ starts: Date; ends: Date }>;

const refuseOthers = ({ actor }: Records): void => {
  if (!isHolder(actor.role)) throw forbidden();
};

/** Makes one gathering, or a series of them at once. Returns their ids in the order of the dates. */
export async function hold(records: Records, draft: Draft, spans: readonly Span[]): Promise<string[]> {
  refuseOthers(records);
  const series = spans.length > 1 ? records.newId() : null;
  const made = spans.map((span) => ({ ...span, id: records.newId() }));
  const { url, ...rest } = draft;
  const rows = made.map(({ id, starts, ends }) => ({
    ...rest,
    id,
    series,
    starts_at: starts.toISOString(),
    ends_at: ends.toISOString(),
    created_at: records.now.toISOString(),
  }));
  await records.run(sql`
    insert into gathering (id, series, program, kind, title, note, starts_at, ends_at, municipality, area, place, location_id,
      room, room_online, drop_in, leader_kind, leader, phone, created_at)
    select id, series, program, kind, title, note, starts_at, ends_at, municipality, area, place, location_id,
      room, room_online, drop_in, leader_kind, leader, phone, created_at
    from jsonb_populate_recordset(null::gathering, ${JSON.stringify(rows)}::jsonb)`);
  if (url !== undefined)
    await records.run(sql`insert into gathering_link (gathering_id, url)
      select id, ${url} from unnest(${made.map(({ id }) => id)}::uuid[]) id`);
  return made.map(({ id }) => id);
}

/** Each date has its own, so that one of a series can be held elsewhere. */
async function keepLink(records: Records, id: string, url: string | undefined): Promise<void> {
  if (url === undefined) await records.run(sql`delete from gathering_link where gathering_id = ${id}::uuid`);
  else
    await records.run(sql`insert into gathering_link (gathering_id, url) values (${id}::uuid, ${url})
      on conflict (gathering_id) do update set url = excluded.url`);
}

/**
 * Changes one date. When, where or how it is held is told to everybody with a place; more room is given to those who wait;
 * returns the places of those among them who have no mail address.
 * Refuses a version that is no longer there, and what was called off.
 */
export async function change(
  records: Records,
  id: string,
  seen: number,
  given: Readonly<{ draft: Draft; span: Span }>,
  tell: Tell,
): Promise<string[]> {
  refuseOthers(records);
  // Who signs up meanwhile waits, so that what is counted is what there will be.
  await records.run(sql`select hold_gathering(${id}::uuid)`);
  const was = await readGathering(records, id);
  const before = await linkOf(records, id);
  const { draft, span } = given;
  const room = tooLittleRoom(was, draft);
  if (room.length > 0) throw invalid(...room);
  const rows = await records.run(sql`
    update gathering set kind = ${draft.kind}, title = ${draft.title}, note = ${draft.note}, starts_at = ${span.starts}::timestamptz,
      ends_at = ${span.ends}::timestamptz, municipality = ${draft.municipality}, area = ${draft.area}, place = ${draft.place},
      location_id = ${draft.location_id}::uuid, room = ${draft.room}::int, room_online = ${draft.room_online}::int,
      drop_in = ${draft.drop_in}, leader_kind = ${draft.leader_kind}, leader = ${draft.leader}, phone = ${draft.phone}, version = version + 1
    where id = ${id}::uuid and version = ${seen} and status = 'planned' returning id`);
  if (rows.length === 0)
    throw conflict(
      'ほかの人が先に変えたか、中止にしました。今の内容を確かめて、もう一度お願いします。',
      'Someone else changed it first, or called it off. Look at how it stands now.',
    );
  await keepLink(records, id, draft.url);
  // On another day they are reminded anew.
  if (was.starts_at.getTime() !== span.starts.getTime())
    await records.run(
      sql`update gathering_place set reminded_at = null where gathering_id = ${id}::uuid and reminded_at is not null`,
    );
  const moved =
    was.starts_at.getTime() !== span.starts.getTime() ||
    was.ends_at.getTime() !== span.ends.getTime() ||
    was.place !== draft.place ||
    before !== draft.url;
  const now = await readGathering(records, id);
  if (moved) await tellAll(records, tell, now, 'moved', was);
  return moveUp(records, tell, now);
}

/** Nobody who has a place loses it by a smaller number. */
function tooLittleRoom(was: Counted, draft: Draft) {
  const [site, online] = [was.counts.site?.booked ?? 0, was.counts.online?.booked ?? 0];
  const says = (path: string, n: number) =>
    issue(
      path,
      `もう${String(n)}人が申し込んでいます。それより少なくはできません。`,
      `${String(n)} have signed up already; it cannot be fewer.`,
    );
  return [
    ...((draft.room ?? 0) < site ? [says('room', site)] : []),
    ...((draft.room_online ?? 0) < online ? [says('roomOnline', online)] : []),
  ];
}

/** Calls one date off, and tells everybody who has a place or waits for one. A second time changes nothing. */
export async function callOff(records: Records, id: string, because: string, tell: Tell): Promise<void> {
  refuseOthers(records);
  const was = await readGathering(records, id);
  const rows = await records.run(sql`
    update gathering set status = 'cancelled', cancelled_because = ${because}, version = version + 1
    where id = ${id}::uuid and status = 'planned' returning id`);
  if (rows.length > 0) await tellAll(records, tell, { ...was, cancelled_because: because }, 'off');
}
