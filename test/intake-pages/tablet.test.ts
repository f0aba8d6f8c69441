import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startService, type Service } from '../support/service.ts';
import { desk, signedIn, type Desk } from '../support/desk.ts';

let service: Service;
let reception: Desk;
beforeAll(async () => {
  service = await startService();
  reception = await signedIn(service, 'reception');
}, 60_000);
afterAll(async () => {
  await service.stop();
});

const ofPatient = async (name: string): Promise<Record<string, string>> => {
  const page = await reception.get('/patients/new');
  const [, town = ''] = /<option value="(\d{6})"/.exec(page.html) ?? [];
  return {
    family: '試験',
    given: name,
    familyKana: 'シケン',
    givenKana: name,
    'birthDate-era': 'showa',
    'birthDate-year': '16',
    'birthDate-month': '3',
    'birthDate-day': '4',
    sex: 'female',
    municipality: town,
  };
};
const newPatient = async (name: string): Promise<string> => {
  const saved = await reception.send(
    await reception.get('/patients/new'),
    '/patients',
    await ofPatient(name),
  );
  return saved.location.split('?')[0] ?? '';
};
/** A link to the questionnaire, as the reception makes it: `/a/<secret>`. */
const newLink = async (patient: string): Promise<string> => {
  const made = await reception.send(await reception.get(`${patient}/answers`), '/answer-links');
  return /\/a\/[\w-]{43}/.exec(made.html)?.[0] ?? '';
};
const storedOf = async (patient: string) => {
  const { rows } = await service.owner.query<{ content: { author: { reference: string }; item: unknown[] } }>(
    'select content from questionnaire_response where patient_id = $1',
    [patient.split('/').at(-1)],
  );
  return rows.map((row) => row.content);
};

const given: Readonly<Record<string, Readonly<Record<string, string | string[]>>>> = {
  living: { 'q.living.with': 'alone', 'q.living.talk': 'no-day', 'q.living.rely': 'no' },
  means: { 'q.money.month-end': 'often', 'q.money.which': ['food', 'medical'] },
  out: { 'q.out.days': '１', 'q.out.why': ['no-ride'] },
  family: { 'q.care.giving': 'false', 'q.child.raising': 'false' },
  health: {},
  me: {},
};
/** Answers page after page, as far as `until`; returns where the last one led. */
async function answerAll(tablet: Desk, link: string, until = '/check'): Promise<string> {
  const welcome = await tablet.get(link);
  let at = /href="([^"]*\/sections\/[^"]*)"/.exec(welcome.html)?.[1] ?? '';
  while (!at.endsWith(until)) {
    const section = at.split('/').at(-1) ?? '';
    const next = await tablet.send(await tablet.get(at), `/sections/${section}`, given[section] ?? {});
    if (next.status !== 303) throw new Error(`${section}: ${String(next.status)}`);
    at = next.location;
  }
  return at;
}

