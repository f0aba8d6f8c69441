import type { JSX } from 'preact';
import { Button, emptyForm, Form, LinkButton, TextField } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Pager, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { roleName } from '../roles.ts';
import { StateMark } from './account-page.tsx';
import { pageSize, type AccountLine } from './queries.ts';
import { text } from './text.ts';

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

/** A word to search by. */
export function Search(
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
