import type { JSX } from 'preact';
import { Form, Button, LinkButton, TextField, emptyForm } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Pager, Table, Tabs, type Column, type Row } from '../web/parts.tsx';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { showDate } from '../web/dates.ts';
import { PickBar, PickBox } from '../web/picking.tsx';
import type { View } from '../web/view.ts';
import type { Page } from './lists.ts';
import type { Notice } from './notice.ts';
import { NoticesPanel } from './notices.tsx';
import { DeadlineMark, isOverdue, NeedsShort, PersonCell, StateMark, UrgencyMark } from './parts.tsx';
import {
  sentTabs,
  tabs,
  type Counts,
  type InboxLine,
  type SentLine,
  type SentTab,
  type Tab,
} from './queries.ts';
import { forbidsContact, readNeeds, readTask } from './record.ts';
import { isReport, readReport, reportKinds } from './report.ts';
import { listText as text } from './list-text.ts';

type InboxProps = Readonly<{
  view: View;
  tab: Tab;
  page: Page<InboxLine>;
  counts: Counts;
  /** Needs that no line hides behind others. */
  dangers: ReadonlySet<string>;
  notices: readonly Notice[];
  /** Sheets are printed by professionals. */
  mayPrint: boolean;
}>;

/** The office's referrals: a tab each for what is new, mine, everything, waiting, overdue, closed. */
export const inboxPage = ({ view, tab, page, counts, dangers, notices, mayPrint }: InboxProps): string =>
  renderPage(
    <Frame view={view} title={text.inbox} lead={text.inboxLead} wide>
      <NoticesPanel view={view} notices={notices} />
      <Tabs
        view={view}
        label={text.tabs}
        tabs={tabs.map((one) => ({
          href: `/inbox?tab=${one}`,
          label: text[one],
          current: one === tab,
          count: one === 'closed' ? undefined : counts[one],
        }))}
      />
      {page.lines.length === 0 ? (
        <NothingHere view={view} tab={tab} />
      ) : (
        <Table
          view={view}
          caption={text[tab]}
          hideCaption
          columns={mayPrint ? [...inboxColumns, { label: text.print }] : inboxColumns}
          rows={page.lines.map((line) => inboxRow(view, line, dangers, mayPrint))}
        />
      )}
      {mayPrint && page.lines.length > 0 ? (
        <PickBar
          view={view}
          action="/prints/new"
          list={{ tab }}
          ticked={text.printTicked}
          all={text.printAll}
        />
      ) : null}
      <Pager view={view} previous={page.previous} next={page.next} />
    </Frame>,
  );

const inboxColumns: readonly Column[] = [
  { label: text.person },
  { label: text.urgency },
  { label: text.needs },
  { label: text.deadline, kind: 'date' },
  { label: text.state },
  { label: text.assignee },
  { label: text.from },
];

function inboxRow(
  view: View,
  { task, patient, category, detail, other, assignee }: InboxLine,
  dangers: ReadonlySet<string>,
  mayPrint: boolean,
): Row {
  const referral = readTask(task);
  return {
    key: referral.id,
    ...(isOverdue(referral, view.now) ? { tone: 'bad' as const } : {}),
    cells: [
      <PersonCell
        view={view}
        patient={patient}
        noContact={forbidsContact(detail)}
        href={`/referrals/${referral.id}`}
        caseNumber={referral.caseNumber}
      />,
      <UrgencyMark view={view} urgency={referral.urgency} />,
      <NeedsShort view={view} needs={readNeeds(category ?? [])} dangers={dangers} />,
      <DeadlineMark view={view} referral={referral} />,
      <StateMark view={view} referral={referral} />,
      assignee ?? <span class="soft">{view.t(text.nobody)}</span>,
      other ?? '',
      ...(mayPrint ? [<PickBox view={view} id={referral.id} name={referral.caseNumber} />] : []),
    ],
  };
}

const nothing = {
  new: [text.emptyNew, text.emptyNewNext, 'mine', text.toMine],
  mine: [text.emptyMine, text.emptyMineNext, 'new', text.toNew],
  all: [text.emptyAll, text.emptyAllNext, undefined, undefined],
  waiting: [text.emptyWaiting, text.emptyWaitingNext, 'mine', text.toMine],
  overdue: [text.emptyOverdue, text.emptyOverdueNext, 'all', text.toAll],
  closed: [text.emptyClosed, text.emptyClosedNext, 'all', text.toAll],
} as const;

