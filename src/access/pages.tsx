import type { JSX } from 'preact';
import { Button, ErrorSummary, Form, HiddenFields, TextField, type FormState } from '../web/form.tsx';
import type { Sentence } from '../kernel/sentence.ts';
import { Frame, renderPage } from '../web/frame.tsx';
import { Facts, Notice, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { PasskeyForm } from './factors/parts.tsx';
import { OutsideLink } from './outside/pages.tsx';
import { text } from './text.ts';

export type DemoAccount = Readonly<{ login: string; name: string; post: string }>;
export type DemoAccounts = Readonly<{ password: string; accounts: readonly DemoAccount[] }>;

/** How somebody can sign in besides with a password: with a passkey, at a municipality's or employer's service. */
export type SignInWays = Readonly<{ passkeys: boolean; outside: boolean }>;

export type SignInProps = SignInWays &
  Readonly<{
    view: View;
    state: FormState;
    to: string;
    demo: DemoAccounts | undefined;
    /** Why somebody is asked to sign in who had been. */
    says?: Sentence | undefined;
    /** A sealed form to go on with after signing in. */
    carried?: string | undefined;
  }>;

export const signInPage = (props: SignInProps): string => {
  const { view, state, to, demo, passkeys, outside, says, carried } = props;
  return renderPage(
    <Frame view={view} title={text.signIn} lead={text.lead} state={state}>
      <ErrorSummary view={view} state={state} />
      {says === undefined ? null : <Notice view={view} kind="info" title={says} live />}
      <Form view={view} action="/sign-in">
        <HiddenFields values={{ to, carried }} />
        <TextField
          view={view}
          state={state}
          name="login"
          label={text.login}
          required
          mark={false}
          autocomplete="username"
        />
        <TextField
          view={view}
          state={state}
          name="password"
          label={text.password}
          type="password"
          required
          mark={false}
          autocomplete="current-password"
        />
        <Button>{view.t(text.enter)}</Button>
      </Form>
      {passkeys ? (
        <PasskeyForm
          view={view}
          does="show"
          action="/sign-in/passkey"
          says={text.withPasskey}
          hidden={{ to, ...(carried === undefined ? {} : { carried }) }}
          quiet
        />
      ) : null}
      {outside ? <OutsideLink view={view} to={to} /> : null}
      {demo ? <Demo view={view} demo={demo} /> : null}
      <p>
        <a href="/docs">{view.t(text.docs)}</a>
      </p>
    </Frame>,
  );
};

function Demo({ view, demo }: { view: View; demo: DemoAccounts }): JSX.Element {
  return (
    <Panel view={view} title={text.demoTitle}>
      <p>
        {view.t(text.demoLead)} <code>{demo.password}</code>
      </p>
      <Facts view={view} rows={demo.accounts.map((a) => [a.login, `${a.name}（${a.post}）`])} />
    </Panel>
  );
}
