import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readBack } from '../documents/read.ts';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let worker: Desk;
let task: string;
let patient: string;
let base: string;
beforeAll(async () => {
  service = await startService();
  worker = await signedIn(service, 'townworker');
  const { rows } = await service.owner.query<{ id: string; patient_id: string }>(
    `select t.id, t.patient_id from task t join service_request s on s.id = t.focus_id
     where t.part_of_id is null and t.status = 'in-progress' and s.content::text like '%program/kamaishi%' limit 1`,
  );
  [task, patient] = [rows[0]?.id ?? '', rows[0]?.patient_id ?? ''];
  base = `/referrals/${task}/hand-over`;
}, 60_000);
afterAll(() => service.stop());

const words = { reason: '夜の通院の足がありません。', asked: '送迎の相談をお願いします。', agreed: 'on' };
const office = (): { id: string; name: string } =>
  service.demo.bodies.offices.find(({ name }) => name === '花野町地域包括支援センター') ?? {
    id: '',
    name: '',
  };
const pdf = async (html: string) => {
  const path = new RegExp(`${base}/[0-9a-f-]{36}\\.pdf`).exec(html)?.[0] ?? '';
  return { ...(await pdfAt(path)), path };
};
const pdfAt = async (path: string, who = worker) => {
  const answer = await fetch(`${service.url}${path}`, {
    headers: { cookie: [...who.jar].map((pair) => pair.join('=')).join('; ') },
  });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
};
const made = async (): Promise<number> =>
  (
    await service.owner.query<{ n: number }>(
      `select count(*)::int as n from communication where patient_id = $1 and content #>> '{topic,coding,0,code}' = 'hand-over'`,
      [patient],
    )
  ).rows[0]?.n ?? 0;

test('the way to the sheet stands on a case whose program has one, and on no other', async () => {
  expect((await worker.get(`/referrals/${task}`)).html).toContain(`href="${base}"`);
  const other = await signedIn(service, 'linkworker');
  const { rows } = await service.owner.query<{ id: string }>(
    `select id from task where part_of_id is null and status = 'in-progress' and owner_id = $1 limit 1`,
    [service.demo.accounts.find(({ login }) => login === 'linkworker')?.organizationId],
  );
  const mine = `/referrals/${rows[0]?.id ?? ''}`;
  expect((await other.get(mine)).html).not.toContain('hand-over');
  expect((await other.get(`${mine}/hand-over`)).status).toBe(404);
  // Nor on another office's case.
  expect((await other.get(base)).status).toBe(404);
  for (const login of ['doctor', 'insurer', 'resource', 'neighbour'])
    expect((await (await signedIn(service, login)).get(base)).status).toBe(403);
});

test('a blank sheet has who it is about and a code, nothing that a receiver would have to be named for, and is one page', async () => {
  expect((await worker.get(base)).html).toContain(`href="${base}/blank.pdf"`);
  const { status, bytes } = await pdfAt(`${base}/blank.pdf`);
  expect(status).toBe(200);
  const { pages } = await readBack(bytes);
  expect(pages).toHaveLength(1);
  const person = service.demo.people.find(({ id }) => id === patient)?.person;
  for (const says of [person?.family ?? '', '用紙番号', '引き継ぐ理由', 'お受けしました'])
    expect(pages[0]).toContain(says);
  expect(pages[0]).not.toContain(person?.phone ?? '');
  const { rows } = await service.owner.query(
    `select 1 from access_log where action = 'print' and what = 'hand-over sheet (blank)' and $1 = any (patients)`,
    [patient],
  );
  expect(rows).not.toEqual([]);
  const other = await signedIn(service, 'coordinator');
  expect((await pdfAt(`${base}/blank.pdf`, other)).status).toBe(403);
});

