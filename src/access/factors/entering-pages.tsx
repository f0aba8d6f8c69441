import {
  Button,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { PasskeyForm } from './parts.tsx';
import type { Factors } from './service.ts';
import { text } from './text.ts';

/** Where the pages between the password and being signed in stand. */
export const entering = { second: '/sign-in/second', enrol: '/sign-in/enrol' } as const;

export const withTo = (path: string, to: string): string => `${path}?to=${encodeURIComponent(to)}`;

/** The second proof. */
export function secondPage(
  props: Readonly<{ view: View; state: FormState; to: string; factors: Factors; passkeys: boolean }>,
): string {
  const { view, state, to, factors } = props;
  const app = factors.app !== undefined;
  const passkey = props.passkeys && factors.passkeys.length > 0 && (
    <PasskeyForm
      view={view}
      does="show"
      action={`${entering.second}/passkey`}
      says={text.usePasskey}
      hidden={{ to }}
      kind={app ? 'secondary' : 'primary'}
    />
  );
  return renderPage(
    <Frame view={view} title={text.secondTitle} lead={text.secondLead} state={state}>
      <ErrorSummary view={view} state={state} />
      {app ? null : passkey}
      <Form view={view} action={entering.second}>
        <HiddenFields values={{ to }} />
        <TextField
          view={view}
          state={state}
          name="code"
          label={text.code}
          hint={app ? text.codeOfApp : text.codeOfSheet}
          required
          mark={false}
          width="medium"
          autocomplete="one-time-code"
          maxLength={20}
        />
        <Button kind={app ? 'primary' : 'secondary'}>{view.t(text.goOn)}</Button>
      </Form>
      {app ? passkey : null}
      <p class="hint">{view.t(text.lost)}</p>
      <p>
        <a href={withTo('/sign-in', to)}>{view.t(text.startAgain)}</a>
      </p>
    </Frame>,
  );
}

/** The first time: choose one of two. */
export const enrolPage = (
  props: Readonly<{ view: View; to: string; passkeys: boolean; failed: boolean }>,
): string => {
  const { view, to } = props;
  const state = { values: {}, issues: props.failed ? [{ path: '', says: text.passkeyFailed }] : [] };
  return renderPage(
    <Frame view={view} title={text.enrolTitle} lead={text.enrolLead} state={state}>
      <ErrorSummary view={view} state={state} />
      <Panel view={view} title={text.app}>
        <p>{view.t(text.appLead)}</p>
        <LinkButton href={withTo(`${entering.enrol}/app`, to)}>{view.t(text.setUpApp)}</LinkButton>
      </Panel>
      <Panel view={view} title={text.passkey}>
        <p>{view.t(text.passkeyLead)}</p>
        {props.passkeys ? (
          <PasskeyForm
            view={view}
            does="make"
            action={`${entering.enrol}/passkey`}
            says={text.addPasskey}
            hidden={{ to }}
          />
        ) : (
          <p class="hint">{view.t(text.notPossibleHere)}</p>
        )}
      </Panel>
    </Frame>,
  );
};
