import type { JSX } from 'preact';
import { Dependent, RadioField, TextField, type FormState } from '../../web/form.tsx';
import type { View } from '../../web/view.ts';
import { reaches } from '../form.ts';
import { leftOf, waysOf, type Counted } from '../model.ts';
import { joinText as text } from '../join-text.ts';
import { wayNames } from '../text.ts';

const reachNames = { mail: text.byMail, phone: text.byPhone, none: text.byNothing } as const;
const when = (answer: string) =>
  ({ behavior: 'all', conditions: [{ question: 'reach', operator: '=', answer }] }) as const;

/** What is asked of whoever signs up: what to call them, how they take part, how to reach them. */
export function GuestFields(
  props: Readonly<{ view: View; state: FormState; one: Counted; themselves: boolean }>,
): JSX.Element {
  const { view, state, one, themselves } = props;
  return (
    <>
      <TextField
        view={view}
        state={state}
        name="name"
        label={text.name}
        required
        width="medium"
        maxLength={60}
        {...(themselves ? { autocomplete: 'nickname' } : {})}
      />
      <RadioField
        view={view}
        state={state}
        name="way"
        label={text.way}
        required
        options={waysOf(one).map((way) => ({
          value: way,
          label: wayNames[way],
          ...(leftOf(one, way) > 0 ? {} : { hint: text.wait }),
        }))}
      />
      <RadioField
        view={view}
        state={state}
        name="reach"
        label={text.contact}
        required
        options={reaches.map((value) => ({
          value,
          label: reachNames[value],
          ...(value === 'none' ? { hint: text.byNothingHint } : {}),
        }))}
      />
      <Dependent when={when('mail')}>
        <TextField
          view={view}
          state={state}
          name="mail"
          label={text.mail}
          whom={text.whom}
          type="email"
          {...(themselves ? { autocomplete: 'email' } : {})}
        />
      </Dependent>
      <Dependent when={when('phone')}>
        <TextField
          view={view}
          state={state}
          name="phone"
          label={text.phone}
          whom={text.whom}
          type="tel"
          width="medium"
          {...(themselves ? { autocomplete: 'tel' } : {})}
        />
      </Dependent>
    </>
  );
}
