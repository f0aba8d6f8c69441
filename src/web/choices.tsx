import type { JSX } from 'preact';
import { describedBy, FieldError, fieldId, Group, Hint, issueOf, Mark, type FieldProps } from './fields.tsx';
import { NeedPicture, type PictureName } from './pictures.tsx';
import { chosenIn, typedIn } from './reading.ts';
import { shown } from './ruby.tsx';
import type { View, Words } from './view.ts';

/** An answer to choose: a large card with an optional hint and picture. */
export type CardOption = Readonly<{
  value: string;
  label: Words;
  hint?: Words | undefined;
  picture?: PictureName | undefined;
  /** Goes with no other answer: with script, ticking it clears the others, and ticking another clears it. */
  exclusive?: boolean | undefined;
}>;

type CardsProps = FieldProps &
  Readonly<{
    options: readonly CardOption[];
    inline?: boolean | undefined;
    /** The question is the page's h1: for one thing a page, in a frame with `heading={false}`. */
    asHeading?: boolean | undefined;
  }>;

function Card(
  props: Readonly<{
    view: View;
    type: 'radio' | 'checkbox';
    id: string;
    name: string;
    option: CardOption;
    checked: boolean;
    invalid: boolean;
  }>,
): JSX.Element {
  const { view, option, id } = props;
  return (
    <div class="card">
      <input
        type={props.type}
        id={id}
        name={props.name}
        value={option.value}
        checked={props.checked}
        aria-describedby={option.hint === undefined ? undefined : `${id}-note`}
        {...(props.invalid ? { 'aria-invalid': 'true' as const } : {})}
        {...(option.exclusive === true ? { 'data-exclusive': true } : {})}
      />
      <label for={id}>
        {option.picture === undefined ? null : <NeedPicture name={option.picture} />}
        <span>{shown(view, option.label)}</span>
      </label>
      {option.hint === undefined ? null : (
        <p class="hint" id={`${id}-note`}>
          {shown(view, option.hint)}
        </p>
      )}
    </div>
  );
}

/** The first control has the field's own id, where the error summary leads. */
const optionId = (name: string, i: number): string =>
  i === 0 ? fieldId(name) : `${fieldId(name)}-${String(i + 1)}`;

/** One answer of several. `inline` puts short answers (yes, no) beside each other. */
export function RadioField(props: CardsProps): JSX.Element {
  const chosen = typedIn(props.state, props.name);
  return (
    <Group {...props} role="radiogroup" class={props.inline === true ? 'cards inline' : 'cards'}>
      {props.options.map((option, i) => (
        <Card
          key={option.value}
          view={props.view}
          type="radio"
          id={optionId(props.name, i)}
          name={props.name}
          option={option}
          checked={option.value === chosen}
          invalid={false}
        />
      ))}
    </Group>
  );
}

/** Any number of answers. */
export function CheckField(props: CardsProps): JSX.Element {
  const chosen = chosenIn(props.state, props.name);
  return (
    <Group {...props} role="group" class={props.inline === true ? 'cards inline' : 'cards'}>
      {props.options.map((option, i) => (
        <Card
          key={option.value}
          view={props.view}
          type="checkbox"
          id={optionId(props.name, i)}
          name={props.name}
          option={option}
          checked={chosen.includes(option.value)}
          invalid={issueOf(props.state, props.name) !== undefined}
        />
      ))}
    </Group>
  );
}

/** One box to tick: its value is `yes`. */
export function SingleCheck(props: FieldProps): JSX.Element {
  const { view, state, name } = props;
  const failed = issueOf(state, name) !== undefined;
  return (
    <div class={failed ? 'field failed' : 'field'}>
      <FieldError {...props} />
      <div class="card">
        <input
          type="checkbox"
          id={fieldId(name)}
          name={name}
          value="yes"
          checked={typedIn(state, name) !== ''}
          required={props.required === true}
          aria-describedby={describedBy(props)}
          {...(failed ? { 'aria-invalid': 'true' as const } : {})}
        />
        <label for={fieldId(name)}>
          <span>
            {shown(view, props.label)} {props.required === true ? <Mark {...props} /> : null}
          </span>
        </label>
        <Hint {...props} />
      </div>
    </div>
  );
}
