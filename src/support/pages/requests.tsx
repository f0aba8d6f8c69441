import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import { LimitsMark } from '../../people/danger/marks.tsx';
import { displayName, readOrganization, readPatient } from '../../people/record.ts';
import { readServiceRequest, readTask, type Referral } from '../../referral/record.ts';
import { endedByConsent } from '../../referral/unseen.ts';
import { reasons, type Status as StatusCode } from '../../referral/workflow.ts';
import { timeLeft } from '../../referral/deadlines.ts';
import { showDate } from '../../web/dates.ts';
import { LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Pager, Status, Table, Tabs, type Row, type ShapeName, type Tone } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { requestTabs, type RequestLine, type RequestTab } from '../queries.ts';
import { requestStates, type AskedResource } from '../requests.ts';
import { requestWords as text } from '../request-text.ts';
import { caseFrame, type CaseProps } from './frame.tsx';

const looks: Readonly<Record<StatusCode, readonly [ShapeName, Tone]>> = {
  draft: ['square', 'neutral'],
  requested: ['circle', 'info'],
  accepted: ['half', 'good'],
  'in-progress': ['full', 'good'],
  'on-hold': ['pause', 'warn'],
  completed: ['check', 'good'],
  rejected: ['cross', 'warn'],
  failed: ['cross', 'warn'],
  cancelled: ['cross', 'neutral'],
  'entered-in-error': ['cross', 'neutral'],
};

/** How a request to a group stands. */
export function RequestState({
  view,
  referral,
  isNew = false,
}: Readonly<{ view: View; referral: Referral; isNew?: boolean }>): JSX.Element {
  const [shape, tone] = looks[referral.status];
  return (
    <div class="state">
      <Status shape={shape} tone={tone}>
        {view.t(requestStates[referral.status])}
      </Status>
      {isNew ? (
        <small>
          <strong>{view.t(text.newAnswer)}</strong>
        </small>
      ) : null}
      {endedByConsent(referral) && referral.reason?.code !== undefined ? (
        <small>{view.t(reasons[referral.reason.code])}</small>
      ) : null}
    </div>
  );
}

const isLate = (referral: Referral, now: Date): boolean =>
  referral.status === 'requested' && referral.due !== undefined && timeLeft(referral.due, now).overdue;

function Due({ view, referral }: Readonly<{ view: View; referral: Referral }>): JSX.Element {
  if (referral.due === undefined || referral.status !== 'requested') return <span class="soft">—</span>;
  return (
    <div class="state">
      <span>{showDate(referral.due, view.language)}</span>
      {isLate(referral, view.now) ? (
        <small>
          <Status shape="alert" tone="bad">
            {view.t(text.overdue)}
          </Status>
        </small>
      ) : null}
    </div>
  );
}

type CaseRequests = CaseProps & Readonly<{ requests: readonly AskedResource[]; unseen: readonly string[] }>;

/** Whom this person was linked to, and how it stands. */
export function caseRequestsPage(props: CaseRequests): string {
  const { view, requests, one } = props;
  const find = (
    <LinkButton
      href={`/referrals/${one.task.id}/resources`}
      kind={requests.length === 0 ? 'primary' : 'secondary'}
    >
      {view.t(text.find)}
    </LinkButton>
  );
  return caseFrame({
    ...props,
    unseen: props.unseen.length,
    page: text.page,
    current: 'requests',
    children:
      requests.length === 0 ? (
        <Empty
          view={view}
          title={text.none}
          next={
            <>
              <p>{view.t(text.noneNext)}</p>
              {find}
            </>
          }
        />
      ) : (
        <>
          <Table
            view={view}
            caption={text.page}
            hideCaption
            columns={[
              { label: text.resource },
              { label: text.state },
              { label: text.wish },
              { label: text.sent, kind: 'date' },
              { label: text.due, kind: 'date' },
            ]}
            rows={requests.map((r) => caseRow(view, r, props.unseen))}
          />
          {find}
        </>
      ),
  });
}

const caseRow = (view: View, { referral, name, asked }: AskedResource, unseen: readonly string[]): Row => ({
  key: referral.id,
  ...(isLate(referral, view.now) ? { tone: 'bad' as const } : {}),
  cells: [
    <a href={`/requests/${referral.id}`}>{name}</a>,
    <RequestState view={view} referral={referral} isNew={unseen.includes(referral.id)} />,
    asked?.reason ?? '',
    showDate(referral.authoredOn, view.language),
    <Due view={view} referral={referral} />,
  ],
});

type ListProps = Readonly<{
  view: View;
  tab: RequestTab;
  lines: readonly RequestLine[];
  page: number;
  more: boolean;
}>;

const tabNames: Readonly<Record<RequestTab, Sentence>> = { open: text.open, ended: text.endedTab };

/** All the office asked of groups: what waits for an answer first. */
export const requestsPage = ({ view, tab, lines, page, more }: ListProps): string =>
  renderPage(
    <Frame view={view} title={text.list} lead={text.listLead} wide>
      <Tabs
        view={view}
        label={text.tabs}
        tabs={requestTabs.map((one) => ({
          href: `/requests?tab=${one}`,
          label: tabNames[one],
          current: one === tab,
        }))}
      />
      {lines.length === 0 ? (
        <Empty
          view={view}
          title={tab === 'open' ? text.listNone : text.listNoneEnded}
          next={
            <>
              <p>{view.t(text.listNoneNext)}</p>
              <LinkButton href="/inbox" kind="secondary">
                {view.t(text.toInbox)}
              </LinkButton>
            </>
          }
        />
      ) : (
        <Table
          view={view}
          caption={tabNames[tab]}
          hideCaption
          columns={[
            { label: text.person },
            { label: text.resource },
            { label: text.state },
            { label: text.wish },
            { label: text.sent, kind: 'date' },
            { label: text.due, kind: 'date' },
          ]}
          rows={lines.map((line) => listRow(view, line))}
        />
      )}
      <Pager
        view={view}
        previous={page > 1 ? `/requests?tab=${tab}&page=${String(page - 1)}` : undefined}
        next={more ? `/requests?tab=${tab}&page=${String(page + 1)}` : undefined}
      />
    </Frame>,
  );

function listRow(view: View, { task, patient, request, body, service }: RequestLine): Row {
  const referral = readTask(task);
  const name = service?.name ?? (body === null ? '' : readOrganization(body).name);
  const person = patient === null ? undefined : readPatient(patient);
  return {
    key: referral.id,
    ...(isLate(referral, view.now) ? { tone: 'bad' as const } : {}),
    cells: [
      <div class="state">
        <a href={`/requests/${referral.id}`}>
          {person === undefined ? view.t(text.hiddenPerson) : displayName(person, view.language)}
        </a>
        <LimitsMark view={view} person={person} />
      </div>,
      name,
      <RequestState view={view} referral={referral} />,
      request === null ? '' : readServiceRequest(request).reason,
      showDate(referral.authoredOn, view.language),
      <Due view={view} referral={referral} />,
    ],
  };
}
