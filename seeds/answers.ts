import type { Interest } from '../src/directory/interests.ts';
import type { Answers } from '../src/intake/form.ts';
import type { Trouble } from './needs.ts';

/** How somebody without troubles answers the Akita questionnaire. */
const untroubled: Answers = {
  'living.with': ['family'],
  'living.talk': ['most-days'],
  'living.rely': ['yes'],
  'money.month-end': ['never'],
  'food.skip': ['never'],
  'home.trouble': ['none'],
  'out.days': ['5'],
  'out.transport': ['drive'],
  'work.now': ['role'],
  'care.giving': ['false'],
  'child.raising': ['false'],
  'health.signs': ['none'],
  'health.mood': ['rarely'],
  'health.memory': ['no'],
  'safety.home': ['no'],
  'digital.phone': ['use'],
};

/** What each trouble changes in the answers, so that the rules of the program find it again. */
const troubled: Readonly<Partial<Record<Trouble, Answers>>> = {
  'social-connection': { 'living.with': ['alone'], 'living.talk': ['no-day'], 'living.rely': ['no'] },
  'no-relative': { 'living.with': ['alone'], 'living.rely': ['no'], 'living.kin': ['false'] },
  'financial-insecurity': { 'money.month-end': ['often'], 'money.which': ['utilities', 'food'] },
  'medical-cost-burden': { 'money.month-end': ['sometimes'], 'money.which': ['medical'] },
  'food-insecurity': { 'food.skip': ['sometimes'] },
  'housing-instability': { 'home.trouble': ['stay'] },
  'inadequate-housing': { 'home.trouble': ['cold', 'steps'] },
  'daily-living': { 'home.trouble': ['snow', 'chores'] },
  'transportation-insecurity': { 'out.days': ['1'], 'out.why': ['no-ride'], 'out.transport': ['no-way'] },
  'employment-status': { 'work.now': ['seeking'] },
  'role-purpose': { 'work.now': ['nothing'] },
  'care-burden': { 'care.giving': ['true'], 'care.burden': ['heavy'] },
  'child-rearing': { 'child.raising': ['true'], 'child.worry': ['alone', 'friends'] },
  frailty: { 'out.days': ['1'], 'out.why': ['body'], 'health.signs': ['slower', 'tired', 'fall'] },
  stress: { 'health.mood': ['most-days'] },
  'dementia-worry': { 'health.memory': ['self'] },
  'digital-literacy': { 'digital.phone': ['hard'] },
};

/** Answers that show exactly such troubles; lists of several troubles are joined. */
export function answersFor(troubles: readonly Trouble[], interests: readonly Interest[]): Answers {
  const answers: Record<string, readonly string[]> = { ...untroubled };
  for (const trouble of troubles)
    for (const [question, given] of Object.entries(troubled[trouble] ?? {})) {
      const before = question in untroubled ? undefined : answers[question];
      const joined = before ?? (answers[question] === untroubled[question] ? [] : answers[question]) ?? [];
      answers[question] = isList(question) ? [...new Set([...joined, ...given])] : given;
    }
  return interests.length === 0 ? answers : { ...answers, 'me.likes': interests };
}

const isList = (question: string): boolean =>
  ['money.which', 'home.trouble', 'out.why', 'child.worry', 'health.signs'].includes(question);
