import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import { assetUrl } from '../../web/assets.ts';
import { Button, HiddenFields } from '../../web/form.tsx';
import type { View } from '../../web/view.ts';
import { text } from './text.ts';

/**
 * A form whose answer the device gives. Passkeys are the one thing here that only script can do: without it the form stays
 * away and a sentence says so; the app with its figures is the way that needs none.
 */
export function PasskeyForm(
  props: Readonly<{
    view: View;
    does: 'make' | 'show';
    action: string;
    says: Sentence;
    hidden?: Readonly<Record<string, string>>;
    /** Says nothing where script is missing: another way stands right above. */
    quiet?: boolean;
    kind?: 'primary' | 'secondary';
  }>,
): JSX.Element {
  const { view, does, action } = props;
  return (
    <div class="passkey">
      <form
        class="form"
        method="post"
        action={action}
        data-passkey={does}
        data-options={`${action}/options`}
        hidden
      >
        {view.csrf === undefined ? null : <input type="hidden" name="_csrf" value={view.csrf} />}
        <HiddenFields values={{ ...props.hidden, answer: '' }} />
        <Button kind={props.kind ?? 'secondary'}>{view.t(props.says)}</Button>
        <p class="field-error" role="alert" data-passkey-failed hidden>
          {view.t(text.passkeyFailed)}
        </p>
      </form>
      {props.quiet === true ? null : (
        <p class="hint" data-passkey-missing>
          {view.t(text.needsScript)}
        </p>
      )}
      <script src={assetUrl('webauthn.js')} defer />
      <script src={assetUrl('passkey.js')} defer />
    </div>
  );
}
