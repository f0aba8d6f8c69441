import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeSheets } from '../../src/documents/kinds.ts';
import * as examples from '../documents/examples.ts';
import { readBack } from '../documents/read.ts';
import { signedIn, type Desk, type Seen } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let reception: Desk;
let worker: Desk;
beforeAll(async () => {
  service = await startService({ patients: 12 });
  reception = await signedIn(service, 'reception');
  worker = await signedIn(service, 'linkworker');
});
afterAll(() => service.stop());

const boxes = (page: Seen): string[] =>
  [...page.html.matchAll(/<input type="checkbox" name="one" value="([^"]+)"/g)].map(([, id = '']) => id);
const named = (page: Seen): string[] =>
  [...(/<ul class="names">(.*?)<\/ul>/s.exec(page.html)?.[1] ?? '').matchAll(/<li>([^<]*)/g)].map(
    ([, name = '']) => name,
  );

async function choose(who: Desk, query: string, sheets: readonly string[]): Promise<Seen> {
  const page = await who.get(`/prints/new?${query}`);
  return who.send(page, '/prints', { sheets });
}

/** The page of a job once it has ended. */
async function ended(who: Desk, path: string): Promise<Seen> {
  for (let tries = 0; tries < 300; tries++) {
    const page = await who.get(path);
    if (page.status !== 200 || !page.html.includes('data-renew')) return page;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error('The job did not end');
}

async function pdfAt(who: Desk, path: string): Promise<Readonly<{ status: number; pdf: Buffer }>> {
  const cookie = [...who.jar].map((pair) => pair.join('=')).join('; ');
  const answer = await fetch(new URL(`${path}/sheets.pdf`, service.url), { headers: { cookie } });
  return { status: answer.status, pdf: Buffer.from(await answer.arrayBuffer()) };
}

test('reception ticks two people, chooses two sheets, and gets one file with a bookmark for each person', async () => {
  const [first = '', second = ''] = boxes(await reception.get('/patients'));
  const page = await reception.get(`/prints/new?one=${first}&one=${second}`);
  const names = named(page);
  expect(names).toHaveLength(2);
  const sent = await reception.send(page, '/prints', { sheets: ['consent-blank', 'questionnaire-blank'] });
  expect([sent.status, sent.location]).toEqual([303, expect.stringMatching(/^\/prints\/[0-9a-f-]{36}$/)]);
  const done = await ended(reception, sent.location);
  expect(done.html).toContain('できました');
  const { status, pdf } = await pdfAt(reception, sent.location);
  expect(status).toBe(200);
  const read = await readBack(pdf);
  expect(read.bookmarks).toEqual(names);
  expect(read.marked).toBe(true);
  for (const name of names)
    expect(read.pages.filter((text) => text.includes(name)).length).toBeGreaterThan(1);
  const { rows } = await service.owner.query<{ patient_id: string; what: string }>(
    `select patients[1] as patient_id, what from access_log
     where action = 'print' and via = 'job' and patients && $1::uuid[] order by 1, 2`,
    [[first, second]],
  );
  expect(rows).toEqual(
    [first, second]
      .toSorted()
      .flatMap((id) =>
        ['consent form (blank)', 'questionnaire (blank)'].map((what) => ({ patient_id: id, what })),
      ),
  );
  // What was gathered is not kept beside the file.
  const { rows: kept } = await service.owner.query(`select 1 from print_person where content is not null`);
  expect(kept).toEqual([]);
});

test('what one person had printed is not there for a colleague, nor for another role', async () => {
  const [first = ''] = boxes(await reception.get('/patients'));
  const { location } = await choose(reception, `one=${first}`, ['consent-blank']);
  await ended(reception, location);
  const doctor = await signedIn(service, 'doctor');
  for (const who of [doctor, worker]) {
    expect((await who.get(location)).status).toBe(404);
    expect((await pdfAt(who, location)).status).toBe(404);
    expect((await who.get('/prints')).html).not.toContain(location);
  }
  const admin = await signedIn(service, 'admin');
  expect((await admin.get(location)).status).toBe(403);
  expect((await reception.get('/prints')).html).toContain(location);
});

test('a link worker prints all of a list, each case with the sheets that there are', async () => {
  const page = await worker.get('/prints/new?tab=all&all=1');
  const all = named(page);
  expect(all.length).toBeGreaterThan(1);
  const { location } = await worker.send(page, '/prints', { sheets: ['referral', 'assessment-blank'] });
  const done = await ended(worker, location);
  expect(done.html).toContain('できました');
  const { bookmarks } = await readBack((await pdfAt(worker, location)).pdf);
  expect([...bookmarks, ...named(done)].toSorted()).toEqual(all.toSorted());
});

test('without a sheet nothing begins, and the page says so with the people still there', async () => {
  const [first = ''] = boxes(await reception.get('/patients'));
  const refused = await choose(reception, `one=${first}`, []);
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('用紙を一つ以上選んでください');
  expect(named(refused)).toHaveLength(1);
  expect((await reception.get('/prints/new')).html).toContain('印刷する方が選ばれていません');
  // Ids of nobody this clinic keeps are nobody.
  expect((await reception.get(`/prints/new?one=${randomUUID()}&one=nonsense`)).html).toContain(
    '選ばれていません',
  );
});

type Asker = { id: string; organization_id: string; role: string; post_id: string | null };
const askerOf = async (login: string): Promise<Asker> =>
  (
    await service.owner.query<Asker>(
      `select id, organization_id, role, post_id from account where login = $1`,
      [login],
    )
  ).rows[0] ?? { id: '', organization_id: '', role: '', post_id: null };

/** A job as a process that died left it. */
async function leaveJob(
  login: string,
  people: readonly Readonly<{ patient: string; name: string; content?: string }>[],
  waits = '0 seconds',
): Promise<string> {
  const who = await askerOf(login);
  const id = randomUUID();
  await service.owner.query(
    `with job as (insert into print_job (id, account_id, organization_id, role, post_id, request, language, sheets, people, started_at, gathered, taken_until)
       values ($1, $2, $3, $4, $5, 'left', 'ja', '{consent-blank}', $6, now(), $7, now() + $8::interval) returning id)
     insert into print_person (job, nth, patient_id, name, included, content, standing)
     select id, place, patient, name, case when content is null then null else true end, content::jsonb,
       (select s.version || coalesce((select string_agg(' ' || c.id || '.' || c.version, '' order by c.id)
          from consent c where c.patient_id = s.id), '') from patient s where s.id = patient)
     from job, unnest($9::uuid[], $10::text[], $11::text[]) with ordinality as p (patient, name, content, place)`,
    [
      id,
      who.id,
      who.organization_id,
      who.role,
      who.post_id,
      people.length,
      people.filter((one) => one.content !== undefined).length,
      waits,
      people.map((one) => one.patient),
      people.map((one) => one.name),
      people.map((one) => one.content ?? null),
    ],
  );
  return id;
}

const kept = writeSheets([{ kind: 'consent', data: examples.blankConsent }]);

test('a job that a dying process left half done is finished: what was gathered stays, the rest is gathered', async () => {
  const [first = '', second = ''] = boxes(await reception.get('/patients'));
  const id = await leaveJob('reception', [
    { patient: first, name: '一人目', content: kept },
    { patient: second, name: '二人目' },
  ]);
  expect((await ended(reception, `/prints/${id}`)).html).toContain('できました');
  const { bookmarks } = await readBack((await pdfAt(reception, `/prints/${id}`)).pdf);
  expect(bookmarks).toEqual(['一人目', '二人目']);
});

/** Somebody whom the reception's clinic does not see. */
async function stranger(): Promise<string> {
  const { organization_id: mine } = await askerOf('reception');
  const { rows } = await service.owner.query<{ id: string }>(
    `select id from patient where not exists (select 1 from sight s where s.patient_id = patient.id and s.organization_id = $1) limit 1`,
    [mine],
  );
  return rows[0]?.id ?? '';
}

test('who may not be seen any more at the time of printing is left out and named', async () => {
  const [first = ''] = boxes(await reception.get('/patients'));
  const gone = await stranger();
  expect(gone).not.toBe('');
  const id = await leaveJob('reception', [
    { patient: first, name: '見える人' },
    { patient: gone, name: '取り消した人' },
    // Gathered before the consent was taken back, not drawn yet.
    { patient: gone, name: 'あとで取り消した人', content: kept },
  ]);
  const done = await ended(reception, `/prints/${id}`);
  expect(named(done)).toEqual(['取り消した人', 'あとで取り消した人']);
  const { bookmarks, pages } = await readBack((await pdfAt(reception, `/prints/${id}`)).pdf);
  expect(bookmarks).toEqual(['見える人']);
  expect(pages.join('')).not.toContain('取り消した人');
});

test('a file is not handed out once somebody in it may not be seen any more', async () => {
  const [first = '', second = ''] = boxes(await reception.get('/patients'));
  const { location } = await choose(reception, `one=${first}&one=${second}`, ['consent-blank']);
  await ended(reception, location);
  expect((await pdfAt(reception, location)).status).toBe(200);
  await service.owner.query(`create table sight_kept as select * from sight where patient_id = '${second}'`);
  await service.owner.query(`delete from sight where patient_id = $1`, [second]);
  try {
    const closed = await pdfAt(reception, location);
    expect(closed.status).toBe(409);
    expect(closed.pdf.toString()).toContain('見られなくなった方か、記録の変わった方が入っています');
  } finally {
    await service.owner.query(`insert into sight select * from sight_kept`);
    await service.owner.query(`drop table sight_kept`);
  }
});

test('one account makes one at a time, and can cancel it; a job of nobody that can be seen fails with a sentence', async () => {
  const [first = ''] = boxes(await reception.get('/patients'));
  const id = await leaveJob('reception', [{ patient: first, name: 'あとで' }], '1 hour');
  const refused = await choose(reception, `one=${first}`, ['consent-blank']);
  expect(refused.status).toBe(409);
  expect(refused.html).toContain('いま作っているPDFがあります');
  const page = await reception.get(`/prints/${id}`);
  expect(page.html).toContain('<progress');
  expect(page.html).toContain('http-equiv="refresh"');
  const other = await signedIn(service, 'doctor');
  expect((await other.send({ ...page, html: page.html }, '/remove')).status).not.toBe(303);
  expect((await reception.send(page, '/remove')).location).toBe('/prints?said=cancelled');
  expect((await reception.get(`/prints/${id}`)).status).toBe(404);
  const empty = await leaveJob('reception', [{ patient: await stranger(), name: '見えない人' }]);
  expect((await ended(reception, `/prints/${empty}`)).html).toContain('入れられる方が一人もいませんでした');
  expect((await pdfAt(reception, `/prints/${empty}`)).status).toBe(404);
});

test('pressed twice, it is made once', async () => {
  const [first = ''] = boxes(await reception.get('/patients'));
  const page = await reception.get(`/prints/new?one=${first}`);
  const both = await Promise.all([
    reception.send(page, '/prints', { sheets: ['consent-blank'] }),
    reception.send(page, '/prints', { sheets: ['consent-blank'] }),
  ]);
  expect(both[0]?.location).toBe(both[1]?.location);
  await ended(reception, both[0]?.location ?? '');
});

test('an account that was switched off meanwhile gets nothing', async () => {
  const [first = ''] = boxes(await reception.get('/patients'));
  await service.owner.query(`update account set disabled_at = now() where login = 'reception'`);
  try {
    const id = await leaveJob('reception', [{ patient: first, name: '一人' }]);
    let status = 'running';
    for (let tries = 0; tries < 100 && status === 'running'; tries++) {
      await new Promise((later) => setTimeout(later, 100));
      const { rows } = await service.owner.query<{ status: string }>(
        `select status from print_job where id = $1`,
        [id],
      );
      status = rows[0]?.status ?? '';
    }
    expect(status).toBe('failed');
  } finally {
    await service.owner.query(`update account set disabled_at = null where login = 'reception'`);
  }
});
