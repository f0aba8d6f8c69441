import type { Communication } from '@medplum/fhirtypes';
import { canonical, codeOf, concept, systems } from '../fhir/codes.ts';
import { idOf, reference } from '../fhir/references.ts';
import type { Sentence } from '../kernel/sentence.ts';

/** What the doctor hears back 返書, and when: at each decision, when there is a plan, and at the end. */
export const reportKinds = {
  accepted: { ja: '引き受けのお知らせ', en: 'Accepted' },
  declined: { ja: '引き受けられないお知らせ', en: 'Declined' },
  plan: { ja: '支援計画のお知らせ', en: 'Support plan' },
  closed: { ja: '支援の結果のお知らせ', en: 'Result of the support' },
  failed: { ja: '支援を終えるお知らせ', en: 'Closed without success' },
  cancelled: { ja: '取り消しのお知らせ', en: 'Cancelled' },
  passed: { ja: '引き継ぎのお知らせ', en: 'Passed on to another office' },
} as const satisfies Record<string, Sentence>;
export type ReportKind = keyof typeof reportKinds;

/** What a report is called wherever it stands alone: on its page, its letter, and in what happened. */
export const reportName = (kind: ReportKind | undefined): Sentence =>
  kind === undefined
    ? { ja: '返書', en: 'Report to the doctor' }
    : { ja: `返書：${reportKinds[kind].ja}`, en: `Report to the doctor: ${reportKinds[kind].en}` };

/** The parts of a report, each a list of lines in the words of whoever wrote it. */
export const reportSections = ['decision', 'goals', 'resources', 'contacts', 'outcomes', 'next'] as const;
export type ReportSection = (typeof reportSections)[number];
export type ReportLines = Readonly<Partial<Record<ReportSection, readonly string[]>>>;

const kindSystem = `${canonical}/CodeSystem/report-kind`;
export const sectionUrl = `${canonical}/StructureDefinition/report-section`;

export type NewReport = Readonly<{
  kind: ReportKind;
  patient: string;
  /** Organization ids: the office that reports, the clinic that referred. */
  from: string;
  to: string;
  requestId: string;
  taskId: string;
  at: string;
  sections: ReportLines;
}>;

/** A report back: one Communication, each line a payload that names its section. Lines without words are left out. */
export const buildReport = (given: NewReport, id?: string): Communication => ({
  resourceType: 'Communication',
  ...(id === undefined ? {} : { id }),
  status: 'completed',
  category: [concept(systems.communication, 'report')],
  topic: concept(kindSystem, given.kind, reportKinds[given.kind].ja),
  subject: reference('Patient', given.patient),
  about: [reference('Task', given.taskId)],
  basedOn: [reference('ServiceRequest', given.requestId)],
  sent: given.at,
  sender: reference('Organization', given.from),
  recipient: [reference('Organization', given.to)],
  ...payloadOf(given.sections),
});

function payloadOf(sections: ReportLines): Pick<Communication, 'payload'> {
  const payload = reportSections.flatMap((section) =>
    (sections[section] ?? [])
      .filter((line) => line.trim() !== '')
      .map((line) => ({
        extension: [{ url: sectionUrl, valueCode: section }],
        contentString: line,
      })),
  );
  return payload.length > 0 ? { payload } : {};
}

export type Report = Readonly<{
  id: string;
  kind: ReportKind | undefined;
  patient: string;
  from: string;
  to: string;
  requestId: string | undefined;
  taskId: string | undefined;
  sent: string;
  sections: Readonly<Record<ReportSection, readonly string[]>>;
}>;

export const isReport = (communication: Pick<Communication, 'category'>): boolean =>
  codeOf(communication.category, systems.communication) === 'report';

/** Reads any report. A stranger's lines without a section stand under `decision`. Never throws. */
export function readReport(report: Communication): Report {
  const kind = codeOf(report.topic, kindSystem);
  const lines = (report.payload ?? []).flatMap((p) => {
    const section = p.extension?.find((e) => e.url === sectionUrl)?.valueCode;
    const known = reportSections.find((s) => s === section) ?? 'decision';
    return p.contentString === undefined ? [] : [{ section: known, line: p.contentString }];
  });
  const of = (section: ReportSection): string[] =>
    lines.flatMap((l) => (l.section === section ? [l.line] : []));
  return {
    id: report.id ?? '',
    kind: kind !== undefined && Object.hasOwn(reportKinds, kind) ? (kind as ReportKind) : undefined,
    patient: idOf(report.subject, 'Patient') ?? '',
    from: idOf(report.sender, 'Organization') ?? '',
    to: idOf(report.recipient?.[0], 'Organization') ?? '',
    requestId: idOf(report.basedOn?.[0], 'ServiceRequest'),
    taskId: idOf(report.about?.[0], 'Task'),
    sent: report.sent ?? report.meta?.lastUpdated ?? '',
    sections: {
      decision: of('decision'),
      goals: of('goals'),
      resources: of('resources'),
      contacts: of('contacts'),
      outcomes: of('outcomes'),
      next: of('next'),
    },
  };
}
