import { expect, test } from '@jest/globals';
import { demo } from '../../seeds/demo.ts';
import { answersThatShow, programOfCase } from '../../seeds/programs.ts';
import { troubles } from '../../seeds/needs.ts';
import { checkAnswers } from '../../src/intake/answers.ts';
import { findNeeds } from '../../src/intake/findings.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { programsOf } from '../../src/programs/record.ts';

const programs = await loadPrograms('forms');
const data = demo({ now: new Date('2026-11-21T10:00:00+09:00') });
const people = new Map(data.people.map((p) => [p.id, p]));
const ways = data.cases.map((one) => ({ one, by: programOfCase(one, people.get(one.patientId), programs) }));

test('every program is in use somewhere, most referrals go by the one that all clinics know', () => {
  const used = ways.filter(({ one }) => one.sentAt).map(({ by }) => by?.program.id);
  const count = (id: string) => used.filter((one) => one === id).length;
  for (const { id } of programs) expect([id, count(id) > 0]).toEqual([id, true]);
  expect(count('akita')).toBeGreaterThan(used.length / 2);
});

test('a case goes by a program that its clinic runs', () => {
  const clinics = new Map(data.organizations.map((one) => [one.id, one]));
  for (const { one, by } of ways) {
    const clinic = clinics.get(one.clinicId);
    const run = clinic ? programsOf(programs, clinic).map(({ id }) => id) : [];
    expect([run.includes(by?.program.id ?? ''), one.clinicId]).toEqual([true, one.clinicId]);
  }
});

test('its answers are those that somebody could give, and show what troubles the person', () => {
  for (const { one, by } of ways) {
    if (!by || one.answeredAt === undefined) continue;
    expect(checkAnswers(by.program.screening, by.answers)).toEqual([]);
    const found = findNeeds(by.program, by.answers).map(({ code }) => code);
    expect(one.troubles.filter((trouble) => !found.includes(trouble))).toEqual([]);
  }
});

test.each(programs.map((program) => [program.id, program] as const))(
  'answers to the questionnaire of %s can be made up for each need by itself, and for none',
  (_, program) => {
    expect(findNeeds(program, answersThatShow(program, []))).toEqual([]);
    for (const need of troubles.filter((one) => program.needs.some((rule) => rule.code === one))) {
      const answers = answersThatShow(program, [need]);
      expect(checkAnswers(program.screening, answers)).toEqual([]);
      expect(findNeeds(program, answers).map(({ code }) => code)).toContain(need);
    }
  },
);
