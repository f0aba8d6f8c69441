import type { Language } from '../kernel/sentence.ts';
import { longDay } from './dates.ts';
import { consentText } from './consent-text.ts';

/** Taken back, or past its last day. `on` (`YYYY-MM-DD`): the day of the withdrawal, the last day it held. */
export type ConsentEnd = Readonly<{ kind: 'withdrawn' | 'expired'; on?: string }>;

/** The sentence that says so. */
export function endOf({ kind, on }: ConsentEnd, language: Language): string {
  const day = on === undefined ? '' : longDay(on, language);
  return (kind === 'withdrawn' ? consentText.consentWithdrawn(day) : consentText.consentExpired(day))[
    language
  ];
}

/** The same in a word or two, for the foot of every page. */
export const endMark = ({ kind, on }: ConsentEnd, language: Language): string => {
  const day = on === undefined ? '' : longDay(on, language);
  return (kind === 'withdrawn' ? consentText.markWithdrawn(day) : consentText.markExpired(day))[language];
};
