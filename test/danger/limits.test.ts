import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Patient, RelatedPerson } from '@medplum/fhirtypes';
import { sql } from '../../src/database/sql.ts';
import { reference } from '../../src/fhir/references.ts';
import type { Stored } from '../../src/fhir/types.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { lift, setLimits } from '../../src/people/danger/limits.ts';
import { correct, readSeal, seal, unseal } from '../../src/people/danger/seal.ts';
import { amendPatient, liftLimits, readLimits, readPatient } from '../../src/people/record.ts';
import { move } from '../../src/referral/move.ts';
import { buildRequest, readServiceRequest } from '../../src/referral/record.ts';
import { send } from '../../src/referral/service.ts';
import { makeScene, outcomeOf, program, programs, type Scene } from '../referral/fixture.ts';

let scene: Scene;
let actors: Scene['bodies']['actors'];
beforeAll(async () => {
  scene = await makeScene();
  ({ actors } = scene.bodies);
});
afterAll(() => scene.close());

const how = '平日の昼に携帯電話だけ。名乗らない。';
const patientAs = (actor: Actor, id: string): Promise<Stored<Patient>> =>
  scene.open(actor, (records) => records.read('Patient', id));
const versionOf = async (id: string): Promise<string> => (await patientAs(actors.doctor, id)).meta.versionId;
const limit = async (actor: Actor, id: string): Promise<void> => {
  const seen = await versionOf(id);
  await scene.open(actor, (records) => setLimits(records, id, { why: 'danger-at-home', how, seen }));
};

/** A person whose referral the office has accepted and who was asked for at a group. */
async function linked() {
  const sent = await scene.refer();
  await scene.open(actors.linkworker, (records) =>
    move(records, programs, { id: sent.task, move: 'accept', seen: '1' }),
  );
  const ids = {
    request: scene.surroundings.newId(),
    task: scene.surroundings.newId(),
    provenance: scene.surroundings.newId(),
  };
  await scene.open(actors.linkworker, (records) =>
    records.write(
      buildRequest(
        {
          patient: sent.patient,
          from: scene.bodies.office.id,
          to: scene.bodies.resource.id,
          by: actors.linkworker.post,
          partOf: sent.task,
          basedOn: sent.request,
          service: '',
          wish: 'いっしょに過ごせる場所',
          needs: [],
          consent: sent.consent,
          urgency: 'routine',
          caseNumber: 'TS-1',
          at: scene.now().toISOString(),
          due: scene.now().toISOString(),
        },
        ids,
      ).map((record) =>
        record.resourceType === 'ServiceRequest'
          ? { ...record, performer: [reference('Organization', scene.bodies.resource.id)] }
          : record,
      ),
    ),
  );
  return { ...sent, asked: ids.task };
}

describe('somebody who must not be contacted', () => {
  test('is marked by the office that has accepted them, in the clinic’s record, and by nobody else', async () => {
    const { patient } = await linked();
    await limit(actors.linkworker, patient);
    const seen = readPatient(await patientAs(actors.reception, patient));
    expect(seen.limits).toEqual({
      since: '2026-11-20',
      why: 'danger-at-home',
      how,
      by: actors.linkworker.post,
    });
    for (const [who, outcome] of [
      ['neighbour', 'not-found'],
      ['resource', 'not-found'],
      ['otherDoctor', 'not-found'],
    ] as const)
      expect([who, await outcomeOf(limit(actors[who], patient))]).toEqual([who, outcome]);
    const waiting = await scene.refer();
    expect(await outcomeOf(limit(actors.linkworker, waiting.patient))).toBe('forbidden');
  });

  test('is not there for a group: not by id, not by telephone, with no relative, in no older version', async () => {
    const { patient, asked } = await linked();
    const helper: RelatedPerson & { id: string } = {
      resourceType: 'RelatedPerson',
      id: scene.surroundings.newId(),
      patient: reference('Patient', patient),
      name: [{ text: '試験 次男' }],
      telecom: [{ system: 'phone', value: '050-0000-0009' }],
    };
    await scene.open(actors.doctor, (records) => records.save(helper));
    const { resource } = actors;
    const looks = () =>
      Promise.all([
        outcomeOf(patientAs(resource, patient)),
        scene.open(resource, async (r) => (await r.find('Patient', [['phone', '050-0000-0001']])).length > 0),
        scene.open(resource, async (r) => (await r.find('RelatedPerson', [['patient', patient]])).length > 0),
        outcomeOf(scene.open(resource, (r) => r.read('RelatedPerson', helper.id))),
        outcomeOf(scene.open(resource, (r) => r.history('Patient', patient))),
      ]);
    expect(await looks()).toEqual(['done', true, true, 'done', 'done']);
    await limit(actors.reception, patient);
    expect(await looks()).toEqual(['not-found', false, false, 'not-found', 'not-found']);
    // The request itself stays, so that the group can answer.
    expect(await outcomeOf(scene.open(resource, (r) => r.read('Task', asked)))).toBe('done');
    await scene.open(actors.doctor, async (r) => lift(r, patient, await versionOf(patient)));
    expect((await looks())[0]).toBe('done');
  });

  test('is said by the referral that is sent: the guide’s order detail', async () => {
    const prepared = await scene.prepare();
    await limit(actors.doctor, prepared.patient);
    const { request } = await scene.open(actors.doctor, (records) =>
      send(records, program, scene.sendingOf(prepared)),
    );
    const sent = await scene.open(actors.linkworker, (r) => r.read('ServiceRequest', request));
    expect(readServiceRequest(sent).noContact).toBe(true);
    expect(sent.orderDetail?.[0]?.coding?.[0]?.code).toBe('contacting-subject-prohibited');
  });

  test('stays so when a program writes the person back without knowing of it', async () => {
    const { patient } = await scene.prepare();
    await limit(actors.doctor, patient);
    const known = await patientAs(actors.doctor, patient);
    const { extension: _extension, ...without } = known;
    const write = (record: Patient) => outcomeOf(scene.open(actors.doctor, (r) => r.save(record)));
    expect(await write(without)).toBe('invalid');
    expect(
      await write({
        ...known,
        extension: (known.extension ?? []).map((one) => ({
          ...one,
          extension: (one.extension ?? []).map((part) =>
            part.url === 'how' ? { url: 'how', valueString: 'いつでも' } : part,
          ),
        })),
      }),
    ).toBe('invalid');
    expect(await write(liftLimits(known, scene.now().toISOString(), actors.doctor.post))).toBe('done');
    expect(readLimits(await patientAs(actors.doctor, patient))).toBeUndefined();
  });
});

