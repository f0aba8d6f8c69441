import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import { LinkButton } from '../../web/form.tsx';
import { showDate } from '../../web/dates.ts';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Pager, Status, Table, Tabs, type Row } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Notice } from '../notice.ts';
import { NoticesPanel } from '../notices.tsx';
import type { Asked } from './asked.ts';
import { askedTabs, type AskedTab } from './queries.ts';
import { nameOf, StateMark } from './state-mark.tsx';
import { text } from './text.ts';

const tabNames: Readonly<Record<AskedTab, Sentence>> = {
  new: text.tabNew,
  open: text.tabOpen,
  closed: text.tabClosed,
};
const tabHref = (tab: AskedTab, page = 1): string =>
  `/asked?tab=${tab}${page > 1 ? `&page=${String(page)}` : ''}`;

export type ListGiven = Readonly<{
  view: View;
  tab: AskedTab;
  page: number;
  lines: readonly Asked[];
  more: boolean;
  counts: Readonly<Record<AskedTab, number>>;
  notices: readonly Notice[];
}>;

/** What offices ask of this group. */
export const askedPage = ({ view, tab, page, lines, more, counts, notices }: ListGiven): string =>
  renderPage(
    <Frame view={view} title={text.list} lead={text.listLead} wide>
      <NoticesPanel view={view} notices={notices} />
      <Tabs
        view={view}
        label={text.tabs}
        tabs={askedTabs.map((one) => ({
          href: tabHref(one),
          label: tabNames[one],
          current: one === tab,
          count: counts[one],
        }))}
      />
      {lines.length === 0 ? (
        <Nothing view={view} tab={tab} />
      ) : (
        <>
          <Table
            view={view}
            caption={text.list}
            hideCaption
            columns={[
              { label: text.name },
              { label: text.wish },
              { label: text.resource },
              { label: text.office },
              ...(tab === 'new' ? [] : [{ label: text.state }]),
              { label: tab === 'new' ? text.due : text.asked },
            ]}
            rows={lines.map((line) => rowOf(view, line, tab))}
          />
          <Pager
            view={view}
            previous={page > 1 ? tabHref(tab, page - 1) : undefined}
            next={more ? tabHref(tab, page + 1) : undefined}
          />
        </>
      )}
    </Frame>,
  );

function Nothing({ view, tab }: Readonly<{ view: View; tab: AskedTab }>): JSX.Element {
  if (tab !== 'new') return <Empty view={view} title={tab === 'open' ? text.noneOpen : text.noneClosed} />;
  return (
    <Empty
      view={view}
      title={text.noneNew}
      next={
        <>
          <p>{view.t(text.noneNewNext)}</p>
          <LinkButton href="/resources?show=own" kind="secondary">
            {view.t(text.ownEntries)}
          </LinkButton>
        </>
      }
    />
  );
}

function rowOf(view: View, asked: Asked, tab: AskedTab): Row {
  const { referral } = asked;
  const late = tab === 'new' && referral.due !== undefined && new Date(referral.due) < view.now;
  const day = tab === 'new' ? referral.due : referral.authoredOn;
  return {
    key: referral.id,
    ...(late ? { tone: 'warn' as const } : {}),
    cells: [
      <a href={`/asked/${referral.id}`}>{nameOf(view, asked)}</a>,
      asked.told.wish,
      asked.resource?.name ?? '',
      asked.office?.name ?? '',
      ...(tab === 'new' ? [] : [<StateMark view={view} status={referral.status} />]),
      <span class="state">
        <span>
          {day === undefined ? view.t(text.noDue) : showDate(day, view.language, { weekday: true })}
        </span>
        {late ? (
          <Status shape="alert" tone="warn">
            {view.t(text.passed)}
          </Status>
        ) : null}
      </span>,
    ],
  };
}
