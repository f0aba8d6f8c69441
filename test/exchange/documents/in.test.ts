import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  Binary,
  Bundle,
  BundleEntry,
  Communication,
  Condition,
  Consent,
  Coverage,
  DocumentReference,
  Observation,
  OperationOutcome,
  Patient,
  Resource,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes';
import { buildLawful } from '../../../src/consent/legal-basis.ts';
import { systems } from '../../../src/fhir/codes.ts';
import { everything, expectRefusal, startApi, type Api, type ClientName } from '../api.ts';
import { fullReferral, numbered, referralOf, strangersLetter, urns } from './letters.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await numbered(api);
});
afterAll(() => api.stop());

const post = (letter: unknown, who: ClientName = 'clinic') => api.send(who, 'post', '/Bundle', letter);
const readAs = async <R extends Resource>(who: ClientName, path: string): Promise<R> =>
  (await api.send(who, 'get', `/${path}`).expect(200)).body as R;
const foundBy = async <R extends Resource>(path: string, who: ClientName = 'clinic'): Promise<R[]> =>
  ((await readAs<Bundle>(who, path)).entry ?? []).map(({ resource }) => resource as R);
const taken = async (letter: Bundle, who: ClientName = 'clinic') => {
  const answer = await post(letter, who);
  if (answer.status !== 201) throw new Error(`${String(answer.status)} ${answer.text.slice(0, 2000)}`);
  const location = String(answer.headers['location']);
  const task = await readAs<Task>(who, location.slice(location.indexOf('/fhir/') + 6));
  return { answer, task, outcome: JSON.parse(answer.text) as OperationOutcome };
};
const said = ({ issue }: OperationOutcome): string[] =>
  issue.map((one) => `${one.severity} ${String(one.expression?.[0])} ${one.details?.text ?? ''}`);

