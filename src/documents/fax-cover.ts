import type { Language } from '../kernel/sentence.ts';
import { grid } from './grid.ts';
import { letterhead } from './letterhead.ts';
import type { Party } from './party.ts';
import { tickList } from './choices.ts';
import { bind } from './bind.ts';
import { heading, pagesIn, paragraph, section, space, type Sheet, type Sketch } from './sheet.ts';
import { faxText } from './fax-text.ts';
import { text } from './text.ts';

export type FaxCoverData = Readonly<{
  sheetId: string;
  language: Language;
  to: Party;
  from: Party;
  date: string;
  caseNumber: string;
  addressee: 'doctor' | 'office';
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
    letterhead(sheet, { to: data.to, from: data.from, date, addressee: data.addressee, following });
    section(sheet, faxText.faxAbout[language]);
    grid(sheet, [
      [{ label: faxText.faxSubject[language], value: data.about, style: sheet.styles.large }],
      [{ label: faxText.faxNumber[language], value: data.caseNumber }],
    ]);
    paragraph(sheet, faxText.faxHandOn[language]);
    space(sheet, 10);
    section(sheet, faxText.faxReceived[language], 90);
    paragraph(sheet, faxText.faxCount(following + 1)[language]);
    paragraph(sheet, faxText.faxBack[language]);
    tickList(
      sheet,
      [faxText.faxAll, faxText.faxMissing].map((words) => ({ label: words[language], chosen: false })),
    );
  };
  return {
    opening: { sheetId: data.sheetId, language, title: faxText.faxTitle[language], on: date, mark, data },
    draw,
  };
}

/** What a cover says beside what follows it. */
export type FaxHead = Omit<FaxCoverData, 'about' | 'following'>;

/** The cover of a sheet, and the sheet. */
export const faxSketches = (head: FaxHead, body: Sketch): readonly [cover: Sketch, body: Sketch] => [
  faxCoverSketch({ ...head, about: body.opening.title, following: pagesIn(body) }),
  body,
];

/** A sheet with its cover before it, to be laid on the machine as it is. */
export function fax(head: FaxHead, body: Sketch): Promise<Buffer> {
  const { language, date: on, sheetId } = head;
  const about = body.opening.title;
  return bind(
    { language, title: about, on, data: [sheetId, body.opening.data] },
    faxSketches(head, body).map((sketch) => ({ heading: sketch.opening.title, sketches: [sketch] })),
  );
}
