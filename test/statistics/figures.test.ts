import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { realSurroundings } from '../../src/kernel/clock.ts';
import { extensions, coding, systems } from '../../src/fhir/codes.ts';
import { buildContact } from '../../src/support/record.ts';
import { needs } from '../../src/programs/needs.ts';
import { figuresOf, monthsOf, type Figures } from '../../src/statistics/figures.ts';
import { dimensions } from '../../src/statistics/queries.ts';
import { lastDayOf, reportOf } from '../../src/statistics/report.ts';
import { buildOrganization } from '../../src/people/record.ts';
import { outcomeOutput } from '../../src/referral/record.ts';
import { smallestReferral } from '../support/referral.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
/** What the clock shows: figures know only what was written down by then. */
let clock = new Date('2027-04-01T00:00:00+09:00');
const on = (day: string): void => {
  clock = new Date(`${day}T10:00:00+09:00`);
};
beforeAll(async () => {
  world = await makeWorld({ ...realSurroundings, now: () => clock });
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

async function refer(municipality: string, day: string) {
  on(day);
  const referral = smallestReferral(world.bodies, clock.toISOString());
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
const shownIn = async (year: number, dimension: 'contact_band' | 'result', row: string) => {
  const found = await figures(year);
  const list = found?.by[dimension];
  return list?.rowTotals[list.rows.indexOf(row)];
};

const shown = (value: number) => ({ kind: 'shown', value });
const faceOf = (found: Figures | undefined) => JSON.stringify({ ...found, edition: undefined });

describe('figures of a council', () => {
  test('are there once ten referrals have been sent in its area and their month is over', async () => {
    for (let i = 0; i < 9; i++) await refer('992011', '2027-11-01');
    await refer('999999', '2027-11-02');
    on('2027-12-01');
    expect(await figures()).toBeUndefined();
    for (let i = 0; i < 21; i++) await refer('992011', '2027-12-04');
    on('2027-12-31');
    expect(await figures()).toBeUndefined();
    on('2028-01-01');
    expect((await figures())?.total).toEqual(shown(30));
    expect((await figures(2027))?.edition).toEqual({ until: '2028-01-01', years: [2027] });
  });

  test('follow contacts and outcomes, each in the year of the referral', async () => {
    const referrals = [];
    for (let i = 0; i < 10; i++) referrals.push(await refer('992011', '2028-01-15'));
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
          buildContact({ ...given, kind: 'no-answer', at: '2028-01-16T10:00:00+09:00', text: '留守' }),
        );
        await r.save(
          buildContact({ ...given, kind: 'reached', at: '2028-01-20T10:00:00+09:00', text: '話せた' }),
        );
        const accepted = await r.save({ ...(await r.read('Task', task.id)), status: 'accepted' });
        await r.save({ ...accepted, status: 'completed', output: [outcomeOutput('connected', 'サロンへ')] });
      });
    on('2028-02-01');
    expect((await figures(2027))?.total).toEqual(shown(40));
    expect(await shownIn(2027, 'contact_band', '4-7')).toEqual(shown(10));
    expect(await shownIn(2027, 'contact_band', 'waiting')).toEqual(shown(30));
    expect(await shownIn(2027, 'result', 'connected')).toEqual(shown(10));
  });

  test('stand still while a month goes on, whatever is sent, talked about, ended or taken back', async () => {
    for (let i = 0; i < 30; i++) await refer('992011', '2028-05-10');
    on('2028-06-01');
    const [before, beforeThisYear] = [await figures(2027), await figures(2028)];
    expect(beforeThisYear?.total).toEqual(shown(30));
    for (let i = 0; i < 9; i++) await refer('992020', '2028-06-10');
    const { task } = await refer('992011', '2028-06-11');
    const { rows } = await world.owner.query<{ id: string }>(
      `select id from task where status = 'requested' order by authored_on, id limit 2`,
    );
    const [[ended, wrong], { actors }] = [rows, world.bodies];
    if (!ended || !wrong) throw new Error('no referrals');
    await world.open(actors.linkworker, async (r) =>
      r.save({ ...(await r.read('Task', ended.id)), status: 'rejected', statusReason: { text: '対象外' } }),
    );
    for (const id of [wrong.id, task.id])
      await world.open(actors.doctor, async (r) =>
        r.save({
          ...(await r.read('Task', id)),
          status: 'entered-in-error',
          statusReason: { text: '人違い' },
        }),
      );
    on('2028-06-30');
    expect(faceOf(await figures(2027))).toBe(faceOf(before));
    expect(faceOf(await figures(2028))).toBe(faceOf(beforeThisYear));
    // Nine came, too few for an edition of their own; with one more in July there are ten.
    on('2028-07-01');
    expect((await figures(2028))?.edition.until).toBe('2028-06-01');
    await refer('992020', '2028-07-02');
    on('2028-08-01');
    expect((await figures(2028))?.edition.until).toBe('2028-08-01');
    expect((await figures(2028))?.total).toEqual(shown(40));
    // One of the forty was a mistake, and is no longer among them.
    expect((await figures(2027))?.total).toEqual(shown(30));
  });

  test('have the same rows whoever was referred, and no month that is not over', async () => {
    const [before, after] = [await figures(2027), await figures(2028)];
    for (const d of dimensions.filter((one) => one !== 'month'))
      expect([d, after?.by[d].rows]).toEqual([d, before?.by[d].rows]);
    expect(after?.needs.rows).toEqual(needs.map((n) => n.code));
    expect(after?.by.municipality.rows).toEqual(['992011', '992020']);
    expect(after?.by.month.rows).toEqual(['2028-04', '2028-05', '2028-06', '2028-07']);
    expect(after && lastDayOf(after)).toBe('2028-07-31');
    expect(before && lastDayOf(before)).toBe('2028-03-31');
  });

  test('show no number that could point at a person', async () => {
    const found = await figures(2028);
    for (const d of dimensions)
      for (const number of found?.by[d].rowTotals ?? [])
        if (number.kind === 'shown') expect([number.value % 10, number.value > 0]).toEqual([0, true]);
  });

  test('of a coordinator are those of the municipality alone', async () => {
    const found = await world.open(world.bodies.actors.coordinator, (r) => figuresOf(r, 2028));
    expect(found?.total).toEqual(shown(30));
    expect(found?.by.municipality.rows).toEqual(['992011']);
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
    for (const statement of ['select task_id from referral_fact', 'select count(*) from referral_fact'])
      await expect(
        world.open(world.bodies.actors.council, (r) => r.run({ strings: [statement], values: [] })),
      ).rejects.toMatchObject({ problem: { kind: 'forbidden' } });
  });

  test('go out as a MeasureReport without a person', async () => {
    const found = await figures(2028);
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