describe('a letter that somebody else wrote', () => {
  test('becomes a referral to the office of section 910, with its person, complaint and consent', async () => {
    const { task } = await taken(strangersLetter());
    expect(task).toMatchObject({
      status: 'requested',
      requester: { reference: `Organization/${api.bodies.clinic.id}` },
      owner: { reference: `Organization/${api.bodies.office.id}` },
    });
    const request = await readAs<ServiceRequest>('office', task.focus?.reference ?? '');
    expect(request.reasonCode?.[0]?.text).toBe('外出が減りました。\n居場所を一緒に探してください。');
    const person = await readAs<Patient>('office', task.for?.reference ?? '');
    expect(person).toMatchObject({
      name: [{ family: '夕凪' }],
      birthDate: '1950-05-06',
      managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
    });
    const id = person.id ?? '';
    const [coverage] = await foundBy<Coverage>(`Coverage?patient=${id}`);
    expect(coverage?.identifier?.[0]?.value).toMatch(/^00999011:浜:/);
    const [pain] = await foundBy<Condition>(`Condition?patient=${id}`);
    expect(pain).toMatchObject({ code: { text: '腰痛' }, asserter: { display: '架空 医師' } });
    expect(request.reasonReference).toEqual([{ reference: `Condition/${pain?.id ?? ''}` }]);
    const [smoking] = await foundBy<Observation>(`Observation?patient=${id}`);
    expect(smoking).toMatchObject({ valueString: '吸わない', performer: [{ display: '架空 医師' }] });
    const [consent] = await foundBy<Consent>(`Consent?patient=${id}`);
    expect(request.supportingInfo).toEqual([{ reference: `Consent/${consent?.id ?? ''}` }]);
  });

  test('says in the note what the office would not see otherwise, under the titles of its sections', async () => {
    const { task } = await taken(strangersLetter());
    const [note] = await foundBy<Communication>(
      `Communication?based-on=${task.focus?.reference ?? ''}`,
      'office',
    );
    expect(note?.payload?.[0]?.contentString).toBe(
      '【傷病名・主訴】\n腰痛\n【現病歴】\n春から腰が痛み、買い物に行けません。\n【社会歴・生活習慣】\nひとり暮らし & 車なし',
    );
  });

  test('names all that became no record, with its place, and nothing else', async () => {
    const { outcome, task } = await taken(strangersLetter());
    const [referral, original, ...left] = said(outcome);
    expect(referral).toContain(`Task/${task.id ?? ''}`);
    expect(original).toContain('DocumentReference/');
    expect(left.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'information Bundle.entry[0].resource.section[2].section[3].code',
      'information Bundle.entry[2].resource',
      'information Bundle.entry[8].resource',
    ]);
    expect(left.join('\n')).toMatch(/アレルギー[^]*Practitioner[^]*AllergyIntolerance/);
  });

  test('is kept byte for byte, for the clinic alone', async () => {
    const letter = strangersLetter();
    const text = `${JSON.stringify(letter, null, 3)}\n`.replace('"吸わない"', '"\\u5438わない"');
    const answer = await api.send('clinic', 'post', '/Bundle', text).expect(201);
    const task = String(answer.headers['location']).split('/').at(-1) ?? '';
    const { value } = letter.identifier ?? {};
    const path = `DocumentReference?identifier=${systems.documentNumber}|${value ?? ''}`;
    const [document] = await foundBy<DocumentReference>(encodeURI(path));
    expect(document?.context?.related?.[0]?.reference).toBe(`Task/${task}`);
    const { url, size } = document?.content[0]?.attachment ?? {};
    const binary = await readAs<Binary>('clinic', url ?? '');
    expect(Buffer.from(binary.data ?? '', 'base64').toString()).toBe(text);
    expect(size).toBe(Buffer.byteLength(text));
    // The consent opens every item to the office, the note too.
    for (const hidden of [url ?? '', `DocumentReference/${document?.id ?? ''}`, `${url ?? ''}/_history/1`])
      expectRefusal(await api.send('office', 'get', `/${hidden}`), 404);
    expect(await foundBy(encodeURI(path), 'office')).toEqual([]);
    const { patient } = { patient: document?.subject?.reference?.split('/')[1] ?? '' };
    expect(await foundBy(`Binary?patient=${patient}`, 'office')).toEqual([]);
    const all = await readAs<Bundle>('office', `Patient/${patient}/$everything`);
    expect(JSON.stringify(all)).not.toContain(document?.id ?? '-');
  });

  test('sent again is the same referral, also when both come at once', async () => {
    const letter = strangersLetter();
    const both = await Promise.all([post(letter), post(letter), post(letter)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 201]);
    expect(new Set(both.map(({ headers }) => String(headers['location']))).size).toBe(1);
    const before = await everything(api);
    const again = await post(letter).expect(200);
    expect(again.headers['location']).toBe(both[0]?.headers['location']);
    const rest = (text: string): string => text.replace(/access_log \d+/, '');
    expect(rest(await everything(api))).toBe(rest(before));
  });

  test('with the same number and another content is refused, and so is another edition of a letter', async () => {
    const letter = strangersLetter();
    const first = letter.entry[0]?.resource as { identifier?: unknown; title: string };
    first.identifier = { system: 'https://clinic.example/letter', value: randomUUID() };
    await taken(letter);
    first.title = '診療情報提供書（訂正）';
    expectRefusal(await post(letter), 409, 'Bundle.identifier');
    const edition = { ...letter, identifier: { system: 'https://clinic.example/x', value: randomUUID() } };
    expectRefusal(await post(edition), 409, 'Bundle.entry[0].resource.identifier');
  });

  test('about somebody the clinic knows leaves their record as it is', async () => {
    const number = randomUUID();
    const { task } = await taken(strangersLetter({ number }));
    const letter = strangersLetter({ number });
    Object.assign(letter.identifier ?? {}, { value: `0519900017^2026^${randomUUID()}` });
    const person = letter.entry[1]?.resource as Patient;
    person.address = [{ text: '架空県よその町' }];
    const second = await taken(letter);
    expect(second.task.for?.reference).toBe(task.for?.reference);
    expect(said(second.outcome).join('\n')).toContain(task.for?.reference ?? '-');
    const { address, meta } = await readAs<Patient>('clinic', task.for?.reference ?? '');
    expect([address?.[0]?.text, meta?.versionId]).toEqual(['架空県朝凪市港町4-5-6', '1']);
    const id = task.for?.reference?.split('/')[1] ?? '';
    expect(await foundBy(`Coverage?patient=${id}`)).toHaveLength(1);
    person.birthDate = '1951-05-06';
    Object.assign(letter.identifier ?? {}, { value: `0519900017^2026^${randomUUID()}` });
    expectRefusal(await post(letter), 422, 'Bundle.entry[1].resource.birthDate');
  });
});

