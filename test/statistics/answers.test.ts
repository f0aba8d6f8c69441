import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { QuestionnaireResponse } from '@medplum/fhirtypes';
import { canonical, coding, extensions, systems } from '../../src/fhir/codes.ts';
import { reference } from '../../src/fhir/references.ts';
import { buildOrganization } from '../../src/people/record.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import type { Program } from '../../src/programs/program.ts';
import { publishForms } from '../../src/programs/publish.ts';
import { figuresOf } from '../../src/statistics/figures.ts';
import { gatheringFigures } from '../../src/statistics/gatherings.ts';
import { reportOf } from '../../src/statistics/report.ts';
import { traitsOf } from '../../src/statistics/traits.ts';
import { smallestReferral } from '../support/referral.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let programs: readonly Program[];
beforeAll(async () => {
  world = await makeWorld();
  programs = await loadPrograms('forms');
  await publishForms(world.ownerUrl, programs, new Date('2021-01-01T00:00:00Z'));
  const body = buildOrganization({
    kind: 'council',
    name: '試験協議会',
    serves: ['992011', '992020'],
    id: world.bodies.council.id,
  });
  await world.owner.query('update organization set content = $2, version = version + 1 where id = $1', [
    body.id,
    JSON.stringify(body),
  ]);
});
afterAll(async () => {
  await world.close();
});

type Given = Readonly<{ at: string; hard: readonly string[]; status?: QuestionnaireResponse['status'] }>;

const answersOf = (patient: string, { at, hard: chosen, status = 'completed' }: Given) => ({
  resourceType: 'QuestionnaireResponse' as const,
  id: randomUUID(),
  questionnaire: `${canonical}/Questionnaire/kotoura-screening|1.2.0`,
  status,
  subject: reference('Patient', patient),
  authored: at,
  item: [
    {
      linkId: 'area',
      item: [
        {
          linkId: 'area.hard',
          answer: chosen.map((code) => ({
            valueCoding: coding(`${canonical}/CodeSystem/kotoura-answers`, code),
          })),
        },
      ],
    },
  ],
});

async function person(municipality: string): Promise<string> {
  const { patient } = smallestReferral(world.bodies);
  const address = {
    extension: [{ url: extensions.municipality, valueCoding: coding(systems.municipality, municipality) }],
    city: '試験市',
  };
  await world.open(world.bodies.actors.doctor, (r) => r.write([{ ...patient, address: [address] }]));
  return patient.id;
}
const answer = async (patient: string, given: Given) => {
  const answers = answersOf(patient, given);
  await world.open(world.bodies.actors.doctor, (r) => r.write([answers]));
  return answers;
};
const crowd = async (count: number, municipality: string, given: Given) => {
  for (let i = 0; i < count; i += 1) await answer(await person(municipality), given);
};
const figures = (year: number) => world.open(world.bodies.actors.council, (r) => figuresOf(r, year));
async function hard(year: number, option: string) {
  const found = (await figures(year))?.answers.find(({ question }) => question === 'area.hard');
  return found?.list.rowTotals[found.list.rows.indexOf(option)];
}
const facts = async () =>
  (
    await world.owner.query<{ patient_id: string; fiscal_year: number; answers: string[] }>(
      'select * from answer_fact',
    )
  ).rows;

