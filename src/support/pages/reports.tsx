import type { JSX } from 'preact';
import type { Role } from '../../kernel/actor.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { LimitsNotice } from '../../people/danger/marks.tsx';
import { displayName, type ReadPatient } from '../../people/record.ts';
import {
  reportKinds,
  reportName,
  reportSections,
  type Report,
  type ReportSection,
} from '../../referral/report.ts';
import { CaseTabs } from '../../referral/tabs.tsx';
import { showDate, showDateTime } from '../../web/dates.ts';
import { Button, Buttons, Form, LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Facts, Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Faxed } from '../fax.ts';
import { faxWords as fax } from '../fax-text.ts';
import { readContactLine, readResourceLine, sayLine } from '../lines.ts';
import type { OneReport, Reports } from '../reports.ts';
import { reportWords as text } from '../end-text.ts';
import { caseWords } from '../text.ts';

const nameOf = (view: View, person: ReadPatient | undefined): string =>
  person === undefined ? view.t(text.hiddenPerson) : displayName(person, view.language);

const kindOf = (view: View, { kind }: Report): string =>
  view.t(kind === undefined ? reportName(kind) : reportKinds[kind]);

const backOf = (role: Role): Readonly<{ href: string; label: Sentence }> =>
  role === 'linkworker' || role === 'neighbour'
    ? { href: '/inbox', label: caseWords.back }
    : { href: '/referrals', label: text.backSent };

/** What the doctor heard of a referral, newest first. */
export function reportsPage({
  view,
  role,
  shown,
}: Readonly<{ view: View; role: Role; shown: Reports }>): string {
  const { referral, person, reports } = shown;
  return renderPage(
    <Frame
      view={view}
      title={caseWords.of(nameOf(view, person), view.t(text.page))}
      lead={caseWords.caseNumber(referral.caseNumber)}
      back={backOf(role)}
      wide
    >
      <CaseTabs view={view} id={referral.id} role={role} current="reports" />
      {reports.length === 0 ? (
        <Empty view={view} title={text.none} next={view.t(text.noneNext)} />
      ) : (
        <Table
          view={view}
          caption={text.page}
          hideCaption
          columns={[
            { label: text.kind },
            { label: text.decision },
            { label: text.sent, kind: 'date' },
            { label: text.letter },
          ]}
          rows={reports.map((report) => ({
            key: report.id,
            cells: [
              <a href={`/reports/${report.id}`}>{kindOf(view, report)}</a>,
              <span class="pre-line">{report.sections.decision.join('\n')}</span>,
              showDate(report.sent, view.language),
              <a
                href={`/reports/${report.id}/letter.pdf`}
                aria-label={view.t(text.letterOf(kindOf(view, report)))}
              >
                PDF
              </a>,
            ],
          }))}
        />
      )}
    </Frame>,
  );
}

const sectionNames: Readonly<Record<ReportSection, Sentence>> = {
  decision: text.decision,
  goals: text.goals,
  resources: text.resources,
  contacts: text.contacts,
  outcomes: text.outcomes,
  next: text.next,
};

