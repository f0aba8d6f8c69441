import type { JSX } from 'preact';
import { Button, Buttons, Form, LinkButton } from '../../web/form.tsx';
import { showDate } from '../../web/dates.ts';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Notice, Panel, Status } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { roleName } from '../roles.ts';
import type { AccountLine } from './queries.ts';
import { text } from './text.ts';

const back = { href: '/accounts', label: text.back };

/** Whether somebody can sign in. */
export const StateMark = ({ view, account }: Readonly<{ view: View; account: AccountLine }>): JSX.Element =>
  account.disabled === null ? (
    <Status shape="check" tone="good">
      {view.t(text.active)}
    </Status>
  ) : (
    <Status shape="pause" tone="warn">
      {view.t(text.disabled)}
    </Status>
  );

/** The first password, which is kept nowhere; without one the action had been done before. */
export function passwordPage(
  view: View,
  given: Readonly<{ account: AccountLine; password: string | undefined; fresh: boolean }>,
): string {
  const { account, password } = given;
  const title = given.fresh ? text.createdTitle : text.renewedTitle;
  return renderPage(
    <Frame view={view} title={title} back={back}>
      {password === undefined ? (
        <Notice view={view} kind="warning" title={text.repeated} />
      ) : (
        <Notice view={view} kind="warning" title={text.onceOnly}>
          <p>{view.t(text.tellThem)}</p>
        </Notice>
      )}
      <Panel view={view} title={account.name}>
        <Facts
          view={view}
          rows={[
            [text.organization, account.organization],
            [text.role, view.t(roleName(account.role))],
            [text.login, <code>{account.login}</code>],
            ...(password === undefined
              ? []
              : [[text.password, <code class="to-copy">{password}</code>] as const]),
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

/** One account, and what an administrator can do about it. */
export function accountPage(
  props: Readonly<{ view: View; account: AccountLine; own: boolean; newId: () => string }>,
): string {
  const { view, account, own, newId } = props;
  const action = (
    name: string,
    lead: (typeof text)['endAllLead'],
    says: (typeof text)['endAll'],
    danger = false,
  ) => (
    <Form view={view} action={`/accounts/${account.id}/${name}`} once={newId()}>
      <p>{view.t(lead)}</p>
      <Button kind={danger ? 'danger' : 'secondary'}>{view.t(says)}</Button>
    </Form>
  );
  return renderPage(
    <Frame view={view} title={account.name} back={back} actions={<StateMark view={view} account={account} />}>
      <Panel view={view} title={text.ownFacts}>
        <Facts
          view={view}
          rows={[
            [text.login, <code>{account.login}</code>],
            [text.role, view.t(roleName(account.role))],
            [text.organization, account.organization],
            [text.since, showDate(account.created, view.language)],
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
        <Panel view={view} title={text.manage}>
          {account.disabled === null ? (
            <>
              {account.sessions === 0 ? null : action('sessions', text.endAllLead, text.endAll)}
              {action('password', text.renewLead, text.renew)}
              {action('disable', text.disableLead, text.disable, true)}
            </>
          ) : (
            action('enable', text.enableLead, text.enable)
          )}
        </Panel>
      )}
    </Frame>,
  );
}
