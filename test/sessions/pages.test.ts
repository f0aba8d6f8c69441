import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { desk, signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { dayInTokyo, startOfDayInTokyo } from '../../src/kernel/japan/calendar.ts';
import { readBack } from '../documents/read.ts';
import { reader } from '../story/reader.ts';

let service: Service;
let worker: Desk;
let office = '';
beforeAll(async () => {
  service = await startService({ attempts: 4 });
  worker = await signedIn(service, 'linkworker');
  office = service.demo.accounts.find(({ login }) => login === 'linkworker')?.organizationId ?? '';
}, 120_000);
afterAll(() => service.stop());

type Of = Readonly<{ program: string; kind: string; title: string }>;
const mothers: Of = { program: 'takaishi', kind: 'advice', title: '試験のつどい' };
const everybody: Of = { program: 'kotoura', kind: 'health-room', title: '試験の保健室' };

/** A session of the office that begins in so many hours; of another body where one is named. */
async function gather(hours: number, room = 1, organization = office, of: Of = mothers): Promise<string> {
  const id = randomUUID();
  const starts = new Date(service.now().getTime() + hours * 3_600_000);
  await service.owner.query(
    `insert into gathering (id, organization_id, program, kind, title, starts_at, ends_at, municipality, place, room, room_online, drop_in, created_at)
     values ($1, $2, $6, $7, $8, $3, $4, '992011', '公民館', $5, 1, false, $3)`,
    [id, organization, starts, new Date(starts.getTime() + 3_600_000), room, of.program, of.kind, of.title],
  );
  await service.owner.query(`insert into gathering_link values ($1, 'https://meet.example.org/x')`, [id]);
  return id;
}

test('the person of a referral is signed up from the case, and being there becomes a record that every rule lets pass', async () => {
  const { rows } = await service.owner.query<{ id: string; patient_id: string }>(
    `select t.id, t.patient_id from task t join service_request s on s.id = t.focus_id where t.owner_id = $1
     and t.part_of_id is null and t.status = 'in-progress' and s.content #>> '{instantiatesUri,0}' like '%akita' limit 1`,
    [office],
  );
  const [task] = rows;
  if (!task) throw new Error('The demo works on nobody.');
  const id = await gather(2);
  await gather(2, 1, office, everybody);
  const page = await worker.get(`/referrals/${task.id}/sessions`);
  expect(page.status).toBe(200);
  // By another program than that of the sessions for mothers; those for everybody stand there.
  expect([page.html.includes('試験のつどい'), page.html.includes('試験の保健室')]).toEqual([false, true]);
  const sent = await worker.send(page, `/referrals/${task.id}/sessions`, { session: id, way: 'site' });
  expect([sent.status, sent.location]).toEqual([303, `/referrals/${task.id}/sessions?said=booked`]);
  const { rows: places } = await service.owner.query<{ id: string }>(
    'select id from gathering_place where gathering_id = $1',
    [id],
  );
  const ticked = await worker.send(
    await worker.get(`/sessions/${id}/attendance`),
    `/sessions/${id}/attendance`,
    {
      place: places[0]?.id ?? '',
      as: 'present',
    },
  );
  expect(ticked.status).toBe(303);
  const { rows: encounters } = await service.owner.query(
    `select 1 from encounter where patient_id = $1 and content #>> '{type,0,text}' = '試験のつどい'`,
    [task.patient_id],
  );
  expect(encounters).toHaveLength(1);
});

describe('a page without an account', () => {
  const fields = { name: 'そら', way: 'site', reach: 'phone', phone: '090-0000-0000' };

  test('says everything that is missing at once, keeps what was typed, and a second tap takes no second place', async () => {
    const id = await gather(48, 3);
    const guest = desk(service);
    const page = await guest.get(`/join/${office}/${id}`);
    expect(page.html).not.toContain('meet.example.org');
    const wrong = await guest.send(page, `/${id}`, { name: 'そら', reach: 'mail', mail: 'nobody' });
    expect(wrong.status).toBe(422);
    for (const says of ['会場かオンラインか', 'メールアドレスを確かめて', 'value="そら"', 'value="nobody"'])
      expect(wrong.html).toContain(says);
    const [first, second] = [
      await guest.send(page, `/${id}`, fields),
      await guest.send(page, `/${id}`, fields),
    ];
    expect(first.status).toBe(303);
    expect(second.location).toBe(first.location);
    const pass = await guest.get(first.location);
    expect(pass.headers.get('referrer-policy')).toBe('strict-origin');
    expect(pass.html).not.toContain('そら');
    expect(pass.html).not.toContain('meet.example.org');
  });

  test('knows no other body’s session, no forged pass, and no body that holds none', async () => {
    const other = service.demo.bodies.offices[2]?.id ?? '';
    const theirs = await gather(48, 3, other);
    const guest = desk(service);
    for (const path of [
      `/join/${office}/${theirs}`,
      `/join/${other}`,
      `/join/${other}/${theirs}`,
      `/join/${randomUUID()}`,
      '/join/x',
      `/p/${'A'.repeat(38)}`,
      '/p/x',
    ])
      expect([path, (await guest.get(path)).status]).toEqual([path, 404]);
    for (const path of ['', '/attendance', '/edit', '/cancel', '/contacts', '/list.pdf', '/calls.pdf'])
      expect([path, (await worker.get(`/sessions/${theirs}${path}`)).status]).toEqual([path, 404]);
  });

  test('slows down who guesses codes', async () => {
    const id = await gather(48, 3);
    const guest = desk(service);
    const page = await guest.get(`/join/${office}/${id}/code`);
    const statuses: number[] = [];
    for (let n = 0; n < 10; n += 1)
      statuses.push((await guest.send(page, '/code', { code: `AAAAAAA${String(n)}` })).status);
    expect(statuses.slice(0, 8)).toEqual(Array(8).fill(422));
    expect(statuses.slice(8)).toEqual([429, 429]);
  });
});

test('who moves up from the waiting list and has no mail address is shown to the office, to be called', async () => {
  const id = await gather(48);
  const at = `/sessions/${id}`;
  const sign = async (name: string, fields: Readonly<Record<string, string>>) =>
    worker.send(await worker.get(at), `${at}/places`, { name, way: 'site', ...fields });
  await sign('はじめの人', { reach: 'none' });
  await sign('メールの人', { reach: 'mail', mail: 'queue@example.org' });
  await sign('電話の人', { reach: 'phone', phone: '090-0000-0001' });
  const { rows } = await service.owner.query<{ id: string }>(
    'select id from gathering_place where gathering_id = $1 order by turn',
    [id],
  );
  const giveUp = async (n: number) =>
    worker.send(await worker.get(at), `${at}/places/cancel`, { place: rows[n]?.id ?? '' });
  // The mail goes by itself.
  expect((await giveUp(0)).location).toBe(`${at}?said=taken-off`);
  const { location } = await giveUp(1);
  expect(location).toBe(`${at}?said=taken-off&call=${rows[2]?.id ?? ''}`);
  const notice = (html: string) => /次の方が入りました[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '';
  const said = notice((await worker.get(location)).html);
  expect(said).toContain('電話の人');
  expect(said).toContain('tel:09000000001');
  // Nobody else is shown by an address that somebody made up.
  for (const made of [rows[0]?.id ?? '', randomUUID(), 'x'])
    expect(notice((await worker.get(`${at}?said=taken-off&call=${made}`)).html)).toBe('');
});

test('residents who help have no page that makes, moves or calls off a session, nor one to refer', async () => {
  const id = await gather(48);
  const neighbour = await signedIn(service, 'neighbour');
  for (const path of [
    '/sessions/new',
    `/sessions/${id}/edit`,
    `/sessions/${id}/cancel`,
    `/sessions/${id}/calls.pdf`,
  ])
    expect([path, (await neighbour.get(path)).status]).toEqual([path, 403]);
  expect((await neighbour.get(`/sessions/${id}`)).html).not.toContain('/edit');
});

test('at the end of a month the page goes on four weeks, and what is over is on no new calendar', async () => {
  const today = dayInTokyo(service.now());
  const hoursTo = (days: number) =>
    (startOfDayInTokyo(today).getTime() + days * 86_400_000 - service.now().getTime()) / 3_600_000 + 12;
  const named = (title: string): Of => ({ ...mothers, title });
  await gather(hoursTo(28), 1, office, named('四週間後のつどい'));
  await gather(hoursTo(62), 1, office, named('二か月後のつどい'));
  await gather(-2, 1, office, named('終わったつどい'));
  const page = await worker.get('/sessions');
  expect(page.html).toContain('四週間後のつどい');
  expect(page.html).not.toContain('二か月後のつどい');
  const month = dayInTokyo(new Date(service.now().getTime() - 2 * 3_600_000)).slice(0, 7);
  const pdf = Buffer.from(
    await (
      await (await reader(service, 'linkworker')).get(`/sessions/calendar.pdf?month=${month}`)
    ).arrayBuffer(),
  );
  const printed = (await readBack(pdf)).pages.join('');
  // The first two hours of a month print the month that is over, as it was.
  expect(printed.includes('終わったつどい')).toBe(month !== today.slice(0, 7));
});
