import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import { consentWords } from '../../programs/consent-words.ts';
import { needCodes, needOf } from '../../programs/needs.ts';
import { urgencies } from '../../referral/record.ts';
import { urgencyText } from '../../referral/text.ts';
import { showDate } from '../../web/dates.ts';
import { CheckField, DateField, Dependent, RadioField, SingleCheck, TextArea } from '../../web/form.tsx';
import { likelyDays } from './form.ts';
import type { Props } from './page.tsx';
import { text } from './text.ts';

/** What the clinic asks, in the order of the sheet. */
export function AskedFields({ view, state, program }: Props): JSX.Element {
  const field = { view, state };
  return (
    <>
      <h2>{view.t(text.reason)}</h2>
      <RadioField
        {...field}
        name="urgency"
        label={text.urgency}
        required
        inline
        options={urgencies.map((urgency) => ({ value: urgency, label: urgencyText[urgency] }))}
      />
      <CheckField
        {...field}
        name="needs"
        label={text.needs}
        inline
        options={needCodes(program).flatMap((code) => {
          const need = needOf(code);
          return need === undefined ? [] : [{ value: code, label: need.label }];
        })}
      />
      <TextArea {...field} name="reason" label={text.reason} hint={text.reasonHint} rows={3} />
    </>
  );
}

/** That the person agreed, and when: said by whoever sees the signature, never assumed. */
export function ConsentFields({ view, state, program, came }: Props): JSX.Element {
  const { received, consentTerms } = program;
  const words = consentWords(program);
  const named = (
    of: readonly Readonly<{ code: string; label: Sentence }>[],
    codes: readonly string[],
  ): Sentence => {
    const chosen = of.filter((one) => codes.includes(one.code));
    return {
      ja: chosen.map((one) => one.label.ja).join('、'),
      en: chosen.map((one) => one.label.en).join(', '),
    };
  };
  const [then, before] = likelyDays(came);
  const shown = (day: string): Sentence => ({ ja: showDate(day, 'ja'), en: showDate(day, 'en') });
  return (
    <>
      <h2>{view.t(text.consentHead)}</h2>
      <p>
        {view.t(
          text.consentOpens(
            named(words.recipients, received?.recipients ?? []),
            named(words.items, received?.items ?? []),
            consentTerms.months,
          ),
        )}
      </p>
      <SingleCheck view={view} state={state} name="consentSeen" label={text.consentSeen} required />
      <RadioField
        view={view}
        state={state}
        name="consentOn"
        label={text.consentOn}
        required
        inline
        options={[
          { value: then, label: text.cameThen(shown(then)) },
          { value: before, label: shown(before) },
          { value: 'other', label: text.otherDay },
        ]}
      />
      <Dependent
        when={{
          behavior: 'all',
          conditions: [{ question: 'consentOn', operator: '=', answer: 'other' }],
        }}
      >
        <DateField view={view} state={state} name="consentDay" label={text.consentDay} mark={false} />
      </Dependent>
    </>
  );
}
