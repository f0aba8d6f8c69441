import type { JSX } from 'preact';
import type { Task } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import type { PersonPart } from '../people/part.ts';
import { readOrganization } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { programsOf } from '../programs/record.ts';
import { showDate, showDateTime } from '../web/dates.ts';
import { LinkButton } from '../web/form.tsx';
import { Empty, Notice, Panel, Table } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { StateMark } from './parts.tsx';
import { sentAndHeard } from './person-queries.ts';
import { personText as text } from './person-text.ts';
import { readTask, type Referral } from './record.ts';
import { text as sheetText } from './request-sheet/text.ts';
import { readReport, reportKinds, reportSections, type Report } from './report.ts';
import { statusNames, steps } from './workflow.ts';

type Sent = Referral & Readonly<{ changed: string; office: string; newest: Report | undefined }>;
type Shown = Readonly<{
  patient: string;
  sent: readonly Sent[];
  reports: readonly Report[];
  /** The clinic's program takes referrals on paper, too. */
  byFax: boolean;
}>;

/** The referral on the clinic's page of a person, and what came of it: seen without asking anybody. */
export const referralPart =
  (programs: readonly Program[]): PersonPart =>
  async (records, person) => {
    const shown = await read(records, programs, person.id);
    const [last] = shown.sent;
    return {
      steps: [
        {
          id: 'referral',
          label: text.referral,
          done: shown.sent.some((one) => !['draft', 'rejected', 'cancelled'].includes(one.status)),
          next: { href: `/patients/${person.id}/referrals/new`, label: text.refer },
          panel: (view, isNext) => <ReferralPanel view={view} shown={shown} isNext={isNext} />,
        },
        {
          id: 'result',
          label: text.after,
          done: shown.sent.some((one) => one.status === 'completed'),
          panel: (view) => <ReportsPanel view={view} shown={shown} />,
        },
      ],
      ...(last ? { news: (view) => <News view={view} last={last} newest={shown.reports[0]} /> } : {}),
    };
  };

async function read(records: Records, programs: readonly Program[], patient: string): Promise<Shown> {
  const { tasks, reports: found, body } = await sentAndHeard(records, patient);
  const byFax = body !== undefined && programsOf(programs, body).some((one) => one.received !== undefined);
  const names = new Map(
    tasks.flatMap(({ office }) => (office ? [[office.id, readOrganization(office).name] as const] : [])),
  );
  const reports = found.map(readReport);
  return { patient, byFax, reports, sent: tasks.map(({ task }) => asSent(task, names, reports)) };
}

function asSent(task: Stored<Task>, names: ReadonlyMap<string, string>, reports: readonly Report[]): Sent {
  const referral = readTask(task);
  return {
    ...referral,
    changed: task.lastModified ?? task.meta.lastUpdated,
    office: names.get(referral.to) ?? '',
    newest: reports.find((one) => one.taskId === task.id || one.requestId === referral.requestId),
  };
}

/** What a doctor who opens the page wants to know first: how it stands, and the newest word from the office. */
function News(props: Readonly<{ view: View; last: Sent; newest: Report | undefined }>): JSX.Element {
  const { view, last, newest } = props;
  const bad = ['rejected', 'failed', 'on-hold', 'cancelled'].includes(last.status);
  const lines = newest?.sections.decision.slice(0, 2) ?? [];
  return (
    <Notice
      view={view}
      kind={bad ? 'warning' : last.status === 'completed' ? 'success' : 'info'}
      title={text.stands(
        view.t(last.status === 'requested' ? text.waiting : statusNames[last.status]),
        last.office,
      )}
    >
      <p>
        {view.t(text.changed(showDateTime(last.changed, view.language)))}
        {isWorking(last) ? `　${view.t(steps[last.step])}` : ''}
      </p>
      {last.reason ? <p>{last.reason.text}</p> : null}
      {lines.map((line, i) => (
        <p key={i}>{line}</p>
      ))}
      <p>
        {newest ? (
          <a href={`/reports/${newest.id}`}>
            {view.t(text.readReport(view.t(newest.kind ? reportKinds[newest.kind] : text.report)))}
          </a>
        ) : (
          <a href={`/referrals/${last.id}`}>{view.t(text.see)}</a>
        )}
      </p>
    </Notice>
  );
}

const isWorking = ({ status }: Referral): boolean => ['accepted', 'in-progress', 'on-hold'].includes(status);

function ReferralPanel({
  view,
  shown,
  isNext,
}: Readonly<{ view: View; shown: Shown; isNext: boolean }>): JSX.Element {
  const href = `/patients/${shown.patient}/referrals/new`;
  const some = shown.sent.length > 0;
  return (
    <Panel
      view={view}
      id="referral"
      title={text.referral}
      aside={some ? <a href={href}>{view.t(text.referAgain)}</a> : undefined}
    >
      {some ? (
        <Table
          view={view}
          caption={text.referral}
          hideCaption
          columns={[
            { label: text.to },
            { label: text.state },
            { label: text.sentOn, kind: 'date' },
            { label: text.lastNews, kind: 'date' },
          ]}
          rows={shown.sent.map((one) => ({ key: one.id, cells: cellsOf(view, one) }))}
        />
      ) : (
        <Empty
          view={view}
          title={text.none}
          next={
            <>
              <p>{view.t(text.noneNext)}</p>
              {isNext ? null : (
                <LinkButton href={href} kind="secondary">
                  {view.t(text.refer)}
                </LinkButton>
              )}
            </>
          }
        />
      )}
      {shown.byFax ? <ByFax view={view} patient={shown.patient} /> : null}
    </Panel>
  );
}

/** The other way to ask: a sheet to sign and to fax, with the person on it. */
const ByFax = ({ view, patient }: Readonly<{ view: View; patient: string }>): JSX.Element => (
  <>
    <p>{view.t(sheetText.byFax)}</p>
    <p>
      <LinkButton href={`/patients/${patient}/request-sheet.pdf`} kind="secondary">
        {view.t(sheetText.forPerson)}
      </LinkButton>
    </p>
  </>
);

const cellsOf = (view: View, one: Sent): JSX.Element[] => [
  <a href={`/referrals/${one.id}`}>{one.office || one.caseNumber}</a>,
  <StateMark view={view} referral={one} sent />,
  <>{showDate(one.authoredOn, view.language)}</>,
  <>{showDate(one.newest && one.newest.sent > one.changed ? one.newest.sent : one.changed, view.language)}</>,
];

/** The first words of a report, whichever of its parts has some. */
const gistOf = ({ sections }: Report): string =>
  reportSections
    .flatMap((part) => sections[part])
    .slice(0, 2)
    .join(' ');

function ReportsPanel({ view, shown }: Readonly<{ view: View; shown: Shown }>): JSX.Element {
  return (
    <Panel view={view} id="result" title={text.reports}>
      {shown.reports.length === 0 ? (
        <p>{view.t(shown.sent.length === 0 ? text.noReportsYet : text.reportsWillCome)}</p>
      ) : (
        <Table
          view={view}
          caption={text.reports}
          hideCaption
          columns={[{ label: text.report }, { label: text.receivedOn, kind: 'date' }, { label: text.gist }]}
          rows={shown.reports.map((one) => ({
            key: one.id,
            cells: [
              <a href={`/reports/${one.id}`}>{view.t(one.kind ? reportKinds[one.kind] : text.report)}</a>,
              <>{showDate(one.sent, view.language)}</>,
              <>{gistOf(one)}</>,
            ],
          }))}
        />
      )}
    </Panel>
  );
}
