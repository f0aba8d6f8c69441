import type { Sentence } from '../../kernel/sentence.ts';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  SelectField,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { displayName } from '../../people/record.ts';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Notice } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Passable } from './pass-on.ts';
import { text } from './text.ts';

/** To whom a referral goes on, and why; says before what follows from it. */
export function passOnPage(
  props: Readonly<{
    view: View;
    shown: Passable;
    state: FormState;
    trouble: Sentence | undefined;
    once: string;
  }>,
): string {
  const { view, shown, state, trouble } = props;
  const { referral, network, offices } = shown;
  const back = `/referrals/${referral.id}`;
  const field = { view, state };
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.about(
        shown.person === undefined ? '' : displayName(shown.person, view.language),
        referral.caseNumber,
      )}
      back={{ href: back, label: text.back }}
      state={state}
      form="passing"
    >
      {trouble === undefined ? null : <Notice view={view} kind="error" title={trouble} live />}
      <ErrorSummary view={view} state={state} />
      <p>{view.t(text.lead(network.name))}</p>
      {offices.length === 0 ? (
        <Empty view={view} title={text.nobody} />
      ) : (
        <Form view={view} action={`${back}/pass-on`} once={props.once} id="passing" kept>
          <HiddenFields values={{ seen: referral.version }} />
          <SelectField
            {...field}
            name="to"
            label={text.to}
            required
            width="full"
            options={offices.map((one) => ({ value: one.id, label: one.name }))}
          />
          <TextArea {...field} name="reason" label={text.reason} hint={text.reasonHint} required rows={3} />
          <Notice view={view} kind="warning" title={text.after} />
          <Buttons>
            <Button>{view.t(text.pass)}</Button>
            <LinkButton href={back} kind="quiet">
              {view.t(text.cancel)}
            </LinkButton>
          </Buttons>
        </Form>
      )}
    </Frame>,
  );
}
