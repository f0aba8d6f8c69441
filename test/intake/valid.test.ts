import { expect, test } from '@jest/globals';
import { makeValidator } from '../../src/fhir/validate.ts';
import { toResponse } from '../../src/intake/answers.ts';
import { findNeeds, toConditions, toObservations } from '../../src/intake/findings.ts';
import { akita } from './forms.ts';

const validate = makeValidator();
const patient = { reference: 'Patient/0f6b5b0e-8f0e-4f0a-9d2a-000000000001' };
const at = '2026-11-20T10:00:00+09:00';
const answers = {
  'living.with': ['alone'],
  'living.talk': ['few-days'],
  'living.kin': ['false'],
  'money.month-end': ['often'],
  'money.which': ['medical', 'rent'],
  'out.days': ['0'],
  'out.why': ['body'],
  'care.giving': ['false'],
  'child.raising': ['false'],
  'me.skill': ['書道　三段'],
  'wish.help': ['雪かき\nごみ出し'],
  'wish.by': ['2026-12-01'],
};

test('the forms are FHIR', () => {
  for (const form of [akita.screening, akita.assessment, akita.consent]) expect(validate(form)).toEqual([]);
});

test.each(['ja', 'en'] as const)('answers and the needs they show are FHIR, asked in %s', (language) => {
  let made = 0;
  const newId = () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
  const id = newId();
  const answered = toResponse(akita.screening, answers, {
    id,
    subject: patient,
    source: patient,
    authored: at,
    status: 'completed',
    language,
  });
  expect(validate(answered)).toEqual([]);
  const response = { reference: `QuestionnaireResponse/${id}` };
  const screened = { form: akita.screening, subject: patient, response, at, language, newId };
  const findings = findNeeds(akita, answers);
  const observations = toObservations(findings, screened);
  const records = [...observations, ...toConditions(findings, observations, screened)];
  expect(records.length).toBeGreaterThan(8);
  for (const record of records) expect(validate(record)).toEqual([]);
});
