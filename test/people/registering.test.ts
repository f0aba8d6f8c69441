import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withCheckDigit } from '../../src/kernel/japan/insurer.ts';
import { Refused } from '../../src/kernel/problem.ts';
import type { Registration } from '../../src/people/form.ts';
import { patientLines } from '../../src/people/queries.ts';
import { readCoverage, readPatient } from '../../src/people/record.ts';
import { readSearch } from '../../src/people/search.ts';
import { amend, PossiblyKnown, readKept, register } from '../../src/people/service.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(async () => {
  await world.close();
});

const card = {
  insurerNumber: withCheckDigit('3999001'),
  symbol: '',
  number: '10000001',
  branch: '00',
};
const person = (given: Partial<Registration['person']> = {}): Registration => ({
  person: {
    family: '試験',
    given: '花子',
    familyKana: 'シケン',
    givenKana: 'ハナコ',
    birthDate: '1941-03-04',
    sex: 'female',
    postalCode: '000-1234',
    prefecture: '架空県',
    municipalityCode: '990001',
    municipality: '試験市',
    line: '本町1',
    phone: '090-0000-1111',
    ...given,
  },
  insurance: card,
});
const reception = () => world.bodies.actors.reception;
const registered = (who: Registration, confirmed = false) =>
  world.open(reception(), (records) => register(records, who, confirmed));

const sendTwice = () =>
  world.open(reception(), (records) => register(records, person({ givenKana: 'ヨン' }), false), {
    once: 'the same form',
  });
/** The given names in the list, for what was typed into its search. */
const names = async (typed: string): Promise<string[]> => {
  const lines = await world.open(reception(), (records) => patientLines(records, readSearch(typed), 1));
  return lines.map((line) => readPatient(line.patient).givenKana);
};

describe('registering', () => {
  test('a person and the insurance are kept together, with who did it', async () => {
    const id = await registered(person({ givenKana: 'イチ' }));
    const kept = await world.open(reception(), (records) => readKept(records, id));
    expect(readPatient(kept.patient)).toMatchObject({ givenKana: 'イチ', clinic: world.bodies.clinic.id });
    expect(kept.coverage && readCoverage(kept.coverage)).toMatchObject(card);
    const { rows } = await world.owner.query('select 1 from provenance where patient_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });

  test('somebody with the same kana and birth date is shown first, and nothing is written', async () => {
    const id = await registered(person({ givenKana: 'ニ' }));
    await expect(registered(person({ givenKana: 'ニ', phone: '070-0000-2222' }))).rejects.toThrow(
      PossiblyKnown,
    );
    await expect(registered(person({ givenKana: 'ニ' }))).rejects.toMatchObject({ ids: [id] });
    const { rows } = await world.owner.query(`select 1 from patient where name like '% ニ%'`);
    expect(rows).toHaveLength(1);
    expect(await registered(person({ givenKana: 'ニ' }), true)).not.toBe(id);
  });

  test('the same person at another clinic is nobody this clinic knows', async () => {
    const at = world.bodies.actors.otherDoctor;
    await world.open(at, (records) => register(records, person({ givenKana: 'サン' }), false));
    expect(await registered(person({ givenKana: 'サン' }))).toEqual(expect.any(String));
  });

  test('one form sent twice makes one person, and both are led to the same page', async () => {
    const [a, b] = await Promise.all([sendTwice(), sendTwice()]);
    expect(a).toBe(b);
  });
});

describe('changing what is kept', () => {
  test('another insurer ends the old insurance; a corrected number does not', async () => {
    const id = await registered(person({ givenKana: 'ゴ' }));
    const change = async (insurance: Registration['insurance']) =>
      world.open(reception(), async (records) => {
        const { seen } = await readKept(records, id);
        await amend(records, id, { ...person({ givenKana: 'ゴ' }), insurance }, seen);
        const all = await records.find('Coverage', [['patient', id]]);
        return all.map((c) => `${c.status} ${readCoverage(c).number}`).toSorted();
      });
    expect(await change({ ...card, number: '10000002' })).toEqual(['active 10000002']);
    expect(await change({ ...card, insurerNumber: withCheckDigit('0699001'), number: '7' })).toEqual([
      'active 7',
      'cancelled 10000002',
    ]);
    expect(await change(undefined)).toEqual(['cancelled 10000002', 'cancelled 7']);
  });

  test('two people who change the same person: the second is told and nothing is lost', async () => {
    const id = await registered(person({ givenKana: 'ロク' }));
    const change = (line: string, seen: string) =>
      world.open(reception(), (records) => amend(records, id, person({ givenKana: 'ロク', line }), seen));
    await change('一人目', '1.1');
    const second = await change('二人目', '1.1').catch((error: unknown) => error);
    expect(second instanceof Refused && second.problem.kind).toBe('conflict');
    const { patient } = await world.open(reception(), (records) => readKept(records, id));
    expect(readPatient(patient).line).toBe('一人目');
  });
});

describe('the list', () => {
  test('a person is found by any writing of the name, the end of the number, and the birth date', async () => {
    await registered(
      person({
        family: '髙﨑',
        given: '実',
        familyKana: 'タカサキ',
        givenKana: 'ミノル',
        birthDate: '1950-01-02',
        phone: '080-0000-7654',
      }),
    );
    for (const typed of ['髙﨑', '髙﨑実', 'たかさき', 'ﾀｶｻｷ みのる', '7654', '昭和25年1月2日', '1950-01-02'])
      expect([typed, await names(typed)]).toEqual([typed, ['ミノル']]);
    expect(await names('だれもいない')).toEqual([]);
    expect(await names('%')).toEqual([]);
  });

  test('whoever something happened to last comes first, and other clinics are not in it', async () => {
    const id = await registered(person({ givenKana: 'ナナ' }));
    await registered(person({ givenKana: 'ハチ' }));
    await world.open(reception(), async (records) => {
      const { seen } = await readKept(records, id);
      await amend(records, id, person({ givenKana: 'ナナ', line: '二丁目' }), seen);
    });
    const [first, second] = await names('');
    expect([first, second]).toEqual(['ナナ', 'ハチ']);
    const { rows } = await world.owner.query<{ n: string }>(
      'select count(*) as n from patient where organization_id = $1',
      [world.bodies.clinic.id],
    );
    expect(String((await names('')).length)).toBe(rows[0]?.n);
  });

  test('it costs two statements, however many patients there are', async () => {
    const before = world.database.statements();
    await world.open(reception(), (records) => patientLines(records, undefined, 1));
    // The two, begin with its settings, the access log, commit.
    expect(world.database.statements() - before).toBeLessThanOrEqual(5);
  });
});
