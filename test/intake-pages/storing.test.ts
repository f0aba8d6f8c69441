import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Answers } from '../../src/intake/answers.ts';
import { activeConcerns, needOf } from '../../src/intake/concerns.ts';
import { storeAnswers } from '../../src/intake/storing.ts';
import { codesOf, systems } from '../../src/fhir/codes.ts';
import { makeScene, start, type Scene } from '../consent/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(async () => {
  await scene.close();
});

const calm: Answers = {
  'living.with': ['family'],
  'living.talk': ['most-days'],
  'money.month-end': ['never'],
  'out.days': ['7'],
  'care.giving': ['false'],
  'child.raising': ['false'],
};
const store = (answers: Answers) =>
  scene.open(scene.bodies.actors.reception, async (records) => {
    const id = await storeAnswers(
      records,
      { form: scene.program.screening, program: scene.program },
      {
        patient: scene.patient,
        answers,
        authored: start,
        language: 'ja',
        themselves: false,
      },
    );
    return { id, concerns: await activeConcerns(records, scene.patient) };
  });

test('answers that show needs leave one observation and one unconfirmed concern a need', async () => {
  const { id, concerns } = await store({ ...calm, 'living.talk': ['no-day'], 'money.month-end': ['often'] });
  expect(concerns.map((one) => needOf(one)?.code ?? '').toSorted()).toEqual([
    'financial-insecurity',
    'social-connection',
  ]);
  for (const concern of concerns)
    expect(codesOf(concern.verificationStatus, systems.conditionVerification)).toEqual(['unconfirmed']);
  const { rows } = await scene.owner.query<{ content: { derivedFrom: { reference: string }[] } }>(
    'select content from observation where patient_id = $1',
    [scene.patient],
  );
  expect(rows.map((row) => row.content.derivedFrom[0]?.reference)).toEqual([
    `QuestionnaireResponse/${id}`,
    `QuestionnaireResponse/${id}`,
  ]);
});

test('a need that is still there is not listed twice, and knows both times it was seen', async () => {
  const { concerns } = await store({ ...calm, 'living.talk': ['no-day'], 'health.memory': ['self'] });
  expect(concerns.map((one) => needOf(one)?.code ?? '').toSorted()).toEqual([
    'dementia-worry',
    'financial-insecurity',
    'social-connection',
  ]);
  const alone = concerns.find((one) => needOf(one)?.code === 'social-connection');
  expect(alone?.evidence).toHaveLength(2);
});

test('answers that show nothing leave the response and change no concern', async () => {
  const { concerns } = await store(calm);
  expect(concerns).toHaveLength(3);
});
