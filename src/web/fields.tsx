import type { JSX } from 'preact';
import type { Sentence } from '../kernel/sentence.ts';
import type { Content } from './content.ts';
import { typedIn, type FormState } from './reading.ts';
import { shown } from './ruby.tsx';
import { text } from './text.ts';
import { speak, type View, type Words } from './view.ts';

/** What every field takes. `mark={false}` leaves out the word for required or optional (search and sign-in forms). */
export type FieldProps = Readonly<{
  view: View;
  state: FormState;
  name: string;
  label: Words;
  hint?: Words | undefined;
  /** Who is asked, in the hint of a dependent question; a reader with script sees the question only when asked. */
  whom?: Words | undefined;
  required?: boolean | undefined;
  mark?: boolean | undefined;
}>;

export const fieldId = (name: string): string => `field-${name.replaceAll(/\s/g, '_')}`;
export const issueOf = (state: FormState, name: string): Sentence | undefined =>
  state.issues.find((one) => one.path === name)?.says;

/** Ids of the hint and the error that stand beside a field, for `aria-describedby`. */
export function describedBy({
  state,
  name,
  hint,
  whom,
}: Pick<FieldProps, 'state' | 'name' | 'hint' | 'whom'>): string | undefined {
  const ids = [
    ...(whom === undefined ? [] : [`${fieldId(name)}-whom`]),
    ...(hint === undefined ? [] : [`${fieldId(name)}-hint`]),
    ...(issueOf(state, name) === undefined ? [] : [`${fieldId(name)}-error`]),
  ];
  return ids.length === 0 ? undefined : ids.join(' ');
}

export function Mark({
  view,
  required,
  mark,
}: Pick<FieldProps, 'view' | 'required' | 'mark'>): JSX.Element | null {
  if (mark === false) return null;
  const kind = required === true ? 'required' : 'optional';
  return <span class={`mark mark-${kind}`}>{view.t(text[kind])}</span>;
}

export function Hint({
  view,
  name,
  hint,
  whom,
}: Pick<FieldProps, 'view' | 'name' | 'hint' | 'whom'>): JSX.Element | null {
  return (
    <>
      {whom === undefined ? null : (
        <p class="hint whom" id={`${fieldId(name)}-whom`}>
          {shown(view, whom)}
        </p>
      )}
      {hint === undefined ? null : (
        <p class="hint" id={`${fieldId(name)}-hint`}>
          {shown(view, hint)}
        </p>
      )}
    </>
  );
}

export function FieldError({
  view,
  state,
  name,
}: Pick<FieldProps, 'view' | 'state' | 'name'>): JSX.Element | null {
  const says = issueOf(state, name);
  if (says === undefined) return null;
  return (
    <p class="field-error" id={`${fieldId(name)}-error`}>
      <span class="unseen">{view.t(text.error)}: </span>
      {view.t(says)}
    </p>
  );
}

/** A field with one control: label, hint, error, control. */
function Field(props: FieldProps & Readonly<{ children: Content }>): JSX.Element {
  const failed = issueOf(props.state, props.name) !== undefined;
  return (
    <div class={failed ? 'field failed' : 'field'}>
      <label class="label" for={fieldId(props.name)}>
        {shown(props.view, props.label)} <Mark {...props} />
      </label>
      <Hint {...props} />
      <FieldError {...props} />
      {props.children}
    </div>
  );
}

/** Several controls under one question: a fieldset whose legend is the question. */
export function Group(
  props: FieldProps &
    Readonly<{
      role: 'radiogroup' | 'group';
      class: string;
      asHeading?: boolean | undefined;
      children: Content;
    }>,
): JSX.Element {
  const failed = issueOf(props.state, props.name) !== undefined;
  const radios = props.role === 'radiogroup';
  return (
    <fieldset
      class={failed ? 'field failed' : 'field'}
      role={props.role}
      aria-describedby={describedBy(props)}
      {...(radios && failed ? { 'aria-invalid': 'true' as const } : {})}
      {...(radios && props.required === true ? { 'aria-required': 'true' as const } : {})}
    >
      <legend class="label">
        {props.asHeading === true ? (
          <h1>{shown(props.view, props.label)}</h1>
        ) : (
          shown(props.view, props.label)
        )}{' '}
        <Mark {...props} />
      </legend>
      <Hint {...props} />
      <FieldError {...props} />
      <div class={props.class}>{props.children}</div>
    </fieldset>
  );
}

const control = (props: FieldProps) => ({
  id: fieldId(props.name),
  name: props.name,
  required: props.required === true,
  'aria-describedby': describedBy(props),
  'aria-invalid': issueOf(props.state, props.name) === undefined ? undefined : ('true' as const),
});

