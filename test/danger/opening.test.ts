import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { buildLawful, type Lawful } from '../../src/consent/legal-basis.ts';
import { disclose, endDisclosure, readChoices } from '../../src/without-referral/disclose.ts';
import {
  emergencyNow,
  mostTries,
  openInEmergency,
  type Emergency,
} from '../../src/without-referral/emergency.ts';
import { readOpened } from '../../src/without-referral/opened.ts';
import { reviewLines, sharedLines } from '../../src/without-referral/queries.ts';
import { review } from '../../src/without-referral/review.ts';
import { loadRecords } from '../../src/fhir/load.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { unseenNotices } from '../../src/referral/notice.ts';
import { buildCoverage, buildOrganization, buildPost } from '../../src/people/record.ts';
import { makeScene, outcomeOf, programs, type Scene } from '../referral/fixture.ts';

let scene: Scene;
let actors: Scene['bodies']['actors'];
/** A second doctor and a second link worker, who review what the first did; a member of a meeting, and an insurer. */
let others: Record<'doctor' | 'linkworker' | 'meeting' | 'insurer', Actor>;
beforeAll(async () => {
  scene = await makeScene();
  ({ actors } = scene.bodies);
  const body = (kind: 'meeting' | 'insurer', name: string) => ({
    ...buildOrganization({ kind, name, serves: [], active: true }),
    id: randomUUID(),
  });
  const meeting = body('meeting', '試験支援会議');
  const insurer = body('insurer', '試験保険者');
  const post = (role: keyof typeof others, organization: string, practitioner: string) => ({
    ...buildPost({ kind: role, practitioner, organization }),
    id: randomUUID(),
  });
  const practitioner = { resourceType: 'Practitioner' as const, id: randomUUID(), name: [{ text: '試験' }] };
  const posts = {
    doctor: post('doctor', scene.bodies.clinic.id, practitioner.id),
    linkworker: post('linkworker', scene.bodies.office.id, practitioner.id),
    meeting: post('meeting', meeting.id, practitioner.id),
    insurer: post('insurer', insurer.id, practitioner.id),
  };
  const client = await scene.owner.connect();
  await client.query('begin');
  await loadRecords(
    client,
    [meeting, insurer, practitioner, ...Object.values(posts)].map((record) => ({
      record,
      keeper: scene.bodies.council.id,
    })),
    new Date(),
  );
  await client.query('commit');
  client.release();
  const actor = (role: keyof typeof others, organization: string): Actor => ({
    role,
    organization,
    post: posts[role].id,
    via: 'session',
    request: 'test',
  });
  others = {
    doctor: actor('doctor', scene.bodies.clinic.id),
    linkworker: actor('linkworker', scene.bodies.office.id),
    meeting: actor('meeting', meeting.id),
    insurer: actor('insurer', insurer.id),
  };
});
afterAll(() => scene.close());

const emergency = (given: Partial<Emergency> = {}): Emergency => ({
  kana: 'シケン ハナコ',
  birthDate: '1942-03-04',
  key: '050-0000-0001',
  because: 'danger-to-life',
  note: '道で倒れていて、話ができない。',
  ...given,
});
const openNow = (actor: Actor, given: Partial<Emergency> = {}) =>
  scene.open(actor, async (r) => (await openInEmergency(r, emergency(given), 'http://x.invalid')) ?? null);
const sees = (actor: Actor, patient: string) =>
  scene.open(actor, async (r) => {
    const opened = await readOpened(r, programs, patient);
    return {
      name: opened.person?.family,
      answers: opened.answers !== undefined,
      needs: opened.concerns.length > 0,
    };
  });
const nothing = { name: undefined, answers: false, needs: false };
const everything = { answers: true, needs: true };

