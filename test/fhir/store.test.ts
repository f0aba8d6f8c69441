import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sightOf } from '../../src/access/sight.ts';
import { realSurroundings } from '../../src/kernel/clock.ts';
import { Refused } from '../../src/kernel/problem.ts';
import type { OpenRecords } from '../../src/fhir/records.ts';
import { reference } from '../../src/fhir/references.ts';
import { makeStore } from '../../src/fhir/store.ts';
import { namesItsPerson } from '../../src/fhir/patient.ts';
import { makeBodies, type Bodies } from '../support/bodies.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { smallestReferral } from '../support/referral.ts';

let here: TestDatabase;
let bodies: Bodies;
let open: OpenRecords;

beforeAll(async () => {
  here = await freshDatabase();
  bodies = await makeBodies(here.owner);
  open = makeStore({
    ...realSurroundings,
    database: here.database,
    validate: () => [],
    rules: [namesItsPerson],
    sightOf,
  });
});
afterAll(async () => {
  await here.close();
});

const send = async () => {
  const referral = smallestReferral(bodies);
  await open(bodies.actors.doctor, (records) => records.write(Object.values(referral)));
  return referral;
};
const kindOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Refused) return error.problem.kind;
    throw error;
  }
};

describe('a referral in the store', () => {
  test('arrives whole at the office that the consent names, and nowhere else', async () => {
    const { patient, task, consent } = await send();
    const { linkworker, otherLinkworker, otherDoctor, council, coordinator, admin, resource } = bodies.actors;
    const seen = await open(linkworker, async (r) => [
      await r.read('Patient', patient.id),
      await r.read('Task', task.id),
      await r.read('Consent', consent.id),
    ]);
    expect(seen.map((r) => r.id)).toEqual([patient.id, task.id, consent.id]);
    for (const actor of [otherLinkworker, otherDoctor, council, coordinator, admin, resource])
      expect(await kindOf(open(actor, (r) => r.read('Patient', patient.id)))).toBe('not-found');
  });

  test('a resident link worker of that office reads the request and the person, not the answers', async () => {
    const { patient, answers, task } = await send();
    const { neighbour } = bodies.actors;
    expect(await kindOf(open(neighbour, (r) => r.read('Task', task.id)))).toBe('done');
    expect(await kindOf(open(neighbour, (r) => r.read('Patient', patient.id)))).toBe('done');
    expect(await kindOf(open(neighbour, (r) => r.read('QuestionnaireResponse', answers.id)))).toBe(
      'not-found',
    );
  });

  test('an office that declined keeps its line of the referral and loses the person', async () => {
    const { patient, task } = await send();
    await open(bodies.actors.linkworker, async (r) => {
      const now = await r.read('Task', task.id);
      await r.save({ ...now, status: 'rejected', statusReason: { text: '満員' } });
    });
    expect(await kindOf(open(bodies.actors.linkworker, (r) => r.read('Task', task.id)))).toBe('done');
    expect(await kindOf(open(bodies.actors.linkworker, (r) => r.read('Patient', patient.id)))).toBe(
      'not-found',
    );
    expect(await kindOf(open(bodies.actors.doctor, (r) => r.read('Patient', patient.id)))).toBe('done');
  });

  test('when the consent is withdrawn the office loses every row in the same moment', async () => {
    const { patient, task, consent } = await send();
    await open(bodies.actors.doctor, async (r) => {
      await r.save({ ...(await r.read('Consent', consent.id)), status: 'inactive' });
    });
    for (const [type, id] of [
      ['Patient', patient.id],
      ['Task', task.id],
      ['Consent', consent.id],
    ] as const)
      expect(await kindOf(open(bodies.actors.linkworker, (r) => r.read(type, id)))).toBe('not-found');
  });

  test('two people who change the same version: the second is told', async () => {
    const { task } = await send();
    const seen = await open(bodies.actors.linkworker, (r) => r.read('Task', task.id));
    await open(bodies.actors.linkworker, (r) => r.save({ ...seen, status: 'accepted' }));
    expect(await kindOf(open(bodies.actors.linkworker, (r) => r.save({ ...seen, status: 'rejected' })))).toBe(
      'conflict',
    );
  });

  test('only its keeper and its receiver change a record', async () => {
    const { patient } = await send();
    const change = open(bodies.actors.linkworker, async (r) =>
      r.save({ ...(await r.read('Patient', patient.id)), birthDate: '1950-01-01' }),
    );
    expect(await kindOf(change)).toBe('forbidden');
  });

  test('a reference to a person whom the actor cannot see is refused as unknown', async () => {
    const { patient } = await send();
    const goal = (actor: Parameters<OpenRecords>[0]) =>
      open(actor, (r) =>
        r.save({
          resourceType: 'Goal',
          lifecycleStatus: 'active',
          description: { text: 'x' },
          subject: reference('Patient', patient.id),
        }),
      );
    expect(await kindOf(goal(bodies.actors.otherLinkworker))).toBe('invalid');
    expect(await kindOf(goal(bodies.actors.linkworker))).toBe('done');
  });

  test('a double click with the same key makes one record, and both get the same answer', async () => {
    const { patient } = smallestReferral(bodies);
    const work = () =>
      open(
        bodies.actors.doctor,
        async (r) => {
          const saved = await r.save(patient);
          return saved.id;
        },
        { once: 'key-1' },
      );
    const [a, b] = await Promise.all([work(), work()]);
    expect(a).toBe(b);
    const { rows } = await here.owner.query('select 1 from patient where id = $1', [a]);
    expect(rows).toHaveLength(1);
  });

  test('every version is kept and every look is in the log, written with it', async () => {
    const { task, patient } = await send();
    await open(bodies.actors.linkworker, async (r) =>
      r.save({ ...(await r.read('Task', task.id)), status: 'accepted' }),
    );
    const versions = await open(bodies.actors.linkworker, (r) => r.history('Task', task.id));
    expect(versions.map((v) => [v.meta.versionId, v.status])).toEqual([
      ['2', 'accepted'],
      ['1', 'requested'],
    ]);
    const { rows } = await here.owner.query<{ action: string }>(
      'select action from access_log where $1 = any (patients) order by id',
      [patient.id],
    );
    expect(rows.map((r) => r.action)).toEqual(['write', 'read', 'write', 'history']);
  });

  test('what fails half-way leaves nothing', async () => {
    const referral = smallestReferral(bodies);
    const failing = open(bodies.actors.doctor, async (r) => {
      await r.write(Object.values(referral));
      throw new Error('the power went');
    });
    await expect(failing).rejects.toThrow('the power went');
    const { rows } = await here.owner.query('select 1 from patient where id = $1', [referral.patient.id]);
    expect(rows).toHaveLength(0);
  });

  test('the application role can change neither history, log nor sight', async () => {
    for (const statement of [
      'update access_log set what = what',
      'delete from access_log',
      'update task_history set version = version',
      'insert into sight values (gen_random_uuid(), gen_random_uuid(), array[]::text[], now())',
      'update task set keeper = gen_random_uuid()',
      'delete from consent',
      'delete from provenance',
      'delete from deletion',
    ])
      await expect(here.database.rows({ strings: [statement], values: [] })).rejects.toThrow(
        /permission denied/,
      );
  });
});
