import { expect, test } from '@jest/globals';
import { itemNames, recipientNames } from '../../src/consent/text.ts';
import { interests } from '../../src/directory/interests.ts';
import { systems } from '../../src/fhir/codes.ts';
import { consentWords } from '../../src/programs/consent-words.ts';
import { optionCodes, placedItems, questionsOf } from '../../src/programs/items.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { inOrderOfNeeds, needLabel, needOf, needs } from '../../src/programs/needs.ts';
import { urgencies, type Program } from '../../src/programs/program.ts';
import { routeFor } from '../../src/programs/routing.ts';

const [akita] = (await loadPrograms('forms')) as [Program];

test('the questionnaire and the assessment sheet offer the interests that activities are described by', () => {
  for (const [form, linkId] of [
    [akita.screening, 'me.likes'],
    [akita.assessment, 'r.interests'],
  ] as const) {
    const asked = questionsOf(form).get(linkId);
    expect(optionCodes(asked!).toSorted()).toEqual(Object.keys(interests).toSorted());
    for (const { valueCoding } of asked?.answerOption ?? []) {
      expect(valueCoding?.system).toBe(systems.interest);
      expect(valueCoding?.display).toBe(interests[valueCoding?.code as keyof typeof interests].ja);
    }
  }
});

test('every form says that it is not the form of the model project', () => {
  for (const form of [akita.screening, akita.assessment, akita.consent])
    expect(form.copyright).toContain('モデル事業で実際に使われている様式ではありません');
});

test('a patient is asked in five or six groups, and not more than twenty questions that nothing else depends on', () => {
  expect(akita.screening.item).toHaveLength(6);
  const always = [...questionsOf(akita.screening).values()].filter((item) => item.enableWhen === undefined);
  expect(always.length).toBeLessThanOrEqual(20);
});

test('every kind of question, and any, all, =, != and exists, occur in the forms', () => {
  const items = [akita.screening, akita.assessment].flatMap((form) =>
    placedItems(form).map(({ item }) => item),
  );
  expect(new Set(items.map((item) => item.type))).toEqual(
    new Set(['group', 'display', 'boolean', 'choice', 'integer', 'date', 'string', 'text']),
  );
  const conditions = items.flatMap((item) => item.enableWhen ?? []);
  expect(new Set(conditions.map((when) => when.operator))).toEqual(new Set(['=', '!=', 'exists', '<=']));
  expect(new Set(items.map((item) => item.enableBehavior))).toEqual(new Set([undefined, 'any', 'all']));
});

test('every need has a name in both languages, and no two share a code', () => {
  expect(new Set(needs.map((need) => need.code)).size).toBe(needs.length);
  for (const need of needs) expect(need.label.ja === '' || need.label.en === '').toBe(false);
  expect(needs.filter((need) => need.system === systems.sdohCategory)).toHaveLength(21);
  expect(needOf('care-burden')?.system).toBe(systems.need);
  expect(needLabel('something-else')).toEqual({ ja: 'something-else', en: 'something-else' });
});

test('somebody unsafe at home is to be seen sooner than others', () => {
  expect(routeFor(akita, { municipality: '992011', needs: ['money', 'safety-at-home'] })?.urgency).toBe(
    'asap',
  );
  expect(routeFor(akita, { municipality: '992011', needs: [] })).toEqual({
    to: { kind: 'office', serving: 'medical-area' },
  });
});

test('a route for a medical area is taken by those who live in it', () => {
  const to = { kind: 'office', serving: 'medical-area' } as const;
  const program: Program = { ...akita, routing: [{ when: { medicalAreas: ['0501'] }, to }] };
  expect(routeFor(program, { municipality: '052019', medicalArea: '0501', needs: [] })?.to).toEqual(to);
  expect(routeFor(program, { municipality: '052027', medicalArea: '0502', needs: [] })).toBeUndefined();
  expect(routeFor(program, { municipality: '052027', needs: [] })).toBeUndefined();
});

test('a route for one municipality is not taken by the others', () => {
  const own = { when: { municipalities: ['992011'] }, to: { kind: 'office', serving: 'anywhere' } } as const;
  const program: Program = { ...akita, routing: [{ ...own, when: { municipalities: ['992011'] } }] };
  expect(routeFor(program, { municipality: '992011', needs: [] })?.to.serving).toBe('anywhere');
  expect(routeFor(program, { municipality: '992020', needs: [] })).toBeUndefined();
  expect(routeFor(program, { municipality: undefined, needs: [] })).toBeUndefined();
});

test('the more urgent a referral, the shorter its deadlines', () => {
  for (const kind of ['accept', 'firstContact'] as const) {
    const days = urgencies.map((urgency) => akita.deadlines[urgency][kind]);
    expect(days).toEqual(days.toSorted((a, b) => b - a));
  }
});

test('the consent form says purpose, recipients, items, period and how to take it back', () => {
  const words = consentWords(akita);
  expect(words.recipients.map(({ code }) => code)).toEqual([
    'office',
    'resident',
    'resource',
    'meeting',
    'insurer',
  ]);
  expect(words.items.map(({ code }) => code)).toEqual([
    'contact',
    'answers',
    'assessment',
    'plan',
    'medical-note',
  ]);
  expect(words.period.ja).toContain(`${String(akita.consentTerms.months)}か月`);
  for (const said of [words.title, words.intro, words.purpose, words.withdrawal])
    expect(said.ja !== '' && said.en !== '' && said.ja !== said.en).toBe(true);
});

test('the rules name needs in the order in which every list shows them, safety first', () => {
  const named = [...new Set(akita.needs.map((rule) => rule.code))];
  expect(inOrderOfNeeds(named, (code) => code)).toEqual(named);
  expect(needs[0]?.code).toBe('safety-at-home');
});

test('what somebody agreed to is worded the same on the form, on the page of the consent and on paper', () => {
  const words = consentWords(akita);
  for (const [choices, names] of [
    [words.items, itemNames],
    [words.recipients, recipientNames],
  ] as const)
    expect(Object.fromEntries(choices.map(({ code, label: { ja, en } }) => [code, { ja, en }]))).toEqual(
      names,
    );
});
