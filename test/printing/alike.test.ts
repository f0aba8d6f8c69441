import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Questionnaire } from '@medplum/fhirtypes';
import sharp from 'sharp';
import { readBack, type ReadBack } from '../documents/read.ts';
import { newPatient } from '../intake-pages/links.ts';
import { desk, signedIn, type Desk, type Seen } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let reception: Desk;
let worker: Desk;
let townworker: Desk;
let handing: Case;
let handOver: string;
beforeAll(async () => {
  service = await startService();
  [reception, worker, townworker] = await Promise.all([
    signedIn(service, 'reception'),
    signedIn(service, 'linkworker'),
    signedIn(service, 'townworker'),
  ]);
  handing = await caseWhere(
    `t.status = 'in-progress' and exists (select 1 from service_request s where s.id = t.focus_id and s.content::text like '%program/kamaishi%')`,
  );
  handOver = `/referrals/${handing.task}/hand-over`;
  const made = await townworker.send(await townworker.get(handOver), '/hand-over', {
    to: service.demo.bodies.offices.find(({ name }) => name === '花野町地域包括支援センター')?.id ?? '',
    reason: '夜の通院の足がありません。',
    asked: '送迎の相談をお願いします。',
    agreed: 'on',
  });
  expect(made.status).toBe(303);
}, 90_000);
afterAll(() => service.stop());

type Case = Readonly<{ task: string; patient: string }>;
const caseWhere = async (where: string, ...values: readonly unknown[]): Promise<Case> =>
  (
    await service.owner.query<Case>(
      `select t.id as task, t.patient_id as patient from task t where t.part_of_id is null and ${where} order by t.id limit 1`,
      [...values],
    )
  ).rows[0] ?? { task: '', patient: '' };
const bodyOf = (login: string): string =>
  service.demo.accounts.find((one) => one.login === login)?.organizationId ?? '';

async function pdfAt(who: Desk, path: string): Promise<ReadBack> {
  const cookie = [...who.jar].map((pair) => pair.join('=')).join('; ');
  const answer = await fetch(new URL(path, service.url), { headers: { cookie, 'accept-language': 'ja' } });
  expect([path, answer.status]).toEqual([path, 200]);
  return readBack(Buffer.from(await answer.arrayBuffer()));
}

/** The file of one sheet for one person or case, and the job's page. */
async function printed(who: Desk, one: string, sheet: string | readonly string[], variant = '') {
  const page = await who.get(`/prints/new?one=${one}`);
  const { status, location } = await who.send(page, '/prints', { sheets: sheet, variant });
  expect(status).toBe(303);
  const done = await ended(who, location);
  return { done, file: () => pdfAt(who, `${location}/sheets.pdf`) };
}

