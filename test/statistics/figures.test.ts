import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { extensions, coding, systems } from '../../src/fhir/codes.ts';
import { buildContact } from '../../src/support/record.ts';
import { figuresOf, monthsOf } from '../../src/statistics/figures.ts';
import { reportOf } from '../../src/statistics/report.ts';
import { buildOrganization } from '../../src/people/record.ts';
import { outcomeOutput } from '../../src/referral/record.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { publishForms } from '../../src/programs/publish.ts';
import { smallestReferral } from '../support/referral.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  const { council, municipality } = world.bodies;
  const write = (id: string, body: Parameters<typeof buildOrganization>[0]) =>
    world.owner.query('update organization set content = $2, version = version + 1 where id = $1', [
      id,
      JSON.stringify(buildOrganization({ ...body, id })),
    ]);
  await write(council.id, { kind: 'council', name: '試験協議会', serves: ['992011', '992020'] });
  await write(municipality.id, { kind: 'municipality', name: '試験市', municipalityCode: '992011' });
});
afterAll(async () => {
  await world.close();
});

async function refer(municipality: string, at: string, program?: string) {
  const smallest = smallestReferral(world.bodies, at);
  const request = program
    ? { ...smallest.request, instantiatesUri: [`https://tsunagi.example/fhir/program/${program}`] }
    : smallest.request;
  const referral = { ...smallest, request };
  const address = {
    extension: [{ url: extensions.municipality, valueCoding: coding(systems.municipality, municipality) }],
    city: '試験市',
  };
  await world.open(world.bodies.actors.doctor, (r) =>
    r.write(Object.values({ ...referral, patient: { ...referral.patient, address: [address] } })),
  );
  return referral;
}
const figures = (year?: number) => world.open(world.bodies.actors.council, (r) => figuresOf(r, year));
const shownIn = async (year: number, dimension: 'contact_band' | 'result' | 'program', row: string) => {
  const found = await figures(year);
  const list = found?.by[dimension];
  return list?.rowTotals[list.rows.indexOf(row)];
};

