import type { Language } from '../kernel/sentence.ts';
import { grid } from './grid.ts';
import { letterhead } from './letterhead.ts';
import type { Party } from './party.ts';
import { tickList } from './choices.ts';
import { heading, paragraph, section, space, type Sheet, type Sketch } from './sheet.ts';
import { text } from './text.ts';

export type FaxCoverData = Readonly<{
  sheetId: string;
  language: Language;
  to: Party;
  from: Party;
  date: string;
  caseNumber: string;
  /** What follows, such as the title of the sheet. */
  about: string;
  /** How many pages follow. */
  following: number;
}>;

/** FAX送付状: goes before a sheet, and lies at the machine where everybody passes. It says nothing about any person. */
export function faxCoverSketch(data: FaxCoverData): Sketch {
  const { language, date, following } = data;
  const mark = text.caseNumbered(data.caseNumber)[language];
  const draw = (sheet: Sheet): void => {
    heading(sheet, [mark]);
    letterhead(sheet, { to: data.to, from: data.from, date, addressee: 'office', following });
    section(sheet, text.faxAbout[language]);
    grid(sheet, [
      [{ label: text.faxSubject[language], value: data.about, style: sheet.styles.large }],
      [{ label: text.faxNumber[language], value: data.caseNumber }],
    ]);
    paragraph(sheet, text.faxHandOn[language]);
    space(sheet, 10);
    section(sheet, text.faxReceived[language], 90);
    paragraph(sheet, text.faxCount(following + 1)[language]);
    tickList(
      sheet,
      [text.faxAll, text.faxMissing].map((words) => ({ label: words[language], chosen: false })),
    );
  };
  return {
    opening: { sheetId: data.sheetId, language, title: text.faxTitle[language], on: date, mark, data },
    draw,
  };
}
