import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HealthcareService } from '@medplum/fhirtypes';
import { sightOf } from '../../src/access/sight.ts';
import { buildResource, type Resource } from '../../src/directory/record.ts';
import { concept, systems } from '../../src/fhir/codes.ts';
import type { OpenRecords } from '../../src/fhir/records.ts';
import { reference } from '../../src/fhir/references.ts';
import { makeStore } from '../../src/fhir/store.ts';
import { Refused } from '../../src/kernel/problem.ts';
import { buildOrganization } from '../../src/people/record.ts';
import { here, makeArea, there, type Area } from './area.ts';

let area: Area;
/** The same store without the slices' rules: what the database alone lets through. */
let bare: OpenRecords;
beforeAll(async () => {
  area = await makeArea();
  bare = makeStore({
    ...area.surroundings,
    database: area.database,
    validate: () => [],
    rules: [],
    sightOf,
  });
});
afterAll(() => area.close());

type Who = keyof Area['actors'];
const kindOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Refused) return error.problem.kind;
    throw error;
  }
};
const change = (open: OpenRecords, who: Who, id: string) =>
  kindOf(
    open(area.actors[who], async (records) => {
      const service = await records.read('HealthcareService', id);
      await records.save({ ...service, comment: randomUUID() });
    }),
  );
const changePlace = (open: OpenRecords, who: Who, id: string) =>
  kindOf(
    open(area.actors[who], async (records) => {
      const place = await records.read('Location', id);
      await records.save({ ...place, name: randomUUID() });
    }),
  );

/** Who changes an entry of the first municipality, of the second, of everywhere; all run by the first group. */
const table: readonly (readonly [Who, here: string, there: string, everywhere: string])[] = [
  ['coordinator', 'done', 'forbidden', 'done'],
  ['otherCoordinator', 'forbidden', 'done', 'done'],
  ['linkworker', 'done', 'forbidden', 'done'],
  ['neighbour', 'forbidden', 'forbidden', 'forbidden'],
  ['doctor', 'forbidden', 'forbidden', 'forbidden'],
  ['group', 'done', 'done', 'done'],
  ['otherGroup', 'forbidden', 'forbidden', 'forbidden'],
  ['admin', 'forbidden', 'forbidden', 'forbidden'],
  ['council', 'not-found', 'not-found', 'not-found'],
];

describe.each(table)('%s', (who, ...expected) => {
  test.each([
    ['the slices and the database', () => area.open],
    ['the database alone', () => bare],
  ])('changes entries as far as %s let them', async (_name, store) => {
    const entries = [
      await area.enter(),
      await area.enter({ areas: [there] }),
      await area.enter({ areas: [] }),
    ];
    const found = [];
    for (const { id } of entries) found.push(await change(store(), who, id));
    expect(found).toEqual(expected);
    const places = [];
    for (const { place } of entries) places.push(await changePlace(store(), who, place?.id ?? ''));
    expect(places).toEqual(expected);
  });
});

const add = (who: Who, given: Partial<Resource>) =>
  kindOf(
    area.open(area.actors[who], (records) =>
      records.write(
        buildResource({
          id: randomUUID(),
          organizationId: area.area.group.id,
          name: '新しいサロン',
          summary: '',
          needs: [],
          interests: [],
          views: ['join'],
          kind: 'informal',
          areas: [here],
          contact: {},
          availability: '',
          eligibility: '',
          capacity: 'capacity',
          active: true,
          ...given,
        }),
      ),
    ),
  );

test.each<readonly [Who, Partial<Resource>, string]>([
  ['coordinator', {}, 'done'],
  ['coordinator', { areas: [here, there] }, 'done'],
  ['coordinator', { areas: [there] }, 'invalid'],
  ['linkworker', {}, 'done'],
  ['linkworker', { areas: [there] }, 'invalid'],
  ['group', { areas: [there] }, 'done'],
  ['otherGroup', {}, 'forbidden'],
  ['doctor', {}, 'forbidden'],
  ['admin', {}, 'forbidden'],
  ['council', {}, 'forbidden'],
])('%s adds an entry %j: %s', async (who, given, expected) => {
  // A council does not see the directory, and a reference to what it cannot see is refused first.
  expect(await add(who, given)).toBe(expected);
});

test('an entry cannot be handed to another body, nor be given to an office', async () => {
  const { id } = await area.enter();
  const move = area.open(area.actors.coordinator, async (records) => {
    const service = await records.read('HealthcareService', id);
    await records.save({ ...service, providedBy: reference('Organization', area.area.otherGroup.id) });
  });
  expect(await kindOf(move)).toBe('invalid');
  expect(await add('coordinator', { organizationId: area.area.office.id })).toBe('invalid');
});

test('the place of another group is not borrowed, so that nobody can rewrite it through their own entry', async () => {
  const { place } = await area.enter({ areas: [there] });
  const service: HealthcareService = {
    resourceType: 'HealthcareService',
    providedBy: reference('Organization', area.area.otherGroup.id),
    location: [reference('Location', place?.id ?? '')],
    name: 'よその集会所',
  };
  expect(await kindOf(area.open(area.actors.otherGroup, (records) => records.save(service)))).toBe('invalid');
});

test('a new group is a group and nothing else; an office cannot widen its own area', async () => {
  const asGroup = (type: Parameters<typeof concept>[]) =>
    kindOf(
      area.open(area.actors.linkworker, (records) =>
        records.save({
          ...buildOrganization({ kind: 'resource', name: '新しい会' }),
          type: type.map((t) => concept(...t)),
        }),
      ),
    );
  expect(await asGroup([[systems.organizationType, 'resource']])).toBe('done');
  expect(await asGroup([[systems.organizationType, 'office']])).toBe('invalid');
  expect(
    await asGroup([
      [systems.organizationType, 'resource'],
      ['http://elsewhere.invalid', 'office'],
    ]),
  ).toBe('invalid');
  const widen = area.open(area.actors.linkworker, async (records) => {
    const office = await records.read('Organization', area.area.office.id);
    const { name } = office;
    await records.save({
      ...office,
      ...buildOrganization({ kind: 'office', name: name ?? '', serves: [here, there], id: office.id }),
    });
  });
  expect(await kindOf(widen)).toBe('forbidden');
  const phone = area.open(area.actors.linkworker, async (records) => {
    const office = await records.read('Organization', area.area.office.id);
    await records.save({ ...office, telecom: [{ system: 'phone', value: '050-0000-0999' }] });
  });
  expect(await kindOf(phone)).toBe('done');
});
