import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  Form,
  LinkButton,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { showDate } from '../../web/dates.ts';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Notice, Panel, Status } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { roleName } from '../roles.ts';
import type { AccountLine } from './queries.ts';
import { text } from './text.ts';

const back = { href: '/accounts', label: text.back };

/** Whether somebody can sign in. */
export function StateMark({ view, account }: Readonly<{ view: View; account: AccountLine }>): JSX.Element {
  const [shape, tone, says] =
    account.disabled !== null
      ? (['pause', 'warn', text.disabled] as const)
      : account.ended
        ? (['pause', 'warn', text.over] as const)
        : account.invited
          ? (['half', 'info', text.invited] as const)
          : (['check', 'good', text.active] as const);
  return (
    <Status shape={shape} tone={tone}>
      {view.t(says)}
    </Status>
  );
}

/** The invitation is on its way. */
export function sentPage(
  view: View,
  given: Readonly<{ account: AccountLine & Readonly<{ email: string | null }>; fresh: boolean }>,
): string {
  const { account } = given;
  return renderPage(
    <Frame view={{ ...view, path: '/' }} title={given.fresh ? text.createdTitle : text.sentTitle} back={back}>
      <Notice view={view} kind="success" title={text.sentLead(account.email ?? '')} />
      <Panel view={view} title={account.name}>
        <Facts
          view={view}
          rows={[
            [text.organization, account.organization],
            [text.role, view.t(roleName(account.role))],
            [text.login, <code>{account.login}</code>],
          ]}
        />
      </Panel>
      <Buttons>
        <LinkButton href={`/accounts/${account.id}`} kind="secondary">
          {view.t(text.toAccount)}
        </LinkButton>
      </Buttons>
    </Frame>,
  );
}

type Given = Readonly<{
  view: View;
  account: AccountLine;
  own: boolean;
  newId: () => string;
  state: FormState;
}>;

/** One account, and what an administrator can do about it. */
export function accountPage(given: Given): string {
  const { view, account, own, state } = given;
  return renderPage(
    <Frame
      view={view}
      title={account.name}
      back={back}
      state={state}
      actions={<StateMark view={view} account={account} />}
    >
      <ErrorSummary view={view} state={state} />
      <Panel view={view} title={text.ownFacts}>
        <Facts
          view={view}
          rows={[
            [text.login, <code>{account.login}</code>],
            [text.role, view.t(roleName(account.role))],
            [text.organization, account.organization],
            [text.email, account.email],
            [text.since, showDate(account.created, view.language)],
            [
              text.lastDay,
              account.until === null ? view.t(text.noLastDay) : showDate(account.until, view.language),
            ],
            [text.guarded, view.t(account.guarded ? text.guardedYes : text.guardedNo)],
            [
              text.sessions,
              view.t(account.sessions === 0 ? text.notSignedIn : text.signedIn(account.sessions)),
            ],
          ]}
        />
      </Panel>
      {own ? (
        <Notice view={view} kind="info" title={text.yourself}>
          <p>
            <a href="/account">{view.t(text.own)}</a>
          </p>
        </Notice>
      ) : (
        <Manage {...given} />
      )}
    </Frame>,
  );
}

function Manage(given: Given): JSX.Element {
  const { view, account } = given;
  return account.disabled === null ? (
    <>
      <Invitation {...given} />
      <LastDay {...given} />
      <Panel view={view} title={text.manage}>
        {account.sessions === 0 ? null : (
          <Act {...given} name="sessions" lead={text.endAllLead} says={text.endAll} />
        )}
        {account.guarded ? (
          <Act {...given} name="factors" lead={text.dropFactorsLead} says={text.dropFactors} danger />
        ) : null}
        <Act {...given} name="disable" lead={text.disableLead} says={text.disable} danger />
      </Panel>
    </>
  ) : (
    <Panel view={view} title={text.manage}>
      <Act {...given} name="enable" lead={text.enableLead} says={text.enable} />
    </Panel>
  );
}

function Act(
  props: Given & Readonly<{ name: string; lead: Sentence; says: Sentence; danger?: boolean }>,
): JSX.Element {
  const { view, account } = props;
  return (
    <Form view={view} action={`/accounts/${account.id}/${props.name}`} once={props.newId()}>
      <p>{view.t(props.lead)}</p>
      <Button kind={props.danger === true ? 'danger' : 'secondary'}>{view.t(props.says)}</Button>
    </Form>
  );
}

function Invitation({ view, account, state, newId }: Given): JSX.Element {
  const says = account.invited ? text.inviteAgain : text.invite;
  return (
    <Panel view={view} title={says}>
      <p>{view.t(text.inviteLead)}</p>
      <Form view={view} action={`/accounts/${account.id}/invitation`} once={newId()}>
        <TextField
          view={view}
          state={
            Object.hasOwn(state.values, 'email')
              ? state
              : { ...state, values: { email: account.email ?? '' } }
          }
          name="email"
          type="email"
          label={text.email}
          hint={text.emailHint}
          required
          width="medium"
        />
        <Button kind="secondary">{view.t(says)}</Button>
      </Form>
    </Panel>
  );
}

function LastDay({ view, account, state, newId }: Given): JSX.Element {
  const shown = Object.keys(state.values).length > 0 ? state.values : { until: account.until ?? '' };
  return (
    <Panel view={view} title={text.lastDay}>
      <p>{view.t(text.lastDayLead)}</p>
      <Form view={view} action={`/accounts/${account.id}/last-day`} once={newId()}>
        <DateField view={view} state={{ ...state, values: shown }} name="until" label={text.lastDay} />
        <Button kind="secondary">{view.t(text.lastDaySave)}</Button>
      </Form>
    </Panel>
  );
}
