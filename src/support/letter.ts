import { fax, type FaxHead } from '../documents/fax-cover.ts';
import type { PrintedSheet } from '../documents/printed.ts';
import { reportBack, reportSketch, type ReportBackData } from '../documents/report-back.ts';
import { partyOf, reachOf } from '../documents/party.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language } from '../kernel/sentence.ts';
import { warned } from '../people/danger/marks.tsx';
import { displayName } from '../people/record.ts';
import { reportName } from '../referral/report.ts';
import {
  readContactLine,
  readGoalLine,
  readOutcomeLine,
  readResourceLine,
  sayLine,
  type ContactLine,
} from './lines.ts';
import type { OneReport } from './reports.ts';

/** Where nobody knows the doctor who referred, the letter goes to the clinic. */
export type LetterGiven = OneReport & Readonly<{ language: Language; sheetId: string }>;

/** The letter of a report as a printed sheet. */
export const letterSheet = (report: string, language: Language): PrintedSheet => ({
  kind: 'report',
  about: { type: 'Communication', id: report },
  language,
});

/** The same with its cover: the letter's id, then the cover's. */
export const letterSheets = (report: string, language: Language): PrintedSheet[] => {
  const letter = letterSheet(report, language);
  return [letter, { ...letter, kind: 'fax-cover' }];
};

/** 返書 as a sheet to print or fax: the report as it was sent, with whom to call. */
export const printLetter = (given: LetterGiven): Promise<Buffer> => reportBack(letterOf(given));

/** The same with a cover, to be laid on the machine as it is. */
export function printFax(given: LetterGiven & Readonly<{ coverId: string }>): Promise<Buffer> {
  const letter = letterOf(given);
  return fax(faxHeadOf(letter, given.coverId), reportSketch(letter));
}

export const faxHeadOf = (
  { language, to, from, date, caseNumber }: ReportBackData,
  sheetId: string,
): FaxHead => ({ sheetId, language, to, from, date, caseNumber, addressee: 'doctor' });

export function letterOf(given: LetterGiven): ReportBackData {
  const { language, report, referral, person, from } = given;
  const { decision, goals, resources, contacts, outcomes, next } = report.sections;
  const dated = contacts.map(readContactLine);
  const kana = [person?.familyKana, person?.givenKana].filter(Boolean).join(' ');
  return {
    sheetId: given.sheetId,
    language,
    title: reportName(report.kind)[language],
    kind: report.kind ?? 'other',
    to: { ...partyOf(given.to), ...(given.doctor === undefined ? {} : { person: given.doctor }) },
    from: partyOf(from),
    date: dayInTokyo(new Date(report.sent)),
    caseNumber: referral?.caseNumber ?? report.id.slice(0, 8),
    patient: {
      name: person === undefined ? '' : displayName(person, language),
      ...(kana ? { kana } : {}),
      ...(person?.birthDate ? { birthDate: person.birthDate } : {}),
      ...warned(person, language),
    },
    ...(referral === undefined ? {} : { referredOn: dayInTokyo(new Date(referral.authoredOn)) }),
    ...(decision.length > 0 ? { decided: decision.join('\n') } : {}),
    goals: goals.map(readGoalLine),
    resources: resources.map(readResourceLine),
    contacts: dated.filter((c): c is ContactLine => c !== undefined),
    outcomes: outcomes.map(readOutcomeLine),
    // Contacts without a day cannot stand in the table; they are not dropped.
    nextSteps: [
      ...contacts.filter((_, i) => dated[i] === undefined).map((c) => sayLine(c, language)),
      ...next,
    ],
    linkWorker: {
      name: given.worker ?? from?.name ?? '',
      ...reachOf(from),
    },
  };
}
