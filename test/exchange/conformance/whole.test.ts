import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { validateResource } from '@medplum/core';
import type { AuditEvent, Bundle, OperationDefinition, Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import request from 'supertest';
import { topics } from '../../../src/exchange/fhir/subscriptions/model.ts';
import { elementsAt } from '../../../src/fhir/search-include.ts';
import { recordTypes } from '../../../src/fhir/types.ts';
import { urn } from '../api.ts';
import { referralBundle, madeIn } from '../bundle.ts';
import { placesOf, startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
}, 120_000);
afterAll(() => scene.stop());

const ask = async (path: string): Promise<Bundle> => {
  const { status, text } = await scene.send('clinic', 'get', encodeURI(path));
  if (status !== 200) throw new Error(`${path} ${String(status)} ${text.slice(0, 300)}`);
  return JSON.parse(text) as Bundle;
};
const included = (bundle: Bundle): string[] =>
  (bundle.entry ?? [])
    .filter(({ search }) => search?.mode === 'include')
    .map(({ resource }) => `${resource?.resourceType ?? ''}/${resource?.id ?? ''}`);
/** Where the records of the first world lead by a parameter: from, to. */
const linksOf = (include: string): [from: string, to: string][] => {
  const [type = '', name] = include.split(':');
  const claim = scene.claims.find((one) => one.type === type)?.searchParam?.find((one) => one.name === name);
  const path = placesOf(claim?.documentation)[0]?.split('.').slice(1) ?? [];
  return scene.made
    .filter((one) => one.type === type && one.world === 'a')
    .flatMap(({ record }) =>
      elementsAt(record, path).flatMap((element) => {
        const to =
          typeof element === 'string'
            ? `Questionnaire/${scene.made.find((one) => 'url' in one.record && one.record.url === element)?.id ?? ''}`
            : (element as { reference: string }).reference;
        return [[`${type}/${record.id}`, to] as [string, string]];
      }),
    );
};

test('what a search can bring along comes along, forwards and backwards, and a chain and _has find the same', async () => {
  const wrong: string[] = [];
  let reverse = 0;
  for (const { type = '', searchInclude = [], searchRevInclude = [] } of scene.claims) {
    for (const include of searchInclude.filter((one) => one !== '*')) {
      const [from, to] = linksOf(include)[0] ?? [];
      if (from === undefined || to === undefined) wrong.push(`${include} has nothing to lead to`);
      else if (
        !included(await ask(`/${type}?_id=${from.split('/')[1] ?? ''}&_include=${include}`)).includes(to)
      )
        wrong.push(`${include} does not bring ${to}`);
    }
    for (const include of searchRevInclude) {
      // Only what leads to this very type here; a parameter may lead to several.
      const [from, to] = linksOf(include).find(([, one]) => one.startsWith(`${type}/`)) ?? [];
      if (from === undefined || to === undefined) continue;
      reverse += 1;
      const [id = '', source = '', name = ''] = [to.split('/')[1], ...include.split(':')];
      if (!included(await ask(`/${type}?_id=${id}&_revinclude=${include}`)).includes(from))
        wrong.push(`${include} does not bring ${from}`);
      const had = await ask(`/${type}?_has:${source}:${name}:_id=${from.split('/')[1] ?? ''}&_count=200`);
      if (!had.entry?.some(({ resource }) => resource?.id === id))
        wrong.push(`_has:${include} finds no ${to}`);
    }
    if (searchInclude.includes('*')) await ask(`/${type}?_include=*&_count=1`);
  }
  expect(wrong).toEqual([]);
  expect(reverse).toBeGreaterThan(50);
}, 120_000);

