import type { JSX } from 'preact';
import { showDate, showDateTime } from '../../web/dates.ts';
import { LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Pager, Status, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { roleName } from '../roles.ts';
import { text as accessText } from '../text.ts';
import { inWords } from './offered.ts';
import { pageSize, type ClientLine } from './queries.ts';
import { text } from './text.ts';

/** Every client that gets in, or did. */
export function clientsPage({
  view,
  page,
  lines,
}: Readonly<{ view: View; page: number; lines: readonly ClientLine[] }>): string {
  const total = lines[0]?.total ?? 0;
  const at = (n: number): string => (n > 1 ? `/programs?page=${String(n)}` : '/programs');
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      wide
      actions={<LinkButton href="/programs/new">{view.t(text.add)}</LinkButton>}
    >
      <p>
        <a href="/docs">{view.t(accessText.docs)}</a>
      </p>
      {lines.length === 0 ? (
        <Empty view={view} title={text.none} next={<p>{view.t(text.noneNext)}</p>} />
      ) : (
        <Table
          view={view}
          caption={text.listed}
          hideCaption
          columns={[
            { label: text.name },
            { label: text.organization },
            { label: text.may },
            { label: text.proof },
            { label: text.lastUsed, kind: 'date' },
            { label: text.until, kind: 'date' },
            { label: text.state },
          ]}
          rows={lines.map((one) => ({
            key: one.id,
            cells: [
              <a href={clientPath(one.id)}>{one.name}</a>,
              `${one.organization} · ${view.t(roleName(one.role))}`,
              <Scopes view={view} scopes={one.scopes} />,
              <Proof view={view} client={one} />,
              one.lastUsed === null ? view.t(text.never) : showDateTime(one.lastUsed, view.language),
              one.ends === null ? view.t(text.noEnd) : showDate(one.ends, view.language),
              <StateMark view={view} client={one} />,
            ],
          }))}
        />
      )}
      <Pager
        view={view}
        previous={page > 1 ? at(page - 1) : undefined}
        next={page * pageSize < total ? at(page + 1) : undefined}
      />
    </Frame>,
  );
}

export const clientPath = (id: string): string => `/programs/${encodeURIComponent(id)}`;

/** In words, and as the client asks for them. */
export function Scopes({ view, scopes }: Readonly<{ view: View; scopes: string }>): JSX.Element {
  const lines = inWords(scopes);
  const [comma, colon] = view.language === 'ja' ? ['・', '：'] : [', ', ': '];
  return (
    <details>
      <summary>
        {lines.length === 1
          ? lines.map(
              ({ kind, may }) => `${view.t(kind)}${colon}${may.map((one) => view.t(one)).join(comma)}`,
            )
          : view.t(text.mayKinds(lines.length))}
      </summary>
      {lines.length === 1 ? null : (
        <ul>
          {lines.map(({ kind, may }) => (
            <li key={kind.en}>{`${view.t(kind)}${colon}${may.map((one) => view.t(one)).join(comma)}`}</li>
          ))}
        </ul>
      )}
      <p>
        <code>{scopes}</code>
      </p>
    </details>
  );
}

export function Proof({ view, client }: Readonly<{ view: View; client: ClientLine }>): JSX.Element {
  const { hasSecret, keys } = client;
  const ways = [
    ...(keys.length > 0 ? [view.t(text.byKeys(keys.length))] : []),
    ...(hasSecret ? [view.t(text.bySecret)] : []),
  ];
  return <>{ways.length === 0 ? view.t(text.unproved) : ways.join(view.language === 'ja' ? '、' : ', ')}</>;
}

/** Whether it gets in. */
export function StateMark({ view, client }: Readonly<{ view: View; client: ClientLine }>): JSX.Element {
  const { disabled, ends, hasSecret, keys } = client;
  const [shape, tone, says] =
    disabled !== null
      ? (['pause', 'warn', text.off] as const)
      : ends !== null && ends <= view.now
        ? (['pause', 'warn', text.over] as const)
        : !hasSecret && keys.length === 0
          ? (['alert', 'warn', text.unproved] as const)
          : (['check', 'good', text.active] as const);
  return (
    <Status shape={shape} tone={tone}>
      {view.t(says)}
    </Status>
  );
}