export type TextFieldProps = FieldProps &
  Readonly<{
    type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'password' | 'date' | 'month' | 'time' | undefined;
    /** Only where people type their own data; a receptionist's form must not fill in the receptionist. */
    autocomplete?: string | undefined;
    inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url' | 'search' | undefined;
    /** How wide the answer is expected to be. */
    width?: 'short' | 'medium' | 'full' | undefined;
    maxLength?: number | undefined;
    placeholder?: string | undefined;
    /** Stands right of the control: 円, 分. */
    unit?: Words | undefined;
    /** Stand right of the control to choose from, sent as `<name>-unit`. */
    units?: readonly Option[] | undefined;
    /** The language of what is typed, where it differs from the page. */
    lang?: string | undefined;
  }>;

/** One line of text. A password is never written back into the page. */
export function TextField(props: TextFieldProps): JSX.Element {
  // Preact types an input by each of its types in turn; the attributes here fit all of ours.
  const type = (props.type ?? 'text') as 'text';
  return (
    <Field {...props}>
      <span class="with-unit">
        <input
          {...control(props)}
          class={`input width-${props.width ?? 'full'}`}
          type={type}
          value={props.type === 'password' ? '' : typedIn(props.state, props.name)}
          autocomplete={props.autocomplete ?? 'off'}
          inputMode={props.inputMode}
          maxLength={props.maxLength}
          placeholder={props.placeholder}
          lang={props.lang}
        />
        {props.unit === undefined ? null : <span class="unit">{shown(props.view, props.unit)}</span>}
        {props.units === undefined ? null : <UnitSelect {...props} units={props.units} />}
      </span>
    </Field>
  );
}

function UnitSelect({
  view,
  state,
  name,
  label,
  units,
}: TextFieldProps & Readonly<{ units: readonly Option[] }>): JSX.Element {
  const chosen = typedIn(state, `${name}-unit`);
  return (
    <span class="select width-short">
      <select class="input" name={`${name}-unit`} aria-label={`${view.t(text.unit)}: ${speak(view, label)}`}>
        <option value="">{view.t(text.unit)}</option>
        {units.map((one) => (
          <option key={one.value} value={one.value} selected={one.value === chosen}>
            {speak(view, one.label)}
          </option>
        ))}
      </select>
    </span>
  );
}

export function TextArea(
  props: FieldProps & Readonly<{ rows?: number | undefined; maxLength?: number | undefined }>,
): JSX.Element {
  return (
    <Field {...props}>
      <textarea {...control(props)} class="input" rows={props.rows ?? 4} maxLength={props.maxLength}>
        {/* HTML drops one line feed after the opening tag. */}
        {`\n${typedIn(props.state, props.name)}`}
      </textarea>
    </Field>
  );
}

export type Option = Readonly<{ value: string; label: Words }>;

/** A list to choose one from. Starts with an empty line, so that nothing is chosen by mistake, unless `empty={false}`. */
export function SelectField(
  props: FieldProps &
    Readonly<{
      options: readonly Option[];
      empty?: Words | false | undefined;
      width?: 'short' | 'medium' | 'full';
    }>,
): JSX.Element {
  const chosen = typedIn(props.state, props.name);
  return (
    <Field {...props}>
      <span class={`select width-${props.width ?? 'medium'}`}>
        <select {...control(props)} class="input">
          {props.empty === false ? null : (
            <option value="">{speak(props.view, props.empty ?? text.choose)}</option>
          )}
          {props.options.map((one) => (
            <option key={one.value} value={one.value} selected={one.value === chosen}>
              {speak(props.view, one.label)}
            </option>
          ))}
        </select>
      </span>
    </Field>
  );
}

/** A file from the person's device; the form needs `multipart`. */
export function FileField(
  props: FieldProps &
    Readonly<{
      accept?: string | undefined;
      capture?: boolean;
      multiple?: boolean;
      /** Stands above the control: what was given before. */
      before?: Content;
    }>,
): JSX.Element {
  return (
    <Field {...props}>
      {props.before}
      <input
        {...control(props)}
        class="input file"
        type="file"
        accept={props.accept}
        multiple={props.multiple}
        {...(props.capture === true ? { capture: 'environment' as const } : {})}
      />
    </Field>
  );
}

/** Typed values carried along unseen, for instance on a check-your-answers page. */
export function HiddenFields({
  values,
}: Readonly<{ values: Readonly<Record<string, string | readonly string[] | undefined>> }>): JSX.Element {
  return (
    <>
      {Object.entries(values).flatMap(([name, value]) =>
        value === undefined
          ? []
          : [value]
              .flat()
              .map((one, i) => <input key={`${name} ${String(i)}`} type="hidden" name={name} value={one} />),
      )}
    </>
  );
}
