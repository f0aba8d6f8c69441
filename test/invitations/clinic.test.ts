import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { forgetInvited } from '../../src/exchange/jobs.ts';
import { desk, signedIn, type Desk, type Seen } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { dayFields, kept, ownPage, people, rowsOf, type Row } from './scene.ts';

/** Wrong guesses that are let through. */
const few = 10;

let service: Service;
let insurer: Desk;
let doctor: Desk;
beforeAll(async () => {
  service = await startService({ patients: 13, attempts: few });
  insurer = await signedIn(service, 'insurer');
  doctor = await signedIn(service, 'towndoctor');
}, 60_000);
afterAll(() => service.stop());

let next = 6000;
/** Somebody invited under a number of their own. */
async function invited(line: string = people.hana): Promise<Row> {
  next += 1;
  const [, number = ''] = line.split(',');
  const list = await kept(insurer, line.replace(number, String(next)));
  const [row] = await rowsOf(service, list);
  if (!row) throw new Error('nobody was invited');
  return row;
}
const find = async (fields: Record<string, string>, at = doctor): Promise<Seen> =>
  at.send(await at.get('/invited'), '/invited', fields);
const byCode = (row: Row, at = doctor): Promise<Seen> =>
  find({ code: row.code, ...dayFields('birth', row.birth_date) }, at);

const person = (row: Row): Record<string, string> => ({
  // Not by the form that uses the record of somebody alike.
  patient: '',
  family: '灯台守',
  given: '花子',
  familyKana: 'トウダイモリ',
  givenKana: 'ハナコ',
  ...dayFields('birthDate', row.birth_date),
  sex: 'female',
  postalCode: '000-9001',
  municipality:
    service.demo.bodies.municipalities.find(({ name }) => name === '千草町')?.municipalityCode ?? '',
  line: '字灯台1-1',
  insurerNumber: service.demo.bodies.insurers[0]?.insurerNumber ?? '',
  symbol: '71',
  number: String(next),
  branch: '01',
});
const consent = (recipients: readonly string[]): Record<string, string | readonly string[]> => ({
  explainedBy: service.demo.accounts.find(({ login }) => login === 'towndoctor')?.postId ?? '',
  explainedHow: 'spoken',
  recipients,
  items: ['contact', 'answers', 'assessment'],
  ...dayFields('until', `${String(service.now().getUTCFullYear() + 1)}-01-31`),
  signer: 'person',
  evidence: 'paper',
  kept: '棚の3番',
});

async function come(row: Row, recipients: readonly string[]): Promise<string> {
  const page = await doctor.send(await byCode(row), '/invited/consent', person(row));
  expect(page.status).toBe(200);
  const done = await doctor.sendFiles(page, '/invited/came', {}, {}).catch(() => undefined);
  expect(done?.status).toBe(422);
  const came = await doctor.send(page, '/invited/came', consent(recipients));
  const id = /^\/patients\/([0-9a-f-]{36})/.exec(came.location)?.[1];
  if (id === undefined) throw new Error(`did not come: ${String(came.status)} ${came.html}`);
  return id;
}
const counts = async (row: Row) =>
  (
    await service.owner.query<{ taken: number; ended: number; lapsed: number; left: number; visits: number }>(
      `select taken, ended, lapsed, (select count(*)::int from invitation where list_id = l.id) as left,
         (select count(*)::int from invitation_visit where list_id = l.id) as visits from invitation_list l where id = $1`,
      [row.list_id],
    )
  ).rows[0];
const patients = async (): Promise<number> =>
  (await service.owner.query<{ n: number }>(`select count(*)::int as n from patient`)).rows[0]?.n ?? 0;

test('the clinic finds one person by what they bring along, and nobody by less', async () => {
  const row = await invited();
  expect((await byCode(row)).html).toContain('灯台守 花子');
  expect((await byCode(row)).html).toContain('あおば県国民健康保険');
  const card = { symbol: '71', number: String(next) };
  expect((await find({ ...card, ...dayFields('birth', row.birth_date) })).html).toContain('灯台守 花子');
  for (const [fields, says] of [
    [{ code: row.code }, '生年月日を入れてください'],
    [dayFields('birth', row.birth_date), '手紙の番号か、保険の番号を入れてください'],
    [{ code: '12', ...dayFields('birth', row.birth_date) }, '12けたの数字です'],
    [{ code: row.code, ...dayFields('birth', '1950-05-04') }, '見つかりません'],
    [{ ...card, symbol: '72', ...dayFields('birth', row.birth_date) }, '見つかりません'],
  ] as const) {
    const answer = await find(fields);
    expect([answer.status, answer.html.includes(says), answer.html.includes('灯台守')]).toEqual([
      422,
      true,
      false,
    ]);
  }
});

