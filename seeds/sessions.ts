import type pg from 'pg';
import { addWorkingDays, dayInTokyo } from '../src/kernel/japan/calendar.ts';
import type { DemoData } from './demo.ts';
import { municipality } from './places.ts';
import { dice } from './random.ts';

/** A series of sessions that an office of the demo holds: from eight weeks ago to eight weeks ahead. */
type Series = Readonly<{
  office: number;
  program: 'takaishi' | 'kotoura';
  kind: string;
  title: string;
  note?: string;
  /** Days from one to the next, and from today to the next one. */
  every: number;
  next: number;
  from: string;
  to: string;
  town: string;
  area: string;
  place?: string;
  room?: number;
  online?: number;
  dropIn?: true;
  leaderKind: string;
  leader: string;
}>;

const series: readonly Series[] = [
  {
    office: 0,
    program: 'takaishi',
    kind: 'exercise',
    title: '産後のからだほぐし',
    note: '動きやすい服で。赤ちゃんと一緒にどうぞ。',
    every: 14,
    next: 3,
    from: '10:00',
    to: '11:00',
    town: '朝凪',
    area: '緑が丘',
    place: '緑が丘公民館　2階和室　緑が丘2-5',
    room: 8,
    online: 20,
    leaderKind: 'midwife',
    leader: '助産師　白石',
  },
  {
    office: 0,
    program: 'takaishi',
    kind: 'meeting',
    title: 'はじめての赤ちゃん おしゃべり会',
    every: 28,
    next: 9,
    from: '13:30',
    to: '15:00',
    town: '朝凪',
    area: '港町',
    place: 'みなとドラッグ　2階（駐車場あり）　港町1-8',
    room: 10,
    online: 10,
    leaderKind: 'company',
    leader: 'みなとドラッグ　健康づくり担当',
  },
  {
    office: 0,
    program: 'kotoura',
    kind: 'health-room',
    title: '暮らしの保健室　北浜',
    every: 7,
    next: 0,
    from: '09:00',
    to: '17:00',
    town: '朝凪',
    area: '北浜',
    place: '北浜公民館　1階　北浜3-1',
    dropIn: true,
    leaderKind: 'resident',
    leader: 'おせっかい人　北浜チーム',
  },
  {
    office: 0,
    program: 'kotoura',
    kind: 'shop',
    title: 'お店の相談コーナー',
    every: 14,
    next: 5,
    from: '10:00',
    to: '12:00',
    town: '朝凪',
    area: '汐入',
    place: 'スーパーしおいり　入口の休憩所　汐入4-12',
    dropIn: true,
    leaderKind: 'nurse',
    leader: '保健師　今井',
  },
  {
    office: 4,
    program: 'kotoura',
    kind: 'salon',
    title: 'お茶のみ体操',
    every: 14,
    next: 2,
    from: '13:30',
    to: '15:00',
    town: '桜沢',
    area: '桜台',
    place: '桜台集会所　桜台1-3',
    room: 15,
    dropIn: true,
    leaderKind: 'resident',
    leader: 'おせっかい人　桜台',
  },
];

const topics = ['body', 'meal', 'alone', 'walking', 'transport', 'memory', 'care', 'house', 'mood', 'role'];
const bands = ['65-74', '75-84', '75-84', '85+', '40-64', 'unknown'];
const guests = [
  'ゆきちゃんママ',
  'はなこ',
  'みーさん',
  'さくら',
  'あおいママ',
  'りんママ',
  'こはる',
  'ひなママ',
];

/** Puts sessions into the demo, with who takes part and what those who dropped in talked about. Nobody in it is real. */
export async function loadSessions(client: pg.Client, data: DemoData, now: Date): Promise<void> {
  const d = dice(1, 'sessions');
  const today = new Date(`${dayInTokyo(now)}T00:00:00+09:00`).getTime();
  for (const one of series) {
    const organization = data.bodies.offices[one.office];
    if (!organization) continue;
    const seriesId = d.id();
    const first =
      one.next === 0 ? 0 : addWorkingDays(new Date(today + one.next * 86_400_000), 0).getTime() - today;
    const offset = Math.floor(first / 86_400_000);
    for (let n = Math.ceil(-56 / one.every); offset + n * one.every <= 56; n += 1) {
      const day = dayInTokyo(new Date(today + (offset + n * one.every) * 86_400_000));
      const id = d.id();
      const [starts, ends] = [new Date(`${day}T${one.from}:00+09:00`), new Date(`${day}T${one.to}:00+09:00`)];
      await client.query(
        `insert into gathering (id, organization_id, program, series, kind, title, note, starts_at, ends_at, municipality, area, place,
           room, room_online, drop_in, leader_kind, leader, phone, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
        [
          id,
          organization.id,
          one.program,
          seriesId,
          one.kind,
          one.title,
          one.note ?? null,
          starts,
          ends,
          municipality(one.town).code,
          one.area,
          one.place ?? null,
          one.room ?? null,
          one.online ?? null,
          one.dropIn ?? false,
          one.leaderKind,
          one.leader,
          organization.phone ?? null,
          new Date(today - 70 * 86_400_000),
        ],
      );
      if (one.online !== undefined)
        await client.query(`insert into gathering_link values ($1, $2)`, [
          id,
          `https://meet.example.org/${id.slice(0, 8)}`,
        ]);
      if (one.room !== undefined && n <= 0)
        await takePart(client, d, { id, organization: organization.id, one, past: starts < now });
      if (one.dropIn && one.program === 'kotoura' && starts < now)
        await talk(client, d, { id, organization: organization.id, starts });
    }
  }
}

type Dice = ReturnType<typeof dice>;

async function takePart(
  client: pg.Client,
  d: Dice,
  given: Readonly<{ id: string; organization: string; one: Series; past: boolean }>,
): Promise<void> {
  for (const name of d.some(guests, d.whole(3, 7))) {
    const way = given.one.online !== undefined && d.chance(0.4) ? 'online' : 'site';
    const place = d.id();
    const attended = !given.past ? null : d.chance(0.15) ? 'absent' : way === 'online' ? 'online' : 'present';
    await client.query(
      `insert into gathering_place (id, gathering_id, organization_id, way, state, name, attended, created_at)
       select $1, $2, $3, $4, 'booked', $5, $6, created_at from gathering where id = $2`,
      [place, given.id, given.organization, way, name, attended],
    );
    await client.query(`insert into gathering_contact (place_id, phone) values ($1, $2)`, [
      place,
      `090-0000-${String(d.whole(1000, 9999))}`,
    ]);
  }
}

async function talk(
  client: pg.Client,
  d: Dice,
  { id, organization, starts }: Readonly<{ id: string; organization: string; starts: Date }>,
): Promise<void> {
  for (let n = d.whole(3, 6); n > 0; n -= 1)
    await client.query(
      `insert into drop_in (id, gathering_id, organization_id, at, topics, minutes, age_band) values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        d.id(),
        id,
        organization,
        new Date(starts.getTime() + d.whole(1, 50) * 60_000),
        d.some(topics, d.whole(1, 3)),
        d.pick([5, 15, 15, 30]),
        d.pick(bands),
      ],
    );
}
