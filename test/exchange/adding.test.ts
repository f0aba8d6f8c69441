import { afterAll, beforeAll, expect, test } from '@jest/globals';
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
 * Who may add such a record about a person who was referred to the office and by it to the group, under a consent that
 * opens everything to both, keeping it for the body they work for; `bearer` holds that person's one-time link from the
 * clinic. Asked of the store with all its rules: whoever does not see what a record refers to cannot write it either. What
 * the row rules say in every state of a consent is in `test/access/matrix`.
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

const names = Object.keys(adds) as RecordName[];
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

test.each(names)('%s is added by those whose work it is', async (name) => {
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

/** Takes back what was only tried. */
class Undone extends Error {}
