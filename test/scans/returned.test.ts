import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Grey } from '../../src/scans/recognise/bitmap.ts';
import { kept, people, rowsOf } from '../invitations/scene.ts';
import { signedIn, type Desk, type Seen } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { arrived, pngFile, printed, tiffOf } from './paper.ts';

let service: Service;
let insurer: Desk;
let worker: Desk;
let office = '';
beforeAll(async () => {
  service = await startService({ patients: 13, pollSeconds: 1 });
  insurer = await signedIn(service, 'insurer');
  worker = await signedIn(service, 'linkworker');
  office = service.demo.accounts.find(({ login }) => login === 'linkworker')?.organizationId ?? '';
}, 120_000);
afterAll(() => service.stop());

async function pagesOf(at: Desk, path: string): Promise<Grey[]> {
  const answer = await fetch(`${service.url}${path}`, {
    headers: { cookie: [...at.jar].map((pair) => pair.join('=')).join('; ') },
  });
  return printed(Buffer.from(await answer.arrayBuffer()));
}
const fax = { across: 204, black: 128, fed: true, lines: 196 } as const;
/** As a fax machine sends them. */
const faxed = async (pages: readonly Grey[]): Promise<Buffer> =>
  tiffOf(
    await Promise.all(
      pages.map(async (page) => ({ ...(await arrived(page, fax)), across: 204, lines: 196 })),
    ),
  );

/** The lower part of a letter, torn off and laid on a scanner alone. */
const slipOf = ({ data, width, height }: Grey): Grey => {
  const from = Math.round((219 / 297) * height);
  return { width, height: height - from, data: data.slice(from * width) };
};

/** Brings a file in and waits until it has been read. */
async function bring(at: Desk, bytes: Buffer): Promise<Seen> {
  const sent = await at.sendFiles(
    await at.get('/scans/new'),
    '/scans',
    {},
    { files: new Blob([new Uint8Array(bytes)]) },
  );
  expect([sent.status, sent.location]).toEqual([303, '/scans?said=taken']);
  for (;;) {
    const { rows } = await service.owner.query(
      `select 1 from scan where state in ('waiting', 'reading') union all select 1 from scan_page where state = 'tray' and why is null`,
    );
    if (rows.length === 0) return at.get('/scans');
    await new Promise((later) => setTimeout(later, 200));
  }
}

const slips = ({ html }: Seen): string[] =>
  [...html.matchAll(/\/scans\/slips\/[0-9a-f-]{36}/g)].map(([href]) => href);