test('a clinic that does not run the program has no such page, and nobody else has one', async () => {
  for (const login of ['doctor', 'reception'])
    expect((await (await signedIn(service, login)).get('/invited')).status).toBe(404);
  expect((await (await signedIn(service, 'doctor')).get('/patients')).html).not.toContain('href="/invited"');
  expect((await doctor.get('/patients')).html).toContain('href="/invited"');
  for (const login of ['townworker', 'insurer', 'admin', 'council'])
    expect((await (await signedIn(service, login)).get('/invited')).status).toBe(403);
  expect((await desk(service).get('/invited')).status).toBe(303);
});

test('until there is a consent no patient exists, and what was typed is kept nowhere', async () => {
  const row = await invited();
  const before = await patients();
  const page = await doctor.send(await byCode(row), '/invited/consent', person(row));
  expect(page.html).toContain('同意をいただきます');
  const wrong = await doctor.send(page, '/invited/came', { ...consent(['insurer']), recipients: [] });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('value="灯台守"');
  expect(await patients()).toBe(before);
  const { rows } = await service.owner.query(`select 1 from typed_form where page like '/invited%'`);
  expect(rows).toEqual([]);
});

test('who came and consented is a patient with card and visit, and the insurer sees that they came', async () => {
  const row = await invited();
  const id = await come(row, ['office', 'insurer']);
  expect(await counts(row)).toEqual({ taken: 1, ended: 0, lapsed: 0, left: 0, visits: 1 });
  const { rows } = await service.owner.query<{ consents: number; cards: number; visits: number }>(
    `select (select count(*)::int from consent where patient_id = $1) as consents, (select count(*)::int from coverage where patient_id = $1) as cards,
       (select count(*)::int from encounter where patient_id = $1) as visits`,
    [id],
  );
  expect(rows[0]).toEqual({ consents: 1, cards: 1, visits: 1 });
  const list = await insurer.get(`/invitations/${row.list_id}`);
  expect(list.html).toContain(`/shared/${id}`);
  expect(list.html).toContain('千草町国保診療所');
  expect((await insurer.get(`/shared/${id}`)).status).toBe(200);
  // The letter leads nowhere any more.
  expect((await ownPage(service, row))[1].status).toBe(422);
  // The person takes it back: the insurer does not see any more that they came.
  await service.owner.query(
    `update consent set version = version + 1, content = jsonb_set(content, '{status}', '"inactive"') where patient_id = $1`,
    [id],
  );
  const later = await insurer.get(`/invitations/${row.list_id}`);
  expect(later.html).not.toContain(id);
  expect(later.html).not.toContain('千草町国保診療所');
});

test('who came and does not want the insurer told is a patient, and for the insurer one of those who ended', async () => {
  const row = await invited();
  const id = await come(row, ['office']);
  expect(await counts(row)).toEqual({ taken: 1, ended: 1, lapsed: 0, left: 0, visits: 0 });
  expect((await doctor.get(`/patients/${id}`)).status).toBe(200);
  const list = await insurer.get(`/invitations/${row.list_id}`);
  expect(list.html).not.toContain('灯台守');
  expect((await insurer.get(`/shared/${id}`)).status).toBe(404);
});

