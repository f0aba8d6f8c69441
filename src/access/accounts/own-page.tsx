import type { JSX } from 'preact';
import {
  Button,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { showDateTime } from '../../web/dates.ts';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { deviceName } from '../devices.ts';
import { FactorMark, LoginForStores, own } from '../factors/own-pages.tsx';
import { roleName } from '../roles.ts';
import type { AccountLine, SessionLine } from './queries.ts';
import { text } from './text.ts';

export type OwnGiven = Readonly<{
  view: View;
  state: FormState;
  account: AccountLine;
  sessions: readonly SessionLine[];
  newId: () => string;
  /** Characters that a password must have. */
  shortest: number;
}>;

/** Everybody's own page: password and sessions. */
export const ownPage = (given: OwnGiven): string => {
  const { view, state, account } = given;
  return renderPage(
    <Frame view={view} title={text.own} state={state}>
      <ErrorSummary view={view} state={state} />
      <Panel view={view} title={text.ownFacts}>
        <Facts
          view={view}
          rows={[
            [text.name, account.name],
            [text.login, <code>{account.login}</code>],
            [text.role, view.t(roleName(account.role))],
            [text.organization, account.organization],
          ]}
        />
      </Panel>
      <Panel view={view} title={text.factors} aside={<FactorMark view={view} on={account.guarded} />}>
        <p>{view.t(text.factorsLead)}</p>
        <LinkButton href={own.list} kind="secondary">
          {view.t(text.toFactors)}
        </LinkButton>
      </Panel>
      {account.invited ? null : <Password {...given} />}
      <Sessions {...given} />
    </Frame>,
  );
};

function Password({ view, state, account, newId, shortest }: OwnGiven): JSX.Element {
  const field = { view, state, type: 'password', required: true, mark: false, width: 'medium' } as const;
  return (
    <Panel view={view} title={text.change} id="password">
      <p>{view.t(text.changeLead(shortest))}</p>
      <Form view={view} action="/account/password" once={newId()}>
        <LoginForStores login={account.login} />
        <TextField {...field} name="current" label={text.current} autocomplete="current-password" />
        <TextField {...field} name="fresh" label={text.fresh} autocomplete="new-password" />
        <TextField {...field} name="again" label={text.again} autocomplete="new-password" />
        <Button>{view.t(text.save)}</Button>
      </Form>
    </Panel>
  );
}

function Sessions({ view, sessions, newId }: OwnGiven): JSX.Element {
  return (
    <Panel view={view} title={text.ownSessions}>
      <Table
        view={view}
        caption={text.ownSessions}
        hideCaption
        columns={[{ label: text.which }, { label: text.begun }, { label: text.seen }, { label: text.action }]}
        rows={sessions.map((session) => {
          const device = deviceName(session.device);
          return {
            key: session.id,
            cells: [
              view.t(device),
              showDateTime(session.begun, view.language),
              showDateTime(session.seen, view.language),
              session.mine ? (
                view.t(text.thisOne)
              ) : (
                <Form view={view} action="/account/sessions/end" once={newId()}>
                  <HiddenFields values={{ session: session.id }} />
                  <button
                    type="submit"
                    class="button secondary small"
                    aria-label={view.t(text.endOneOf(device))}
                  >
                    {view.t(text.endOne)}
                  </button>
                </Form>
              ),
            ],
          };
        })}
      />
      {sessions.length > 1 ? (
        <Form view={view} action="/account/sessions" once={newId()}>
          <Button kind="secondary">{view.t(text.endOthers)}</Button>
        </Form>
      ) : (
        <p class="hint">{view.t(text.onlyThis)}</p>
      )}
    </Panel>
  );
}