const others = async (table: string): Promise<number> =>
  (await service.owner.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? -1;

test('slips that come by fax stand in the tray of the insurer, and each answer is recorded beside its picture', async () => {
  const list = await kept(insurer, people.hana, people.taro, people.jiro);
  await insurer.send(await insurer.get(`/invitations/${list}`), '/sent');
  const letters = await pagesOf(insurer, `/invitations/${list}/letters.pdf`);
  const [hana, taro, jiro] = await rowsOf(service, list);
  const tray = await bring(insurer, await faxed(letters));
  for (const name of ['花子', '太郎', '次郎']) expect(tray.html).toContain(`返信票　灯台守 ${name}さん`);
  expect(tray.html).toContain('仕分けを待つページはありません');
  expect((await insurer.get(`/invitations/${list}`)).html).toContain('返信票が3枚届いています');

  const [one = '', two = '', three = ''] = slips(tray);
  const page = await insurer.get(one);
  expect(page.html).toContain('灯台守 花子');
  // The answers stand at the foot of the paper: the picture begins there.
  expect(page.html).toContain('class="scan-frame from-end"');
  const wrong = await insurer.send(page, one, { place: 'かもめ医院' });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('お返事を選んでください');
  expect(wrong.html).toContain('value="かもめ医院"');
  // Two taps: one answer.
  const been = { answer: 'been', place: 'かもめ医院' };
  await Promise.all([insurer.send(page, one, been), insurer.send(page, one, been)]);
  await insurer.send(await insurer.get(two), two, { answer: 'yes' });
  await insurer.send(await insurer.get(three), three, { answer: 'no' });

  const { rows } = await service.owner.query(
    'select been_by, been_where, due_on, agreed_by from invitation where list_id = $1 order by line',
    [list],
  );
  expect(rows).toEqual([
    { been_by: 'slip', been_where: 'かもめ医院', due_on: null, agreed_by: null },
    { been_by: null, been_where: null, due_on: expect.any(Date), agreed_by: 'slip' },
  ]);
  expect((await insurer.get(`/invitations/${list}/members/${hana?.id ?? ''}`)).html).toContain(
    'もう受診したと返事',
  );
  expect((await insurer.get(one)).html).toContain('お返事は記録してあります');

  // Of whoever says no no paper is left: neither its picture nor what was printed.
  expect((await insurer.get(three)).status).toBe(404);
  expect((await insurer.get(`${three.replace('slips', 'returned')}/picture`)).status).toBe(404);
  const { rows: left } = await service.owner.query(
    `select 1 from printed_sheet where about_id = $1 union all
     select 1 from scan_page p join returned_page r on r.id = p.id where r.invitation_id = $1`,
    [jiro?.id],
  );
  expect(left).toEqual([]);
  expect(await others('returned_page')).toBe(2);
  expect((await insurer.get('/scans')).html).toContain('お返事の用紙として受け取りました');
  expect(taro?.id).toBeDefined();
}, 120_000);

test('a slip that was torn off is known alone; one that came before, and one of somebody who is gone, wait for a person', async () => {
  const list = await kept(insurer, people.hana.replace('5501', '6501'), people.taro.replace('5502', '6502'));
  const [first, second] = await pagesOf(insurer, `/invitations/${list}/letters.pdf`);
  if (!first || !second) throw new Error('no letters');
  const tray = await bring(insurer, await pngFile(slipOf(first)));
  expect(tray.html).toContain('返信票　灯台守 花子さん');
  expect((await bring(insurer, await faxed([first]))).html).toContain('同じ用紙が前にも届いています');

  const [, gone] = await rowsOf(service, list);
  const member = await insurer.get(`/invitations/${list}/members/${gone?.id ?? ''}`);
  await insurer.send(await insurer.send(member, '/ended'), '/ended');
  const later = await bring(insurer, await faxed([second]));
  expect(later.html).toContain('この方は、もう名簿にありません');

  // Whose it is is said by hand; no person of a clinic is offered to an insurer.
  const id = /\/scans\/pages\/([0-9a-f-]{36})/.exec(later.html)?.[1] ?? '';
  const look = await insurer.get(`/scans/pages/${id}?q=90006501`);
  expect(look.html).toContain('灯台守 花子');
  expect(look.html).not.toContain('/file"');
  const unsaid = await insurer.send(look, '/slip');
  expect(unsaid.status).toBe(422);
  expect(unsaid.html).toContain('href="#field-invitation"');
  expect(unsaid.html).toContain('灯台守 花子');
  expect(unsaid.html).toContain('value="90006501"');
  const [hana] = await rowsOf(service, list);
  const filed = await insurer.send(look, '/slip', { invitation: hana?.id ?? '' });
  expect(filed.location).toBe(`/scans/slips/${id}`);
  expect((await insurer.send(look, '/slip', { invitation: hana?.id ?? '' })).location).toBe(
    `/scans/slips/${id}`,
  );
  // Nor can anybody else look at it.
  expect((await worker.get(`/scans/slips/${id}`)).status).toBe(403);
  expect((await worker.get(`/scans/returned/${id}/picture`)).status).toBe(404);
}, 120_000);

test('what waits in the tray of somebody who says no is erased with them', async () => {
  const list = await kept(insurer, people.hana.replace('5501', '6601'));
  const [letter] = await pagesOf(insurer, `/invitations/${list}/letters.pdf`);
  if (!letter) throw new Error('no letter');
  await bring(insurer, await faxed([letter]));
  await bring(insurer, await pngFile(letter));
  const [row] = await rowsOf(service, list);
  const member = await insurer.get(`/invitations/${list}/members/${row?.id ?? ''}`);
  await insurer.send(await insurer.send(member, '/ended'), '/ended');
  const { rows } = await service.owner.query<{ png: boolean; sheet: string | null; state: string }>(
    `select p.png is not null as png, p.sheet, p.state from scan_page p join scan s on s.id = p.scan_id order by s.at desc limit 2`,
  );
  expect(rows.map(({ png, sheet }) => [png, sheet])).toEqual([
    [false, null],
    [false, null],
  ]);
  expect(rows.map(({ state }) => state).toSorted()).toEqual(['filed', 'thrown']);
}, 120_000);

/** A session of the office that began an hour ago, or so many days before, with two who signed up. */
async function gather(days = 0): Promise<string> {
  const id = randomUUID();
  const starts = new Date(service.now().getTime() - 3_600_000 - days * 86_400_000);
  await service.owner.query(
    `insert into gathering (id, organization_id, program, kind, title, starts_at, ends_at, place, room, drop_in, created_at)
     values ($1, $2, 'takaishi', 'advice', '紙の出席簿のつどい', $3, $4, '公民館', 5, false, $3)`,
    [id, office, starts, new Date(starts.getTime() + 1_800_000)],
  );
  for (const name of ['うみ', 'そら'])
    await service.owner.query(
      `insert into gathering_place (id, gathering_id, organization_id, way, state, name, created_at)
       values (gen_random_uuid(), $1, $2, 'site', 'booked', $3, now())`,
      [id, office, name],
    );
  return id;
}

test('an attendance list that comes back lies with its session, and everybody’s attendance is typed beside it', async () => {
  const id = await gather();
  const tray = await bring(worker, await faxed(await pagesOf(worker, `/sessions/${id}/list.pdf`)));
  expect(tray.html).toContain('出席簿　紙の出席簿のつどい（1ページ目）');
  expect((await worker.get(`/sessions/${id}/attendance`)).html).toContain(
    '返ってきた出席簿（1枚）を見ながら入力する',
  );
  const page = await worker.get(`/scans/lists/${id}`);
  const { rows: places } = await service.owner.query<{ id: string; name: string }>(
    'select id, name from gathering_place where gathering_id = $1 order by turn',
    [id],
  );
  const [umi, sora] = places;
  // Two who type it at once: one of them is told.
  const typed = {
    [`as-${umi?.id ?? ''}`]: 'present',
    [`as-${sora?.id ?? ''}`]: 'absent',
    'walk-1': 'やま',
  };
  const again = await worker.get(`/scans/lists/${id}`);
  const sent = await Promise.all([page, again].map((one) => worker.send(one, `/scans/lists/${id}`, typed)));
  expect(sent.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422]);
  expect(sent.map(({ location }) => location)).toContain('/scans?said=listed');
  const { rows } = await service.owner.query(
    'select name, attended, walk_in from gathering_place where gathering_id = $1 order by turn',
    [id],
  );
  expect(rows).toEqual([
    { name: 'うみ', attended: 'present', walk_in: false },
    { name: 'そら', attended: 'absent', walk_in: false },
    { name: 'やま', attended: 'present', walk_in: true },
  ]);
  expect((await worker.get('/scans')).html).toContain('入力を待つ紙はありません');
  // Residents who help see no picture of names that they may not all see.
  expect((await (await signedIn(service, 'neighbour')).get(`/scans/lists/${id}`)).status).toBe(403);
}, 120_000);

