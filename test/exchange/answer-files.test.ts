import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { withdrawalUrl } from '../../src/consent/record.ts';
import { formId } from '../../src/programs/publish.ts';
import { claiming, drawing, photograph } from '../security/pictures.ts';
import { expectRefusal, startApi, type Api } from './api.ts';
import { smallestReferral } from '../support/referral.ts';

const form: Questionnaire = {
  resourceType: 'Questionnaire',
  url: 'https://forms.example/Questionnaire/papers',
  version: '1',
  status: 'active',
  title: '書類（ためし）',
  item: [{ linkId: 'photo', type: 'attachment', text: '写真', repeats: true }],
};

let api: Api;
let patient: string;
let other: string;
beforeAll(async () => {
  api = await startApi();
  await api.owner.query(
    'insert into questionnaire (id, version, content, updated_at, keeper) values ($1, 1, $2, now(), $3)',
    [
      formId(form),
      { ...form, id: formId(form), meta: { versionId: '1', lastUpdated: '2026-11-20T00:00:00Z' } },
      api.bodies.council.id,
    ],
  );
  [patient, other] = [await newPerson(), await newPerson()];
});
afterAll(() => api.stop());

async function newPerson(): Promise<string> {
  const made = await api.send('clinic', 'post', '/Patient', {
    resourceType: 'Patient',
    name: [{ text: '試験 花子' }],
    managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
  });
  return `Patient/${(made.body as { id: string }).id}`;
}

const base64 = (bytes: Buffer): string => bytes.toString('base64');
const sha1 = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('base64');
const answers = (...attachments: object[]) => ({
  resourceType: 'QuestionnaireResponse',
  questionnaire: `${form.url ?? ''}|1`,
  status: 'completed',
  subject: { reference: patient },
  authored: '2026-11-20T10:00:00+09:00',
  item: [
    { linkId: 'photo', text: '写真', answer: attachments.map((valueAttachment) => ({ valueAttachment })) },
  ],
});
const post = (body: object) => api.send('clinic', 'post', '/QuestionnaireResponse', body);
type Stored = QuestionnaireResponse & { id: string };
const filesOf = (body: unknown) =>
  ((body as Stored).item?.[0]?.answer ?? []).map(({ valueAttachment }) => valueAttachment);
const labelled = async (code: string | undefined, subject = patient) => ({
  resourceType: 'Binary',
  contentType: 'image/png',
  securityContext: { reference: subject },
  data: base64(await drawing()),
  ...(code === undefined
    ? {}
    : { meta: { tag: [{ system: 'https://tsunagi.example/fhir/CodeSystem/consent-item', code }] } }),
});
const putBinary = async (code: string | undefined, subject?: string): Promise<string> => {
  const made = await api.send('clinic', 'post', '/Binary', await labelled(code, subject));
  expect(made.status).toBe(201);
  return `Binary/${(made.body as { id: string }).id}`;
};

test('data is kept once, as a Binary that is drawn anew, and the answers name it; it goes with them', async () => {
  const photo = await photograph();
  const made = await post(
    answers({
      contentType: 'image/jpeg',
      data: base64(photo),
      size: photo.length,
      hash: sha1(photo),
      title: '手帳.jpg',
    }),
  );
  expect([made.status, made.status === 201 ? '' : made.text]).toEqual([201, '']);
  const [file] = filesOf(made.body);
  const { id } = made.body as Stored;
  expect(JSON.stringify(made.body)).not.toContain('"data"');
  const binary = await api.send('clinic', 'get', `/${file?.url ?? ''}`);
  const bytes = Buffer.from((binary.body as { data: string }).data, 'base64');
  expect(bytes.includes('SECRET')).toBe(false);
  expect(file).toMatchObject({
    contentType: 'image/jpeg',
    size: bytes.length,
    hash: sha1(bytes),
    title: '手帳.jpg',
  });
  // What is read is written back as it is.
  const again = await api.send('clinic', 'put', `/QuestionnaireResponse/${id}`, made.body);
  expect([again.status, filesOf(again.body)]).toEqual([200, [file]]);
  expect((await api.send('clinic', 'delete', `/${file?.url ?? ''}`)).status).toBe(409);
  expect((await api.send('clinic', 'delete', `/QuestionnaireResponse/${id}`)).status).toBe(204);
  expect((await api.send('clinic', 'get', `/${file?.url ?? ''}`)).status).toBe(410);
});

test('a file that changed answers name no more goes, and the others stay', async () => {
  const [one, two] = [await putBinary('answers'), await putBinary('answers')];
  const made = await post(answers({ url: one }, { url: two, title: '二つめ' }));
  expect([made.status, filesOf(made.body).map((file) => file?.contentType)]).toEqual([
    201,
    ['image/png', 'image/png'],
  ]);
  const { id } = made.body as Stored;
  const less = { ...(made.body as object), item: answers({ ...filesOf(made.body)[1] }).item };
  expect((await api.send('clinic', 'put', `/QuestionnaireResponse/${id}`, less)).status).toBe(200);
  expect((await api.send('clinic', 'get', `/${one}`)).status).toBe(410);
  expect((await api.send('clinic', 'get', `/${two}`)).status).toBe(200);
});

