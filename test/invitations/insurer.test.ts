import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dayInTokyo } from '../../src/kernel/japan/calendar.ts';
import { readBack } from '../documents/read.ts';
import { desk, signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { head, kept, people, preview, rowsOf } from './scene.ts';

let service: Service;
let insurer: Desk;
beforeAll(async () => {
  service = await startService({ patients: 13 });
  insurer = await signedIn(service, 'insurer');
}, 60_000);
afterAll(() => service.stop());

const tables = async () =>
  (
    await service.owner.query<{ lists: number; people: number }>(
      `select (select count(*)::int from invitation_list) as lists, (select count(*)::int from invitation) as people`,
    )
  ).rows[0];

test('a list is looked at before anything of it is kept', async () => {
  const before = await tables();
  const shown = await preview(insurer, [head, people.hana, people.taro].join('\r\n'));
  expect(shown.status).toBe(200);
  expect(shown.html).toContain('2人を読み取りました');
  expect(shown.html).toContain('灯台守 花子');
  expect(await tables()).toEqual(before);
  const { rows } = await service.owner.query(`select 1 from typed_form where page like '/invitations%'`);
  expect(rows).toEqual([]);
});

test('a wrong list says every line, keeps the name of the list and nothing else', async () => {
  const before = await tables();
  const shown = await preview(
    insurer,
    [head, people.hana.replace('1950-05-03', '1950-13-03'), people.hana].join('\n'),
    '十月',
  );
  expect(shown.status).toBe(422);
  expect(shown.html).toContain('2行目「生年月日」');
  expect(shown.html).toContain('3行目「番号」：2行目と同じ番号です');
  expect(shown.html).toContain('value="十月"');
  expect(await tables()).toEqual(before);
  const none = await preview(insurer, '', '');
  expect(none.status).toBe(422);
  expect(none.html).toContain('名簿の名前を入力してください');
  expect(none.html).toContain('ファイルを選んでください');
});

test('a kept list stands there until its day; the same form twice is one list; who is on another list stays there', async () => {
  const shown = await preview(insurer, [head, people.hana, people.taro].join('\n'));
  const [one, two] = await Promise.all([
    insurer.send(shown, '/invitations'),
    insurer.send(shown, '/invitations'),
  ]);
  expect(one.location).toBe(two.location);
  const list = one.location.split(/[/?]/)[2] ?? '';
  expect((await rowsOf(service, list)).map(({ name }) => name)).toEqual(['灯台守 花子', '灯台守 太郎']);
  const again = await preview(insurer, [head, people.hana, people.jiro].join('\n'));
  expect(again.html).toContain('そのうち1人は、ほかの名簿にもう載っている');
  const second = await insurer.send(again, '/invitations');
  expect((await rowsOf(service, second.location.split(/[/?]/)[2])).map(({ name }) => name)).toEqual([
    '灯台守 次郎',
  ]);
  const page = await insurer.get(one.location);
  expect(page.html).toContain('名簿を保存しました');
  expect(page.html).toContain('トウダイモリ ハナコ');
});

test('what was looked at is not changed on its way back, and is of that account alone', async () => {
  const shown = await preview(insurer, [head, people.jiro.replace('5503', '5599')].join('\n'));
  const changed = {
    ...shown,
    html: shown.html.replace(/name="sealed" value="..../, 'name="sealed" value="AAAA'),
  };
  expect((await insurer.send(changed, '/invitations')).status).toBe(409);
});

test('letters of a page are one PDF, a page each, and say nothing of why', async () => {
  const [row] = await rowsOf(service);
  const list = row?.list_id ?? '';
  const answer = await fetch(`${service.url}/invitations/${list}/letters.pdf`, {
    headers: { cookie: [...insurer.jar].map((pair) => pair.join('=')).join('; ') },
  });
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  const { pages } = await readBack(Buffer.from(await answer.arrayBuffer()));
  const all = await rowsOf(service, list);
  expect(pages).toHaveLength(all.length);
  for (const [i, one] of all.entries()) {
    expect(pages[i]).toContain(one.name.replaceAll(/[\u{E0100}-\u{E01EF}]/gu, ''));
    expect(pages[i]).toContain(`${one.code.slice(0, 4)}-${one.code.slice(4, 8)}-${one.code.slice(8)}`);
    expect(pages[i]).not.toContain('未受診');
  }
});

test('what is printed to be sent and what is recorded as sent are the same letters', async () => {
  const list = await kept(insurer, people.jiro.replace('5503', '5811'), people.jiro.replace('5503', '5812'));
  const cookie = [...insurer.jar].map((pair) => pair.join('=')).join('; ');
  const printed = async (): Promise<readonly string[]> => {
    const { html } = await insurer.get(`/invitations/${list}`);
    const path = new RegExp(`/invitations/${list}/letters\\.pdf[^"]*unsent=yes`).exec(html)?.[0] ?? '';
    const answer = await fetch(`${service.url}${path.replaceAll('&amp;', '&')}`, { headers: { cookie } });
    return (await readBack(Buffer.from(await answer.arrayBuffer()))).pages;
  };
  expect(await printed()).toHaveLength(2);
  const [first, second] = await rowsOf(service, list);
  await service.owner.query(`update invitation set sent_on = $2, due_on = $2 where code = $1`, [
    first?.code,
    dayInTokyo(service.now()),
  ]);
  const pages = await printed();
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain(second?.code.slice(-4));
  const { html } = await insurer.get(`/invitations/${list}`);
  expect(html).toContain('まだ送っていない1通を送ったと記録する');
  expect(html).toContain('もう一度連絡する時期です');
});

test('letters that went out are counted once; nobody is asked again before the working days have passed', async () => {
  const list = await kept(insurer, people.jiro.replace('5503', '5601'), people.jiro.replace('5503', '5602'));
  const page = await insurer.get(`/invitations/${list}`);
  await insurer.send(page, '/sent');
  await insurer.send(page, '/sent');
  const rows = await rowsOf(service, list);
  expect(rows.every(({ sent_on }) => sent_on !== null)).toBe(true);
  const { rows: contacts } = await service.owner.query(
    `select 1 from invitation_contact c join invitation i on i.id = c.invitation_id where i.list_id = $1`,
    [list],
  );
  expect(contacts).toHaveLength(2);
  expect((await insurer.get(`/invitations/${list}/follow-up`)).html).toContain('いま連絡する方はいません');
});

test('who did not come is asked again, by letter or by telephone, and only so often', async () => {
  const list = await kept(insurer, people.jiro.replace('5503', '5701'));
  await insurer.send(await insurer.get(`/invitations/${list}`), '/sent');
  const today = dayInTokyo(service.now());
  const due = () =>
    service.owner.query(`update invitation set due_on = $2 where list_id = $1 and due_on is not null`, [
      list,
      today,
    ]);
  await due();
  const followUp = await insurer.get(`/invitations/${list}/follow-up`);
  expect(followUp.html).toContain('トウダイモリ ジロウ');
  await insurer.send(followUp, '/reminded');
  expect((await rowsOf(service, list))[0]).toMatchObject({ contacts: 1 });
  // The old page once more: nobody is due any more.
  await insurer.send(
    { ...followUp, html: followUp.html.replaceAll(/name="_once" value="./g, 'name="_once" value="x') },
    '/reminded',
  );
  expect((await rowsOf(service, list))[0]).toMatchObject({ contacts: 1 });
  await due();
  const [row] = await rowsOf(service, list);
  const member = await insurer.get(`/invitations/${list}/members/${row?.id ?? ''}`);
  expect((await insurer.send(member, '/called', {})).status).toBe(422);
  const called = await insurer.send(member, '/called', { kind: 'no-answer' });
  expect((await insurer.get(called.location)).html).toContain('電話したが不在');
  expect((await rowsOf(service, list))[0]).toMatchObject({ contacts: 2, due_on: null });
  await due();
  expect((await insurer.get(`/invitations/${list}/follow-up`)).html).toContain('いま連絡する方はいません');
});

test('the answer by telephone is noted; whoever does not want it is gone', async () => {
  const list = await kept(insurer, people.jiro.replace('5503', '5801'), people.jiro.replace('5503', '5802'));
  const [yes, no] = await rowsOf(service, list);
  const at = (id = '') => `/invitations/${list}/members/${id}`;
  const agreed = await insurer.send(await insurer.get(at(yes?.id)), '/agreed');
  expect((await insurer.get(agreed.location)).html).toContain('受診すると返事');
  // It says first what goes, and nothing goes by that.
  const page = await insurer.send(await insurer.get(at(no?.id)), '/ended');
  expect([page.status, page.html.includes('これまでの連絡の記録が消えます')]).toEqual([200, true]);
  expect((await rowsOf(service, list)).length).toBe(2);
  const ended = await insurer.send(page, '/ended');
  expect((await insurer.get(ended.location)).html).toContain('人数だけを残しています');
  expect((await rowsOf(service, list)).map(({ id }) => id)).toEqual([yes?.id]);
  expect((await insurer.get(at(no?.id))).status).toBe(404);
  // The second of two taps.
  expect(
    (
      await insurer.send(
        { ...page, html: page.html.replaceAll(/name="_once" value="./g, 'name="_once" value="y') },
        '/ended',
      )
    ).status,
  ).toBe(409);
  const { rows } = await service.owner.query<{ ended: number }>(
    `select ended from invitation_list where id = $1`,
    [list],
  );
  expect(rows[0]?.ended).toBe(1);
});

test('a list is its insurer’s alone: others have no such page, and another insurer no such list', async () => {
  const list = await kept(insurer, people.jiro.replace('5503', '5901'));
  const [row] = await rowsOf(service, list);
  for (const login of ['doctor', 'linkworker', 'council', 'admin', 'resource', 'meeting'])
    for (const path of ['/invitations', `/invitations/${list}`, `/invitations/${list}/letters.pdf`])
      expect((await (await signedIn(service, login)).get(path)).status).toBe(403);
  const { rows: others } = await service.owner.query<{ id: string }>(
    `select id from organization where type && array['https://tsunagi.example/fhir/CodeSystem/organization-type|insurer'] and id <> $1`,
    [service.demo.accounts.find(({ login }) => login === 'insurer')?.organizationId],
  );
  const other = others[0]?.id ?? '';
  await service.owner.query(`update account set organization_id = $1 where login = 'insurer'`, [other]);
  try {
    const stranger = await signedIn(service, 'insurer');
    // An insurer that runs no such program has no such pages.
    expect((await stranger.get('/invitations')).status).toBe(404);
    expect((await stranger.get('/shared')).html).not.toContain('href="/invitations"');
    await service.owner.query(
      `update organization set version = version + 1, content = jsonb_set(content, '{extension}', '[{"url": "https://tsunagi.example/fhir/StructureDefinition/program", "valueUri": "https://tsunagi.example/fhir/program/kamaishi"}]') where id = $1`,
      [other],
    );
    const own = await stranger.get('/invitations');
    expect(own.status).toBe(200);
    expect(own.html).not.toContain(list);
    for (const path of ['', '/letters.pdf', '/follow-up', `/members/${row?.id ?? ''}`])
      expect((await stranger.get(`/invitations/${list}${path}`)).status).toBe(404);
  } finally {
    await service.owner.query(`update account set organization_id = $1 where login = 'insurer'`, [
      service.demo.accounts.find(({ login }) => login === 'insurer')?.organizationId,
    ]);
  }
  expect((await desk(service).get(`/invitations/${list}`)).status).toBe(303);
});
