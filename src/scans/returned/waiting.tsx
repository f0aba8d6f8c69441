import type { JSX } from 'preact';
import { showDateTime } from '../../web/dates.ts';
import { Empty, Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { WaitingPaper } from './queries.ts';
import { text } from './text.ts';

/** Slips and lists that came back and wait for somebody to type what they say. */
export const WaitingPanel = ({
  view,
  papers,
}: Readonly<{ view: View; papers: readonly WaitingPaper[] }>): JSX.Element => (
  <Panel view={view} title={text.waiting} id="returned">
    {papers.length === 0 ? (
      <Empty view={view} title={text.waitingNone} />
    ) : (
      <Table
        view={view}
        caption={text.waiting}
        hideCaption
        columns={[{ label: text.what }]}
        rows={papers.map((paper) => ({
          key: paper.id,
          cells: [
            <div class="state">
              <a href={addressOf(paper)}>{view.t(nameOf(paper))}</a>
              <small>{[paper.list, showDateTime(paper.at, view.language)].filter(Boolean).join('　')}</small>
            </div>,
          ],
        }))}
      />
    )}
  </Panel>
);

const addressOf = ({ id, gathering }: WaitingPaper): string =>
  gathering === null ? `/scans/slips/${id}` : `/scans/lists/${gathering}`;
const nameOf = ({ member, session, number }: WaitingPaper) =>
  session === null ? text.slipOf(member ?? '') : text.listOf(session, number);
