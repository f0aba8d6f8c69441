import type { Questionnaire } from '@medplum/fhirtypes';
import type { JSX } from 'preact';
import { hasReadings, tongueName, tonguesOf, type Tongue } from '../programs/languages.ts';
import type { View } from '../web/view.ts';
import { comfortText as text } from './comfort-text.ts';
import type { Wishes } from './drafts.ts';

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
export const SheetTongues = (props: OfForm): JSX.Element | null =>
  tonguesOf(props.form).length < 2 ? null : (
    <div class="sheet-tongues">
      <span>{props.view.t(text.languages)}</span>
      <Tongues {...props} />
    </div>
  );

/** Larger letters, readings above the words where the form has them, and one question a page or several; each as it is not now. */
export function Comforts({
  view,
  wishes,
  form,
  at,
  pace,
}: Readonly<{
  view: View;
  wishes: Wishes;
  /** With its words in the language in which it is asked. */
  form: Questionnaire;
  at: string;
  pace: boolean;
}>): JSX.Element {
  return (
    <p class="comforts" role="group" aria-label={view.t(text.comforts)}>
      <button
        type="submit"
        class="button quiet"
        form={at}
        name="_look"
        value={wishes.large === true ? 'usual' : 'large'}
      >
        {view.t(wishes.large === true ? text.smaller : text.larger)}
      </button>
      {view.language === 'ja' && hasReadings(form) ? (
        <button
          type="submit"
          class="button quiet"
          form={at}
          name="_furigana"
          value={wishes.furigana === true ? 'off' : 'on'}
        >
          {view.t(wishes.furigana === true ? text.withoutFurigana : text.withFurigana)}
        </button>
      ) : null}
      {pace ? (
        <button
          type="submit"
          class="button quiet"
          form={at}
          name="_pace"
          value={wishes.single === true ? 'together' : 'single'}
        >
          {view.t(wishes.single === true ? text.together : text.single)}
        </button>
      ) : null}
    </p>
  );
}

/** The wishes after one of these buttons was pressed; undefined when it was another. */
export function wished(
  form: Questionnaire,
  before: Wishes,
  body: Readonly<Record<string, unknown>>,
): Wishes | undefined {
  const { _words: words, _look: look, _pace: pace, _furigana: furigana } = body;
  if (typeof words === 'string')
    return tonguesOf(form).includes(words) ? { ...before, tongue: words } : before;
  if (look === 'large' || look === 'usual') return { ...before, large: look === 'large' };
  if (pace === 'single' || pace === 'together') return { ...before, single: pace === 'single' };
  if (furigana === 'on' || furigana === 'off') return { ...before, furigana: furigana === 'on' };
  return undefined;
}