describe('figures of a council', () => {
  test('count the referrals of its area, and one more when one more is sent', async () => {
    for (let i = 0; i < 12; i++) await refer('992011', '2024-05-10T10:00:00+09:00');
    await refer('999999', '2024-05-10T10:00:00+09:00');
    expect((await figures(2024))?.total).toEqual({ kind: 'shown', value: 12 });
    await refer('992020', '2024-06-10T10:00:00+09:00');
    expect((await figures(2024))?.total).toEqual({ kind: 'shown', value: 13 });
  });

  test('show no number that could point at a person', async () => {
    const found = await figures(2024);
    const list = found?.by.municipality;
    expect(list?.rowTotals[list.rows.indexOf('992020')]).toEqual({ kind: 'masked' });
    // One masked number beside a shown total would be found by subtraction, so a second one is hidden with it.
    expect(list?.rowTotals.filter((m) => m.kind === 'masked').length).toBeGreaterThan(1);
  });

  test('follow contacts and outcomes, each in the year of the referral', async () => {
    const referrals = [];
    for (let i = 0; i < 10; i++) referrals.push(await refer('992011', '2023-11-01T10:00:00+09:00'));
    expect(await shownIn(2023, 'contact_band', 'waiting')).toEqual({ kind: 'shown', value: 10 });
    for (const { patient, request, task } of referrals)
      await world.open(world.bodies.actors.linkworker, async (r) => {
        const given = {
          patient: patient.id,
          requestId: request.id,
          taskId: task.id,
          office: world.bodies.office.id,
          by: r.actor.post,
        };
        await r.save(
          buildContact({ ...given, kind: 'no-answer', at: '2023-11-02T10:00:00+09:00', text: '留守' }),
        );
        await r.save(
          buildContact({ ...given, kind: 'reached', at: '2023-11-06T10:00:00+09:00', text: '話せた' }),
        );
        const accepted = await r.save({ ...(await r.read('Task', task.id)), status: 'accepted' });
        await r.save({ ...accepted, status: 'completed', output: [outcomeOutput('connected', 'サロンへ')] });
      });
    expect(await shownIn(2023, 'contact_band', '4-7')).toEqual({ kind: 'shown', value: 10 });
    expect(await shownIn(2023, 'result', 'connected')).toEqual({ kind: 'shown', value: 10 });
  });

  test('forget a referral that was entered in error', async () => {
    const { task } = await refer('992011', '2024-05-11T10:00:00+09:00');
    expect((await figures(2024))?.total).toEqual({ kind: 'shown', value: 14 });
    await world.open(world.bodies.actors.doctor, async (r) =>
      r.save({
        ...(await r.read('Task', task.id)),
        status: 'entered-in-error',
        statusReason: { text: '人違い' },
      }),
    );
    expect((await figures(2024))?.total).toEqual({ kind: 'shown', value: 13 });
  });

  test('of a coordinator are those of the municipality alone', async () => {
    const found = await world.open(world.bodies.actors.coordinator, (r) => figuresOf(r, 2024));
    expect(found?.total).toEqual({ kind: 'shown', value: 12 });
  });

  test('tell programs apart, those nobody knows together, and show a program before its first referral', async () => {
    await publishForms(world.ownerUrl, await loadPrograms('forms'), new Date('2021-01-01T00:00:00Z'));
    for (let i = 0; i < 11; i++) await refer('992011', '2022-05-10T10:00:00+09:00', 'takaishi');
    for (let i = 0; i < 12; i++) await refer('992011', '2022-05-10T10:00:00+09:00', 'akita');
    for (let i = 0; i < 6; i++) await refer('992011', '2022-05-10T10:00:00+09:00');
    for (let i = 0; i < 4; i++) await refer('992011', '2022-05-10T10:00:00+09:00', 'nobody-knows');
    const list = (await figures(2022))?.by.program;
    expect(list?.rows).toEqual(['akita', 'kamaishi', 'kotoura', 'nabari', 'takaishi', 'yabu', 'other']);
    expect(await shownIn(2022, 'program', 'takaishi')).toEqual({ kind: 'shown', value: 11 });
    expect(await shownIn(2022, 'program', 'akita')).toEqual({ kind: 'shown', value: 12 });
    expect(await shownIn(2022, 'program', 'other')).toEqual({ kind: 'shown', value: 10 });
    expect(await shownIn(2022, 'program', 'yabu')).toEqual({ kind: 'masked' });
  });

  test('are nothing for everybody else', async () => {
    for (const actor of [
      world.bodies.actors.linkworker,
      world.bodies.actors.doctor,
      world.bodies.actors.admin,
    ])
      expect(await world.open(actor, (r) => figuresOf(r))).toBeUndefined();
  });

  test('are lines whose referral nobody can read', async () => {
    await expect(
      world.open(world.bodies.actors.council, (r) =>
        r.run({ strings: ['select task_id from referral_fact'], values: [] }),
      ),
    ).rejects.toMatchObject({
      problem: { kind: 'forbidden' },
    });
  });

  test('go out as a MeasureReport without a person', async () => {
    const found = await figures(2024);
    if (!found) throw new Error('no figures');
    const report = reportOf(found, world.bodies.council.id, new Date('2026-11-21T00:00:00Z'));
    expect(report.group?.[0]?.population ?? report.group?.[0]?.stratifier).toBeDefined();
    expect(JSON.stringify(report)).not.toMatch(/Patient|Task\//);
  });
});

test('a fiscal year runs from April to March', () => {
  expect(monthsOf(2026)[0]).toBe('2026-04');
  expect(monthsOf(2026).at(-1)).toBe('2027-03');
  expect(monthsOf(2026)).toHaveLength(12);
});
