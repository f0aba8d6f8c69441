import type { JSX } from 'preact';
import {
  Button,
  Buttons,
  Dependent,
  emptyForm,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { showDate } from '../../web/dates.ts';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Facts, Notice, Pager, Panel, Status, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { roleName } from '../roles.ts';
import { somebodyNew } from './form.ts';
import { mostBodies, pageSize, type AccountLine, type BodyLine, type PostLine } from './queries.ts';
import { rolesFor } from './roles.ts';
import { bodyNames, text } from './text.ts';

const back = { href: '/accounts', label: text.back };

const StateMark = ({ view, account }: Readonly<{ view: View; account: AccountLine }>): JSX.Element =>
  account.disabled === null ? (
    <Status shape="check" tone="good">
      {view.t(text.active)}
    </Status>
  ) : (
    <Status shape="pause" tone="warn">
      {view.t(text.disabled)}
    </Status>
  );

const sayHref = (search: string, page: number): string => {
  const query = new URLSearchParams({
    ...(search === '' ? {} : { search }),
    ...(page > 1 ? { page: String(page) } : {}),
  });
  return query.size === 0 ? '/accounts' : `/accounts?${query.toString()}`;
};

/** Everybody who can sign in. */
export function accountsPage(
  props: Readonly<{ view: View; search: string; page: number; lines: readonly AccountLine[] }>,
): string {
  const { view, search, page, lines } = props;
  const total = lines[0]?.total ?? 0;
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      wide
      actions={<LinkButton href="/accounts/new">{view.t(text.add)}</LinkButton>}
    >
      <Search view={view} action="/accounts" value={search} label={text.search} />
      {lines.length === 0 ? (
        <Empty view={view} title={text.none} next={<p>{view.t(text.noneNext)}</p>} />
      ) : (
        <>
          <p role="status">{view.t(text.number(total))}</p>
          <Table
            view={view}
            caption={text.listed}
            hideCaption
            columns={[
              { label: text.name },
              { label: text.login },
              { label: text.role },
              { label: text.organization },
              { label: text.state },
              { label: text.sessions },
            ]}
            rows={lines.map((account) => ({
              key: account.id,
              cells: [
                <a href={`/accounts/${account.id}`}>{account.name}</a>,
                account.login,
                view.t(roleName(account.role)),
                account.organization,
                <StateMark view={view} account={account} />,
                view.t(account.sessions === 0 ? text.notSignedIn : text.signedIn(account.sessions)),
              ],
            }))}
          />
          <Pager
            view={view}
            previous={page > 1 ? sayHref(search, page - 1) : undefined}
            next={page * pageSize < total ? sayHref(search, page + 1) : undefined}
          />
        </>
      )}
    </Frame>,
  );
}

function Search(
  props: Readonly<{ view: View; action: string; value: string; label: (typeof text)['search'] }>,
): JSX.Element {
  const { view } = props;
  return (
    <Form view={view} action={props.action} method="get" inline>
      <TextField
        view={view}
        state={emptyForm({ search: props.value })}
        name="search"
        type="search"
        label={props.label}
        mark={false}
      />
      <Button kind="secondary">{view.t(text.go)}</Button>
    </Form>
  );
}

/** The first step: where does the person work. */
export function whichBodyPage(view: View, search: string, found: readonly BodyLine[]): string {
  const shown = found.slice(0, mostBodies);
  return renderPage(
    <Frame view={view} title={text.whichTitle} lead={text.whichLead} back={back}>
      <Search view={view} action="/accounts/new" value={search} label={text.organizationName} />
      {shown.length === 0 ? (
        <Empty view={view} title={text.noBody} next={<p>{view.t(text.noBodyNext)}</p>} />
      ) : (
        <Table
          view={view}
          caption={text.bodies}
          hideCaption
          columns={[{ label: text.organizationName }, { label: text.kind }]}
          rows={shown.map((body) => ({
            key: body.id,
            cells: [
              <a href={`/accounts/new?organization=${body.id}`}>{body.name}</a>,
              view.t(bodyNames[body.kind]),
            ],
          }))}
        />
      )}
      {found.length > shown.length ? <p class="hint">{view.t(text.manyBodies(mostBodies))}</p> : null}
    </Frame>,
  );
}

export type NewGiven = Readonly<{
  view: View;
  state: FormState;
  body: BodyLine;
  posts: readonly PostLine[];
  once: string;
}>;

const isNew = {
  behavior: 'all',
  conditions: [{ question: 'who', operator: '=', answer: somebodyNew }],
} as const;

/** The second step: who it is, and as what. */
export function newAccountPage({ view, state, body, posts, once }: NewGiven): string {
  const field = { view, state };
  return renderPage(
    <Frame
      view={view}
      title={text.newTitle(body.name)}
      state={state}
      back={{ href: '/accounts/new', label: text.otherBody }}
    >
      <ErrorSummary view={view} state={state} />
      <Form view={view} action="/accounts" once={once}>
        <HiddenFields
          values={{ organization: body.id, ...(posts.length === 0 ? { who: somebodyNew } : {}) }}
        />
        {posts.length === 0 ? null : (
          <RadioField
            {...field}
            name="who"
            label={text.who}
            required
            options={[
              ...posts.map((p) => ({ value: p.id, label: p.name, hint: roleName(p.role) })),
              { value: somebodyNew, label: text.somebodyNew },
            ]}
          />
        )}
        {posts.length === 0 ? (
          <Person {...field} body={body} />
        ) : (
          <Dependent when={isNew}>
            <Person {...field} body={body} />
          </Dependent>
        )}
        <TextField
          {...field}
          name="login"
          label={text.login}
          hint={text.loginHint}
          required
          width="medium"
          maxLength={40}
        />
        <Button>{view.t(text.create)}</Button>
      </Form>
    </Frame>,
  );
}

function Person({ view, state, body }: Pick<NewGiven, 'view' | 'state' | 'body'>): JSX.Element {
  const field = { view, state, width: 'medium', maxLength: 40 } as const;
  return (
    <div class="questions">
      <TextField {...field} name="family" label={text.family} required />
      <TextField {...field} name="given" label={text.given} required />
      <TextField {...field} name="familyKana" label={text.familyKana} maxLength={60} />
      <TextField {...field} name="givenKana" label={text.givenKana} maxLength={60} />
      <RadioField
        view={view}
        state={state}
        name="role"
        label={text.role}
        required
        options={rolesFor(body.kind).map((role) => ({ value: role, label: roleName(role) }))}
      />
    </div>
  );
}

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