type Row = { id: string; name: string; attended: string | null };
const places = async (id: string): Promise<Row[]> =>
  (
    await service.owner.query<Row>(
      'select id, name, attended from gathering_place where gathering_id = $1 order by turn',
      [id],
    )
  ).rows;
const attended = async (id: string) => (await places(id)).map(({ name, attended: as }) => [name, as]);
/** Ids of the `count` pages that came last and wait in the tray of the office, as on the paper. */
async function unread(count: number): Promise<string[]> {
  const { rows } = await service.owner.query<{ id: string }>(
    `select p.id from scan_page p join scan s on s.id = p.scan_id where p.organization_id = $1 and p.state = 'tray' order by s.at desc, p.number limit $2`,
    [office, count],
  );
  return rows.map(({ id }) => id);
}
/** Two blank sheets that belong to nobody. */
const blanks = (): Promise<Buffer> => {
  const blank = { width: 826, height: 1169, data: new Uint8Array(826 * 1169).fill(255) };
  blank.data.fill(0, 826 * 400, 826 * 404);
  return faxed([blank, { ...blank, data: blank.data.toReversed() }]);
};

test('pages laid by hand keep their numbers, and nothing is recorded of what somebody did not see or left as it was', async () => {
  const id = await gather();
  await bring(worker, await blanks());
  const [first = '', second = ''] = await unread(2);
  const look = await worker.get(`/scans/pages/${first}?q=${encodeURIComponent('うみ')}`);
  const unsaid = await worker.send(look, '/list', { session: '' });
  expect(unsaid.status).toBe(422);
  expect(unsaid.html).toContain('href="#field-session"');
  expect(unsaid.html).toContain('value="うみ"');
  expect((await worker.send(look, '/list', { session: id })).location).toBe(`/scans/lists/${id}`);

  const early = await worker.get(`/scans/lists/${id}`);
  const other = await worker.get(`/scans/lists/${id}`);
  await worker.send(await worker.get(`/scans/pages/${second}`), '/list', { session: id });
  const [umi, sora] = await places(id);
  await service.owner.query(`update gathering_place set attended = 'present' where id = $1`, [umi?.id]);
  const stale = await worker.get(`/scans/lists/${id}`);
  // A colleague puts it right on the page for attendance.
  await service.owner.query(`update gathering_place set attended = 'absent' where id = $1`, [umi?.id]);
  const typed = { [`as-${sora?.id ?? ''}`]: 'present', 'walk-1': 'やま' };
  const untouched = { [`as-${umi?.id ?? ''}`]: 'present' };
  expect((await worker.send(early, `/scans/lists/${id}`, typed)).location).toBe('/scans?said=listed');
  const { rows } = await service.owner.query(
    'select number, done_at is not null as done from returned_page where gathering_id = $1 order by number',
    [id],
  );
  expect(rows).toEqual([
    { number: 1, done: true },
    { number: 2, done: false },
  ]);

  // Too late: what was typed stands there still, and is not recorded twice.
  const late = await worker.send(other, `/scans/lists/${id}`, { ...typed, 'walk-2': 'かわ' });
  expect(late.status).toBe(422);
  expect(late.html).toContain('この出席簿は、もう入力してあります');
  expect(late.html).toContain('value="かわ"');
  await worker.send(stale, `/scans/lists/${id}`, untouched);
  expect(await attended(id)).toEqual([
    ['うみ', 'absent'],
    ['そら', 'present'],
    ['やま', 'present'],
  ]);
  const done = await worker.get(`/scans/lists/${id}`);
  expect(done.html).toContain('この出席簿は、もう入力してあります');
  expect(done.html).not.toContain('name="walk-1"');
}, 120_000);

test('a list of a session so long ago that its lists are deleted stays in the tray', async () => {
  const id = await gather(91);
  const list = await faxed(await pagesOf(worker, `/sessions/${id}/list.pdf`));
  expect((await bring(worker, list)).html).toContain('古い用紙かもしれません');
  const { rows } = await service.owner.query('select 1 from returned_page where gathering_id = $1', [id]);
  expect(rows).toEqual([]);
}, 120_000);
