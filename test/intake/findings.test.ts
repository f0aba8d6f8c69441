import { expect, test } from '@jest/globals';
import { systems } from '../../src/fhir/codes.ts';
import { findNeeds, toConditions, toObservations } from '../../src/intake/findings.ts';
import type { Answers } from '../../src/intake/form.ts';
import type { NeedRule, Program } from '../../src/programs/program.ts';
import { akita, everyType } from './forms.ts';

const codes = (answers: Answers) => findNeeds(akita, answers).map((finding) => finding.code);

const stories: [person: string, answers: Answers, needs: string[]][] = [
  ['nobody who has said nothing', {}, []],
  [
    'somebody well',
    {
      'living.with': ['family'],
      'living.talk': ['most-days'],
      'money.month-end': ['never'],
      'out.days': ['7'],
    },
    [],
  ],
  ['somebody who talks with nobody', { 'living.talk': ['no-day'] }, ['social-connection']],
  ['a couple who see few people', { 'living.with': ['couple'], 'living.talk': ['few-days'] }, []],
  [
    'one alone who sees few people',
    { 'living.with': ['alone'], 'living.talk': ['few-days'] },
    ['social-connection'],
  ],
  ['one alone without relatives', { 'living.with': ['alone'], 'living.kin': ['false'] }, ['no-relative']],
  [
    'a household short of money for the doctor',
    { 'money.month-end': ['often'], 'money.which': ['medical'] },
    ['financial-insecurity', 'medical-cost-burden'],
  ],
  [
    'somebody who said what is hard to pay, then that nothing is',
    { 'money.month-end': ['never'], 'money.which': ['medical'] },
    [],
  ],
  [
    'somebody who cannot clear the snow',
    { 'home.trouble': ['snow', 'steps'] },
    ['inadequate-housing', 'daily-living'],
  ],
  ['somebody whose home is fine', { 'home.trouble': ['none'] }, []],
  ['somebody with no way to the doctor', { 'out.transport': ['no-way'] }, ['transportation-insecurity']],
  ['one sign of frailty', { 'health.signs': ['fall'] }, []],
  ['two signs of frailty', { 'health.signs': ['fall', 'tired'] }, ['frailty']],
  ['one sign in somebody who stays in', { 'out.days': ['1'], 'health.signs': ['fall'] }, ['frailty']],
  ['one sign in somebody who goes out', { 'out.days': ['2'], 'health.signs': ['fall'] }, []],
  ['a carer who is tired', { 'care.giving': ['true'], 'care.burden': ['heavy'] }, ['care-burden']],
  [
    'a mother who cannot rest',
    { 'child.raising': ['true'], 'child.worry': ['sleep'] },
    ['child-rearing', 'stress'],
  ],
  [
    'somebody hurt by a partner',
    { 'safety.home': ['yes'], 'safety.who': ['partner'] },
    ['safety-at-home', 'intimate-partner-violence'],
  ],
  ['somebody who would rather not say', { 'safety.home': ['not-say'] }, []],
];
test.each(stories)('%s', (_, answers, needs) => {
  expect(codes(answers)).toEqual(needs);
});

test('a need found by two rules stands once, with all its reasons in the words of the form', () => {
  const [frailty, ...others] = findNeeds(akita, { 'out.days': ['0'], 'health.signs': ['slower', 'weight'] });
  expect(others).toEqual([]);
  expect(frailty).toMatchObject({
    code: 'frailty',
    system: systems.need,
    picture: 'walking',
    label: { en: 'Frailty' },
  });
  expect(frailty?.says).toHaveLength(2);
  expect(frailty?.because).toMatchObject([
    { linkId: 'out.days', values: ['0'], answer: { ja: '0日', en: '0 days' } },
    {
      linkId: 'health.signs',
      values: ['slower', 'weight'],
      answer: { ja: '歩くのが遅くなった、やせた', en: 'I walk more slowly, I have lost weight' },
    },
  ]);
});

