import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Questionnaire } from '@medplum/fhirtypes';
import { instrument } from '../intake/instrument.ts';
import { readBack } from '../documents/read.ts';
import { startService, type Service } from '../support/service.ts';
import { desk, signedIn, type Desk, type Seen } from '../support/desk.ts';

let service: Service;
let admin: Desk;
let reception: Desk;
let patient: string;
beforeAll(async () => {
  service = await startService();
  [admin, reception] = [await signedIn(service, 'admin'), await signedIn(service, 'reception')];
  const { html } = await reception.get('/patients');
  patient = /\/patients\/[0-9a-f-]{36}/.exec(html)?.[0] ?? '';
}, 60_000);
afterAll(async () => {
  await service.stop();
});

const check = async (form: object | string): Promise<Seen> =>
  admin.send(await admin.get('/forms'), '/forms/check', {
    json: typeof form === 'string' ? form : JSON.stringify(form),
  });
const use = async (form: Questionnaire): Promise<Seen> => admin.send(await check(form), '/forms');
const stored = async (): Promise<number> => {
  const { rows } = await service.owner.query<{ n: number }>(
    'select count(*)::int as n from questionnaire_response',
  );
  return rows[0]?.n ?? 0;
};

test('an instrument made elsewhere is checked, looked at, used, answered and scored', async () => {
  const checked = await check(instrument);
  expect(checked.status).toBe(200);
  expect(checked.html).toContain('家で何もすることがなかった');
  const used = await admin.send(checked, '/forms');
  expect(used.status).toBe(303);

  const ways = await reception.get(`${patient}/answers`);
  const path = /\/patients\/[0-9a-f-]{36}\/forms\/[0-9a-f-]{36}/.exec(ways.html)?.[0] ?? '';
  const page = await reception.get(path);
  expect(page.status).toBe(200);
  expect(ways.html).toContain(`href="${path}/blank.pdf"`);
  expect(page.html).toContain(`href="${path}/blank.pdf?`);
  const printed = await fetch(`${service.url}${path}/blank.pdf`, {
    headers: { cookie: [...reception.jar].map((pair) => pair.join('=')).join('; ') },
  });
  const blank = await readBack(Buffer.from(await printed.arrayBuffer()));
  for (const says of ['家で何もすることがなかった', '用紙番号']) expect(blank.pages.join('')).toContain(says);
  const wrong = await reception.send(page, path, { 'q./q1': 'L9' });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toMatch(/選択肢の中から[\s\S]*「誰とも話さなかった」に答えて/);
  const saved = await reception.send(wrong, path, { 'q./q1': 'L1', 'q./q2': 'L2', 'q./since': '春から' });
  expect(saved.status).toBe(303);
  const read = await reception.get(saved.location.split('?')[0] ?? '');
  expect(read.html).toMatch(/Total[\s\S]*?4/);
  expect(read.html).toContain('春から');
  const pdf = await reception.get(`${saved.location.split('?')[0] ?? ''}.pdf`);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
});

test('the same version cannot be loaded twice', async () => {
  const again = await use({ ...instrument, title: 'Something else' });
  expect(again.status).toBe(409);
});

test('a version taken out of use while somebody fills it in says so, keeps what was typed and stores nothing', async () => {
  const form = { ...instrument, url: 'https://instruments.example/Questionnaire/passing' };
  const { location } = await use(form);
  const path = `${patient}${location}`;
  const page = await reception.get(path);
  await admin.send(await admin.get(location), '/retire');
  expect((await reception.get(`${path}/blank.pdf`)).status).toBe(404);
  const before = await stored();
  const late = await reception.send(page, path, { 'q./q1': 'L1', 'q./q2': 'L2', 'q./since': '冬から' });
  expect(late.status).toBe(409);
  expect(late.html).toMatch(/この版は使われなくなりました[\s\S]*新しい版はまだありません/);
  expect(late.html).toContain('value="冬から"');
  expect(await stored()).toBe(before);
  const newer = (await use({ ...form, version: '2.2' })).location;
  expect((await reception.send(page, path, { 'q./q1': 'L1', 'q./q2': 'L2' })).html).toContain(
    `${patient}${newer}`,
  );
});

