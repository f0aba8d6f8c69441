import { displayName, readOrganization, type ReadPatient } from '../people/record.ts';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  TextField,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { withdrawalNames, withdrawalReasons } from './form.ts';
import type { OpenReferral } from './queries.ts';
import { text } from './text.ts';

/** Says what will happen before a consent is taken back. */
export function withdrawPage(
  props: Readonly<{
    view: View;
    state: FormState;
    id: string;
    seen: string;
    person: ReadPatient;
    referrals: readonly OpenReferral[];
    /** Other consents of the person in force. */
    others: number;
    once: string;
  }>,
): string {
  const { view, state, id, referrals, person } = props;
  return renderPage(
    <Frame
      view={view}
      state={state}
      form="withdrawing"
      title={text.withdrawTitle}
      lead={displayName(person, view.language)}
      back={{ href: `/consents/${id}`, label: text.title }}
    >
      <ErrorSummary view={view} state={state} />
      <Panel view={view} title={text.willHappen}>
        <ul>
          <li>{view.t(text.closesAtOnce)}</li>
          <li>{view.t(text.remains)}</li>
          <li>{view.t(text.notUndone)}</li>
          {props.others > 0 ? <li>{view.t(text.otherConsents(props.others))}</li> : null}
        </ul>
      </Panel>
      <Panel view={view} title={text.openReferrals}>
        {referrals.length === 0 ? (
          <p>{view.t(text.noOpenReferrals)}</p>
        ) : (
          <>
            <ul>
              {referrals.map((one) => (
                <li key={one.id}>
                  <a href={`/referrals/${one.id}`}>
                    {one.office ? readOrganization(one.office).name : one.id.slice(0, 8)}
                  </a>
                </li>
              ))}
            </ul>
            <p>{view.t(text.tellThem)}</p>
          </>
        )}
      </Panel>
      <Form view={view} action={`/consents/${id}/withdraw`} once={props.once} id="withdrawing" kept>
        <HiddenFields values={{ seen: props.seen }} />
        <RadioField
          view={view}
          state={state}
          name="why"
          label={text.whyWithdraw}
          hint={text.whyHint}
          required
          options={withdrawalReasons.map((value) => ({ value, label: withdrawalNames[value] }))}
        />
        <TextField view={view} state={state} name="note" label={text.note} hint={text.noteHint} lang="ja" />
        <Buttons>
          <Button kind="danger">{view.t(text.doWithdraw)}</Button>
          <LinkButton href={`/consents/${id}`} kind="quiet">
            {view.t(text.keep)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}
