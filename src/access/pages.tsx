import type { JSX } from 'preact';
import { Button, ErrorSummary, Form, HiddenFields, TextField, type FormState } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Facts, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { text } from './text.ts';

export type DemoAccount = Readonly<{ login: string; name: string; post: string }>;
export type DemoAccounts = Readonly<{ password: string; accounts: readonly DemoAccount[] }>;

type Props = Readonly<{ view: View; state: FormState; to: string; demo: DemoAccounts | undefined }>;

export const signInPage = ({ view, state, to, demo }: Props): string =>
  renderPage(
    <Frame view={view} title={text.signIn} lead={text.lead} state={state}>
      <ErrorSummary view={view} state={state} />
      <Form view={view} action="/sign-in">
        <HiddenFields values={{ to }} />
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
      {demo ? <Demo view={view} demo={demo} /> : null}
    </Frame>,
  );

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
