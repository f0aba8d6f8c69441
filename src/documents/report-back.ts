import type { Language } from '../kernel/sentence.ts';
import { longDay } from './dates.ts';
import { grid } from './grid.ts';
import { letterhead } from './letterhead.ts';
import { listingOf } from './listing.ts';
import { titledTable } from './rows.ts';
import { numbersOf, personGrid, type Party, type PersonShown } from './party.ts';
import { points, type Point } from './points.ts';
import { heading, drawAlone, paragraph, room, section, space, type Sheet, type Sketch } from './sheet.ts';
import { reportText } from './report-text.ts';
import { text } from './text.ts';

export type ReportBackData = Readonly<{
  /** Of the printed sheet; see `printed.ts`. */
  sheetId: string;
  language: Language;
  /** 返書 with its kind, as everywhere. */
  title: string;
  /** `other`: a report that does not say of what kind it is. */
  kind: 'accepted' | 'declined' | 'plan' | 'closed' | 'failed' | 'cancelled' | 'passed' | 'other';
  /** The clinic and the doctor who referred. */
  to: Party;
  /** The office. */
  from: Party;
  date: string;
  caseNumber: string;
  patient: Pick<PersonShown, 'name' | 'kana' | 'birthDate' | 'warning'>;
  referredOn?: string;
  decided?: string;
  goals: readonly Readonly<{ text: string; due?: string }>[];
  resources: readonly Readonly<{ name: string; purpose?: string; state?: string }>[];
  contacts: readonly Readonly<{ on: string; how?: string; result?: string }>[];
  outcomes: readonly Readonly<{ text: string; about?: string }>[];
  nextSteps: readonly string[];
  nextReport?: string;
  linkWorker: Readonly<{ name: string; tel?: string; fax?: string }>;
}>;

const openings = {
  accepted: reportText.openAccepted,
  declined: reportText.openDeclined,
  plan: reportText.openPlan,
  closed: reportText.openClosed,
  failed: reportText.openClosed,
  cancelled: reportText.openCancelled,
  passed: reportText.openPassed,
  other: reportText.openOther,
} as const;

/** 返書: the letter that tells the referring doctor what became of a patient. Parts without content are left out. */
export const reportBack = (data: ReportBackData): Promise<Buffer> => drawAlone(reportSketch(data));

export function reportSketch(data: ReportBackData): Sketch {
  const { language, title, kind, date, patient, linkWorker } = data;
  const mark = text.caseNumbered(data.caseNumber)[language];
  const draw = (sheet: Sheet): void => {
    heading(sheet, [mark]);
    letterhead(sheet, { to: data.to, from: data.from, date, addressee: 'doctor' });
    paragraph(sheet, reportText.greeting[language], { after: 0 });
    paragraph(sheet, openings[kind](patient.name)[language], { after: 8 });
    const referredOn = data.referredOn && longDay(data.referredOn, language);
    personGrid(sheet, patient, date, [{ label: reportText.referredOn[language], value: referredOn }]);
    if (data.decided) {
      section(sheet, reportText.decided[language]);
      paragraph(sheet, data.decided);
    }
    listed(
      sheet,
      reportText.outcomes[language],
      data.outcomes.map(({ text: main, about }) => (about ? { main: about, under: [main] } : { main })),
    );
    listed(
      sheet,
      text.goals[language],
      data.goals.map(({ text: main, due }) => ({
        main: due ? `${main}（${reportText.goalDue(longDay(due, language))[language]}）` : main,
      })),
    );
    if (data.resources.length > 0) {
      const columns = [text.resource, text.resourceFor, text.state].map((t, i) => ({
        title: t[language],
        part: [0.32, 0.36, 0.32][i] ?? 0,
      }));
      const rows = data.resources.map(({ name, purpose, state }) => [name, purpose, state]);
      titledTable(sheet, reportText.linked[language], listingOf(sheet, columns, rows));
    }
    if (data.contacts.length > 0) {
      const columns = [reportText.contactOn, reportText.contactHow, reportText.contactResult].map((t, i) => ({
        title: t[language],
        part: [0.26, 0.2, 0.54][i] ?? 0,
      }));
      const rows = data.contacts.map(({ on, how, result }) => [longDay(on, language), how, result]);
      titledTable(sheet, reportText.contacts[language], listingOf(sheet, columns, rows));
    }
    listed(
      sheet,
      reportText.nextSteps[language],
      data.nextSteps.map((main) => ({ main })),
    );
    if (data.nextReport)
      paragraph(sheet, reportText.nextReport(longDay(data.nextReport, language))[language]);
    const worker = [linkWorker.name, numbersOf(linkWorker, language)].filter(Boolean).join('　');
    room(sheet, 60);
    space(sheet, 6);
    grid(sheet, [[{ label: text.linkWorker[language], value: worker }]]);
    paragraph(sheet, reportText.closing[language]);
  };
  return { opening: { language, title, on: date, mark, sheetId: data.sheetId, data }, draw };
}

function listed(sheet: Sheet, name: string, list: readonly Point[]): void {
  if (list.length === 0) return;
  section(sheet, name);
  points(sheet, list);
}