describe('a person answers on a tablet', () => {
  test('and finds nothing ticked in advance, on no page', async () => {
    const link = await newLink(await newPatient('ミツキ'));
    const tablet = desk(service);
    const sections = service.programs[0]?.screening.item ?? [];
    expect(sections.length).toBeGreaterThan(3);
    for (const { linkId } of sections) {
      const page = await tablet.get(`${link}/sections/${linkId}`);
      expect([linkId, page.status]).toEqual([linkId, 200]);
      expect(page.html).not.toMatch(/<input[^>]*type="(?:radio|checkbox)"[^>]*\schecked/);
    }
  });

  test('page after page without an account, looks at the answers, and sends them once', async () => {
    const patient = await newPatient('アオイ');
    const link = await newLink(patient);
    const tablet = desk(service);
    const welcome = await tablet.get(link);
    expect(welcome.status).toBe(200);
    expect(welcome.html).not.toMatch(/試験|アオイ/);

    const check = await tablet.get(await answerAll(tablet, link));
    expect(check.html).toContain('病院・薬代');
    const [a, b] = await Promise.all([tablet.send(check, '/send'), tablet.send(check, '/send')]);
    expect([a, b].map((one) => [one.status, one.location])).toEqual([
      [303, `${link}/done`],
      [303, `${link}/done`],
    ]);
    const done = await tablet.get(a.location);
    expect(done.html).toContain('受付の人に返してください');
    expect(done.html).not.toMatch(/試験|アオイ|一人で/);

    const [response, ...more] = await storedOf(patient);
    expect(more).toEqual([]);
    expect(response?.author.reference).toMatch(/^Patient\//);
    const hub = await reception.get(patient);
    expect(hub.html).toContain('話す人や頼れる人がいない');
    expect((await tablet.get(link)).status).toBe(410);
    const { rows } = await service.owner.query(
      'select 1 from draft d join one_time_link l on l.token_hash = d.link_hash where l.patient_id = $1',
      [patient.split('/').at(-1)],
    );
    expect(rows).toEqual([]);
  });

  test('a reload, or another device, goes on where the person stopped', async () => {
    const link = await newLink(await newPatient('イズミ'));
    await answerAll(desk(service), link, '/out');
    const other = desk(service);
    const welcome = await other.get(link);
    expect(welcome.html).toContain('つづきから答える');
    expect(welcome.html).toContain('/sections/out');
    const earlier = await other.get(`${link}/sections/living`);
    expect(earlier.html).toMatch(/value="alone"[^>]*checked|checked[^>]*value="alone"/);
  });

  test('a required question is asked again on its page, and the typed answers stay', async () => {
    const link = await newLink(await newPatient('ウメ'));
    const tablet = desk(service);
    const page = await tablet.get(`${link}/sections/living`);
    const again = await tablet.send(page, '/sections/living', { 'q.living.with': 'alone' });
    expect(again.status).toBe(422);
    expect(again.html).toContain('答えてください');
    expect(again.html).toMatch(/value="alone"[^>]*checked|checked[^>]*value="alone"/);
  });

  test('going back keeps what was answered, even when the page is not finished', async () => {
    const link = await newLink(await newPatient('エミ'));
    const tablet = desk(service);
    await answerAll(tablet, link, '/means');
    const page = await tablet.get(`${link}/sections/means`);
    const back = await tablet.send(page, '/sections/means', { 'q.food.skip': 'often', go: 'back' });
    expect(back.location).toBe(`${link}/sections/living`);
    const later = await tablet.get(`${link}/sections/means`);
    expect(later.html).toMatch(/value="often"[^>]*checked|checked[^>]*value="often"/);
  });

  test('nothing can be sent while something required is missing; the page leads there', async () => {
    const patient = await newPatient('オト');
    const link = await newLink(patient);
    const tablet = desk(service);
    const refused = await tablet.send(await tablet.get(`${link}/check`), '/send');
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(`${link}/sections/living?from=check#field-q.living.with`);
    expect(await storedOf(patient)).toEqual([]);
  });

  test('a link nobody made, and a section that is not there, lead to a calm page', async () => {
    const tablet = desk(service);
    expect((await tablet.get(`/a/${'x'.repeat(43)}`)).status).toBe(410);
    expect((await tablet.get(`/a/${'x'.repeat(43)}/done`)).status).toBe(410);
    const link = await newLink(await newPatient('カエ'));
    expect((await tablet.get(`${link}/sections/nowhere`)).status).toBe(404);
  });

  test('handing the device over signs the receptionist out', async () => {
    const own = await signedIn(service, 'reception');
    const patient = await newPatient('キヌ');
    const made = await own.send(await own.get(`${patient}/answers`), '/answer-links');
    const handed = await own.send(made, '/hand-over');
    expect(handed.status).toBe(303);
    expect((await own.get('/patients')).location).toMatch(/^\/sign-in/);
    expect((await own.get(handed.location)).status).toBe(200);
  });
});

describe('a paper questionnaire', () => {
  test('is typed in on one page; all faults come at once', async () => {
    const patient = await newPatient('クミ');
    const page = await reception.get(`${patient}/answers/new`);
    const faulty = await reception.send(page, '/answers', {
      'filled-year': '2999',
      'filled-month': '1',
      'filled-day': '1',
    });
    expect(faulty.status).toBe(422);
    expect(faulty.html).toContain('今日より後');
    expect(faulty.html.match(/答えてください。<\/a>/g)?.length).toBeGreaterThan(4);

    const fields = { ...Object.assign({}, ...Object.values(given)), ...today() } as Record<string, string>;
    const stored = await reception.send(page, '/answers', fields);
    expect(stored.status).toBe(303);
    const read = await reception.get(stored.location);
    expect(read.html).toContain('月末に生活のお金が足りなくなる');
    expect((await storedOf(patient))[0]?.author.reference).toMatch(/^PractitionerRole\//);
    const pdf = await reception.get(`${stored.location.split('?')[0] ?? ''}.pdf`);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });

  test('prints blank; an office and a council do not get it', async () => {
    const patient = await newPatient('ケイ');
    const path = `${patient}/questionnaire.pdf`;
    expect((await reception.get(path)).headers.get('content-type')).toBe('application/pdf');
    for (const login of ['linkworker', 'council'])
      expect((await (await signedIn(service, login)).get(path)).status).toBe(403);
    expect((await reception.get(`${patient}/questionnaire.pdf?program=nowhere`)).status).toBe(404);
  });
});

const today = (): Record<string, string> => {
  const [year = '', month = '', day = ''] = service.now().toISOString().slice(0, 10).split('-');
  return { 'filled-year': year, 'filled-month': month, 'filled-day': day };
};
