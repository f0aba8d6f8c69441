import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import request from 'supertest';
import { hashPassword } from '../../src/access/password.ts';
import { reference } from '../../src/fhir/references.ts';
import { toResponse, type Answers } from '../../src/intake/answers.ts';
import { newLink, newPatient } from '../intake-pages/links.ts';
import { desk, signedIn, type Desk } from '../support/desk.ts';
import { smallestReferral } from '../support/referral.ts';
import { startService, type Service } from '../support/service.ts';
import { transactionOf } from '../exchange/bundle.ts';

let service: Service;
let reception: Desk;
let doctor: Desk;
let token = '';
beforeAll(async () => {
  service = await startService();
  reception = await signedIn(service, 'reception');
  doctor = await signedIn(service, 'doctor');
  await service.owner.query(
    `insert into api_client (id, secret_hash, role, organization_id) values ('records', $1, 'doctor', $2)`,
    [await hashPassword('a-secret'), clinic()],
  );
  const { body } = await request(service.url)
    .post('/oauth/token')
    .auth('records', 'a-secret')
    .type('form')
    .send({ grant_type: 'client_credentials' })
    .expect(200);
  token = (body as { access_token: string }).access_token;
}, 60_000);
afterAll(() => service.stop());

const bodyOf = (login: string): string =>
  service.demo.accounts.find((one) => one.login === login)?.organizationId ?? '';
const clinic = (): string => bodyOf('reception');
const calm = {
  'living.with': ['couple'],
  'living.talk': ['most-days'],
  'money.month-end': ['never'],
  'out.days': ['3'],
  'care.giving': ['false'],
  'child.raising': ['false'],
} satisfies Answers;
const frightened: Answers = { ...calm, 'safety.home': ['yes'], 'safety.who': ['partner'] };
const fieldsOf = (answers: Answers) =>
  Object.fromEntries(Object.entries(answers).map(([name, values]) => [`q.${name}`, values]));
const idIn = (path: string): string => path.split('/')[2] ?? '';
const today = () => {
  const [year = '', month = '', day = ''] = new Date(service.now().getTime() + 9 * 3_600_000)
    .toISOString()
    .slice(0, 10)
    .split('-');
  return { 'filled-year': year, 'filled-month': month, 'filled-day': day };
};

const mark = '今日中に確認';
const news = '今日中に見ていただきたい回答があります。';
type Row = Readonly<{ response_id: string; opened_at: Date | null }>;
const callsOf = async (patient: string): Promise<Row[]> =>
  (
    await service.owner.query<Row>(
      'select response_id, opened_at from urgent_answers where patient_id = $1',
      [idIn(patient)],
    )
  ).rows;
const answersOf = async (patient: string): Promise<string> =>
  (
    await service.owner.query<{ id: string }>('select id from questionnaire_response where patient_id = $1', [
      idIn(patient),
    ])
  ).rows[0]?.id ?? '';
/** What the list of patients says of one, and whether its news lead there. */
async function inList(who: Desk, patient: string): Promise<Readonly<{ marked: boolean; told: boolean }>> {
  const { html } = await who.get('/patients');
  const lines = html.split('<tr').filter((line) => line.includes(`href="${patient}"`));
  const panel = /id="notices"(.*?)<\/section>/s.exec(html)?.[1] ?? '';
  return {
    marked: lines.some((line) => line.includes(mark)),
    told: panel.includes(news) && panel.includes(`href="${patient}/answers/`),
  };
}
/** What the person's page says is to be done next. */
const firstToDo = (html: string): string => /次にすること(.*?)<\/a>/s.exec(html)?.[1] ?? '';
const urgentMails = () =>
  service.mailbox.letters.filter(({ subject }) => subject.startsWith('今日中に見ていただきたい'));

