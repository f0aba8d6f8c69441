import type { RadarShown } from '../kernel/radar.ts';
import type { Language } from '../kernel/sentence.ts';
import { longDay } from './dates.ts';
import { personGrid, type PersonShown } from './party.ts';
import { radarChart } from './radar.ts';
import { question, type Question } from './question.ts';
import { heading, drawAlone, paragraph, section, type Sheet, type Sketch } from './sheet.ts';
import { text } from './text.ts';

export type QuestionnaireSheetData = Readonly<{
  /** Of the printed sheet; see `printed.ts`. */
  sheetId: string;
  language: Language;
  title: string;
  /** The title with its readings, on a sheet whose words have theirs above them. */
  furigana?: string;
  instructions?: string;
  sections: readonly Readonly<{ title?: string; questions: readonly Question[] }>[];
  patient?: Pick<PersonShown, 'name' | 'kana' | 'birthDate' | 'warning'>;
  caseNumber?: string;
  /** Stands before the questions: what the answers come to. */
  chart?: RadarShown;
  /** Stand after the questions. */
  footnotes?: readonly Readonly<{ title: string; words: string }>[];
  program: string;
  version: string;
  /** `YYYY-MM-DD` */
  printedOn: string;
  /** Says that this is not the form the project itself uses. */
  notTheProjectsForm: string;
}>;

/** A questionnaire to fill in with a pen, or as it was answered. */
export const questionnaireSheet = (data: QuestionnaireSheetData): Promise<Buffer> =>
  drawAlone(questionnaireSketch(data));

export function questionnaireSketch(data: QuestionnaireSheetData): Sketch {
  const { language, title, printedOn: on, patient } = data;
  const mark = data.caseNumber && text.caseNumbered(data.caseNumber)[language];
  const draw = (sheet: Sheet): void => {
    heading(sheet, [
      text.form(data.program, data.version)[language],
      text.printedOn(longDay(on, language))[language],
      mark,
    ]);
    paragraph(sheet, data.notTheProjectsForm, { style: sheet.styles.small });
    if (patient) personGrid(sheet, patient, on);
    if (!data.sections.some((part) => part.questions.some(isAnswered)))
      paragraph(sheet, data.instructions ?? text.howToTick[language], { after: 8 });
    if (data.chart) radarChart(sheet, data.chart);
    for (const part of data.sections) {
      if (part.title) section(sheet, part.title, 90);
      for (const asked of part.questions) question(sheet, asked);
    }
    for (const { title: about, words } of data.footnotes ?? []) {
      section(sheet, about);
      paragraph(sheet, words);
    }
  };
  const { sheetId, furigana } = data;
  return {
    opening: { language, title, ...(furigana === undefined ? {} : { furigana }), on, mark, sheetId, data },
    draw,
  };
}

const isAnswered = ({ answer, options }: Question): boolean =>
  Boolean(answer) || (options ?? []).some((option) => option.chosen);