const rule = (when: NeedRule['when']): NeedRule => ({
  code: 'stress',
  system: systems.sdohCategory,
  when,
  picture: 'heart',
  because: { ja: 'わけ', en: 'why' },
});
const ruled: [when: NeedRule['when'], answers: Answers, found: boolean][] = [
  [{ any: [{ question: 'yesno', operator: '=', answer: 'false' }] }, { yesno: ['false'] }, true],
  [{ any: [{ question: 'yesno', operator: '=', answer: 'false' }] }, {}, false],
  [{ any: [{ question: 'many', operator: 'in', answers: ['a', 'b'] }] }, { many: ['b', 'c'] }, true],
  [
    { any: [{ question: 'many', operator: 'count', answers: ['a', 'b'], atLeast: 2 }] },
    { many: ['b', 'c'] },
    false,
  ],
  [
    { any: [{ question: 'many', operator: 'count', answers: ['a', 'b'], atLeast: 2 }] },
    { many: ['b', 'a'] },
    true,
  ],
  [{ any: [{ question: 'figure', operator: '>=', atLeast: 3 }] }, { figure: ['3'] }, true],
  [{ any: [{ question: 'figure', operator: '>=', atLeast: 3 }] }, { figure: ['2'] }, false],
  [{ any: [{ question: 'figure', operator: '<=', atMost: 0 }] }, { figure: ['0'] }, true],
  [{ any: [{ question: 'figure', operator: '<=', atMost: 0 }] }, {}, false],
  [{ any: [{ question: 'words', operator: 'exists' }] }, { words: ['x'] }, true],
  [
    {
      all: [
        { question: 'words', operator: 'exists' },
        { question: 'line', operator: 'exists' },
      ],
    },
    { words: ['x'] },
    false,
  ],
  [
    {
      atLeast: 1,
      of: [
        { question: 'words', operator: 'exists' },
        { question: 'line', operator: 'exists' },
      ],
    },
    { words: ['x'] },
    true,
  ],
];
test.each(ruled)('the rule %j with the answers %j finds a need: %s', (when, answers, found) => {
  const program: Program = { ...akita, screening: everyType, needs: [rule(when)] };
  expect(findNeeds(program, answers).length > 0).toBe(found);
});

const screened = {
  form: akita.screening,
  subject: { reference: 'Patient/0f6b5b0e-8f0e-4f0a-9d2a-000000000001' },
  response: { reference: 'QuestionnaireResponse/0f6b5b0e-8f0e-4f0a-9d2a-000000000002' },
  at: '2026-11-20T10:00:00+09:00',
  language: 'ja',
} as const;
let made = 0;
const newId = () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;

test('each need becomes one observation that says which answers showed it', () => {
  const findings = findNeeds(akita, {
    'living.with': ['alone'],
    'living.kin': ['false'],
    'living.talk': ['few-days'],
    'out.days': ['1'],
    'out.why': ['body', 'no-ride'],
  });
  const observations = toObservations(findings, { ...screened, newId });
  expect(observations.map((one) => one.code.coding?.[0]?.code)).toEqual([
    'social-connection',
    'no-relative',
    'transportation-insecurity',
    'frailty',
  ]);
  const [social, relative, , frailty] = observations;
  expect(social).toMatchObject({
    status: 'final',
    valueBoolean: true,
    derivedFrom: [screened.response],
    subject: screened.subject,
  });
  const categories = (relative?.category ?? []).flatMap((one) => one.coding ?? []).map((one) => one.code);
  expect(categories).toEqual([
    'survey',
    'social-history',
    'sdoh',
    'sdoh-category-unspecified',
    'no-relative',
  ]);
  expect(relative?.component?.[0]).toMatchObject({ valueBoolean: false });
  expect(
    frailty?.component?.map(
      (one) => one.valueInteger ?? one.valueCodeableConcept?.coding?.map((c) => c.code),
    ),
  ).toEqual([1, ['body']]);
});

test('a need is a concern nobody has confirmed, never a diagnosis, with its observation as evidence', () => {
  const findings = findNeeds(akita, { 'living.talk': ['no-day'], 'health.memory': ['self'] });
  const observations = toObservations(findings, { ...screened, newId });
  const conditions = toConditions(findings, observations, { ...screened, newId });
  expect(conditions).toHaveLength(2);
  conditions.forEach((condition, i) => {
    expect(condition.verificationStatus?.coding?.[0]?.code).toBe('unconfirmed');
    expect(condition.category?.[0]?.coding?.[0]?.code).toBe('health-concern');
    expect(condition.evidence?.[0]?.detail?.[0]?.reference).toBe(`Observation/${observations[i]?.id ?? ''}`);
  });
});