/** The ways in which answers come. */
const ways = {
  'by a link': async (patient: string, answers: Answers) => {
    const link = await newLink(reception, patient);
    const tablet = desk(service);
    const welcome = await tablet.get(link);
    let at = /href="([^"]*\/sections\/[^"]*)"/.exec(welcome.html)?.[1] ?? '';
    while (!at.endsWith('/check')) {
      const section = at.split('/').at(-1) ?? '';
      const shown = await tablet.get(at);
      const asked = Object.fromEntries(
        Object.entries(fieldsOf(answers)).filter(([name]) => shown.html.includes(`name="${name}"`)),
      );
      const next = await tablet.send(shown, `/sections/${section}`, asked);
      if (next.status !== 303) throw new Error(`${section}: ${String(next.status)}`);
      at = next.location;
    }
    expect(await callsOf(patient)).toEqual([]);
    expect((await tablet.send(await tablet.get(at), '/send')).status).toBe(303);
  },
  'typed in by the reception': async (patient: string, answers: Answers) => {
    const page = await reception.get(`${patient}/answers/new`);
    const saved = await reception.send(page, '/answers', { ...today(), ...fieldsOf(answers) });
    expect(saved.status).toBe(303);
    // As a browser does, which leads whoever typed them in to the answers.
    const read = await reception.get(saved.location);
    expect(read.html.includes('今日中に医師に見てもらってください')).toBe(answers === frightened);
  },
  'typed in beside their picture': async (patient: string, answers: Answers) => {
    const [scan, page] = [randomUUID(), randomUUID()];
    const png = await sharp({
      create: { width: 90, height: 120, channels: 3, background: `#${randomUUID().slice(0, 6)}` },
    })
      .png()
      .toBuffer();
    await service.owner.query(
      `insert into scan (id, organization_id, name, kind, size, state, at) values ($1, $2, 'fax.png', 'png', 1, 'read', now())`,
      [scan, clinic()],
    );
    await service.owner.query(
      `insert into scan_page (id, scan_id, organization_id, number, png, width, height, why) values ($1, $2, $3, 1, $4, 90, 120, 'none')`,
      [page, scan, clinic(), png],
    );
    const path = `/scans/pages/${page}`;
    const filed = await reception.send(await reception.get(`${path}?q=シケン`), `${path}/file`, {
      place: `${idIn(patient)}.`,
      what: 'questionnaire',
    });
    const document = filed.location.split('?')[0] ?? '';
    const form = await reception.get(`${document}/answers`);
    const saved = await reception.send(form, `${document}/answers`, { ...today(), ...fieldsOf(answers) });
    expect(saved.status).toBe(303);
  },
  'by the API': async (patient: string, answers: Answers) => {
    await post('/QuestionnaireResponse', responseOf(idIn(patient), answers)).expect(201);
  },
} as const;

function responseOf(patient: string, answers: Answers) {
  const form = service.programs.find(({ id }) => id === 'akita')?.screening;
  if (!form) throw new Error('forms/akita is gone');
  const subject = reference('Patient', patient);
  return toResponse(form, answers, {
    subject,
    source: subject,
    authored: service.now().toISOString(),
    status: 'completed',
    language: 'ja',
  });
}
function send(method: 'post' | 'put', path: string, body: object) {
  const to = request(service.url);
  return to[method](`/fhir${path}`)
    .set('Authorization', `Bearer ${token}`)
    .set('Content-Type', 'application/fhir+json')
    .send(JSON.stringify(body));
}
const post = (path: string, body: object) => send('post', path, body);

const kana: Readonly<Record<keyof typeof ways, string>> = {
  'by a link': 'リンク',
  'typed in by the reception': 'カミ',
  'typed in beside their picture': 'シャシン',
  'by the API': 'ツウシン',
};
describe.each(Object.keys(ways) as (keyof typeof ways)[])('answers that came %s', (way) => {
  const come = ways[way];

  test('and tell of danger stand at once in the list of patients and its news, until a doctor has opened them', async () => {
    const before = urgentMails().length;
    const patient = await newPatient(reception, `${kana[way]}イソギ`);
    await come(patient, frightened);
    const response = await answersOf(patient);
    expect(await callsOf(patient)).toEqual([{ response_id: response, opened_at: null }]);
    for (const who of [doctor, reception])
      expect(await inList(who, patient)).toEqual({ marked: true, told: true });

    const letter = await service.mailbox.wait((one) => urgentMails().indexOf(one) >= before);
    expect(letter.text).toContain(`${service.url}/patients`);
    const said = letter.subject + letter.text;
    for (const word of ['試験', 'イソギ', '安全', 'こわ', '暴力', '問診', idIn(patient), response])
      expect([word, said.includes(word)]).toEqual([word, false]);

    // On the person's page they come before the consent and the referral.
    expect(firstToDo((await doctor.get(patient)).html)).toContain(`href="${patient}/answers/${response}"`);

    const read = await doctor.get(`${patient}/answers/${response}`);
    // What the program has the clinic do before the person leaves.
    expect(read.html).toContain('連絡してよい方法をご本人に確かめてください');
    expect(await inList(doctor, patient)).toEqual({ marked: false, told: false });
    expect((await callsOf(patient))[0]?.opened_at).not.toBeNull();
    expect(firstToDo((await doctor.get(patient)).html)).toContain(`href="${patient}/consents/new"`);
  });

  test('and tell of nothing of the kind call nobody', async () => {
    const patient = await newPatient(reception, `${kana[way]}オダヤカ`);
    await come(patient, calm);
    expect(await answersOf(patient)).not.toBe('');
    expect(await callsOf(patient)).toEqual([]);
    expect(await inList(doctor, patient)).toEqual({ marked: false, told: false });
    const read = await doctor.get(`${patient}/answers/${await answersOf(patient)}`);
    expect(read.html).not.toContain('連絡してよい方法をご本人に確かめてください');
  });
});