test('two values in one are found together, and not crosswise', async () => {
  const composites = scene.claims.flatMap(({ type, searchParam = [] }) =>
    searchParam.filter((one) => one.type === 'composite').map(({ name }) => [type, name] as const),
  );
  expect(composites.length).toBeGreaterThan(0);
  const values = {
    'code-value-quantity': ['1.5', '7.25'],
    'code-value-string': ['アカイ', '青い'],
    'code-value-concept': ['code-a', 'code-b'],
    'code-value-date': ['2024-03-04', '2025-06-07'],
  };
  for (const [type, name] of composites) {
    const [mine = '', other = ''] = values[name as keyof typeof values];
    expect((await ask(`/${type}?${name}=code-a$${mine}`)).entry?.length).toBeGreaterThan(0);
    expect((await ask(`/${type}?${name}=code-a$${other}`)).entry).toEqual([]);
  }
});

test('definitions are read and found by every parameter that is claimed for them, without a token', async () => {
  const open = request(scene.url);
  const ofDefinitions = scene.claims.filter(
    ({ type, versioning }) =>
      versioning === undefined && !['AuditEvent', 'MeasureReport', 'Subscription', 'Bundle'].includes(type),
  );
  expect(ofDefinitions.length).toBeGreaterThan(5);
  const asked = new Set<string>();
  for (const { type = '', searchParam = [] } of ofDefinitions) {
    const all = (await open.get(`/fhir/${type}?_count=200`).expect(200)).body as Bundle;
    for (const { name } of searchParam) {
      const having = (all.entry ?? []).flatMap(({ resource }) => {
        const value = [(resource as unknown as Record<string, unknown>)[name.replace('_', '')]].flat()[0];
        return typeof value === 'string' ? [[resource, value] as const] : [];
      });
      const [one, value] = having[0] ?? [];
      if (one === undefined || value === undefined) continue;
      asked.add(name);
      const found = (
        await open
          .get(`/fhir/${type}`)
          .query({ [name]: value, _count: 200 })
          .expect(200)
      ).body as Bundle;
      const ids = (found.entry ?? []).map(({ resource }) => resource?.id);
      expect([type, name, ids.includes(one.id)]).toEqual([type, name, true]);
      const none = await open
        .get(`/fhir/${type}`)
        .query({ [name]: 'http://nobody.example/x' })
        .expect(200);
      expect([type, name, (none.body as Bundle).entry]).toEqual([type, name, []]);
    }
    const first = all.entry?.[0]?.resource as Resource;
    validateResource((await open.get(`/fhir/${type}/${first.id ?? ''}`).expect(200)).body as Resource);
  }
  for (const { searchParam = [] } of ofDefinitions)
    for (const { name } of searchParam) expect([name, asked.has(name)]).toEqual([name, true]);
});

test('every operation that is claimed is defined here and answers, and no other', async () => {
  const { body } = await scene.send('clinic', 'post', '', referralBundle(scene.bodies, scene.programs[0]));
  const made = (type: string): string => madeIn(body as Bundle, type);
  const form = scene.programs[0]?.screening.url ?? '';
  const { body: kept } = await scene.send('clinic', 'post', '/Subscription', {
    resourceType: 'Subscription',
    status: 'off',
    reason: 'to be asked of',
    criteria: topics.Task.url,
    channel: { type: 'rest-hook', endpoint: 'https://clinic.example.org/told' },
  });
  const { id: subscription = '' } = kept as Resource;
  const ways: Readonly<
    Record<string, (type: string, id: string) => readonly [path: string, sent?: unknown]>
  > = {
    validate: (type, id) => [`/${type}/${id}/$validate`],
    everything: (_type, id) => [`/Patient/${id}/$everything`],
    populate: () => [
      '/Questionnaire/$populate',
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'canonical', valueCanonical: form },
          { name: 'subject', valueReference: { reference: `Patient/${made('Patient')}` } },
        ],
      },
    ],
    extract: () => [`/QuestionnaireResponse/${made('QuestionnaireResponse')}/$extract`],
    status: () => ['/Subscription/$status'],
    events: () => [`/Subscription/${subscription}/$events`],
    document: () => [`/ServiceRequest/${made('ServiceRequest')}/$document`],
  };
  for (const { type = '', operation = [] } of scene.claims)
    for (const { name } of operation) {
      const defined = await request(scene.url).get(`/fhir/OperationDefinition/${name}`).expect(200);
      expect((defined.body as OperationDefinition).resource).toContain(type);
      if (name === 'export') {
        const started = scene.send('clinic', 'get', `/${type}/$export`).set('Prefer', 'respond-async');
        expect((await started).status).toBe(202);
        continue;
      }
      const here = scene.made.find((one) => one.type === type && one.world === 'a')?.id ?? '';
      const [path, sent] = ways[name]?.(type, here) ?? [''];
      const answer = await scene.send('clinic', sent === undefined ? 'get' : 'post', path, sent);
      expect([path, answer.status]).toEqual([path, 200]);
      validateResource(JSON.parse(answer.text) as Resource);
    }
  for (const name of ['everything', 'populate', 'extract', 'document'])
    for (const { type = '', operation = [] } of scene.claims)
      if (!operation.some((one) => one.name === name)) {
        const { status } = await scene.send('clinic', 'get', `/${type}/${made('Patient')}/$${name}`);
        expect([type, name, status]).toEqual([type, name, 404]);
      }
});

