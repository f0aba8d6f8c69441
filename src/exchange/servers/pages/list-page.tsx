import type { JSX } from 'preact';
import { showDateTime } from '../../../web/dates.ts';
import { LinkButton } from '../../../web/form.tsx';
import { Frame, renderPage } from '../../../web/frame.tsx';
import { Empty, Panel, Status, Table } from '../../../web/parts.tsx';
import type { Role } from '../../../kernel/actor.ts';
import type { View } from '../../../web/view.ts';
import type { ServerLine, SharedLine } from './queries.ts';
import { SharedTable } from './shared-table.tsx';
import { text } from './text.ts';

type Given = Readonly<{
  view: View;
  servers: readonly ServerLine[];
  shared: readonly SharedLine[];
  newId: () => string;
}>;

/** For the administrator: whose servers are worked with, and what could not be brought there. */
export function serversPage({ view, servers, shared, newId }: Given): string {
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      back={{ href: '/exchange', label: text.back }}
      actions={<LinkButton href="/exchange/servers/new">{view.t(text.add)}</LinkButton>}
      wide
    >
      <Panel view={view} title={text.servers} kind="quiet">
        {servers.length === 0 ? (
          <Empty view={view} title={text.noServer} next={<p>{view.t(text.noServerNext)}</p>} />
        ) : (
          <Table
            view={view}
            caption={text.servers}
            hideCaption
            columns={[
              { label: text.partner },
              { label: text.ours },
              { label: text.way },
              { label: text.address },
              { label: text.state },
              { label: text.heard, kind: 'date' },
            ]}
            rows={servers.map((line) => ({
              key: line.id,
              ...(line.failures > 0 && !line.is_off ? { tone: 'bad' as const } : {}),
              cells: [
                <a href={`/exchange/servers/${line.id}`}>{line.partner}</a>,
                line.ours,
                view.t(text[line.way]),
                line.address,
                <ServerState view={view} line={line} />,
                line.heard_at === null ? view.t(text.never) : showDateTime(line.heard_at, view.language),
              ],
            }))}
          />
        )}
      </Panel>
      <Panel view={view} title={text.shared} kind="quiet" id="shared">
        <SharedTable view={view} lines={shared} newId={newId} place={undefined} />
      </Panel>
    </Frame>,
  );
}

export function ServerState({ view, line }: Readonly<{ view: View; line: ServerLine }>): JSX.Element {
  const [tone, shape, says] = line.is_off
    ? (['neutral', 'pause', text.off] as const)
    : line.client === ''
      ? (['warn', 'half', text.waits] as const)
      : line.failures > 0
        ? (['bad', 'alert', text.failing] as const)
        : line.heard_at === null
          ? (['info', 'half', text.fresh] as const)
          : (['good', 'check', text.fine] as const);
  return (
    <div class="stack">
      <Status tone={tone} shape={shape}>
        {view.t(says)}
      </Status>
      {line.fault === null || line.is_off ? null : <p>{view.t(line.fault)}</p>}
    </div>
  );
}

/** For whoever sends or receives: whether it has arrived. */
export const sharedPage = ({
  view,
  shared,
  newId,
  role,
}: Omit<Given, 'servers'> & Readonly<{ role: Role }>): string => {
  const place = (line: SharedLine & { task: string }): string =>
    role === 'resource' ? `/asked/${line.task}` : `/${line.is_part ? 'requests' : 'referrals'}/${line.task}`;
  return renderPage(
    <Frame view={view} title={text.sharedTitle} lead={text.sharedLead} wide>
      <SharedTable view={view} lines={shared} newId={newId} place={place} />
    </Frame>,
  );
};
