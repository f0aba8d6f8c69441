import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isAboutPerson } from '../../../src/fhir/tables.ts';
import { recordTypes } from '../../../src/fhir/types.ts';
import { roles } from '../../../src/kernel/actor.ts';
import { makeWorld, type World } from '../../support/world.ts';
import { makeCast, type Cast, type Person, type Row } from './people.ts';
import { everyLook, looked, type Looking } from './look.ts';
import { adds, removes, replaces, sees } from './rules.ts';
import { addable, deletable, replaceable, versionsShown, ways, type Asked, type Way } from './ways.ts';

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await makeWorld();
  cast = await makeCast(world.owner, world.bodies);
});
afterAll(() => world.close());

/** What a look asks for: everything, or every so many. */
function askedOf({ people, n }: Looking, oneIn: Way['oneIn']): Asked {
  const turn = (m: number): number => (people.length === 1 ? 0 : m + n);
  const some = oneIn && 'people' in oneIn ? people.filter((_, m) => turn(m) % oneIn.people === 0) : people;
  const rows = some.flatMap((person, m) =>
    oneIn && 'records' in oneIn
      ? person.rows.filter((_, r) => (turn(m) + r) % oneIn.records === 0)
      : person.rows,
  );
  return { people: some, rows };
}

/** Where what somebody is shown is not what the rules say, as sentences. */
function differences(
  look: Looking,
  asked: Asked,
  expected: (person: Person, row: Row) => boolean,
  shown: readonly string[],
): string[] {
  const known = new Set(shown);
  const wanted = new Set(asked.rows);
  return asked.people.flatMap((person) =>
    person.rows
      .filter((row) => wanted.has(row))
      .filter((row) => expected(person, row) !== known.has(row.id))
      .map(
        (row) =>
          `${look.name} | ${person.state} | ${row.name} ${known.has(row.id) ? 'is there' : 'is not there'}`,
      ),
  );
}
const visible =
  ({ who }: Looking) =>
  (person: Person, row: Row) =>
    sees(person.given, who, row.what);

test('there is a person in every state with a record of every kind, and somebody of every role to look', () => {
  for (const { rows } of cast.people) {
    const there = new Set(rows.map((row) => row.what.type));
    expect(
      recordTypes.filter((type) => isAboutPerson(type) && !there.has(type) && type !== 'Consent'),
    ).toEqual([]);
  }
  const there = new Set(everyLook(cast).map((one) => one.who.role));
  expect(roles.filter((role) => !there.has(role))).toEqual([]);
});

test.each(Object.entries(ways).map(([name, way], turn) => [name, way, turn] as const))(
  'by way of %s, everybody has exactly what consent, task and role open to them',
  async (_name, way, turn) => {
    const all = new Set(cast.people.flatMap((person) => person.rows.map((row) => row.id)));
    const wrong: string[] = [];
    for (const look of everyLook(cast, turn)) {
      const asked = askedOf(look, way.oneIn);
      const shown = await looked(world, look, (records) => way.shows(records, asked));
      const expected = (person: Person, row: Row) =>
        visible(look)(person, row) &&
        (way.withPerson !== true ||
          person.rows.some((one) => one.name === 'person' && visible(look)(person, one)));
      wrong.push(...differences(look, asked, expected, shown));
      wrong.push(...shown.filter((id) => !all.has(id)).map((id) => `${look.name} | nobody's ${id} is there`));
    }
    expect(wrong).toEqual([]);
  },
);

test('the next version of a record is written by those whose record it is and who may still work', async () => {
  const wrong: string[] = [];
  for (const look of everyLook(cast, 1)) {
    const may = (person: Person, row: Row) => replaces(person.given, look.who, row.what);
    const asked = askedOf(look, undefined);
    wrong.push(
      ...differences(look, asked, may, await looked(world, look, (records) => replaceable(records, asked))),
    );
  }
  expect(wrong).toEqual([]);
});

test('a record is deleted by staff of the body that wrote it, while they may still work', async () => {
  const wrong: string[] = [];
  for (const look of everyLook(cast, 1)) {
    const may = (person: Person, row: Row) => removes(person.given, look.who, row.what);
    const asked = askedOf(look, undefined);
    wrong.push(
      ...differences(look, asked, may, await looked(world, look, (records) => deletable(records, asked))),
    );
  }
  expect(wrong).toEqual([]);
});

test('a record about a person is added by those whose work it is and who may still work', async () => {
  const wrong: string[] = [];
  for (const look of everyLook(cast, 1)) {
    const may = (person: Person, row: Row) => adds(person.given, look.who, row.what);
    const asked = askedOf(look, { records: 4 });
    wrong.push(
      ...differences(look, asked, may, await looked(world, look, (records) => addable(records, asked))),
    );
  }
  expect(wrong).toEqual([]);
});

test('versions from before an address was sealed are shown to the people named, and to nobody else', async () => {
  const sealed = cast.people.find((person) => person.given.sealed);
  const row = sealed?.rows.find((one) => one.name === 'person');
  if (!sealed || !row) throw new Error('nobody is sealed');
  for (const look of everyLook(cast)) {
    const versions = await looked(world, look, (records) => versionsShown(records, row));
    const bound = look.people.includes(sealed) || look.people.length > 1;
    const isNamed = ['doctor at clinic', 'linkworker at office'].includes(look.name);
    const there = bound && sees(sealed.given, look.who, row.what);
    const expected = !there ? [] : isNamed ? ['2', '1'] : ['2'];
    expect([look.name, versions]).toEqual([look.name, expected]);
  }
});