test('documents are produced and consumed as claimed', async () => {
  expect(scene.statement.document?.map(({ mode }) => mode).toSorted()).toEqual(['consumer', 'producer']);
  const claim = scene.claims.find(({ type }) => type === 'Bundle');
  expect(claim?.interaction).toEqual([{ code: 'create' }]);
  const { body } = await scene.send('clinic', 'post', '', referralBundle(scene.bodies, scene.programs[0]));
  const [asked, task] = [madeIn(body as Bundle, 'ServiceRequest'), madeIn(body as Bundle, 'Task')];
  const { text } = await scene.send('clinic', 'get', `/ServiceRequest/${asked}/$document`).expect(200);
  const taken = await scene.send('clinic', 'post', '/Bundle', text).expect(200);
  expect(taken.headers['location']).toBe(`${scene.url}/fhir/Task/${task}`);
});

test('the log of what was looked at and the figures are found and read as claimed', async () => {
  const patient = scene.made.find((one) => one.type === 'Patient' && one.world === 'a')?.id ?? '';
  await scene.send('clinic', 'get', `/Patient/${patient}`).expect(200);
  const events = await ask(`/AuditEvent?patient=${patient}`);
  const event = events.entry?.[0]?.resource as AuditEvent;
  validateResource(event);
  const who = event.agent.find(({ who: one }) => one?.reference?.startsWith('Organization/'))?.who?.reference;
  expect(who).toBe(`Organization/${scene.bodies.clinic.id}`);
  const finds = async (query: string): Promise<boolean> =>
    (await ask(`/AuditEvent?patient=${patient}&${query}`)).entry?.some(
      ({ resource }) => resource?.id === event.id,
    ) === true;
  const year = event.recorded.slice(0, 4);
  expect(await finds(`agent=${scene.bodies.clinic.id}`)).toBe(true);
  expect(await finds(`agent=${scene.bodies.office.id}`)).toBe(false);
  expect([await finds(`date=ge${year}`), await finds(`date=lt${year}`)]).toEqual([true, false]);
  expect([await finds(`type=${event.type.code ?? ''}`), await finds('type=110137')]).toEqual([true, false]);
  const read = await scene.send('clinic', 'get', `/AuditEvent/${event.id ?? ''}`).expect(200);
  expect(JSON.parse(read.text)).toMatchObject({ id: event.id });
  expect((await ask('/AuditEvent?date=1999')).entry ?? []).toEqual([]);
  expect((await ask(`/AuditEvent?patient=${urn().slice(9)}`)).entry ?? []).toEqual([]);
  const figures = (await scene.send('council', 'get', '/MeasureReport').expect(200)).body as Bundle;
  expect(figures.type).toBe('searchset');
});

