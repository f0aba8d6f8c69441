import { randomUUID } from 'node:crypto';
import { buildResource, type Resource } from '../../src/directory/record.ts';
import { directoryRoutes } from '../../src/directory/routes.tsx';
import { loadRecords } from '../../src/fhir/load.ts';
import { systems } from '../../src/fhir/codes.ts';
import type { Actor, Role } from '../../src/kernel/actor.ts';
import { buildOrganization } from '../../src/people/record.ts';
import { serve, signIn } from '../support/browse.ts';
import { makeWorld } from '../support/world.ts';

/** Two invented municipalities: the office and the coordinator work for the first, their neighbours for the second. */
export const here = '999016';
export const there = '999024';

const body = (kind: Parameters<typeof buildOrganization>[0]['kind'], name: string, more: object = {}) => ({
  ...buildOrganization({ kind, name, ...more }),
  id: randomUUID(),
});

const as = (role: Role, of: { id: string }): Actor => ({
  role,
  organization: of.id,
  via: 'session',
  request: 'test',
});

/** A world with a directory: bodies that work for an area, groups, and ways to put entries in. */
export async function makeArea(now: () => Date = () => new Date('2026-11-20T10:00:00+09:00')) {
  const world = await makeWorld({ now, newId: randomUUID });
  const bodies = {
    town: body('municipality', 'こちら市（架空）', { municipalityCode: here }),
    otherTown: body('municipality', 'あちら市（架空）', { municipalityCode: there }),
    office: body('office', 'こちら支援室', { serves: [here] }),
    clinic: body('clinic', 'こちら医院'),
    group: body('resource', 'ひだまりの会', { phone: '050-0000-0100' }),
    otherGroup: body('resource', 'こかげの会'),
  };
  const client = await world.owner.connect();
  await client.query('begin');
  await loadRecords(
    client,
    Object.values(bodies).map((record) => ({ record, keeper: bodies.town.id })),
    now(),
  );
  await client.query('commit');
  client.release();

  const actors = {
    coordinator: as('coordinator', bodies.town),
    otherCoordinator: as('coordinator', bodies.otherTown),
    linkworker: as('linkworker', bodies.office),
    neighbour: as('neighbour', bodies.office),
    doctor: as('doctor', bodies.clinic),
    group: as('resource', bodies.group),
    otherGroup: as('resource', bodies.otherGroup),
    council: world.bodies.actors.council,
    admin: world.bodies.actors.admin,
    system: as('system', bodies.town),
  };
  const app = serve(world, (needs) => [directoryRoutes(needs)]);

  /** An entry as the coordinator of its area put it in. */
  const enter = async (given: Partial<Resource> = {}): Promise<Resource> => {
    const resource: Resource = {
      id: randomUUID(),
      organizationId: bodies.group.id,
      name: '縁側サロン',
      kana: 'エンガワサロン',
      summary: 'お茶とおしゃべり',
      needs: [{ system: systems.sdohCategory, code: 'social-connection' }],
      interests: ['tea'],
      views: ['join'],
      kind: 'informal',
      areas: [here],
      place: { id: randomUUID(), name: '本町集会所', address: '本町1-2-3' },
      fee: '1回100円',
      contact: { phone: '050-0000-0100' },
      availability: '毎週火曜 10時から',
      eligibility: 'どなたでも',
      capacity: 'capacity',
      assured: '2026-08-20',
      active: true,
      ...given,
    };
    await world.open(actors.system, (records) => records.write(buildResource(resource)));
    return resource;
  };
  const visit = (who: keyof typeof actors) => signIn(world, app, actors[who]);
  return { ...world, area: bodies, actors, app, enter, visit };
}
export type Area = Awaited<ReturnType<typeof makeArea>>;

/** A form as somebody fills it in, to be changed by each test. */
export const filled = (given: Readonly<Record<string, string | readonly string[]>> = {}) => ({
  who: 'known',
  name: '朝の体操',
  kana: 'あさのたいそう',
  summary: '公園でラジオ体操をします。',
  views: ['join'],
  kind: 'informal',
  needs: ['frailty'],
  interests: ['exercise'],
  reach: 'these',
  areas: [here],
  eligibility: '',
  availability: '毎朝6時半',
  appointment: 'no',
  fee: '無料',
  placeName: '中央公園',
  address: '',
  lat: '',
  lon: '',
  phone: '０５０ー００００ー０１２３',
  fax: '',
  email: '',
  capacity: 'capacity',
  active: 'yes',
  assured: 'yes',
  ...given,
});
