import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { desk, signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { dayFields, kept, ownPage, people, rowsOf, type Row } from './scene.ts';

/** Everything that the product wrote to its log. */
let logged = '';
let service: Service;
let insurer: Desk;
beforeAll(async () => {
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logged += chunk.toString();
      done();
    },
  });
  service = await startService({ patients: 13, log: pino({ level: 'debug' }, stream) });
  insurer = await signedIn(service, 'insurer');
}, 60_000);
afterAll(() => service.stop());

/** Whatever could tell of somebody: name, kana, day of birth, number, address, telephone, code and id. */
const tracesOf = (line: string, row: Row): string[] => {
  const [, number = '', , name = '', kana = '', birth = '', , address = '', phone = ''] = line.split(',');
  return [number, name, kana, kana.replace(' ', ''), birth, address, phone, row.code, row.id].filter(Boolean);
};

/** Tables and columns in which one of these stands. */
async function foundIn(traces: readonly string[]): Promise<string[]> {
  const { rows: tables } = await service.owner.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relkind in ('r', 'p', 'm') and relnamespace = 'public'::regnamespace`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await service.owner.query<{ line: string }>(`select t::text as line from ${name} t`);
    for (const trace of traces)
      if (rows.some(({ line }) => line.includes(trace))) found.push(`${name}: ${trace}`);
  }
  return found;
}

const lines = [people.hana, people.taro, people.jiro] as const;
const invite = async (line: string): Promise<Row> => {
  const list = await kept(insurer, line);
  const [row] = await rowsOf(service, list);
  if (!row) throw new Error('nobody was invited');
  await insurer.send(await insurer.get(`/invitations/${list}`), '/sent');
  await insurer.get(`/invitations/${list}/members/${row.id}`);
  await insurer.get(`/invitations/${list}?q=${encodeURIComponent('トウダイモリ')}`);
  await insurer.get(`/invitations/${list}/letters.pdf`);
  return row;
};

test.each([
  [
    'by the page of the letter',
    lines[0],
    async (row: Row) => {
      const [me, page] = await ownPage(service, row);
      expect(page.html).toContain('受診されますか');
      expect(page.html).not.toContain('灯台守');
      const done = await me.send(page, '/i/answer', { answer: 'no' });
      expect(done.html).toContain('ご案内を終えました');
      // The second of two taps, and whoever comes back.
      expect((await me.send(page, '/i/answer', { answer: 'no' })).html).toContain('ご案内を終えました');
      expect((await ownPage(service, row))[1].status).toBe(422);
    },
  ],
  [
    'by telephone',
    lines[1],
    async (row: Row) => {
      const member = await insurer.get(`/invitations/${row.list_id}/members/${row.id}`);
      await insurer.send(await insurer.send(member, '/ended'), '/ended');
    },
  ],
  [
    'at the clinic',
    lines[2],
    async (row: Row) => {
      const doctor = await signedIn(service, 'towndoctor');
      const found = await doctor.send(await doctor.get('/invited'), '/invited', {
        code: row.code,
        ...dayFields('birth', row.birth_date),
      });
      expect(found.html).toContain('灯台守 次郎');
      const typed = await doctor.send(found, '/invited/consent', {
        family: '灯台守',
        given: '次郎',
        familyKana: 'トウダイモリ',
        givenKana: '',
        ...dayFields('birthDate', row.birth_date),
      });
      expect(typed.status).toBe(422);
      expect((await doctor.send(await doctor.send(found, '/invited/ended'), '/invited/ended')).location).toBe(
        '/invited?said=ended',
      );
    },
  ],
] as const)(
  'nothing of somebody who says no %s is left: in no table, history, letter or log',
  async (_how, line, refuse) => {
    const row = await invite(line);
    expect(await foundIn(tracesOf(line, row))).not.toEqual([]);
    await refuse(row);
    expect(await foundIn(tracesOf(line, row))).toEqual([]);
    expect(tracesOf(line, row).filter((trace) => logged.includes(trace))).toEqual([]);
    expect(JSON.stringify(service.mailbox)).not.toContain('灯台守');
    const { rows } = await service.owner.query<{ ended: number; taken: number }>(
      `select ended, taken from invitation_list where id = $1`,
      [row.list_id],
    );
    expect(rows).toEqual([{ ended: 1, taken: 1 }]);
  },
);

test('the code alone opens nothing, and a wrong day or number says neither which nor whose', async () => {
  const row = await invite(lines[0]);
  const me = desk(service);
  const first = await me.get(`/i/${row.code}`);
  expect(first.status).toBe(200);
  expect(first.headers.get('referrer-policy')).toBe('strict-origin');
  for (const word of ['灯台守', '1950', 'トウダイモリ']) expect(first.html).not.toContain(word);
  const wrongDay = await me.send(first, '/i', dayFields('birth', '1950-05-04'));
  const wrongCode = await me.send(await me.get('/i'), '/i', {
    code: '0000-0000-0000',
    ...dayFields('birth', '1950-05-03'),
  });
  expect([wrongDay.status, wrongCode.status]).toEqual([422, 422]);
  for (const one of [wrongDay, wrongCode]) expect(one.html).toContain('番号か生年月日が違うか');
  expect((await rowsOf(service)).some(({ id }) => id === row.id)).toBe(true);
});

test('yes is kept, can be said twice, and can still become no', async () => {
  const [row] = (await rowsOf(service)).filter(({ name }) => name === '灯台守 花子');
  if (!row) throw new Error('nobody');
  const [me, page] = await ownPage(service, row);
  for (let i = 0; i < 2; i += 1)
    expect((await me.send(page, '/i/answer', { answer: 'yes' })).html).toContain('お返事をいただきました');
  expect((await rowsOf(service)).find(({ id }) => id === row.id)?.agreed_at).not.toBeNull();
  const [again, later] = await ownPage(service, row);
  expect(later.html).toContain('お返事をいただいています');
  await again.send(later, '/i/answer', { answer: 'no' });
  expect((await rowsOf(service)).some(({ id }) => id === row.id)).toBe(false);
});