const { contained: _contained, ...bare } = instrument;
const item = (given: object) => ({
  ...bare,
  version: '9',
  item: [{ linkId: 'a', type: 'string', text: 'a', ...given }],
});
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const calculated = (expression: string, linkId = 'a') => ({
  linkId,
  type: 'integer',
  extension: [
    { url: `${sdc}-calculatedExpression`, valueExpression: { language: 'text/fhirpath', expression } },
  ],
});
const faults: [what: string, form: object | string, says: RegExp][] = [
  ['no JSON', '{', /is no JSON/],
  ['another record', { resourceType: 'Patient' }, /is not Questionnaire/],
  ['an unknown type', item({ type: 'riddle' }), /item\[0\]\.type/],
  [
    'a question for files that are not taken',
    item({
      type: 'attachment',
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/mimeType', valueCode: 'video/mp4' }],
    }),
    /takes only video\/mp4/,
  ],
  ['no version', { ...instrument, version: undefined }, /version/],
  [
    'a linkId twice',
    {
      ...bare,
      version: '9',
      item: [{ linkId: 'a', type: 'group', text: 'g', item: [{ linkId: 'a', type: 'string', text: 'a' }] }],
    },
    /same linkId. \(que-2\)/,
  ],
  [
    'options that it does not carry',
    item({ type: 'choice', answerValueSet: 'http://example.org/ValueSet/x' }),
    /http:\/\/example\.org\/ValueSet\/x/,
  ],
  [
    'a condition on nothing',
    item({ enableWhen: [{ question: 'b', operator: 'exists', answerBoolean: true }] }),
    /does not exist/,
  ],
  [
    'a circle of calculations',
    item(calculated("%resource.item.where(linkId = 'a').answer.value + 1")),
    /calculated from itself/,
  ],
  ['an expression that cannot be read', item(calculated('%resource.item.where(')), /cannot be read/],
  ['an expression that never ends', item(calculated('(1).repeat($this + 1)')), /cannot be calculated: time/],
  ['an expression that throws', item(calculated('%nobody')), /cannot be calculated: failed/],
  [
    'an expression that changes with the day',
    item(calculated('today().toString().length()')),
    /depends on the day/,
  ],
  [
    'options from a query',
    item({
      type: 'choice',
      extension: [
        {
          url: `${sdc}-answerExpression`,
          valueExpression: { language: 'application/x-fhir-query', expression: 'Patient?name=x' },
        },
      ],
    }),
    /has an expression in application\/x-fhir-query/,
  ],
  [
    'an observation without a code',
    item({ extension: [{ url: `${sdc}-observationExtract`, valueBoolean: true }] }),
    /observationExtract\) and has no code/,
  ],
  [
    'a definition that leads nowhere',
    item({
      extension: [{ url: `${sdc}-itemExtractionContext`, valueCode: 'Observation' }],
      definition: 'http://hl7.org/fhir/StructureDefinition/Observation#Observation.nowhere',
    }),
    /Observation\.nowhere/,
  ],
  [
    'a pattern that RE2 cannot read',
    item({ extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/regex', valueString: '(?=a)a' }] }),
    /regular expression/,
  ],
];
const listed = ({ html }: Seen): string => /class="faults">([\s\S]*?)<\/ul>/.exec(html)?.[1] ?? '';
test.each(faults)(
  'a form with %s is refused by name, in both languages, and nothing is stored',
  async (_, form, says) => {
    const answer = await check(form);
    expect(answer.status).toBe(422);
    expect(listed(answer).replaceAll(/<[^>]*>/g, '')).toMatch(/[ぁ-ん]{2}/);
    admin.jar.set('language', 'en');
    expect(listed(await check(form))).toMatch(says);
    admin.jar.delete('language');
  },
);

test('what only changes how a form looks is named, and has to be known before it is used', async () => {
  const form = item({
    extension: [
      { url: 'http://hl7.org/fhir/StructureDefinition/rendering-style', valueString: 'color: red' },
    ],
  });
  const checked = await check({ ...form, version: '10' });
  expect(checked.html).toContain('rendering-style には従いません');
  expect((await admin.send(checked, '/forms')).status).toBe(422);
  expect((await admin.send(checked, '/forms', { understood: 'yes' })).status).toBe(303);
});

const loinc = 'http://loinc.org';
const measured = {
  ...bare,
  url: 'https://instruments.example/Questionnaire/measured',
  language: 'ja',
  title: 'からだの記録',
  item: [
    {
      linkId: 'weight',
      type: 'decimal',
      text: '体重',
      code: [{ system: loinc, code: '29463-7' }],
      extension: [{ url: `${sdc}-observationExtract`, valueBoolean: true }],
    },
    {
      linkId: 'level',
      type: 'choice',
      text: '調子',
      answerValueSet: 'https://instruments.example/ValueSet/mood',
    },
    {
      linkId: 'role',
      type: 'choice',
      text: '種類',
      answerValueSet: 'https://tsunagi.example/fhir/ValueSet/organization-type',
    },
  ],
};
const mood = {
  resourceType: 'ValueSet',
  url: 'https://instruments.example/ValueSet/mood',
  status: 'active',
  compose: {
    include: [
      {
        system: 'https://instruments.example/CodeSystem/mood',
        concept: [
          { code: 'good', display: 'よい' },
          { code: 'bad', display: 'わるい' },
        ],
      },
    ],
  },
};

test('a form comes in a Bundle with its value set; another set is ours; what it measures is recorded with the answers', async () => {
  const alone = await check(measured);
  expect(alone.status).toBe(422);
  expect(listed(alone)).toContain('ValueSet/mood');
  expect(listed(alone)).not.toContain('organization-type');
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: mood }, { resource: measured }],
  };
  const { location } = await use(bundle as unknown as Questionnaire);
  const path = `${patient}${location}`;
  const page = await reception.get(path);
  expect(page.html).toMatch(/よい[\s\S]*わるい/);
  const saved = await reception.send(page, path, { 'q.weight': '52.5', 'q.level': 'good' });
  expect(saved.status).toBe(303);
  const { rows } = await service.owner.query<{ content: { valueQuantity?: object; derivedFrom: object[] } }>(
    `select content from observation where content -> 'code' -> 'coding' -> 0 ->> 'code' = '29463-7'`,
  );
  const [answers = ''] = saved.location.split('/').at(-1)?.split('?') ?? [];
  expect(rows.map(({ content }) => content)).toMatchObject([
    { valueQuantity: { value: 52.5 }, derivedFrom: [{ reference: `QuestionnaireResponse/${answers}` }] },
  ]);
});