test('in one Bundle a Binary beside the answers is named by its place there', async () => {
  const urn = 'urn:uuid:7f6b5b0e-8f0e-4f0a-9d2a-0000000000aa';
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      { fullUrl: urn, resource: await labelled('answers'), request: { method: 'POST', url: 'Binary' } },
      {
        fullUrl: 'urn:uuid:7f6b5b0e-8f0e-4f0a-9d2a-0000000000ab',
        resource: answers({ url: urn, title: 'x.png' }),
        request: { method: 'POST', url: 'QuestionnaireResponse' },
      },
    ],
  };
  const made = await api.send('clinic', 'post', '', bundle);
  expect([made.status, made.status === 200 ? '' : made.text]).toEqual([200, '']);
  const [binary, response] = ((made.body as Bundle).entry ?? []).map(
    (one) => one.response?.location?.split('/_history')[0] ?? '',
  );
  const read = await api.send('clinic', 'get', `/${(response ?? '').split('/fhir/').at(-1) ?? ''}`);
  expect(filesOf(read.body)[0]?.url?.endsWith((binary ?? '').split('/').at(-1) ?? '-')).toBe(true);
});

const png = async (more: object) => {
  const bytes = await drawing();
  return { contentType: 'image/png', data: base64(bytes), title: 'x', ...more };
};
const bad: [what: string, file: () => Promise<object>, part: string, says: RegExp][] = [
  ['another hash', () => png({ hash: sha1(Buffer.from('x')) }), '.hash', /SHA-1/],
  ['another size', () => png({ size: 1 }), '.size', /bytes/],
  ['another kind', () => png({ contentType: 'image/jpeg' }), '.contentType', /is image\/png/],
  ['no kind', () => png({ contentType: undefined }), 'value', /content type/],
  [
    'text',
    async () => ({ contentType: 'text/plain', data: base64(Buffer.from('x')) }),
    '.data',
    /image\/jpeg, image\/png, application\/pdf only/,
  ],
  [
    'pixels beyond measure',
    async () => ({ contentType: 'image/png', data: base64(claiming(10_000, 10_000)) }),
    '.data',
    /pixels/,
  ],
  ['data and an address', async () => png({ url: await putBinary('answers') }), '', /both data and url/],
  ['an address elsewhere', async () => ({ url: 'https://elsewhere.example/x.png' }), '.url', /no file here/],
  [
    'a file that is not there',
    async () => ({ url: 'Binary/0f6b5b0e-8f0e-4f0a-9d2a-000000000001' }),
    '.url',
    /no file \\"Binary/,
  ],
  [
    "another person's file",
    async () => ({ url: await putBinary('answers', other) }),
    '.url',
    /no file \\"Binary/,
  ],
  [
    'a file of something else',
    async () => ({ url: await putBinary(undefined) }),
    '.url',
    /consent-item\|answers/,
  ],
  [
    'a file of an assessment',
    async () => ({ url: await putBinary('assessment') }),
    '.url',
    /consent-item\|answers/,
  ],
  ['nothing', async () => ({ creation: '2026-11-20T10:00:00+09:00' }), '', /neither data, url nor title/],
];
test.each(bad)('answers with %s are refused at the file', async (_, file, part, says) => {
  const answer = await post(answers(await file()));
  expectRefusal(answer, 422);
  const issues = JSON.stringify(answer.body);
  expect(issues).toContain(part === 'value' ? '.value"' : `valueAttachment${part}`);
  expect(issues).toMatch(says);
});

test('a file is opened with its answers and closed with them; a scan of something else stays closed', async () => {
  const records = Object.values(smallestReferral(api.bodies));
  const entry = records.map((resource) => ({
    fullUrl: `https://clinic.example/fhir/${resource.resourceType}/${resource.id}`,
    resource,
    request: { method: 'POST', url: resource.resourceType },
  }));
  const sent = await api.send('clinic', 'post', '', { resourceType: 'Bundle', type: 'transaction', entry });
  expect([sent.status, sent.status === 200 ? '' : sent.text]).toEqual([200, '']);
  const madeAs = (type: string): string =>
    (sent.body as Bundle).entry
      ?.flatMap((one) => new RegExp(`${type}/[0-9a-f-]{36}`).exec(one.response?.location ?? '')?.[0] ?? [])
      .at(0) ?? '';
  const [subject, consent] = [madeAs('Patient'), madeAs('Consent')];
  const made = await post({ ...answers(await png({})), subject: { reference: subject } });
  expect([made.status, made.status === 201 ? '' : made.text]).toEqual([201, '']);
  const url = filesOf(made.body)[0]?.url ?? '';
  const byOffice = async (): Promise<number[]> => [
    (await api.send('office', 'get', `/QuestionnaireResponse/${(made.body as Stored).id}`)).status,
    (await api.send('office', 'get', `/${url}`)).status,
    (await api.send('otherOffice', 'get', `/${url}`)).status,
    (await api.send('resource', 'get', `/${url}`)).status,
  ];
  expect(await byOffice()).toEqual([200, 200, 404, 404]);
  const stored = (await api.send('clinic', 'get', `/${consent}`)).body as object;
  const withdrawn = await api.send('clinic', 'put', `/${consent}`, {
    ...stored,
    status: 'inactive',
    extension: [
      ...((stored as { extension?: object[] }).extension ?? []),
      { url: withdrawalUrl, extension: [{ url: 'reason', valueString: '気が変わった' }] },
    ],
  });
  expect([withdrawn.status, withdrawn.status === 200 ? '' : withdrawn.text]).toEqual([200, '']);
  expect(await byOffice()).toEqual([404, 404, 404, 404]);
});
