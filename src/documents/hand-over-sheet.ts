import type { Language } from '../kernel/sentence.ts';
import { drawChoiceRow, layChoices } from './choices.ts';
import { letterhead } from './letterhead.ts';
import { personGrid, type Party, type PersonShown } from './party.ts';
import { mm } from './pen.ts';
import {
  drawAlone,
  frame,
  heading,
  paragraph,
  room,
  ruledLines,
  section,
  type Sheet,
  type Sketch,
} from './sheet.ts';
import { handOverText } from './hand-over-text.ts';
import { text } from './text.ts';

export type HandOverSheetData = Readonly<{
  sheetId: string;
  language: Language;
  title: string;
  /** Left out of a blank sheet: it is written by hand, as is everything below that is left out. */
  to?: Party;
  from: Party;
  /** Day it was made, `YYYY-MM-DD`. */
  date: string;
  caseNumber: string;
  patient: PersonShown;
  reason?: string;
  asked?: string;
  /** Left out where the consent does not open them to the receiver. */
  needs?: readonly string[];
  summary?: string;
  goals?: readonly string[];
  /** What the receiver is asked to do, in the program's words. */
  asks: string;
  notTheProjectsForm: string;
}>;

/** Letters of the record that leave the sheet one page; the rest is told on the telephone. */
const longest = { summary: 140, goals: 90 };

/** One page by which a consultation window hands a person on to another, with room for the receiver's answer. */
export const handOverSheet = (data: HandOverSheetData): Promise<Buffer> => drawAlone(handOverSketch(data));

export function handOverSketch(data: HandOverSheetData): Sketch {
  const { language, title, date, sheetId } = data;
  const mark = text.caseNumbered(data.caseNumber)[language];
  const draw = (sheet: Sheet): void => {
    heading(sheet, [mark]);
    letterhead(sheet, { to: data.to ?? toWrite, from: data.from, date, addressee: 'office' });
    personGrid(sheet, data.patient, date);
    part(sheet, handOverText.handOverReason[language], data.reason, 2);
    part(sheet, handOverText.handOverAsked[language], data.asked, 2);
    part(sheet, handOverText.handOverNeeds[language], data.needs?.join(language === 'ja' ? '、' : ', '));
    part(
      sheet,
      handOverText.handOverSummary[language],
      data.summary && shortened(data.summary, longest.summary),
      2,
    );
    part(
      sheet,
      handOverText.handOverGoals[language],
      data.goals && shortened(data.goals.join(language === 'ja' ? '／' : ' / '), longest.goals),
    );
    answer(sheet, data);
    paragraph(sheet, data.notTheProjectsForm, { style: sheet.styles.small });
  };
  return { opening: { sheetId, language, title, on: date, mark, data }, draw };
}

const shortened = (words: string, most: number): string => {
  const letters = Array.from(words.trim());
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most).join('')}…`;
};

/** Room for a name and numbers. */
const toWrite: Party = { organization: '　'.repeat(12), tel: '　'.repeat(7), fax: '　'.repeat(6) };

/** What is known, or `lines` to write it on. */
function part(sheet: Sheet, name: string, words: string | undefined, lines = 1): void {
  if (words === undefined) {
    section(sheet, name, mm(9) * lines + 4);
    ruledLines(sheet, lines);
    return;
  }
  if (words.trim() === '') return;
  section(sheet, name);
  paragraph(sheet, words, { after: 2 });
}

const answers = [
  { option: 'taken', words: handOverText.handOverTaken },
  { option: 'not-taken', words: handOverText.handOverNotTaken },
] as const;

/** To be filled in with a pen and faxed back. */
function answer(sheet: Sheet, { language, asks }: HandOverSheetData): void {
  const { pen, styles } = sheet;
  const height = mm(34);
  section(sheet, handOverText.handOverAnswer[language], height + 40);
  paragraph(sheet, asks, { style: styles.small });
  room(sheet, height);
  const top = sheet.y;
  pen.box(frame.left, top, frame.width, height, 1.25);
  const x = frame.left + 10;
  const list = pen.tag(pen.root, 'L');
  answers.forEach(({ option, words }, i) => {
    const choice = { label: words[language], chosen: false, box: { question: 'answer', option } };
    const at = { x, y: top + 6 + i * mm(10) };
    for (const one of layChoices([choice], frame.width - 20, styles.body).rows)
      drawChoiceRow(sheet, list, one, at);
  });
  const at = { x, y: top + 6 + answers.length * mm(10), width: frame.width - 20 };
  pen.write(pen.tag(pen.root, 'P'), [handOverText.handOverBy[language]], at, styles.body);
  sheet.y = top + height + 6;
}