test('what a batch and a transaction promise holds: one refuses alone, the other altogether', async () => {
  const claimed = scene.statement.rest?.[0]?.interaction?.map(({ code }) => code);
  expect(claimed).toEqual(['transaction', 'batch']);
  const goal = (text?: string) => ({
    request: { method: 'POST', url: 'Goal' },
    resource: {
      resourceType: 'Goal',
      lifecycleStatus: 'active',
      ...(text === undefined ? {} : { description: { text } }),
      subject: { reference: `Patient/${scene.made.find((one) => one.type === 'Patient')?.id ?? ''}` },
    },
  });
  const count = async (): Promise<number | undefined> => (await ask('/Goal?_summary=count')).total;
  const before = (await count()) ?? 0;
  const entry = [goal('ひとつ'), goal(), goal('ふたつ')];
  const whole = await scene.send('clinic', 'post', '', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry,
  });
  expect([whole.status, await count()]).toEqual([422, before]);
  const batch = await scene.send('clinic', 'post', '', { resourceType: 'Bundle', type: 'batch', entry });
  expect((batch.body as Bundle).entry?.map(({ response }) => response?.status)).toEqual([
    '201',
    '422',
    '201',
  ]);
  expect(await count()).toBe(before + 2);
});

test('whatever is written comes back as it was sent, and its history replays every version', async () => {
  const patient = scene.made.find((one) => one.type === 'Patient')?.id ?? '';
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .filter((one) => one.trim() === one && one !== '' && !/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}]/u.test(one));
  const words = fc.oneof(
    text,
    fc.constantFrom('𠮷野家', '葛󠄀城市', '髙橋', 'ﾊﾞﾗ', '👵🏽', 'a\\b,c$d|e', '<b>&amp;</b>'),
  );
  const day = fc
    .tuple(
      fc.integer({ min: 1900, max: 2100 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map((parts) => parts.map((one) => String(one).padStart(2, '0')));
  // Dates keep how much of them is known.
  const date = fc.tuple(day, fc.integer({ min: 1, max: 3 })).map(([parts, n]) => parts.slice(0, n).join('-'));
  const goal = fc.record(
    {
      description: fc.record({ text: words }),
      startDate: date,
      note: fc.array(fc.record({ text: words }), { minLength: 1, maxLength: 2 }),
      category: fc.array(fc.record({ text: words }), { minLength: 1, maxLength: 2 }),
      statusReason: words,
    },
    { requiredKeys: ['description'] },
  );
  const said = ({ id: _id, meta: _meta, ...rest }: Record<string, unknown>): unknown => rest;
  await fc.assert(
    fc.asyncProperty(fc.array(goal, { minLength: 1, maxLength: 4 }), async (versions) => {
      const written = versions.map((one) => ({
        resourceType: 'Goal',
        lifecycleStatus: 'active',
        subject: { reference: `Patient/${patient}` },
        ...one,
      }));
      const [first, ...further] = written;
      const made = await scene.send('clinic', 'post', '/Goal', first);
      expect([made.status, made.status === 201 ? '' : made.text]).toEqual([201, '']);
      const { id } = made.body as { id: string };
      // The same again is no new version.
      const different: unknown[] = [first];
      for (const next of further) {
        await scene.send('clinic', 'put', `/Goal/${id}`, { ...next, id }).expect(200);
        different.push(next);
      }
      const now = (await scene.send('clinic', 'get', `/Goal/${id}`).expect(200)).text;
      expect(said(JSON.parse(now) as Record<string, unknown>)).toEqual(written.at(-1));
      const history = await ask(`/Goal/${id}/_history`);
      expect(history.entry?.map(({ resource }) => said(resource as never)).toReversed()).toEqual(different);
    }),
    { numRuns: 40 },
  );
});

test('every type that is stored is claimed, and keeps versions', () => {
  for (const type of recordTypes)
    expect(scene.claims.find((one) => one.type === type)).toMatchObject({
      versioning: 'versioned',
      readHistory: true,
      conditionalRead: 'full-support',
    });
});
