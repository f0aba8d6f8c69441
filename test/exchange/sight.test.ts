import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../src/kernel/actor.ts';
import { Refused } from '../../src/kernel/problem.ts';
import { isAboutPerson } from '../../src/fhir/tables.ts';
import { recordTypes } from '../../src/fhir/types.ts';
import { makeWorld, type World } from '../support/world.ts';
import { keepPerson, personWithEverything, type Kept, type RecordName } from './person.ts';

let world: World;
let person: ReturnType<typeof personWithEverything>;
let actors: Record<Who, Actor>;
beforeAll(async () => {
  world = await makeWorld();
  person = personWithEverything(world);
  await keepPerson(world, person.records);
  const other = personWithEverything(world);
  await keepPerson(world, other.records);
  const bearer = (patient: string): Actor => ({
    role: 'patient',
    organization: world.bodies.clinic.id,
    patient,
    via: 'link',
    request: 'test',
  });
  actors = { ...person.who, bearer: bearer(person.patient), otherBearer: bearer(other.patient) };
});
afterAll(() => world.close());

type Who = keyof ReturnType<typeof personWithEverything>['who'] | 'bearer' | 'otherBearer';

/**
 * Who sees which record of a person who was referred to the office and by it to the group, under a consent that opens
 * everything to both. `bearer` holds that person's one-time link from the clinic. Nobody else sees anything.
 */
const sees: Readonly<Record<RecordName, readonly Who[]>> = {
  person: ['doctor', 'reception', 'linkworker', 'neighbour', 'resource', 'bearer'],
  helper: ['doctor', 'reception', 'linkworker', 'neighbour', 'resource', 'bearer'],
  insurance: ['doctor', 'reception', 'linkworker'],
  consent: ['doctor', 'reception', 'linkworker', 'neighbour', 'bearer'],
  answers: ['doctor', 'reception', 'linkworker', 'bearer'],
  'screening result': ['doctor', 'reception', 'linkworker', 'bearer'],
  concern: ['doctor', 'reception', 'linkworker', 'bearer'],
  referral: ['doctor', 'reception', 'linkworker', 'neighbour', 'bearer'],
  'referral task': ['doctor', 'reception', 'linkworker', 'neighbour', 'bearer'],
  'note of the doctor': ['doctor', 'reception', 'linkworker'],
  'message of the clinic': ['doctor', 'reception', 'linkworker', 'neighbour', 'bearer'],
  scan: ['doctor', 'reception', 'linkworker'],
  'scanned pages': ['doctor', 'reception', 'linkworker'],
  'who sent it': ['doctor', 'reception', 'linkworker', 'neighbour', 'bearer'],
  'assessment sheet': ['linkworker'],
  'observation at home': ['linkworker'],
  goal: ['linkworker'],
  plan: ['linkworker'],
  'contact with the person': ['linkworker', 'neighbour'],
  'report to the doctor': ['doctor', 'reception', 'linkworker'],
  'message to the group': ['linkworker', 'neighbour', 'resource'],
  visit: ['linkworker', 'neighbour'],
  'support given': ['linkworker'],
  request: ['linkworker', 'neighbour', 'resource'],
  'request task': ['linkworker', 'neighbour', 'resource'],
  'message of the group': ['linkworker', 'neighbour', 'resource'],
  attendance: ['linkworker', 'neighbour', 'resource'],
};

/**
 * Who may add such a record about that person, keeping it for the body they work for. Whoever does not see what a record
 * refers to cannot write it either.
 */
