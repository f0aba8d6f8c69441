import type { Language } from '../kernel/sentence.ts';
import { dangerNeeds } from '../programs/dangers.ts';
import { needLabel } from '../programs/needs.ts';
import { sendText as text } from './send-text.ts';
import type { SendingChoices } from './sending.ts';

/** Characters that the field takes. */
export const longestReason = 500;

/**
 * The reason of a referral to begin with, from what the answers have shown: a line a need, for the doctor to change. What
 * they answered is said only where every consent opens the answers to all who will read the reason; else the needs alone,
 * which go along anyway. Never a danger: the reason stands on letters that others at home may read. '' where nothing is
 * left to say.
 */
export function proposedReason(
  { concerns, program, consents }: Pick<SendingChoices, 'concerns' | 'program' | 'consents'>,
  language: Language,
): string {
  const dangers = dangerNeeds([program]);
  const told = consents.every(tellsAnswers);
  const lines = concerns
    .filter(({ need }) => !dangers.has(need.code))
    .map(({ need, says }) => {
      const why = told ? [...new Set(says.map((one) => one[language]))].join(text.reasonJoin[language]) : '';
      return text.reasonLine(needLabel(need.code)[language], why)[language];
    });
  return lines.reduce(
    (all, line) => (`${all}\n${line}`.length > longestReason ? all : `${all}\n${line}`),
    lines.length === 0 ? '' : text.reasonIntro[language],
  );
}

/** Residents who help read the reason too: the answers only where the consent says so by name. */
const tellsAnswers = ({ items, recipients, also }: SendingChoices['consents'][number]): boolean =>
  items.includes('answers') &&
  (!recipients.includes('resident') ||
    also.some(({ recipient, items: more }) => recipient === 'resident' && more.includes('answers')));
