import type { Language } from '../kernel/sentence.ts';
import { longDay } from './dates.ts';
import { grid } from './grid.ts';
import { letterhead } from './letterhead.ts';
import { listing } from './listing.ts';
import { numbersOf, personGrid, type Party, type PersonShown } from './party.ts';
import { points, type Point } from './points.ts';
import { finish, heading, openSheet, paragraph, room, section, space, type Sheet } from './sheet.ts';
import { text } from './text.ts';

export type ReportBackData = Readonly<{
  language: Language;
  /** `other`: a report that does not say of what kind it is. */
  kind: 'accepted' | 'declined' | 'plan' | 'closed' | 'failed' | 'cancelled' | 'other';
  /** The clinic and the doctor who referred. */
  to: Party;
  /** The office. */
  from: Party;
  date: string;
  caseNumber: string;
  patient: Pick<PersonShown, 'name' | 'kana' | 'birthDate'>;
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

const kinds = {
  accepted: { title: text.reportAccepted, opens: text.openAccepted },
  declined: { title: text.reportDeclined, opens: text.openDeclined },
  plan: { title: text.reportPlan, opens: text.openPlan },
  closed: { title: text.reportClosed, opens: text.openClosed },
  failed: { title: text.reportClosed, opens: text.openClosed },
  cancelled: { title: text.reportCancelled, opens: text.openCancelled },
  other: { title: text.reportOther, opens: text.openOther },
} as const;

/** 返書: the letter that tells the referring doctor what became of a patient. Parts without content are left out. */
export async function reportBack(data: ReportBackData): Promise<Buffer> {
  const { language, kind, date, patient, linkWorker } = data;
  const title = kinds[kind].title[language];
  const sheet = openSheet({ language, title, on: date, caseNumber: data.caseNumber, data });
  heading(sheet, [text.caseNumbered(data.caseNumber)[language]]);
  letterhead(sheet, { to: data.to, from: data.from, date, addressee: 'doctor' });
  paragraph(sheet, text.greeting[language], { after: 0 });
  paragraph(sheet, kinds[kind].opens(patient.name)[language], { after: 8 });
  const referredOn = data.referredOn && longDay(data.referredOn, language);
  personGrid(sheet, patient, date, [{ label: text.referredOn[language], value: referredOn }]);
  if (data.decided) {
    section(sheet, text.decided[language]);
    paragraph(sheet, data.decided);
  }
  listed(
    sheet,
    text.outcomes[language],
    data.outcomes.map(({ text: main, about }) => (about ? { main: about, under: [main] } : { main })),
  );
  listed(
    sheet,
    text.goals[language],
    data.goals.map(({ text: main, due }) => ({
      main: due ? `${main}（${text.goalDue(longDay(due, language))[language]}）` : main,
    })),
  );
  if (data.resources.length > 0) {
    section(sheet, text.linked[language], 70);
    const columns = [text.resource, text.resourceFor, text.state].map((t, i) => ({
      title: t[language],
      part: [0.36, 0.4, 0.24][i] ?? 0,
    }));
    listing(
      sheet,
      columns,
      data.resources.map(({ name, purpose, state }) => [name, purpose, state]),
    );
  }
  if (data.contacts.length > 0) {
    section(sheet, text.contacts[language], 70);
    const columns = [text.contactOn, text.contactHow, text.contactResult].map((t, i) => ({
      title: t[language],
      part: [0.26, 0.2, 0.54][i] ?? 0,
    }));
    listing(
      sheet,
      columns,
      data.contacts.map(({ on, how, result }) => [longDay(on, language), how, result]),
    );
  }
  listed(
    sheet,
    text.nextSteps[language],
    data.nextSteps.map((main) => ({ main })),
  );
  if (data.nextReport) paragraph(sheet, text.nextReport(longDay(data.nextReport, language))[language]);
  const worker = [linkWorker.name, numbersOf(linkWorker, language)].filter(Boolean).join('　');
  room(sheet, 60);
  space(sheet, 6);
  grid(sheet, [[{ label: text.linkWorker[language], value: worker }]]);
  paragraph(sheet, text.closing[language]);
  return finish(sheet);
}

function listed(sheet: Sheet, name: string, list: readonly Point[]): void {
  if (list.length === 0) return;
  section(sheet, name);
  points(sheet, list);
}