/** One report: whose it is, from whom, and its sections; those without words are left out. */
export function reportPage(
  props: Readonly<{
    view: View;
    role: Role;
    shown: OneReport;
    faxes: readonly Faxed[];
    /** The reader's body sent it. */
    isOurs: boolean;
    once: string;
  }>,
): string {
  const { view, role, shown } = props;
  const { report, referral, person, from, to, doctor } = shown;
  const born = person?.birthDate && showDate(person.birthDate, view.language, { era: true });
  return renderPage(
    <Frame
      view={view}
      title={reportName(report.kind)}
      lead={caseWords.person(nameOf(view, person))}
      back={
        referral === undefined
          ? backOf(role)
          : { href: `/referrals/${referral.id}/reports`, label: text.backToList }
      }
      actions={
        <LinkButton href={`/reports/${report.id}/letter.pdf`} kind="secondary" small>
          {view.t(text.print)}
        </LinkButton>
      }
    >
      <LimitsNotice view={view} person={person} />
      <Panel view={view} title={text.about}>
        <Facts
          view={view}
          rows={[
            [text.person, nameOf(view, person)],
            [text.birth, born],
            [text.from, from?.name],
            [text.to, [to?.name, doctor && view.t(text.doctor(doctor))].filter(Boolean).join('　')],
            [text.sent, showDateTime(report.sent, view.language)],
            ...(referral === undefined
              ? []
              : [[text.number, <a href={`/referrals/${referral.id}`}>{referral.caseNumber}</a>] as const]),
          ]}
        />
      </Panel>
      {reportSections
        .filter((section) => report.sections[section].length > 0)
        .map((section) => (
          <Panel key={section} view={view} title={sectionNames[section]}>
            <Section view={view} section={section} lines={report.sections[section]} />
          </Panel>
        ))}
      <FaxPanel {...props} />
    </Frame>,
  );
}

/** Cover and report for the machine, and when they went out; the clinic reads along. */
function FaxPanel({
  view,
  role,
  shown,
  faxes,
  isOurs,
  once,
}: Parameters<typeof reportPage>[0]): JSX.Element | null {
  const { report, to } = shown;
  const sends = isOurs && role === 'linkworker';
  if (!sends && faxes.length === 0) return null;
  return (
    <Panel view={view} title={fax.title} id="fax">
      {to?.fax === undefined ? (
        <p>{view.t(fax.noNumber)}</p>
      ) : (
        <>
          <p>{view.t(fax.to(to.name, to.fax))}</p>
          {sends ? (
            <Buttons>
              <LinkButton href={`/reports/${report.id}/fax.pdf`} kind="secondary">
                {view.t(fax.print)}
              </LinkButton>
              <Form view={view} action={`/reports/${report.id}/faxed`} once={once}>
                <Button>{view.t(fax.mark)}</Button>
              </Form>
            </Buttons>
          ) : null}
        </>
      )}
      {faxes.length === 0 ? (
        <p class="soft">{view.t(fax.never)}</p>
      ) : (
        <ul>
          {faxes.map(({ at, number }) => (
            <li key={at.toISOString()}>{view.t(fax.sent(showDateTime(at, view.language), number))}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

type SectionProps = Readonly<{ view: View; section: ReportSection; lines: readonly string[] }>;

/** A section as its lines allow: a table where all of them have the same parts, else a list. */
function Section({ view, section, lines }: SectionProps): JSX.Element {
  const dated = lines.flatMap((line) => readContactLine(line) ?? []);
  switch (section) {
    case 'decision':
      return (
        <>
          {lines.map((line, i) => (
            <p key={i}>{sayLine(line, view.language)}</p>
          ))}
        </>
      );
    case 'resources':
      return (
        <Table
          view={view}
          caption={text.resources}
          hideCaption
          columns={[{ label: text.name }, { label: text.purpose }, { label: text.state }]}
          rows={lines.map(readResourceLine).map((one, i) => ({
            key: String(i),
            cells: [one.name, one.purpose ?? '', one.state ?? ''],
          }))}
        />
      );
    case 'contacts':
      if (dated.length < lines.length) return <Listed view={view} lines={lines} />;
      return (
        <Table
          view={view}
          caption={text.contacts}
          hideCaption
          columns={[{ label: text.on, kind: 'date' }, { label: text.how }]}
          rows={dated.map((one, i) => ({
            key: String(i),
            cells: [showDate(one.on, view.language), [one.how, one.result].filter(Boolean).join('　')],
          }))}
        />
      );
    case 'goals':
    case 'outcomes':
    case 'next':
      return <Listed view={view} lines={lines} />;
  }
}

function Listed({ view, lines }: Omit<SectionProps, 'section'>): JSX.Element {
  return (
    <ul>
      {lines.map((line, i) => (
        <li key={i}>{sayLine(line, view.language)}</li>
      ))}
    </ul>
  );
}
