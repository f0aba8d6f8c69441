import type { JSX } from 'preact';
import { showDateTime } from '../../web/dates.ts';
import { Button, Form, LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Status, Table, type ShapeName, type Tone } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { ToldLine } from './queries.ts';
import { text } from './text.ts';

type Given = Readonly<{ view: View; lines: readonly ToldLine[]; newId: () => string }>;

/** What other systems are told, and what could not be delivered. */
export function connectionsPage({ view, lines, newId }: Given): string {
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      actions={
        <LinkButton href="/exchange/servers" kind="secondary">
          {view.t(text.servers)}
        </LinkButton>
      }
      wide
    >
      {lines.length === 0 ? (
        <Empty view={view} title={text.none} next={<p>{view.t(text.noneNext)}</p>} />
      ) : (
        <Table
          view={view}
          caption={text.listed}
          hideCaption
          columns={[
            { label: text.program },
            { label: text.organization },
            { label: text.about },
            { label: text.address },
            { label: text.state },
            { label: text.told, kind: 'date' },
          ]}
          rows={lines.map((line) => ({
            key: line.id,
            ...(line.status === 'error' ? { tone: 'bad' as const } : {}),
            cells: [
              line.client,
              line.organization,
              view.t(text[line.type]),
              line.endpoint,
              <State view={view} line={line} newId={newId} />,
              line.told_at === null ? view.t(text.never) : showDateTime(line.told_at, view.language),
            ],
          }))}
        />
      )}
    </Frame>,
  );
}

const looks: Readonly<Record<ToldLine['status'] | 'again', readonly [Tone, ShapeName]>> = {
  requested: ['info', 'half'],
  active: ['good', 'check'],
  off: ['neutral', 'pause'],
  error: ['bad', 'alert'],
  again: ['warn', 'alert'],
};

function State({ view, line, newId }: Omit<Given, 'lines'> & Readonly<{ line: ToldLine }>): JSX.Element {
  const failing = line.status === 'error' || (line.status !== 'off' && line.failures > 0);
  const state = failing && line.status !== 'error' ? 'again' : line.status;
  const [tone, shape] = looks[state];
  return (
    <div class="stack">
      <Status tone={tone} shape={shape}>
        {view.t(text[state])}
      </Status>
      {failing ? (
        <>
          {line.fault === null ? null : <p lang="en">{line.fault}</p>}
          {line.undelivered > 0 ? <p>{view.t(text.waiting(line.undelivered))}</p> : null}
          <Form view={view} action={`/exchange/${line.id}/resend`} once={newId()}>
            <Button kind="secondary">{view.t(text.resend)}</Button>
          </Form>
          <Form view={view} action={`/exchange/${line.id}/give-up`} once={newId()}>
            <Button kind="secondary">{view.t(text.giveUp)}</Button>
          </Form>
        </>
      ) : null}
    </div>
  );
}