function NothingHere({ view, tab }: Readonly<{ view: View; tab: Tab }>): JSX.Element {
  const [title, next, to, label] = nothing[tab];
  return (
    <Empty
      view={view}
      title={title}
      next={
        <>
          <p>{view.t(next)}</p>
          {to === undefined ? null : (
            <LinkButton href={`/inbox?tab=${to}`} kind="secondary">
              {view.t(label)}
            </LinkButton>
          )}
        </>
      }
    />
  );
}

type SentProps = Readonly<{ view: View; tab: SentTab; search: string; page: Page<SentLine> }>;

/** What the clinic has sent, and what became of it. */
export const sentPage = ({ view, tab, search, page }: SentProps): string =>
  renderPage(
    <Frame view={view} title={text.sent} lead={text.sentLead} wide>
      <Form view={view} action="/referrals" method="get" inline>
        <TextField
          view={view}
          state={emptyForm({ q: search })}
          name="q"
          label={text.search}
          hint={text.searchHint}
          type="search"
          mark={false}
        />
        <input type="hidden" name="tab" value={tab} />
        <Button kind="secondary">{view.t(text.find)}</Button>
        {search === '' ? null : (
          <LinkButton href={`/referrals?tab=${tab}`} kind="quiet">
            {view.t(text.clear)}
          </LinkButton>
        )}
      </Form>
      <Tabs
        view={view}
        label={text.sentTabs}
        tabs={sentTabs.map((one) => ({
          href: `/referrals?${String(new URLSearchParams({ tab: one, ...(search ? { q: search } : {}) }))}`,
          label: text[one],
          current: one === tab,
        }))}
      />
      {page.lines.length === 0 ? (
        <NothingSent view={view} tab={tab} search={search} />
      ) : (
        <Table
          view={view}
          caption={text.sent}
          hideCaption
          columns={sentColumns}
          rows={page.lines.map((line) => sentRow(view, line))}
        />
      )}
      <Pager view={view} previous={page.previous} next={page.next} />
    </Frame>,
  );

const sentColumns: readonly Column[] = [
  { label: text.person },
  { label: text.state },
  { label: text.lastNews, kind: 'date' },
  { label: text.to },
  { label: text.urgency },
  { label: text.deadline, kind: 'date' },
];

function sentRow(view: View, { task, patient, other, news }: SentLine): Row {
  const referral = readTask(task);
  return {
    key: referral.id,
    ...(isOverdue(referral, view.now) ? { tone: 'warn' as const } : {}),
    cells: [
      <PersonCell
        view={view}
        patient={patient}
        href={`/referrals/${referral.id}`}
        caseNumber={referral.caseNumber}
      />,
      <StateMark view={view} referral={referral} sent />,
      <LastNews view={view} news={news} changed={task.meta.lastUpdated} />,
      other ?? '',
      <UrgencyMark view={view} urgency={referral.urgency} />,
      <DeadlineMark view={view} referral={referral} />,
    ],
  };
}

function LastNews(props: Readonly<{ view: View; news: SentLine['news']; changed: string }>): JSX.Element {
  const { view, news, changed } = props;
  if (news?.resourceType !== 'Communication' || !isReport(news))
    return <span>{showDate(changed, view.language)}</span>;
  const report = readReport(news);
  // Something happened since: held, resumed, ended without a letter yet.
  if (dayInTokyo(new Date(changed)) > dayInTokyo(new Date(report.sent)))
    return <span>{showDate(changed, view.language)}</span>;
  return (
    <div class="state">
      <span>{report.kind === undefined ? '' : view.t(reportKinds[report.kind])}</span>
      <small>{showDate(report.sent, view.language)}</small>
    </div>
  );
}

function NothingSent(props: Readonly<{ view: View; tab: SentTab; search: string }>): JSX.Element {
  const { view, tab, search } = props;
  if (search !== '')
    return (
      <Empty
        view={view}
        title={text.noneFound}
        next={
          <LinkButton href={`/referrals?tab=${tab}`} kind="secondary">
            {view.t(text.clear)}
          </LinkButton>
        }
      />
    );
  return (
    <Empty
      view={view}
      title={tab === 'open' ? text.emptySentOpen : text.emptyClosed}
      next={
        <>
          <p>{view.t(tab === 'open' ? text.emptySentNext : text.emptyClosedNext)}</p>
          <LinkButton href="/patients" kind="secondary">
            {view.t(text.toPatients)}
          </LinkButton>
        </>
      }
    />
  );
}
