import type { Questionnaire } from '@medplum/fhirtypes';
import type { JSX } from 'preact';
import type { Sentence, Texts } from '../kernel/sentence.ts';
import type { View } from '../web/view.ts';
import { tongueName, tonguesOf, type Tongue } from './languages.ts';
import { isReadable } from './variants.ts';

type OfForm = Readonly<{
  view: View;
  form: Questionnaire;
  tongue: Tongue;
  /** The id of the form whose typed answers come along. */
  at: string;
}>;

/** The languages in which the form can be asked, as buttons of the page's form. Nothing when there is one. */
export function Tongues({ view, form, tongue, at }: OfForm): JSX.Element | null {
  const offered = tonguesOf(form);
  if (offered.length < 2) return null;
  return (
    <ul class="languages" aria-label={view.t(text.languages)}>
      {/* Enter in a field presses the form's first button, which must not be another language. */}
      <li class="unseen" aria-hidden="true">
        <button type="submit" form={at} tabIndex={-1} />
      </li>
      {offered.map((one) => (
        <li key={one}>
          {one === tongue ? (
            <span aria-current="true" lang={one}>
              {tongueName(one)}
            </span>
          ) : (
            <button type="submit" form={at} name="_words" value={one} lang={one}>
              {tongueName(one)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The languages in which a sheet can be asked, above the questions of a page that has the usual header. */
export const SheetTongues = (props: OfForm & Readonly<{ label?: Sentence }>): JSX.Element | null =>
  tonguesOf(props.form).length < 2 ? null : (
    <div class="sheet-tongues">
      <span>{props.view.t(props.label ?? text.languages)}</span>
      <Tongues {...props} />
    </div>
  );

/** Readings above the words of a form, or none, as it is not now. Nothing for a form that says of none how it is read. */
export const FuriganaButton = ({
  view,
  form,
  tongue,
  at,
  isOn,
}: OfForm & Readonly<{ isOn: boolean }>): JSX.Element | null =>
  isReadable(form, tongue) ? (
    <button type="submit" class="button quiet" form={at} name="_furigana" value={isOn ? 'off' : 'on'}>
      {view.t(isOn ? text.withoutFurigana : text.withFurigana)}
    </button>
  ) : null;

const text = {
  languages: { ja: '質問のことば', en: 'Language of the questions', easy: 'しつもんの ことば' },
  withFurigana: { ja: 'ふりがなを付ける', en: 'Readings above the kanji', easy: 'ふりがなを つける' },
  withoutFurigana: { ja: 'ふりがなを消す', en: 'Without readings', easy: 'ふりがなを けす' },
} as const satisfies Texts;