describe('a sealed address', () => {
  const named = () => [actors.doctor.post ?? '', actors.linkworker.post ?? ''];
  const sealNow = async (id: string, who: readonly string[] = named()): Promise<void> => {
    const seen = await versionOf(id);
    await scene.open(actors.doctor, (r) => seal(r, id, { named: who, why: '別居した夫から守るため', seen }));
  };
  const phoneSeenBy = async (actor: Actor, id: string): Promise<string | undefined> =>
    scene.open(actor, async (r) => (await readSeal(r, await r.read('Patient', id)))?.open?.person.phone);

  test('is seen by the named alone, at the clinic and at the office', async () => {
    const { patient } = await linked();
    await sealNow(patient);
    expect(await phoneSeenBy(actors.doctor, patient)).toBe('050-0000-0001');
    expect(await phoneSeenBy(actors.linkworker, patient)).toBe('050-0000-0001');
    for (const who of ['reception', 'resource'] as const) {
      expect([who, await phoneSeenBy(actors[who], patient)]).toEqual([who, undefined]);
      const content = JSON.stringify(await patientAs(actors[who], patient));
      expect(content).not.toMatch(/050-0000-0001|浜町|朝凪/);
      expect(content).toContain('masked');
      expect(await scene.open(actors[who], (r) => r.rows('try', sql`select * from seal`))).toEqual([]);
    }
    const names = await scene.open(actors.reception, async (r) =>
      readSeal(r, await r.read('Patient', patient)),
    );
    expect(names).toMatchObject({ open: undefined });
  });

  test('is in no earlier version and not found by the number, also by a program', async () => {
    const { patient } = await linked();
    await sealNow(patient);
    const { post: _post, ...doctor } = actors.doctor;
    for (const actor of [
      actors.reception,
      actors.resource,
      { ...doctor, client: 'x', via: 'token' as const },
    ]) {
      const versions = await scene.open(actor, (r) => r.history('Patient', patient));
      expect(JSON.stringify(versions)).not.toMatch(/050-0000-0001|浜町/);
      for (const look of [
        ['phone', '050-0000-0001'],
        ['address-municipality', '992011'],
      ] as const) {
        const found = await scene
          .open(actor, (r) => r.find('Patient', [look]))
          .then((some) => some.map((one) => one.id))
          .catch(() => []);
        expect(found).not.toContain(patient);
      }
    }
    expect(JSON.stringify(await scene.open(actors.doctor, (r) => r.history('Patient', patient)))).toContain(
      '浜町',
    );
  });

  test('needs two who can be named, one of them whoever seals', async () => {
    const { patient } = await linked();
    expect(await outcomeOf(sealNow(patient, []))).toBe('invalid');
    expect(await outcomeOf(sealNow(patient, [actors.resource.post ?? '']))).toBe('invalid');
    expect(await outcomeOf(sealNow(patient, [actors.otherDoctor.post ?? '']))).toBe('invalid');
    expect(await outcomeOf(sealNow(patient, [actors.reception.post ?? '']))).toBe('done');
  });

  test('stays so when the person is changed, or written back by somebody with an old copy', async () => {
    const { patient } = await linked();
    const old = await patientAs(actors.doctor, patient);
    await sealNow(patient);
    const now = await patientAs(actors.reception, patient);
    const typed = { ...readPatient(old), family: '新姓' };
    const saved = await scene.open(actors.reception, (r) => r.save(amendPatient(now, typed)));
    expect(readPatient(saved)).toMatchObject({ family: '新姓', sealed: true, line: '' });
    expect(await outcomeOf(scene.open(actors.reception, (r) => r.save({ ...old, meta: saved.meta })))).toBe(
      'forbidden',
    );
  });

  const moved = {
    postalCode: '010-0001',
    prefecture: '朝凪県',
    municipalityCode: '992011',
    municipality: '朝凪市',
    line: '山手9-9-9',
    phone: '050-0000-0002',
  };
  const correctAs = async (actor: Actor, id: string, revision = 1): Promise<string> =>
    outcomeOf(scene.open(actor, (r) => correct(r, id, { where: moved, revision })));

  test('is corrected under the seal: nobody else sees the old one or the new one', async () => {
    const { patient } = await linked();
    await sealNow(patient);
    const before = await patientAs(actors.reception, patient);
    for (const who of ['reception', 'linkworker', 'resource', 'otherDoctor'] as const)
      expect([who, await correctAs(actors[who], patient)]).toEqual([who, 'not-found']);
    expect(await correctAs(actors.doctor, patient)).toBe('done');
    expect(await phoneSeenBy(actors.doctor, patient)).toBe('050-0000-0002');
    expect(await phoneSeenBy(actors.linkworker, patient)).toBe('050-0000-0002');
    // The record and its versions are what they were, for everybody; also for a program of the clinic.
    expect(await patientAs(actors.reception, patient)).toEqual(before);
    const { post: _post, ...clinics } = actors.doctor;
    for (const actor of [actors.reception, { ...clinics, client: 'x', via: 'token' as const }]) {
      const seen = JSON.stringify([
        await scene.open(actor, (r) => r.history('Patient', patient)),
        await scene.open(actor, (r) => r.find('Provenance', [['target', `Patient/${patient}`]])),
        await scene.open(actor, (r) => r.rows('try', sql`select * from seal_before`)),
      ]);
      expect(seen).not.toMatch(/050-0000-000|浜町|山手/);
      const found = await scene.open(actor, (r) => r.find('Patient', [['phone', '050-0000-0002']]));
      expect(found.map((one) => one.id)).not.toContain(patient);
    }
    // The access log says that the address was looked at and that something was written, and no more.
    const { rows } = await scene.owner.query<{ line: string }>(
      `select to_jsonb(l)::text as line from access_log l where patients @> array[$1::uuid] order by id desc limit 30`,
      [patient],
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { line } of rows) expect(line).not.toMatch(/050-0000-000|浜町|山手/);
  });

  test('keeps what was under it before, for the named alone', async () => {
    const { patient } = await linked();
    await sealNow(patient);
    expect(await correctAs(actors.doctor, patient)).toBe('done');
    const shown = await scene.open(actors.linkworker, async (r) =>
      readSeal(r, await r.read('Patient', patient)),
    );
    expect(shown?.open?.person).toMatchObject({ line: '山手9-9-9', municipalityCode: '992011' });
    expect(shown?.open?.before).toMatchObject([{ person: { phone: '050-0000-0001', line: '浜町1-2-3' } }]);
    // What was there before can be changed by nobody.
    for (const text of [
      sql`delete from seal_before`,
      sql`update seal_before set address = null`,
      sql`insert into seal_before (patient_id, sealed_at, revision, ended_by) values (${patient}::uuid, now(), 9, ${actors.doctor.post ?? ''}::uuid)`,
    ])
      await expect(scene.open(actors.doctor, (r) => r.run(text))).rejects.toMatchObject({
        problem: { kind: 'forbidden' },
      });
  });

  test('that two correct at once is corrected by one, and the other is told', async () => {
    const { patient } = await linked();
    await sealNow(patient, [actors.doctor.post ?? '', actors.reception.post ?? '']);
    const outcomes = await Promise.all([
      correctAs(actors.doctor, patient),
      correctAs(actors.reception, patient),
    ]);
    expect(outcomes.toSorted()).toEqual(['conflict', 'done']);
    expect(await correctAs(actors.reception, patient, 2)).toBe('done');
  });

  test('is opened again by somebody named, and then by nobody kept from others', async () => {
    const { patient } = await linked();
    await sealNow(patient);
    const end = async (actor: Actor) =>
      outcomeOf(versionOf(patient).then((seen) => scene.open(actor, (r) => unseal(r, patient, seen))));
    expect(await end(actors.reception)).toBe('not-found');
    expect(await end(actors.linkworker)).toBe('not-found');
    expect(await end(actors.doctor)).toBe('done');
    expect(readPatient(await patientAs(actors.reception, patient))).toMatchObject({
      phone: '050-0000-0001',
      line: '浜町1-2-3',
      sealed: false,
    });
  });
});
