import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import {
  Button,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { showDate, showDateTime } from '../../web/dates.ts';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Notice, Panel, Status, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { deviceName } from '../devices.ts';
import { OutsidePanel } from '../outside/pages.tsx';
import { PasskeyForm } from './parts.tsx';
import { hasAny, type Factors } from './service.ts';
import { text } from './text.ts';

/** Where the pages about one's own factors stand. */
export const own = { list: '/account/factors', confirm: '/account/confirm' } as const;

type Given = Readonly<{
  view: View;
  factors: Factors;
  passkeys: boolean;
  failed: boolean;
  newId: () => string;
  /** Whether the account of the municipality or workplace is connected; undefined where there is no such service. */
  bound: boolean | undefined;
}>;

/** What proves who somebody is, besides their password. */
export const factorsPage = (given: Given): string => {
  const { view, factors, failed } = given;
  const state = { values: {}, issues: failed ? [{ path: '', says: text.passkeyFailed }] : [] };
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      state={state}
      back={{ href: '/account', label: text.backToAccount }}
    >
      <ErrorSummary view={view} state={state} />
      <App {...given} />
      <Keys {...given} />
      {given.bound === undefined ? null : (
        <OutsidePanel view={view} bound={given.bound} newId={given.newId} />
      )}
      {hasAny(factors) ? (
        <Panel view={view} title={text.codesTitle}>
          <p>{view.t(factors.codesLeft === 0 ? text.codesNone : text.codesLeft(factors.codesLeft))}</p>
          <p class="hint">{view.t(text.newCodesLead)}</p>
          <Act {...given} action={`${own.list}/codes`} says={text.newCodes} />
        </Panel>
      ) : null}
    </Frame>,
  );
};

/** Whether something stands between a thief of the password and the account. */
export const FactorMark = ({ view, on }: Readonly<{ view: View; on: boolean }>): JSX.Element =>
  on ? (
    <Status shape="check" tone="good">
      {view.t(text.inUse)}
    </Status>
  ) : (
    <Status shape="circle" tone="neutral">
      {view.t(text.notSet)}
    </Status>
  );

function Act(
  props: Pick<Given, 'view' | 'newId'> & Readonly<{ action: string; says: Sentence }>,
): JSX.Element {
  const { view } = props;
  return (
    <Form view={view} action={props.action} once={props.newId()}>
      <Button kind="secondary">{view.t(props.says)}</Button>
    </Form>
  );
}

function App(given: Given): JSX.Element {
  const { view, factors } = given;
  const { app } = factors;
  return (
    <Panel view={view} title={text.app} aside={<FactorMark view={view} on={app !== undefined} />}>
      <p>{view.t(text.appLead)}</p>
      {app === undefined ? null : (
        <Facts
          view={view}
          rows={[
            [text.since, showDate(app.created, view.language)],
            [text.used, app.used ? showDateTime(app.used, view.language) : view.t(text.never)],
          ]}
        />
      )}
      <div class="buttons">
        <LinkButton href={`${own.list}/app`} kind={app === undefined ? 'primary' : 'secondary'}>
          {view.t(app === undefined ? text.setUpApp : text.setUpAnother)}
        </LinkButton>
        {app === undefined ? null : (
          <Act {...given} action={`${own.list}/app/remove`} says={text.removeApp} />
        )}
      </div>
    </Panel>
  );
}

function Keys(given: Given): JSX.Element {
  const { view, factors, newId } = given;
  return (
    <Panel
      view={view}
      title={text.passkey}
      aside={<FactorMark view={view} on={factors.passkeys.length > 0} />}
    >
      <p>{view.t(text.passkeyLead)}</p>
      {factors.passkeys.length === 0 ? null : (
        <Table
          view={view}
          caption={text.passkey}
          hideCaption
          columns={[
            { label: text.device },
            { label: text.since },
            { label: text.used },
            { label: text.action },
          ]}
          rows={factors.passkeys.map((key) => ({
            key: key.id,
            cells: [
              view.t(deviceName(key.name)),
              showDate(key.created, view.language),
              key.used ? showDateTime(key.used, view.language) : view.t(text.never),
              <Form view={view} action={`${own.list}/passkey/remove`} once={newId()}>
                <HiddenFields values={{ passkey: key.id }} />
                <button
                  type="submit"
                  class="button secondary small"
                  aria-label={view.t(text.removePasskeyOf(deviceName(key.name)))}
                >
                  {view.t(text.removePasskey)}
                </button>
              </Form>,
            ],
          }))}
        />
      )}
      {given.passkeys ? (
        <PasskeyForm view={view} does="make" action={`${own.list}/passkey`} says={text.addPasskey} />
      ) : (
        <p class="hint">{view.t(text.notPossibleHere)}</p>
      )}
    </Panel>
  );
}

/** Once more the password, before the way in is changed. */
export const confirmPage = (
  props: Readonly<{ view: View; state: FormState; to: string; login: string; withPassword: boolean }>,
): string => {
  const { view, state, to } = props;
  const back = { href: '/account', label: text.backToAccount };
  return renderPage(
    <Frame view={view} title={text.confirmTitle} state={state} back={back}>
      <ErrorSummary view={view} state={state} />
      {props.withPassword ? (
        <>
          <p>{view.t(text.confirmLead)}</p>
          <Form view={view} action={own.confirm}>
            <HiddenFields values={{ to }} />
            <LoginForStores login={props.login} />
            <TextField
              view={view}
              state={state}
              name="password"
              type="password"
              label={text.password}
              required
              mark={false}
              width="medium"
              autocomplete="current-password"
            />
            <Button>{view.t(text.goOn)}</Button>
          </Form>
        </>
      ) : (
        <Notice view={view} kind="info" title={text.confirmWithout} />
      )}
    </Frame>,
  );
};

/** For password stores, which keep a password under its login. */
export const LoginForStores = ({ login }: Readonly<{ login: string }>): JSX.Element => (
  <input
    class="unseen"
    type="text"
    name="username"
    value={login}
    autocomplete="username"
    readOnly
    tabIndex={-1}
    aria-hidden="true"
  />
);
