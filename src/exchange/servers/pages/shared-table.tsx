import type { JSX } from 'preact';
import { showDateTime } from '../../../web/dates.ts';
import { Button, Form } from '../../../web/form.tsx';
import { Empty, Status, Table, type ShapeName, type Tone } from '../../../web/parts.tsx';
import type { View } from '../../../web/view.ts';
import type { Fault } from '../model.ts';
import type { SharedLine } from './queries.ts';
import { text } from './text.ts';

type Given = Readonly<{
  view: View;
  lines: readonly SharedLine[];
  newId: () => string;
  /** Where the reader has the page of one; undefined: nowhere. */
  place: ((line: SharedLine & { task: string }) => string) | undefined;
}>;

/** What is in two servers: whether it has arrived, what lies and why, and what somebody has to look at. */
export function SharedTable({ view, lines, newId, place }: Given): JSX.Element {
  if (lines.length === 0)
    return <Empty view={view} title={text.noShared} next={<p>{view.t(text.noSharedNext)}</p>} />;
  return (
    <Table
      view={view}
      caption={text.shared}
      hideCaption
      columns={[
        { label: text.caseNumber },
        { label: text.ours },
        { label: text.partner },
        { label: text.state },
        { label: text.since, kind: 'date' },
      ]}
      rows={lines.map((line) => ({
        key: line.id,
        ...(line.stopped ? { tone: 'bad' as const } : line.kept ? { tone: 'warn' as const } : {}),
        cells: [
          place && hasTask(line) ? <a href={place(line)}>{line.case_number}</a> : line.case_number,
          line.ours,
          line.partner,
          <State view={view} line={line} newId={newId} />,
          showDateTime(line.changed_at, view.language),
        ],
      }))}
    />
  );
}

const hasTask = (line: SharedLine): line is SharedLine & { task: string } => line.task !== null;

const looks: Readonly<
  Record<'told' | 'waiting' | 'again' | 'stopped' | 'untaken', readonly [Tone, ShapeName]>
> = {
  told: ['good', 'check'],
  waiting: ['info', 'half'],
  again: ['warn', 'alert'],
  stopped: ['bad', 'alert'],
  untaken: ['bad', 'alert'],
};

function State({
  view,
  line,
  newId,
}: Omit<Given, 'lines' | 'place'> & Readonly<{ line: SharedLine }>): JSX.Element {
  const state = line.stopped
    ? line.task === null
      ? 'untaken'
      : 'stopped'
    : line.is_told
      ? 'told'
      : line.attempts > 0
        ? 'again'
        : 'waiting';
  const [tone, shape] = looks[state];
  const failing = state !== 'told' && state !== 'waiting';
  return (
    <div class="stack">
      <Status tone={tone} shape={shape}>
        {view.t(text[state])}
      </Status>
      {failing ? (
        <>
          {line.fault === null ? null : <Why view={view} fault={line.fault} />}
          {line.attempts > 0 ? <p class="hint">{view.t(text.tries(line.attempts))}</p> : null}
          <Form view={view} action={`/exchange/shared/${line.id}/resend`} once={newId()}>
            <Button kind="secondary">{view.t(text.resend)}</Button>
          </Form>
        </>
      ) : null}
      {line.kept === null ? null : (
        <>
          <Status tone="warn" shape="alert">
            {view.t(text.kept)}
          </Status>
          <Why view={view} fault={line.kept} />
          <p>{view.t(text.callThem)}</p>
          <Form view={view} action={`/exchange/shared/${line.id}/noted`} once={newId()}>
            <Button kind="secondary">{view.t(text.noted)}</Button>
          </Form>
        </>
      )}
    </div>
  );
}

/** Why, and what the other server said itself, in whatever language it speaks. */
export const Why = ({ view, fault }: Readonly<{ view: View; fault: Fault }>): JSX.Element => (
  <>
    <p>{view.t(fault)}</p>
    {fault.said === undefined ? null : (
      <p>
        {view.t(text.theySay)}
        <q>{fault.said}</q>
      </p>
    )}
  </>
);