test('the same consent sent twice is one patient; whose invitation ended meanwhile is not registered', async () => {
  const row = await invited();
  const page = await doctor.send(await byCode(row), '/invited/consent', person(row));
  const before = await patients();
  const [one, two] = await Promise.all([
    doctor.send(page, '/invited/came', consent(['insurer'])),
    doctor.send(page, '/invited/came', consent(['insurer'])),
  ]);
  const places = [one, two].map(({ status, location }) => `${String(status)} ${location}`);
  const third = await doctor.send(page, '/invited/came', consent(['insurer']));
  expect([...places, `${String(third.status)} ${third.location}`]).toEqual([places[0], places[0], places[0]]);
  expect(places[0]).toMatch(/^303 \/patients\//);
  expect(await patients()).toBe(before + 1);
  const other = await invited();
  const late = await doctor.send(await byCode(other), '/invited/consent', person(other));
  const [me, own] = await ownPage(service, other);
  await me.send(own, '/i/answer', { answer: 'no' });
  expect((await doctor.send(late, '/invited/came', consent(['insurer']))).status).toBe(404);
  expect(await patients()).toBe(before + 1);
});

test('whoever wants no more letters is ended once, and only they', async () => {
  const row = await invited();
  const found = await doctor.send(await byCode(row), '/invited/ended');
  expect([found.status, found.html.includes('元に戻せません')]).toEqual([200, true]);
  expect(await counts(row)).toMatchObject({ left: 1, ended: 0 });
  const ended = async () => {
    const { status, location } = await doctor.send(found, '/invited/ended');
    return [status, location];
  };
  expect([await ended(), await ended()]).toEqual([
    [303, '/invited?said=ended'],
    [303, '/invited?said=ended'],
  ]);
  expect(await counts(row)).toMatchObject({ left: 0, ended: 1 });
  // Their own page was quicker: nothing is said to have been done.
  const other = await invited();
  const late = await doctor.send(await byCode(other), '/invited/ended');
  const [me, own] = await ownPage(service, other);
  await me.send(own, '/i/answer', { answer: 'no' });
  expect((await doctor.send(late, '/invited/ended')).status).toBe(404);
  expect(await counts(other)).toMatchObject({ left: 0, ended: 1 });
});

const consentOn = (found: Seen, row: Row): Promise<Seen> =>
  doctor.send(found, '/invited/consent', person(row));
test.each([
  ['/invited/consent', (found: Seen, _row: Row) => Promise.resolve(found)],
  ['/invited/came', consentOn],
  ['/invited/ended', (found: Seen, _row: Row) => Promise.resolve(found)],
] as const)(
  '%s is no way round the limit of tries, and each try stands in the access log',
  async (path, pageOf) => {
    const row = await invited();
    const page = await pageOf(await byCode(row), row);
    const lines = async (): Promise<number> => {
      const { rows } = await service.owner.query<{ n: number }>(
        `select count(*)::int as n from access_log where what = 'an invited member' and action = 'read' and records = '{}'`,
      );
      return rows[0]?.n ?? 0;
    };
    const before = await lines();
    const statuses: number[] = [];
    for (let day = 1; day <= few + 1; day++) {
      const born = `1931-01-${String(day).padStart(2, '0')}`;
      // Another key each time, as somebody who guesses would send it.
      statuses.push((await doctor.send(page, path, { of: row.code, born, _once: randomUUID() })).status);
    }
    expect([new Set(statuses.slice(0, few)), statuses.at(-1)]).toEqual([new Set([404]), 429]);
    expect((await lines()) - before).toBe(few);
    expect(await counts(row)).toMatchObject({ left: 1 });
  },
);

test('somebody who is a patient already is not registered twice', async () => {
  const first = await invited();
  const id = await come(first, ['insurer']);
  const again = await invited();
  const found = await byCode(again);
  expect(found.html).toContain('同じ方かもしれない登録があります');
  const before = await patients();
  const page = await doctor.send(found, '/invited/consent', { patient: id });
  expect(page.status).toBe(200);
  const came = await doctor.send(page, '/invited/came', consent(['insurer']));
  expect(came.location).toContain(id);
  expect(await patients()).toBe(before);
});

test('another clinic’s patient is nobody’s to be taken for somebody invited', async () => {
  const row = await invited();
  const other = service.demo.people.find(({ clinic }) => clinic.id === service.demo.bodies.clinics[0]?.id);
  const page = await doctor.send(await byCode(row), '/invited/consent', { patient: other?.id ?? '' });
  const came = await doctor.send(page, '/invited/came', consent(['insurer']));
  expect(came.status).toBe(404);
  expect(await counts(row)).toMatchObject({ left: 1, visits: 0 });
});

test('when a list’s last day is over, whoever is left on it is deleted, and only how many they were is kept', async () => {
  const row = await invited();
  await forgetInvited(service.owner);
  expect(await counts(row)).toMatchObject({ left: 1, lapsed: 0 });
  await service.owner.query(`update invitation_list set ends_on = now()::date - 2 where id = $1`, [
    row.list_id,
  ]);
  expect((await ownPage(service, row))[1].status).toBe(422);
  expect((await byCode(row)).status).toBe(422);
  await forgetInvited(service.owner);
  expect(await counts(row)).toMatchObject({ left: 0, lapsed: 1, taken: 1 });
});
