import { Button, ErrorSummary, Form, LinkButton, TextField, type FormState } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { LoginForStores } from '../factors/own-pages.tsx';
import { text as outsideText } from '../outside/text.ts';
import { text } from './text.ts';

/** Somebody who was invited chooses a password. */
export const welcomePage = (
  props: Readonly<{
    view: View;
    state: FormState;
    action: string;
    login: string;
    shortest: number;
    outside: boolean;
  }>,
): string => {
  const { view, state } = props;
  const field = { view, state, type: 'password', required: true, mark: false, width: 'medium' } as const;
  return renderPage(
    <Frame view={view} title={text.welcomeTitle} lead={text.welcomeLead(props.shortest)} state={state}>
      <ErrorSummary view={view} state={state} />
      <Facts view={view} rows={[[text.welcomeLogin, <code class="to-copy">{props.login}</code>]]} />
      <Form view={view} action={props.action}>
        <LoginForStores login={props.login} />
        <TextField {...field} name="fresh" label={text.fresh} autocomplete="new-password" />
        <TextField {...field} name="again" label={text.again} autocomplete="new-password" />
        <Button>{view.t(text.welcomeSave)}</Button>
      </Form>
      {props.outside ? (
        <Panel view={view} title={outsideText.title}>
          <p>{view.t(outsideText.inviteLead)}</p>
          <LinkButton href={`${props.action}/outside`} kind="secondary">
            {view.t(outsideText.signIn)}
          </LinkButton>
        </Panel>
      ) : null}
    </Frame>,
  );
};