test('a person answers a loaded form by a link; taken out of use meanwhile, what was typed is kept and nothing is sent', async () => {
  const form = { ...instrument, url: 'https://instruments.example/Questionnaire/by-link' };
  const { location } = await use(form);
  const id = location.split('/').at(-1) ?? '';
  const made = await reception.send(await reception.get(`${patient}/answers`), '/answer-links', { form: id });
  const link = /\/a\/[\w-]{43}/.exec(made.html)?.[0] ?? '';
  const phone = desk(service);
  const welcome = await phone.get(link);
  expect(welcome.html).toContain('Quiet days');
  const [, first = ''] = /href="(\/a\/[^"]*\/sections\/[^"]*)"/.exec(welcome.html) ?? [];
  const page = await phone.get(first);
  const filled = await phone.send(page, first.slice(link.length), {
    'q./q1': 'L1',
    'q./q2': 'L2',
    'q./since': '春',
  });
  expect(filled.location).toBe(`${link}/check`);
  expect((await phone.get(filled.location)).html).toMatch(/4/);

  await admin.send(await admin.get(location), '/retire');
  const before = await stored();
  const late = await phone.send(await phone.get(`${link}/check`), '/send');
  expect(late.status).toBe(409);
  expect(late.html).toMatch(/新しいものに変わりました[\s\S]*受付の人に見せてください/);
  const again = await phone.send(await phone.get(first), first.slice(link.length), {
    'q./q1': 'L2',
    'q./q2': 'L2',
  });
  expect(again.status).toBe(409);
  expect((await phone.get(first)).html).toMatch(/name="q\.\/q1" value="L2" checked|value="L2"[^>]*checked/);
  expect(await stored()).toBe(before);
});

test('rows are added and taken away without script', async () => {
  const form = {
    ...bare,
    url: 'https://instruments.example/Questionnaire/rows',
    item: [
      {
        linkId: 'pills',
        type: 'group',
        text: '薬',
        repeats: true,
        item: [{ linkId: 'pill', type: 'string', text: '薬の名前' }],
      },
    ],
  } as Questionnaire;
  const path = `${patient}${(await use(form)).location}`;
  const page = await reception.get(path);
  const two = await reception.send(page, path, { 'q.pill~1': 'しろ', _row: 'add:pills' });
  expect(two.status).toBe(200);
  expect(two.html).toMatch(/value="しろ"[\s\S]*name="q\.pill~2"/);
  const one = await reception.send(two, path, {
    'q.pill~1': 'しろ',
    'q.pill~2': 'あか',
    _row: 'remove:pills~1',
  });
  expect(one.html).toMatch(/name="q\.pill~1"[^>]*value="あか"/);
  expect(one.html).not.toContain('q.pill~2');
});

test('nobody but an administrator loads forms', async () => {
  expect((await reception.get('/forms')).status).toBe(403);
});