describe('the mark', () => {
  const byApi = ways['by the API'];

  test('stays when a link worker or a stranger to the clinic asks for the answers', async () => {
    const patient = await newPatient(reception, 'ヨソ');
    await byApi(patient, frightened);
    const worker = await signedIn(service, 'linkworker');
    expect((await worker.get(`${patient}/answers/${await answersOf(patient)}`)).status).toBe(404);
    expect((await worker.get('/inbox')).html).not.toContain(news);
    expect(await inList(doctor, patient)).toEqual({ marked: true, told: true });
  });

  test('cannot be put away like other news without looking', async () => {
    const patient = await newPatient(reception, 'ミズニ');
    await byApi(patient, frightened);
    const page = await doctor.get('/patients');
    expect(page.html).not.toContain(`/notices/${await answersOf(patient)}/seen`);
    expect(await inList(doctor, patient)).toEqual({ marked: true, told: true });
  });

  test('does not come where the answers come together with their referral, and goes when one is begun', async () => {
    const referral = smallestReferral({ clinic: { id: clinic() }, office: { id: bodyOf('linkworker') } });
    const answers = { ...responseOf(referral.patient.id, frightened), id: referral.answers.id };
    await post('', transactionOf(Object.values({ ...referral, answers }))).expect(200);
    const { rows } = await service.owner.query<{ n: string }>(
      `select count(*) as n from urgent_answers u join task t on t.patient_id = u.patient_id where u.opened_at is null`,
    );
    expect(rows).toEqual([{ n: '0' }]);

    const patient = await newPatient(reception, 'ショウカイ');
    await byApi(patient, frightened);
    const begun = smallestReferral({ clinic: { id: clinic() }, office: { id: bodyOf('linkworker') } });
    const {
      patient: _person,
      answers: _answers,
      ...rest
    } = JSON.parse(
      JSON.stringify(begun)
        .replaceAll(begun.patient.id, idIn(patient))
        .replaceAll(begun.answers.id, await answersOf(patient)),
    ) as typeof begun;
    await post('', transactionOf(Object.values(rest))).expect(200);
    expect(await inList(doctor, patient)).toEqual({ marked: false, told: false });
    expect((await callsOf(patient))[0]?.opened_at).not.toBeNull();
  });

  test('comes when answers are amended, once, and goes when they were somebody else’s', async () => {
    const patient = await newPatient(reception, 'ナオシ');
    await byApi(patient, calm);
    const id = await answersOf(patient);
    const amend = (version: number, body: object) =>
      send('put', `/QuestionnaireResponse/${id}`, { ...body, id }).set('If-Match', `W/"${String(version)}"`);
    await amend(1, { ...responseOf(idIn(patient), frightened), status: 'amended' }).expect(200);
    expect(await inList(doctor, patient)).toEqual({ marked: true, told: true });
    await doctor.get(`${patient}/answers/${id}`);
    await amend(2, { ...responseOf(idIn(patient), frightened), status: 'amended' }).expect(200);
    expect(await inList(doctor, patient)).toEqual({ marked: false, told: false });

    const other = await newPatient(reception, 'マチガイ');
    await byApi(other, frightened);
    const wrong = await answersOf(other);
    await send('put', `/QuestionnaireResponse/${wrong}`, {
      ...responseOf(idIn(other), frightened),
      id: wrong,
      status: 'entered-in-error',
    })
      .set('If-Match', 'W/"1"')
      .expect(200);
    expect(await inList(doctor, other)).toEqual({ marked: false, told: false });
  });

  test('goes with answers that are deleted', async () => {
    const patient = await newPatient(reception, 'ケシ');
    await byApi(patient, frightened);
    await request(service.url)
      .delete(`/fhir/QuestionnaireResponse/${await answersOf(patient)}`)
      .set('Authorization', `Bearer ${token}`)
      .expect(({ status }) => {
        expect(status).toBeLessThan(300);
      });
    expect(await callsOf(patient)).toEqual([]);
  });
});
