import type { JSX } from 'preact';
import { eras, isDay, isEra, type Era } from './date-parts.ts';
import { fieldId, Group, issueOf, type FieldProps } from './fields.tsx';
import { typedIn, type FormState } from './reading.ts';
import { text } from './text.ts';

/** The three inputs as typed, or taken apart from a whole `YYYY-MM-DD`. */
function partsOf(
  state: FormState,
  name: string,
  first: Era,
): Readonly<Record<'era' | 'year' | 'month' | 'day', string>> {
  const era = typedIn(state, `${name}-era`);
  const typed = {
    year: typedIn(state, `${name}-year`),
    month: typedIn(state, `${name}-month`),
    day: typedIn(state, `${name}-day`),
  };
  const whole = typedIn(state, name);
  if (Object.values(typed).some((part) => part !== '') || !isDay(whole))
    return { ...typed, era: isEra(era) ? era : first };
  const [year = '', month = '', day = ''] = whole.split('-');
  return { era: 'western', year, month: String(Number(month)), day: String(Number(day)) };
}

/**
 * Year, month and day in three inputs, with a choice of era unless `era={false}`; `readForm` joins them under `name`.
 * `birthday` lets the browser fill in the reader's own birth date.
 */
export function DateField(
  props: FieldProps &
    Readonly<{
      era?: boolean | undefined;
      birthday?: boolean | undefined;
      /** Typed from a card or a paper, where a birth date begins with its era: in Japanese it begins at 昭和. */
      card?: boolean | undefined;
      asHeading?: boolean | undefined;
      /** The time of day too, sent as `<name>-time`. */
      time?: boolean | undefined;
    }>,
): JSX.Element {
  const { view, state, name } = props;
  const parts = partsOf(state, name, props.card === true && view.language === 'ja' ? 'showa' : 'western');
  const invalid = issueOf(state, name) === undefined ? {} : { 'aria-invalid': 'true' as const };
  const input = (part: 'year' | 'month' | 'day') => {
    const id = part === 'year' ? fieldId(name) : `${fieldId(name)}-${part}`;
    return (
      <span class="date-part">
        <input
          {...invalid}
          class={`input ${part}`}
          id={id}
          name={`${name}-${part}`}
          type="text"
          inputMode="numeric"
          value={parts[part]}
          maxLength={part === 'year' ? 4 : 2}
          autocomplete={props.birthday === true ? `bday-${part}` : 'off'}
        />
        <label for={id}>{view.t(text[part])}</label>
      </span>
    );
  };
  return (
    <Group {...props} role="group" class="date-parts">
      {props.era === false ? null : (
        <span class="date-part">
          <label class="unseen" for={`${fieldId(name)}-era`}>
            {view.t(text.era)}
          </label>
          <span class="select">
            <select class="input" id={`${fieldId(name)}-era`} name={`${name}-era`}>
              {Object.entries(eras).map(([value, one]) => (
                <option key={value} value={value} selected={value === parts.era}>
                  {view.t(one.label)}
                </option>
              ))}
            </select>
          </span>
        </span>
      )}
      {input('year')}
      {input('month')}
      {input('day')}
      {props.time === true ? (
        <span class="date-part">
          <input
            {...invalid}
            class="input width-short"
            id={`${fieldId(name)}-time`}
            name={`${name}-time`}
            type="time"
            value={typedIn(state, `${name}-time`)}
          />
          <label class="unseen" for={`${fieldId(name)}-time`}>
            {view.t(text.timeOfDay)}
          </label>
        </span>
      ) : null}
    </Group>
  );
}