describe('answers that a program counts', () => {
  test('are figures of the council’s area: nobody elsewhere, nothing unfinished, nothing under ten', async () => {
    await crowd(12, '992011', { at: '2024-05-10T10:00:00+09:00', hard: ['shop', 'bus'] });
    await crowd(4, '992011', { at: '2024-05-10T10:00:00+09:00', hard: ['snow'] });
    await crowd(11, '992011', { at: '2024-05-10T10:00:00+09:00', hard: ['none'] });
    await crowd(2, '999999', { at: '2024-05-10T10:00:00+09:00', hard: ['shop'] });
    await crowd(1, '992011', { at: '2024-05-10T10:00:00+09:00', hard: ['shop'], status: 'in-progress' });
    expect(await hard(2024, 'shop')).toEqual({ kind: 'shown', value: 12 });
    expect(await hard(2024, 'snow')).toEqual({ kind: 'masked' });
    // Of several choices 「どれもない」 is not counted: it would bound all others.
    expect((await figures(2024))?.answers[0]?.list.rows).not.toContain('none');
    expect((await facts()).every(({ answers }) => !answers.includes('area.hard=none'))).toBe(true);
  });

  test('count a person once a year, by the latest answers, and anew by what is left when these were wrong', async () => {
    const who = await person('992011');
    const of = async () =>
      (await facts())
        .filter((one) => one.patient_id === who)
        .map(({ fiscal_year: year, answers }) => `${String(year)} ${answers.join()}`)
        .toSorted();
    await answer(who, { at: '2024-05-01T10:00:00+09:00', hard: ['shop'] });
    const later = await answer(who, { at: '2025-03-31T23:30:00+09:00', hard: ['bus'] });
    expect(await of()).toEqual(['2024 area.hard=bus']);
    await answer(who, { at: '2025-04-01T00:30:00+09:00', hard: ['slope'] });
    expect(await of()).toEqual(['2024 area.hard=bus', '2025 area.hard=slope']);
    const wrong = { ...later, status: 'entered-in-error' as const };
    await world.open(world.bodies.actors.doctor, async (r) =>
      r.save({ ...(await r.read('QuestionnaireResponse', later.id)), status: wrong.status }),
    );
    expect(await of()).toEqual(['2024 area.hard=shop', '2025 area.hard=slope']);
  });

  test('of one year say nothing of another: what the same people answer later changes no figure of before', async () => {
    const people = [];
    for (let i = 0; i < 12; i += 1) people.push(await person('992020'));
    for (const one of people) await answer(one, { at: '2022-05-01T10:00:00+09:00', hard: ['field'] });
    const before = await figures(2022);
    for (const one of people.slice(0, 9))
      await answer(one, { at: '2023-05-01T10:00:00+09:00', hard: ['slope'] });
    const after = await figures(2022);
    expect({ ...after, years: before?.years }).toEqual(before);
    // Nine answered: too few for any figure.
    expect(await hard(2023, 'slope')).toBeUndefined();
  });

  test('two at once of the same person are one fact', async () => {
    const who = await person('992011');
    await Promise.all(
      ['shop', 'bus', 'snow'].map((option) =>
        answer(who, { at: '2021-05-01T10:00:00+09:00', hard: [option] }),
      ),
    );
    expect((await facts()).filter((one) => one.patient_id === who)).toHaveLength(1);
  });

  test('stand out where they are more frequent than in the whole, by the words of the form', async () => {
    await crowd(20, '992011', { at: '2020-05-10T10:00:00+09:00', hard: ['shop'] });
    await crowd(10, '992011', { at: '2020-05-10T10:00:00+09:00', hard: ['slope'] });
    await crowd(30, '992020', { at: '2020-05-10T10:00:00+09:00', hard: ['slope'] });
    const found = await world.open(world.bodies.actors.council, async (r) => {
      const counted = await figuresOf(r, 2020);
      if (!counted) throw new Error('no figures');
      return traitsOf({
        figures: counted,
        gatherings: await gatheringFigures(r, 2020, programs, '2021-01-01'),
        programs,
      });
    });
    expect(found.map(({ place }) => place)).toEqual(['992011|', '992020|']);
    const [first] = found[0]?.traits ?? [];
    expect(first?.title.ja).toBe('ここで暮らしていて、困ることはありますか。');
    expect(first?.traits.map(({ count, share, everywhere }) => [count, share, everywhere])).toEqual([
      [20, 67, 33],
      [10, 33, 67],
    ]);
  });

  test('go out with the MeasureReport, without a person', async () => {
    const found = await figures(2020);
    if (!found) throw new Error('no figures');
    const report = reportOf(found, world.bodies.council.id, new Date('2026-11-21T00:00:00Z'));
    const group = report.group?.find(({ code }) => code?.coding?.[0]?.code === 'kotoura.area.hard');
    const slope = group?.stratifier?.[0]?.stratum?.find(({ value }) => value?.coding?.[0]?.code === 'slope');
    expect(slope?.population?.[0]?.count).toBe(40);
    expect(group?.population?.[0]?.count).toBe(60);
    expect(JSON.stringify(report)).not.toMatch(/Patient|Questionnaire/);
  });

  test('are lines whose person the application cannot read, and counts nobody else', async () => {
    const asked = (sql: string, actor: 'council' | 'linkworker') =>
      world.open(world.bodies.actors[actor], (r) =>
        r.rows<{ n: number }>('figures', { strings: [sql], values: [] }),
      );
    await expect(asked('select patient_id from answer_fact', 'council')).rejects.toMatchObject({
      problem: { kind: 'forbidden' },
    });
    await expect(
      asked(`select count_answers('kotoura', '${randomUUID()}', 2024)`, 'council'),
    ).rejects.toMatchObject({ problem: { kind: 'forbidden' } });
    expect(await asked('select count(*)::int as n from answer_fact', 'linkworker')).toEqual([{ n: 0 }]);
  });

  test('are counted anew when a program counts something else', async () => {
    const kotoura = programs.find(({ id }) => id === 'kotoura');
    if (!kotoura) throw new Error('no program');
    await publishForms(world.ownerUrl, [{ ...kotoura, figures: ['today.feel'] }], new Date());
    expect((await facts()).flatMap(({ answers }) => answers)).toEqual([]);
    await publishForms(world.ownerUrl, [{ ...kotoura, figures: [] }], new Date());
    expect(await facts()).toEqual([]);
    await publishForms(world.ownerUrl, programs, new Date());
    expect(await hard(2024, 'shop')).toMatchObject({ kind: 'shown' });
  });
});
