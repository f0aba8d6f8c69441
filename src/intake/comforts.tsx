import type { Questionnaire } from '@medplum/fhirtypes';
import type { JSX } from 'preact';
import { tonguesOf, type Tongue } from '../programs/languages.ts';
import { FuriganaButton } from '../programs/tongues.tsx';
import type { View } from '../web/view.ts';
import { comfortText as text } from './comfort-text.ts';
import type { Wishes } from './drafts.ts';

/** Larger letters, readings above the words where the form has them, and one question a page or several; each as it is not now. */
export function Comforts({
  view,
  wishes,
  form,
  tongue,
  at,
  pace,
}: Readonly<{
  view: View;
  wishes: Wishes;
  form: Questionnaire;
  tongue: Tongue;
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
      <FuriganaButton view={view} form={form} tongue={tongue} at={at} isOn={wishes.furigana === true} />
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
