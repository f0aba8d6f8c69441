import type { JSX } from 'preact';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { asIs, joinSentences, type Language, type Sentence } from '../kernel/sentence.ts';
import { showDate } from '../web/dates.ts';
import { Status } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { isInForce } from './opening.ts';
import type { Given } from './record.ts';
import { recipientNames, text } from './text.ts';

/** In force, expired or withdrawn, in words and shape. */
export function ConsentState({
  view,
  consent,
}: Readonly<{ view: View; consent: Pick<Given, 'status' | 'until'> }>): JSX.Element {
  if (consent.status !== 'active')
    return (
      <Status shape="cross" tone="warn">
        {view.t(text.withdrawn)}
      </Status>
    );
  return isInForce(consent, dayInTokyo(view.now)) ? (
    <Status shape="check" tone="good">
      {view.t(text.valid)}
    </Status>
  ) : (
    <Status shape="alert" tone="warn">
      {view.t(text.expired)}
    </Status>
  );
}

/** One consent in a sentence, so that two can be told apart: when it was signed, how long it holds, whom it names. */
export function consentBrief(consent: Given, names: ReadonlyMap<string, string>): Sentence {
  const { at, from, until, recipients, recipientIds } = consent;
  const whom = joinSentences([
    ...recipients.map((kind) => recipientNames[kind]),
    ...recipientIds.map((id) => {
      const name = names.get(id);
      return name === undefined ? text.namedBody : asIs(name);
    }),
  ]);
  const say = (language: Language): string =>
    text.brief(
      at === '' ? '' : showDate(at, language),
      text.span(showDate(from, language), showDate(until, language))[language],
      whom[language],
    )[language];
  return { ja: say('ja'), en: say('en') };
}

/** Who may be told: kinds of body in words, and bodies by name. */
export const RecipientList = ({
  view,
  consent,
  bodies,
}: Readonly<{ view: View; consent: Given; bodies: readonly string[] }>): JSX.Element => (
  <ul>
    {consent.recipients.map((kind) => (
      <li key={kind}>{view.t(recipientNames[kind])}</li>
    ))}
    {bodies.map((name) => (
      <li key={name}>{name}</li>
    ))}
  </ul>
);