describe('a letter without a consent', () => {
  test('is a draft that the office does not see, and goes out once the person has agreed', async () => {
    const { task, outcome } = await taken(strangersLetter({ consent: false }));
    expect(task.status).toBe('draft');
    expect(said(outcome)[1]).toMatch(/^warning .*(draft|下書き)/);
    for (const path of [`Task/${task.id ?? ''}`, task.focus?.reference ?? '', task.for?.reference ?? ''])
      expectRefusal(await api.send('office', 'get', `/${path}`), 404);
    const patient = task.for?.reference ?? '';
    const send = { ...task, status: 'requested' };
    expectRefusal(await api.send('clinic', 'put', `/Task/${task.id ?? ''}`, send), 422);

    const consent = strangersLetter().entry.at(-1)?.resource as Consent;
    await api
      .send('clinic', 'post', '/Consent', {
        ...consent,
        patient: { reference: patient },
        organization: [{ reference: `Organization/${api.bodies.clinic.id}` }],
        provision: {
          ...consent.provision,
          code: [{ coding: [{ system: systems.consentItem, code: 'contact' }] }],
          actor: [
            {
              ...consent.provision?.actor?.[0],
              reference: { reference: `Organization/${api.bodies.office.id}` },
            },
          ],
        },
      })
      .expect(201);
    await api.send('clinic', 'put', `/Task/${task.id ?? ''}`, send).expect(200);
    expect((await readAs<Task>('office', `Task/${task.id ?? ''}`)).status).toBe('requested');
    // It names no note, so the doctor's words stay at the clinic.
    expect(await foundBy(`Communication?based-on=${task.focus?.reference ?? ''}`, 'office')).toEqual([]);
    expect(await foundBy(`Communication?based-on=${task.focus?.reference ?? ''}`)).toHaveLength(1);
  });

  test('whose consent names no note keeps the words of its sections back, and says which', async () => {
    const letter = strangersLetter();
    const consent = letter.entry.at(-1)?.resource as Consent;
    Object.assign(consent.provision ?? {}, {
      code: [{ coding: [{ system: systems.consentItem, code: 'contact' }] }],
    });
    const { task, outcome } = await taken(letter);
    expect(said(outcome).filter((one) => one.includes('.text '))).toHaveLength(3);
    expect(await foundBy(`Communication?based-on=${task.focus?.reference ?? ''}`)).toEqual([]);
  });
});