async function ended(who: Desk, path: string): Promise<Seen> {
  for (let tries = 0; tries < 300; tries++) {
    const page = await who.get(path);
    if (!page.html.includes('data-renew')) return page;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error('The job did not end');
}

const codes = ({ pages }: ReadBack): string[] =>
  pages.map((text) => /TN1[0-9A-Z]{16}/.exec(text.replaceAll(/\s/g, ''))?.[0] ?? '');

const forms: [sheet: string, variant: string, alone: string][] = [
  ['questionnaire-blank', '', 'questionnaire.pdf'],
  ['questionnaire-blank', 'ja-x-furigana', 'questionnaire.pdf?words=ja&furigana=on'],
  ['questionnaire-blank', 'ja-x-easy', 'questionnaire.pdf?words=ja-x-easy'],
  ['questionnaire-blank', 'ja-x-easy-furigana', 'questionnaire.pdf?words=ja-x-easy&furigana=on'],
  ['consent-blank', 'ja-x-furigana', 'consent-form.pdf?words=ja&furigana=on'],
  ['consent-blank', 'ja-x-easy-furigana', 'consent-form.pdf?words=ja-x-easy&furigana=on'],
  ['consent-blank', 'en', 'consent-form.pdf?words=en'],
];
test.each(forms)(
  '%s as %s for many is the sheet that is printed alone, with its code',
  async (sheet, variant, alone) => {
    const { patient } = await caseWhere('t.requester_id = $1', bodyOf('reception'));
    const { done, file } = await printed(reception, patient, sheet, variant);
    const many = await file();
    const one = await pdfAt(reception, `/patients/${patient}/${alone}`);
    expect(many.pages).toEqual(one.pages);
    expect(new Set(codes(many)).size).toBe(one.pages.length);
    expect(codes(many)).not.toContain('');
    expect(done.html.includes('やさしい日本語')).toBe(variant.includes('easy'));
  },
);

test('a referral goes by fax with its cover, each with a code of its own, and the cover counts the pages', async () => {
  const { task, patient } = await caseWhere(
    `t.requester_id = $1 and (select count(*) from task o where o.patient_id = t.patient_id and o.part_of_id is null) = 1`,
    bodyOf('reception'),
  );
  const many = await (await printed(reception, patient, 'referral-fax')).file();
  const one = await pdfAt(reception, `/referrals/${task}/fax.pdf`);
  expect(many.pages).toEqual(one.pages);
  expect(many.pages[0]).toContain('送付状');
  expect(new Set(codes(many)).size).toBe(many.pages.length);
});

test('so does the report of an office; a case without one is left out', async () => {
  const { rows } = await service.owner.query<Case>(
    `select id as task, patient_id as patient from task where part_of_id is null and owner_id = $1 order by id`,
    [bodyOf('linkworker')],
  );
  let [report, reported] = ['', ''];
  for (const { task } of rows) {
    const page = await worker.get(`/referrals/${task}/reports`);
    [report = '', reported] = [/\/reports\/[0-9a-f-]{36}/.exec(page.html)?.[0], task];
    if (report !== '') break;
  }
  const many = await (await printed(worker, reported, 'report-fax')).file();
  expect(many.pages).toEqual((await pdfAt(worker, `${report}/fax.pdf`)).pages);
  const { task } = await caseWhere(`t.owner_id = $1 and t.status = 'requested'`, bodyOf('linkworker'));
  expect((await printed(worker, task, 'report-fax')).done.html).toContain(
    '入れられる方が一人もいませんでした',
  );
});

test('hand-over sheets, blank and the latest that was made, are those that are printed alone', async () => {
  const blank = await (await printed(townworker, handing.task, 'hand-over-blank')).file();
  expect(blank.pages).toEqual((await pdfAt(townworker, `${handOver}/blank.pdf`)).pages);
  const [path = ''] =
    new RegExp(`${handOver}/[0-9a-f-]{36}\\.pdf`).exec((await townworker.get(handOver)).html) ?? [];
  const made = await (await printed(townworker, handing.task, 'hand-over')).file();
  expect(made.pages).toEqual((await pdfAt(townworker, path)).pages);
  expect(made.pages[0]).toContain('送迎の相談をお願いします');
  expect(codes(made)).not.toEqual(codes(blank));
});

test('what no program of the office has is neither offered nor taken; nor is a language that no form has', async () => {
  const { task } = await caseWhere('t.owner_id = $1', bodyOf('linkworker'));
  const page = await worker.get(`/prints/new?one=${task}`);
  expect(page.html).not.toContain('value="hand-over"');
  expect(page.html).toContain('value="ja-x-easy-furigana"');
  expect((await townworker.get(`/prints/new?one=${handing.task}`)).html).toContain('value="hand-over"');
  for (const given of [{ sheets: 'hand-over' }, { sheets: 'answers', variant: 'pt-BR' }]) {
    const refused = await worker.send(page, '/prints', given);
    expect([refused.status, refused.html.includes('class="names"')]).toEqual([422, true]);
  }
});

const form: Questionnaire = {
  resourceType: 'Questionnaire',
  url: 'https://forms.example/Questionnaire/photographed',
  version: '1',
  language: 'ja',
  status: 'active',
  title: '写真を預かる（ためし）',
  item: [
    {
      linkId: 'first',
      type: 'group',
      text: 'はじめに',
      item: [{ linkId: 'photo', type: 'attachment', text: 'お薬手帳の写真', required: true }],
    },
  ],
};

test('a picture that was given with answers is drawn as on the sheet alone', async () => {
  const admin = await signedIn(service, 'admin');
  const checked = await admin.send(await admin.get('/forms'), '/forms/check', { json: JSON.stringify(form) });
  const canonical = (await admin.send(checked, '/forms')).location.split('/').at(-1) ?? '';
  const patient = await newPatient(reception, 'シャシン');
  const made = await reception.send(await reception.get(`${patient}/answers`), '/answer-links', {
    form: canonical,
  });
  const base = /\/a\/[\w-]{43}/.exec(made.html)?.[0] ?? '';
  const phone = desk(service);
  const png = await sharp({ create: { width: 400, height: 300, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  await phone.sendFiles(
    await phone.get(`${base}/sections/first`),
    '/sections/first',
    {},
    { 'q.photo': new Blob([new Uint8Array(png)], { type: 'image/png' }) },
  );
  expect((await phone.send(await phone.get(`${base}/check`), '/send')).status).toBe(303);
  const { rows } = await service.owner.query<{ id: string }>(
    `select id from questionnaire_response where patient_id = $1`,
    [patient.split('/').at(-1)],
  );
  const many = await (await printed(reception, patient.split('/').at(-1) ?? '', 'answers')).file();
  const one = await pdfAt(reception, `${patient}/answers/${rows[0]?.id ?? ''}.pdf`);
  expect(many.pages).toEqual(one.pages);
  expect(one.roles).toContain('Figure');
  expect(many.alts).toEqual(one.alts);
  expect(many.alts.join()).toContain('q.photo.bin');
});

test('a hand-over of which nothing may be told any more is left out, and nothing else is', async () => {
  await service.owner.query(
    `update communication set version = version + 1, content = content - 'extension'
     where patient_id = $1 and content #>> '{topic,coding,0,code}' = 'hand-over'`,
    [handing.patient],
  );
  const { done } = await printed(townworker, handing.task, 'hand-over');
  expect(done.html).toContain('入れられる方が一人もいませんでした');
  const both = await printed(townworker, handing.task, ['hand-over', 'hand-over-blank']);
  expect((await both.file()).pages).toHaveLength(1);
});