test('everything that is missing is said at once, and what was typed stays', async () => {
  const answer = await worker.send(await worker.get(base), '/hand-over', {
    to: 'typed',
    reason: words.reason,
    phone: '12',
  });
  expect(answer.status).toBe(422);
  for (const says of [
    '窓口の名前を書いてください',
    'どんな窓口かを選んでください',
    'お願いしたいことを書いて',
    '電話番号の形ではありません',
    'ご本人の了承',
  ])
    expect(answer.html).toContain(says);
  expect(answer.html).toContain(words.reason);
  expect(await made()).toBe(0);
});

test('a window of the directory is told what the consent opens to it, on one page, and it stands in the case', async () => {
  const page = await worker.get(`${base}?q=${encodeURIComponent('花野町')}`);
  expect(page.html).toContain(office().name);
  const done = await worker.send(page, '/hand-over', { ...words, to: office().id });
  expect(done.status).toBe(303);
  const shown = await worker.get(done.location.split('#')[0] ?? '');
  expect(shown.html).toContain('引き継ぎ票を作りました');
  const { status, bytes } = await pdf(shown.html);
  expect(status).toBe(200);
  const { pages } = await readBack(bytes);
  expect(pages).toHaveLength(1);
  const person = service.demo.people.find(({ id }) => id === patient);
  for (const says of [office().name, person?.person.phone ?? '', words.reason, words.asked, 'お受けしました'])
    expect(pages[0]).toContain(says);
  expect((await worker.get(`/referrals/${task}`)).html).toContain(words.reason);
  const { rows } = await service.owner.query(
    `select 1 from access_log where action = 'print' and what = 'hand-over sheet' and $1 = any (patients)`,
    [patient],
  );
  expect(rows).not.toEqual([]);
});

test('whom no consent names is told nothing', async () => {
  const before = await made();
  const town = service.demo.bodies.municipalities[0];
  const refused = await worker.send(
    await worker.get(`${base}?q=${encodeURIComponent(town?.name ?? '')}`),
    '/hand-over',
    {
      ...words,
      to: town?.id ?? '',
    },
  );
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('いまの同意では');
  expect(await made()).toBe(before);
});

test('a window that is not in the directory is written down; the same form twice is one sheet', async () => {
  const before = await made();
  const page = await worker.get(base);
  const typed = { ...words, to: 'typed', name: 'となり町のくらし相談', kind: 'office', fax: '050-0000-7777' };
  const both = await Promise.all([
    worker.send(page, '/hand-over', typed),
    worker.send(page, '/hand-over', typed),
  ]);
  expect(both.map(({ status }) => status)).toEqual([303, 303]);
  expect(await made()).toBe(before + 1);
  const { bytes } = await pdf((await worker.get(base)).html);
  expect((await readBack(bytes)).pages.join('')).toContain('となり町のくらし相談');
});

test('a window of which nobody knows a number yet is written down all the same', async () => {
  const before = await made();
  const done = await worker.send(await worker.get(base), '/hand-over', {
    ...words,
    to: 'typed',
    name: '川むこうのくらし相談',
    kind: 'office',
  });
  expect(done.status).toBe(303);
  expect(await made()).toBe(before + 1);
  const { bytes } = await pdf((await worker.get(base)).html);
  expect((await readBack(bytes)).pages.join('')).toContain('川むこうのくらし相談');
});

test('the longest that can be written still fits on one page', async () => {
  const long = { ...words, reason: 'あ'.repeat(250), asked: 'い'.repeat(150), to: office().id };
  const done = await worker.send(
    await worker.get(`${base}?q=${encodeURIComponent('花野町')}`),
    '/hand-over',
    long,
  );
  expect(done.status).toBe(303);
  const { bytes } = await pdf((await worker.get(base)).html);
  expect((await readBack(bytes)).pages).toHaveLength(1);
});

test('once the consent is taken back, nothing of it is printed any more', async () => {
  const { path } = await pdf((await worker.get(base)).html);
  await service.owner.query(
    `update consent set version = version + 1, content = jsonb_set(content, '{status}', '"inactive"') where patient_id = $1`,
    [patient],
  );
  expect([404, 410]).toContain((await worker.get(path)).status);
  expect([404, 410]).toContain((await worker.get(base)).status);
});
