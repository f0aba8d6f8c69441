import type { JSX } from 'preact';
import { consentWords } from '../programs/consent-words.ts';
import type { Program } from '../programs/program.ts';
import { formAgain, typedIn, type FormState } from '../web/form.tsx';
import { paperText } from './as-on-paper-text.ts';
import type { View } from '../web/view.ts';

const pressed = 'fill';

/** Whether somebody pressed for everything; nothing is ticked by itself. */
export const isAskedFor = (body: unknown): boolean => typedIn(formAgain(body, []), pressed) === 'paper';

/**
 * The form again with everybody and everything ticked that the program's consent form names: shown before anything is
 * stored, and each can be unticked. What residents and groups may be told besides stays as it is, since the paper
 * proposes none of it.
 */
export function asOnPaper(program: Program, body: unknown): FormState {
  const state = formAgain(body, []);
  const words = consentWords(program);
  const codes = (list: typeof words.items) => list.map(({ code }) => code);
  const { recipients, items } = words;
  return { ...state, values: { ...state.values, recipients: codes(recipients), items: codes(items) } };
}

/** Ticks what the paper form names: at once where script runs, else by sending the form, which comes back ticked. */
export function AsOnPaper({ view, state }: Readonly<{ view: View; state: FormState }>): JSX.Element {
  return (
    <div class="field">
      {/* The Enter key presses the first button of a form: never the one that ticks. */}
      <button type="submit" hidden />
      <p class="hint" id="as-on-paper">
        {view.t(paperText.hint)}
      </p>
      <div>
        <button
          type="submit"
          class="button secondary"
          name={pressed}
          value="paper"
          aria-describedby="as-on-paper"
          data-ticks="recipients items"
          data-says={view.t(paperText.done)}
        >
          {view.t(paperText.press)}
        </button>
        <p role="status">{typedIn(state, pressed) === 'paper' ? view.t(paperText.done) : ''}</p>
      </div>
    </div>
  );
}