const adds: Readonly<Record<RecordName, readonly Who[]>> = {
  person: [],
  helper: ['doctor', 'reception', 'linkworker', 'neighbour'],
  insurance: ['doctor', 'reception', 'linkworker'],
  consent: ['doctor', 'reception'],
  answers: ['doctor', 'reception', 'linkworker', 'bearer'],
  'screening result': ['doctor', 'reception', 'linkworker', 'bearer'],
  concern: ['doctor', 'reception', 'linkworker', 'bearer'],
  referral: ['doctor', 'reception'],
  'referral task': ['doctor', 'reception'],
  'note of the doctor': ['doctor', 'reception', 'linkworker'],
  'message of the clinic': ['doctor', 'reception', 'linkworker', 'neighbour'],
  scan: ['doctor', 'reception', 'linkworker'],
  'scanned pages': ['doctor', 'reception', 'linkworker'],
  'who sent it': ['doctor', 'reception', 'linkworker', 'neighbour', 'bearer'],
  'assessment sheet': ['doctor', 'reception', 'linkworker'],
  'observation at home': ['doctor', 'reception', 'linkworker'],
  goal: ['doctor', 'reception', 'linkworker'],
  plan: ['doctor', 'reception', 'linkworker'],
  'contact with the person': ['doctor', 'reception', 'linkworker', 'neighbour'],
  'report to the doctor': ['doctor', 'reception', 'linkworker', 'neighbour'],
  'message to the group': ['linkworker', 'neighbour', 'resource'],
  visit: ['doctor', 'reception', 'linkworker', 'neighbour', 'resource'],
  'support given': ['doctor', 'reception', 'linkworker'],
  request: ['linkworker', 'neighbour'],
  'request task': ['linkworker', 'neighbour'],
  'message of the group': ['linkworker', 'neighbour', 'resource'],
  attendance: ['doctor', 'reception', 'linkworker', 'neighbour', 'resource'],
};

const names = Object.keys(sees) as RecordName[];
const refused = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work();
    return false;
  } catch (error) {
    if (error instanceof Refused) return true;
    throw error;
  }
};
const everyone = (): Who[] => Object.keys(actors) as Who[];
const recordOf = (name: RecordName): Kept['record'] => person.records[name].record;

test('the person has a record of every kind there is', () => {
  const there = new Set(names.map((name) => recordOf(name).resourceType));
  expect(recordTypes.filter((type) => isAboutPerson(type) && !there.has(type))).toEqual([]);
});

describe.each(names)('%s', (name) => {
  test('is read by whom it concerns, and does not exist for anybody else', async () => {
    const { resourceType: type, id } = recordOf(name);
    const reads: Who[] = [];
    for (const who of everyone())
      if (!(await refused(() => world.open(actors[who], (r) => r.read(type, id))))) reads.push(who);
    expect(reads.toSorted()).toEqual(sees[name].toSorted());
  });

  test('is found, and its versions are read, by the same people', async () => {
    const { resourceType: type, id } = recordOf(name);
    for (const who of everyone()) {
      const found = await world.open(actors[who], (r) =>
        r.find(type, type === 'Patient' ? [['_id', id]] : [['patient', person.patient]]),
      );
      expect([who, found.some((r) => r.id === id)]).toEqual([who, sees[name].includes(who)]);
      const hidden = await refused(() => world.open(actors[who], (r) => r.history(type, id)));
      expect([who, hidden]).toEqual([who, !sees[name].includes(who)]);
    }
  });

  test('is added by those whose work it is', async () => {
    const added: Who[] = [];
    for (const who of everyone()) {
      const { id: _id, ...copy } = structuredClone(recordOf(name));
      // What is sent is sent in the own name, and begins at its beginning.
      if (copy.resourceType === 'Task') copy.status = 'requested';
      if (name === 'person') copy.meta = {};
      const work = () =>
        world.open(actors[who], async (r) => {
          await r.write([copy]);
          throw new Undone();
        });
      try {
        if (!(await refused(work))) added.push(who);
      } catch (error) {
        if (!(error instanceof Undone)) throw error;
        added.push(who);
      }
    }
    expect(added.toSorted()).toEqual(adds[name].toSorted());
  });
});

/** Takes back what was only tried. */
class Undone extends Error {}

test('nobody but its clinic and those it was sent to learns from an error that the person is there', async () => {
  for (const who of [
    'otherDoctor',
    'otherLinkworker',
    'otherResource',
    'coordinator',
    'council',
    'admin',
  ] as const) {
    const about = (id: string) =>
      world
        .open(actors[who], (r) =>
          r.write([
            {
              ...(recordOf('goal') as object),
              id: undefined,
              subject: { reference: `Patient/${id}` },
            } as never,
          ]),
        )
        .catch((error: unknown) =>
          error instanceof Refused ? JSON.stringify(error.problem).replaceAll(id, 'X') : error,
        );
    expect(await about(person.patient)).toBe(await about('11111111-1111-4111-8111-111111111111'));
  }
});
