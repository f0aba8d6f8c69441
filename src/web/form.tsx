import type { JSX } from 'preact';
import { assetUrl } from './assets.ts';
import type { Content } from './content.ts';
import { fieldId, FieldError, Hint, issueOf, Mark, type FieldProps } from './fields.tsx';
import { typedIn, type FormState } from './reading.ts';
import { text } from './text.ts';
import { speak, type View, type Words } from './view.ts';

export { Button, Buttons, LinkButton, PhoneLink, PrintButton, safeHref, WebLink } from './buttons.tsx';
export { CheckField, RadioField, SingleCheck, type CardOption } from './choices.tsx';
export { DateField } from './date-field.tsx';
export { dateParts } from './date-parts.ts';
export {
  FileField,
  HiddenFields,
  SelectField,
  TextArea,
  TextField,
  fieldId,
  type FieldProps,
  type Option,
} from './fields.tsx';
export { emptyForm, formAgain, readForm, typedIn, type FormState } from './reading.ts';
export {
  choice,
  choices,
  dateField,
  optionalChoice,
  optionalDate,
  optionalNumber,
  optionalText,
  says,
  saying,
  textField,
  tick,
  wholeNumber,
} from './schemas.ts';

/**
 * A form with the session's token and, with `once`, the key under which the action happens only once. The browser's
 * own checks are off: ours say everything at once, in the page's language. What is typed into a `kept` form comes back
 * to its page when it could not be sent; that page draws it from `visit.filled`.
 */
export function Form(
  props: Readonly<{
    view: View;
    action: string;
    method?: 'post' | 'get' | undefined;
    once?: string | undefined;
    multipart?: boolean | undefined;
    kept?: boolean | undefined;
    /** For the `form` of the page's frame. */
    id?: string | undefined;
    /** Fields beside each other, for filters above a list. */
    inline?: boolean | undefined;
    children: Content;
  }>,
): JSX.Element {
  const post = props.method !== 'get';
  return (
    <form
      class={props.inline === true ? 'form inline-form' : 'form'}
      method={props.method ?? 'post'}
      action={props.action}
      id={props.id}
      noValidate
      {...(props.multipart === true ? { enctype: 'multipart/form-data' as const } : {})}
    >
      {post && props.view.csrf !== undefined ? (
        <input type="hidden" name="_csrf" value={props.view.csrf} />
      ) : null}
      {props.once === undefined ? null : <input type="hidden" name="_once" value={props.once} />}
      {props.kept === true && props.view.csrf !== undefined ? (
        <input type="hidden" name="_page" value={props.view.path} />
      ) : null}
      {props.children}
    </form>
  );
}

/**
 * All problems of a form, each leading to its field. Draws nothing when there are none. `labels`, in the order of the form,
 * sorts them and puts the field's name before sentences that do not hold it.
 */
export function ErrorSummary({
  view,
  state,
  labels = {},
}: Readonly<{ view: View; state: FormState; labels?: Readonly<Record<string, Words>> }>): JSX.Element | null {
  const named = ({ path, says }: FormState['issues'][number]): string => {
    const label = Object.hasOwn(labels, path) ? speak(view, labels[path] ?? '') : '';
    const isNamed = view.t(says).toLowerCase().includes(label.toLowerCase());
    return isNamed ? view.t(says) : `${label}: ${view.t(says)}`;
  };
  if (state.issues.length === 0) return null;
  const order = Object.keys(labels);
  const place = (path: string): number => (order.includes(path) ? order.indexOf(path) : order.length);
  const issues = state.issues.toSorted((a, b) => place(a.path) - place(b.path));
  return (
    <div class="error-summary" role="alert" tabIndex={-1} data-focus aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{view.t(text.summary)}</h2>
      <ul>
        {issues.map((one) => (
          <li key={one.path}>
            {one.path === '' ? view.t(one.says) : <a href={`#${fieldId(one.path)}`}>{named(one)}</a>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** When a part of a form is asked: FHIR's enableWhen, by input name. Names as in the form, answers as their values. */
export type EnableWhen = Readonly<{
  behavior: 'any' | 'all';
  conditions: readonly Readonly<{
    question: string;
    operator: '=' | '!=' | 'exists' | '>' | '<' | '>=' | '<=';
    answer: string | number | boolean;
  }>[];
}>;

/** Questions that depend on other answers: always there without script, shown and hidden with it. */
export function Dependent({
  when,
  children,
}: Readonly<{ when: EnableWhen; children: Content }>): JSX.Element {
  return (
    <div class="dependent" data-enable-when={JSON.stringify(when)}>
      {children}
    </div>
  );
}

/** A place to sign by hand. Sends a PNG as a data URL under `name`; without script it says that paper is the way. */
export function SignatureField(props: FieldProps): JSX.Element {
  const { view, state, name } = props;
  return (
    <div class={issueOf(state, name) === undefined ? 'field' : 'field failed'}>
      <p class="label" id={`${fieldId(name)}-label`}>
        {speak(view, props.label)} <Mark {...props} />
      </p>
      <Hint {...props} />
      <FieldError {...props} />
      <div class="signature" data-signature={name} id={fieldId(name)} tabIndex={-1}>
        <div data-signature-pad hidden>
          <canvas role="img" aria-label={view.t(text.signHere)} width="900" height="300" />
          <button type="button" class="button secondary small" data-signature-clear>
            {view.t(text.clear)}
          </button>
        </div>
        <input type="hidden" name={name} value={typedIn(state, name)} />
        <p class="hint" data-signature-paper>
          {view.t(text.signNeedsScript)}
        </p>
        <script src={assetUrl('signature.js')} defer />
      </div>
    </div>
  );
}
