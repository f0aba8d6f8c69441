import type { Need } from '../src/directory/record.ts';
import { needOf } from '../src/programs/needs.ts';

/** Troubles people of the demo have: those the questionnaires bring to light. */
export const troubles = [
  'social-connection',
  'food-insecurity',
  'financial-insecurity',
  'housing-instability',
  'inadequate-housing',
  'transportation-insecurity',
  'employment-status',
  'stress',
  'digital-literacy',
  'medical-cost-burden',
  'care-burden',
  'child-rearing',
  'frailty',
  'dementia-worry',
  'daily-living',
  'no-relative',
  'role-purpose',
] as const;
export type Trouble = (typeof troubles)[number];

/** What community resources help with; more than what people are asked about. */
export const helped = [
  ...troubles,
  'personal-health-literacy',
  'language-access',
  'utility-insecurity',
] as const;
export type Helped = (typeof helped)[number];

/** The code with the system it belongs to. */
export function need(code: Helped): Need {
  const known = needOf(code);
  if (known === undefined) throw new Error(`No need ${code} is known`);
  return { system: known.system, code };
}