test('a letter on a coded legal basis instead of a consent is open, to the body and in the items that it names', async () => {
  const letter = strangersLetter({ consent: false });
  const day = (days: number): string =>
    new Date(api.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const lawful = buildLawful({
    patient: randomUUID(),
    from: api.bodies.clinic.id,
    to: [randomUUID()],
    items: ['contact'],
    basis: 'danger-to-life',
    why: '家で倒れたままになるおそれがあるため。',
    start: day(-1),
    end: day(30),
    at: '2026-11-20T10:00:00+09:00',
  });
  letter.entry.push({
    fullUrl: urns.consent,
    resource: {
      ...lawful,
      patient: { reference: urns.person },
      organization: [{ reference: urns.clinic }],
      provision: {
        ...lawful.provision,
        actor: [{ ...lawful.provision?.actor?.[0], reference: { reference: urns.office } }],
      } as NonNullable<Consent['provision']>,
    },
  });
  const { task } = await taken(letter);
  expect(task.status).toBe('requested');
  expect((await readAs<Task>('office', `Task/${task.id ?? ''}`)).status).toBe('requested');
  expect(await foundBy(`Condition?patient=${task.for?.reference?.split('/')[1] ?? ''}`, 'office')).toEqual(
    [],
  );
});

type Change = (letter: ReturnType<typeof strangersLetter>) => unknown;
const resourceOf = (letter: Bundle, urn: string): Record<string, unknown> =>
  (letter.entry ?? []).find(({ fullUrl }) => fullUrl === urn)?.resource as unknown as Record<string, unknown>;
const patched =
  (urn: string, change: object): Change =>
  (letter) =>
    Object.assign(resourceOf(letter, urn), change);
const without =
  (urn: string, ...keys: string[]): Change =>
  (letter) => {
    for (const key of keys) Reflect.deleteProperty(resourceOf(letter, urn), key);
  };
const deep = (levels: number): unknown => (levels === 0 ? 'x' : { a: deep(levels - 1) });

/** What is wrong, the status, and where it is said. */
const malformed: readonly (readonly [string, Change, number, string])[] = [
  ['no Bundle', (l) => Object.assign(l, { resourceType: 'Patient' }), 400, 'Bundle.resourceType'],
  ['another type of Bundle', (l) => Object.assign(l, { type: 'transaction' }), 422, 'Bundle.type'],
  ['no number', (l) => void delete l.identifier, 422, 'Bundle.identifier'],
  [
    'a number without its system',
    (l) => Object.assign(l, { identifier: { value: '1' } }),
    422,
    'Bundle.identifier',
  ],
  ['no time', (l) => void delete l.timestamp, 422, 'Bundle.timestamp'],
  ['no entries', (l) => Object.assign(l, { entry: [] }), 422, 'Bundle.entry'],
  ['entries that are no list', (l) => Object.assign(l, { entry: {} }), 422, 'Bundle.entry'],
  ['an entry that is nothing', (l) => l.entry.push(null as never), 422, 'Bundle.entry[10].fullUrl'],
  [
    'an entry without a resource',
    (l) => l.entry.push({ fullUrl: 'urn:uuid:x' } as never),
    422,
    'Bundle.entry[10].resource',
  ],
  [
    'an entry without a name',
    (l) => Reflect.deleteProperty(l.entry[3] as BundleEntry, 'fullUrl'),
    422,
    'Bundle.entry[3].fullUrl',
  ],
  [
    'a request in an entry',
    (l) => Object.assign(l.entry[1] ?? {}, { request: { method: 'POST', url: 'Patient' } }),
    422,
    'Bundle.entry[1]',
  ],
  [
    'two entries of one name',
    (l) => Object.assign(l.entry[2] ?? {}, { fullUrl: urns.person }),
    422,
    'Bundle.entry[2].fullUrl',
  ],
  [
    'a Composition that is not first',
    (l) => Object.assign(l, { entry: l.entry.toReversed() }),
    422,
    'Bundle.entry[0].resource',
  ],
  [
    'too many entries',
    (l) => Object.assign(l, { entry: Array.from({ length: 501 }, () => l.entry[2]) }),
    422,
    'Bundle.entry',
  ],
  [
    'another kind of document',
    patched(urns.composition, { type: { coding: [{ system: systems.documentType, code: '18842-5' }] } }),
    422,
    'Bundle.entry[0].resource.type',
  ],
  [
    'a preliminary document',
    patched(urns.composition, { status: 'preliminary' }),
    422,
    'Bundle.entry[0].resource.status',
  ],
  [
    'a Composition without a title',
    without(urns.composition, 'title'),
    422,
    'Bundle.entry[0].resource.title',
  ],
  [
    'an unknown element',
    patched(urns.composition, { colour: 'red' }),
    422,
    'Bundle.entry[0].resource.colour',
  ],
  [
    'a section of nothing',
    (l) => (resourceOf(l, urns.composition)['section'] as unknown[]).push({ title: '空' }),
    422,
    'Bundle.entry[0].resource.section[3]',
  ],
  ['no subject', without(urns.composition, 'subject'), 422, 'Bundle.entry[0].resource.subject'],
  [
    'a subject that is no patient',
    patched(urns.composition, { subject: { reference: urns.clinic } }),
    422,
    'Bundle.entry[0].resource.subject',
  ],
  [
    'a second patient',
    (l) => l.entry.push({ fullUrl: 'urn:uuid:other', resource: { resourceType: 'Patient' } }),
    422,
    'Bundle.entry[10].resource',
  ],
  [
    'a reference of the Composition that dangles',
    patched(urns.composition, { author: [{ reference: 'urn:uuid:0c000000-0000-4000-8000-0000000000ff' }] }),
    422,
    'Bundle.entry[0].resource.author[0].reference',
  ],
  [
    'a Composition that names a record elsewhere',
    patched(urns.composition, { custodian: { reference: 'https://elsewhere.example/fhir/Organization/1' } }),
    422,
    'Bundle.entry[0].resource.custodian.reference',
  ],
  [
    'a reference inside a record that dangles',
    patched(urns.pain, { recorder: { reference: 'Practitioner/nobody' } }),
    422,
    'Bundle.entry[6].resource.recorder.reference',
  ],
  [
    'a reference inside a record of no concern that dangles',
    patched(urns.allergy, { recorder: { reference: 'urn:uuid:0c000000-0000-4000-8000-0000000000ff' } }),
    422,
    'Bundle.entry[8].resource.recorder.reference',
  ],
  ['nesting without end', patched(urns.allergy, { a: deep(1000) }), 422, 'Bundle.entry[8].resource'],
  [
    'a wrong date of birth',
    patched(urns.person, { birthDate: '1950-13-45' }),
    422,
    'Bundle.entry[1].resource.birthDate',
  ],
  ['a record that is not R4', patched(urns.pain, { evidence: 5 }), 422, 'Bundle.entry[6].resource.evidence'],
  [
    'identifiers that are no list',
    patched(urns.office, { identifier: 'x' }),
    422,
    'Bundle.entry[4].resource.identifier',
  ],
  [
    'no receiver',
    (l) => (resourceOf(l, urns.composition)['section'] as unknown[]).splice(1, 1),
    422,
    'Bundle.entry[0].resource.section',
  ],
  [
    'an unknown receiver',
    patched(urns.office, { identifier: [{ system: systems.medicalInstitution, value: '9999999999' }] }),
    422,
    'Bundle.entry[4].resource.identifier',
  ],
  [
    'a receiver that is no office',
    patched(urns.office, { identifier: [{ system: systems.medicalInstitution, value: '9500000079' }] }),
    422,
    'Bundle.entry[4].resource.identifier',
  ],
  [
    'another sender',
    patched(urns.clinic, { identifier: [{ system: systems.medicalInstitution, value: '0519900025' }] }),
    422,
    'Bundle.entry[3].resource.identifier',
  ],
  [
    'no purpose',
    (l) => (resourceOf(l, urns.composition)['section'] as { section: unknown[] }[])[2]?.section.splice(0, 1),
    422,
    'Bundle.entry[0].resource.section',
  ],
  [
    'a consent that has ended',
    (l) =>
      Object.assign(resourceOf(l, urns.consent)['provision'] as object, {
        period: { start: '2020-01-01', end: '2020-12-31' },
      }),
    422,
    'Bundle.entry[9].resource.provision',
  ],
  [
    'a consent that names somebody else',
    (l) =>
      Object.assign((resourceOf(l, urns.consent)['provision'] as { actor: object[] }).actor[0] ?? {}, {
        reference: { reference: urns.clinic },
      }),
    422,
    'Bundle.entry[9].resource.provision',
  ],
  [
    'a consent that names nobody',
    (l) => Reflect.deleteProperty(resourceOf(l, urns.consent)['provision'] as object, 'actor'),
    422,
    'Bundle.entry[9].resource.provision.actor',
  ],
  [
    'a consent without proof',
    without(urns.consent, 'sourceAttachment'),
    422,
    'Bundle.entry[9].resource.source[x]',
  ],
  [
    'a consent of another organization',
    patched(urns.consent, { organization: [{ reference: urns.office }] }),
    422,
    'Bundle.entry[9].resource.organization',
  ],
  [
    'a consent that is taken back',
    patched(urns.consent, { status: 'inactive' }),
    422,
    'Bundle.entry[9].resource.status',
  ],
  [
    'a condition about nobody here',
    patched(urns.pain, { subject: { display: '誰か' } }),
    422,
    'Bundle.entry[6].resource.subject',
  ],
];

describe('a malformed document', () => {
  test.each(malformed)(
    'with %s is refused, and nothing of it is there',
    async (_what, change, status, where) => {
      const letter = strangersLetter();
      change(letter);
      const before = await everything(api);
      expectRefusal(await post(letter), status, where);
      expect(await everything(api)).toBe(before);
    },
  );

  test('that is too large, no JSON or not UTF-8 is refused as everywhere', async () => {
    const letter = strangersLetter();
    Object.assign(resourceOf(letter, urns.allergy), { note: [{ text: 'あ'.repeat(1_500_000) }] });
    expectRefusal(await post(letter), 413, 'http.body');
    expectRefusal(await post('{"resourceType":'), 400, 'http.body');
    expectRefusal(await post(strangersLetter()).set('Content-Type', 'application/fhir+xml'), 415);
  });

  test('any part of it left out or put wrong is refused or taken, and never breaks anything', async () => {
    // Every element of the letter in turn: gone, of another type, empty.
    const paths = pathsOf(strangersLetter());
    expect(paths.length).toBeGreaterThan(150);
    const odd: unknown[] = [undefined, 7, 'x', [], {}, null];
    const wrong: string[] = [];
    for (const [i, path] of paths.entries()) {
      const letter = strangersLetter();
      put(letter, path, odd[i % odd.length]);
      const { status, text } = await post(letter);
      if (![201, 200, 400, 409, 422].includes(status))
        wrong.push(
          `${path.join('.')} ${String(odd[i % odd.length])} ${String(status)} ${text.slice(0, 200)}`,
        );
      const places = status < 300 ? [] : (JSON.parse(text) as OperationOutcome).issue;
      for (const { expression } of places)
        if (!/^(Bundle|http)\b/.test(expression?.[0] ?? ''))
          wrong.push(`${path.join('.')} ${text.slice(0, 200)}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});

const pathsOf = (it: unknown, at: (string | number)[] = []): (string | number)[][] =>
  typeof it !== 'object' || it === null
    ? []
    : Object.entries(it).flatMap(([key, inner]) => {
        const path = [...at, Array.isArray(it) ? Number(key) : key];
        return [path, ...pathsOf(inner, path)];
      });
function put(it: unknown, path: readonly (string | number)[], value: unknown): void {
  const [key = '', ...rest] = path;
  const node = it as Record<string | number, unknown>;
  if (rest.length > 0) put(node[key], rest, value);
  else if (value === undefined && Array.isArray(it)) it.splice(Number(key), 1);
  else node[key] = value;
}

describe('who may send one', () => {
  test('nobody but the clinic that it is from', async () => {
    for (const who of ['otherClinic', 'office', 'resource'] as const)
      expectRefusal(await post(strangersLetter(), who), 422, 'Bundle.entry[3].resource.identifier');
    for (const who of ['council', 'coordinator', 'admin'] as const) {
      const answer = await post(strangersLetter(), who);
      expect([who, [403, 404, 422].includes(answer.status)]).toEqual([who, true]);
    }
  });

  test('a token that may write all that is made of it', async () => {
    const narrow = await api.token('clinic', 'system/*.rs system/Patient.c');
    const answer = await post(strangersLetter()).set('Authorization', `Bearer ${narrow}`);
    expectRefusal(answer, 403, 'http.Authorization');
  });
});

test('a referral that was sent as a transaction has no original, and reads as before', async () => {
  const { patient } = await referralOf(api, fullReferral(api));
  expect(await foundBy(`DocumentReference?patient=${patient}`)).toEqual([]);
});