describe('emergency access', () => {
  let patient: string;
  beforeAll(async () => {
    ({ patient } = await scene.prepare({ family: '緊急' }));
    await scene.owner.query(
      `update patient set version = version + 1, content = jsonb_set(content || jsonb_build_object('meta', (content -> 'meta') || jsonb_build_object('versionId', (version + 1)::text)),
        '{telecom,0,value}', '"050-0000-0777"') where id = $1`,
      [patient],
    );
  });

  test('opens the one person whom name, birth date and number fit, to the one who asked', async () => {
    const { otherDoctor } = actors;
    expect(await sees(otherDoctor, patient)).toEqual(nothing);
    expect(await openNow(otherDoctor, { key: '050-0000-0777' })).toBe(patient);
    expect(await sees(otherDoctor, patient)).toMatchObject(everything);
    const access = await scene.open(otherDoctor, (r) => emergencyNow(r, patient));
    const hours = ((access?.until.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(3.9);
    expect(hours).toBeLessThan(4.1);
    // Nobody else at that clinic, and nobody with a token of it.
    const { post: _post, ...program } = otherDoctor;
    for (const actor of [
      { ...otherDoctor, post: randomUUID() },
      { ...program, via: 'token' as const },
    ])
      expect(await sees(actor, patient)).toEqual(nothing);
  });

  test('the clinic that keeps the person is told, without a name', async () => {
    const notices = await scene.open(actors.doctor, unseenNotices);
    expect(notices.map((one) => one.kind)).toContain('emergency-opened');
    const { rows } = await scene.owner
      .query<{ text: string }>('select payload::text as text from outbox')
      .catch(() => ({ rows: [] }));
    for (const { text } of rows) expect(text).not.toMatch(/緊急 花子|シケン/);
  });

  test('closes by itself', async () => {
    await scene.owner.query(`update emergency_access set until = now() - interval '1 minute'`);
    await scene.owner.query(
      `update sight set until = now() - interval '1 minute' where basis in (select id from emergency_access)`,
    );
    expect(await sees(actors.otherDoctor, patient)).toEqual(nothing);
    expect(await scene.open(actors.otherDoctor, (r) => emergencyNow(r, patient))).toBeUndefined();
  });

  test.each([
    ['a wrong birth date', { birthDate: '1942-03-05' }],
    ['a number of somebody else', { key: '050-0000-0778' }],
    ['a part of a number', { key: '0777' }],
    ['no name', { kana: '' }],
  ] as const)('finds nobody with %s, and the try is kept', async (_what, given) => {
    const { linkworker } = actors;
    const tries = () =>
      scene.owner
        .query<{ n: number }>('select count(*)::int as n from emergency_try where found is null')
        .then(({ rows }) => rows[0]?.n ?? 0);
    const before = await tries();
    expect(await openNow(linkworker, { key: '050-0000-0777', ...given })).toBeNull();
    expect(await tries()).toBe(before + 1);
  });

  test('is refused to whoever tries again and again, and to every other role', async () => {
    const { linkworker } = actors;
    await scene.owner.query('delete from emergency_try');
    for (let i = 0; i < mostTries; i++) expect(await openNow(linkworker, { key: '09099999999' })).toBeNull();
    expect(await outcomeOf(openNow(linkworker, { key: '050-0000-0777' }))).toBe('too-many');
    for (const role of ['reception', 'neighbour', 'resource', 'coordinator', 'council'] as const) {
      const found = await openNow(actors[role], { key: '050-0000-0777' }).catch(() => null);
      expect([role, found]).toEqual([role, null]);
    }
  });
});

describe('a disclosure on a legal basis', () => {
  const lawful = (to: string, given: Partial<Lawful> = {}) => ({
    basis: 'support-meeting' as const,
    to: [to],
    items: ['contact', 'answers'] as const,
    end: '2026-12-20',
    why: 'ご本人が話し合いを拒み、命にかかわるため。',
    ...given,
  });
  const discloseNow = (actor: Actor, patient: string, to: string, given: Partial<Lawful> = {}) =>
    scene.open(actor, (r) => disclose(r, patient, lawful(to, given) as never));

  test('opens what was named to the body that was named, without referral, and waits for review', async () => {
    const { patient } = await scene.prepare();
    const { meeting, insurer } = others;
    expect(await scene.open(meeting, (r) => sharedLines(r))).toEqual([]);
    const id = await discloseNow(actors.doctor, patient, meeting.organization);
    const [line] = await scene.open(meeting, (r) => sharedLines(r));
    expect(line).toMatchObject({
      patient_id: patient,
      basis: 'support-meeting',
      items: ['answers', 'contact'],
    });
    expect(await sees(meeting, patient)).toMatchObject({ name: '試験', answers: true });
    for (const actor of [insurer, actors.otherDoctor, actors.resource, actors.linkworker])
      expect(await sees(actor, patient)).toEqual(nothing);
    const waiting = await scene.open(others.doctor, (r) => reviewLines(r, id));
    expect(waiting).toMatchObject([{ kind: 'legal-basis', reviewed_at: null }]);

    await scene.open(actors.doctor, (r) => endDisclosure(r, id, { reason: '会議が終わった', seen: '1' }));
    expect(await sees(meeting, patient)).toEqual(nothing);
    expect(await scene.open(meeting, (r) => sharedLines(r))).toEqual([]);
  });

  test('reaches an insurer of the person and a group by name alone', async () => {
    const { patient } = await scene.prepare();
    await discloseNow(actors.doctor, patient, scene.bodies.resource.id, { items: ['contact'] });
    expect(await sees(actors.resource, patient)).toEqual({ name: '試験', answers: false, needs: false });
    expect(await sees(actors.otherResource, patient)).toEqual(nothing);
  });

  test.each([
    ['a receptionist', 'reception', {}, 'forbidden'],
    ['a doctor of elsewhere', 'otherDoctor', {}, 'invalid'],
    ['no reason in words', 'doctor', { why: '危険' }, 'invalid'],
    ['more than 92 days', 'doctor', { end: '2027-03-01' }, 'invalid'],
  ] as const)('is refused: %s', async (_what, who, given, outcome) => {
    const { patient } = await scene.prepare();
    expect(await outcomeOf(discloseNow(actors[who], patient, others.meeting.organization, given))).toBe(
      outcome,
    );
  });

  test('a link worker offers what they see of somebody they support, and no more', async () => {
    const { patient } = await scene.refer({}, { items: ['contact'] });
    const { items } = await scene.open(actors.linkworker, (r) => readChoices(r, patient, ''));
    expect(items).toEqual(['contact']);
    expect(await outcomeOf(discloseNow(actors.linkworker, patient, others.meeting.organization))).toBe(
      'forbidden',
    );
    expect(
      await outcomeOf(
        discloseNow(actors.linkworker, patient, others.meeting.organization, { items: ['contact'] }),
      ),
    ).toBe('done');
  });

  test('what a program writes is held to the same rule', async () => {
    const { patient } = await scene.prepare();
    const consent = buildLawful({
      ...(lawful(others.meeting.organization) as Pick<Lawful, 'basis' | 'to' | 'items' | 'why'>),
      patient,
      from: scene.bodies.clinic.id,
      start: '2026-11-20',
      end: '2026-12-20',
      at: scene.now().toISOString(),
    });
    expect(await outcomeOf(scene.open(actors.reception, (r) => r.save(consent)))).toBe('forbidden');
  });
});

describe('an insurer', () => {
  test('sees its own members who agreed, and nobody else', async () => {
    const { insurer } = others;
    const member = await scene.prepare({ recipients: ['office', 'insurer'], items: ['contact', 'plan'] });
    const stranger = await scene.prepare({ recipients: ['office', 'insurer'] });
    const unasked = await scene.prepare();
    for (const { patient } of [member, unasked])
      await scene.open(actors.doctor, (r) =>
        r.save(
          buildCoverage(
            { insurerNumber: '06990010', symbol: '1', number: '2', branch: '00' },
            { patient, insurerOrganization: insurer.organization, insurerName: '試験保険者' },
          ),
        ),
      );
    const lines = await scene.open(insurer, (r) => sharedLines(r));
    expect(lines.map((line) => line.patient_id)).toEqual([member.patient]);
    expect(lines[0]?.basis).not.toBe('support-meeting');
    expect(await sees(insurer, member.patient)).toEqual({ name: '試験', answers: false, needs: false });
    for (const { patient } of [stranger, unasked]) expect(await sees(insurer, patient)).toEqual(nothing);
  });
});

describe('the review', () => {
  test('is somebody else’s, stays, and is seen by the body alone', async () => {
    const { patient } = await scene.prepare();
    const id = await scene.open(actors.doctor, (r) =>
      disclose(r, patient, {
        basis: 'danger-to-life',
        to: [others.meeting.organization],
        items: ['contact'],
        end: '2026-12-01',
        why: '命の危険があり、同意を待てない。',
      }),
    );
    const give = (actor: Actor, verdict: 'justified' | 'not-justified') =>
      outcomeOf(scene.open(actor, (r) => review(r, id, { verdict, remark: undefined })));
    expect(await give(actors.doctor, 'justified')).toBe('forbidden');
    expect(await give(actors.otherDoctor, 'justified')).toBe('not-found');
    expect(await give(actors.linkworker, 'justified')).toBe('not-found');
    expect(await give(others.meeting, 'justified')).toBe('not-found');
    expect(await give(others.doctor, 'justified')).toBe('done');
    expect(await give(others.doctor, 'not-justified')).toBe('conflict');
    const [line] = await scene.open(actors.doctor, (r) => reviewLines(r, id));
    expect(line).toMatchObject({ verdict: 'justified' });
  });
});
