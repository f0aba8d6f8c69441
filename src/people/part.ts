import type { JSX } from 'preact';
import type { Records } from '../fhir/records.ts';
import type { Sentence } from '../kernel/sentence.ts';
import type { View } from '../web/view.ts';
import type { ReadPatient } from './record.ts';

/** One of the steps on a person's page: questionnaire, consent, referral, what became of it. */
export type PersonStep = Readonly<{
  /** Where its panel stands on the page. */
  id: string;
  label: Sentence;
  done: boolean;
  /** What to do when this step is the next one. */
  next?: Readonly<{ href: string; label: Sentence }>;
  /** `isNext` where the page says above what to do next: its button stands once. */
  panel: (view: View, isNext: boolean) => JSX.Element;
}>;

export type PersonShown = Readonly<{
  steps: readonly PersonStep[];
  /** What somebody who opens the page should see first: the newest report, a decision. */
  news?: (view: View) => JSX.Element;
  /** What stands after the steps and is none of them. */
  beside?: (view: View) => JSX.Element | null;
}>;

/**
 * What a slice contributes to a person's page. The page is drawn here; what stands on it belongs to slices that know
 * more than people does, so `app.ts` hands their parts in, in the order of the steps.
 */
export type PersonPart = (records: Records, person: ReadPatient) => Promise<PersonShown>;
