import type { PrintedSheet } from '../documents/printed.ts';
import { questionnaireSheet, type QuestionnaireSheetData } from '../documents/questionnaire-sheet.ts';
import type { Question as PrintedQuestion } from '../documents/question.ts';
import { withFurigana } from '../documents/furigana.ts';
import { text as sheetText } from '../documents/text.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { isLanguage, type Language, type Sentence } from '../kernel/sentence.ts';
import { warned } from '../people/danger/marks.tsx';
import { displayName, type ReadPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { questionsIn, type Answers, type FormModel, type Question } from './form.ts';
import type { Pictures } from './files/printed.ts';
import { filesText } from './files/text.ts';
import { readFileValue } from './files/value.ts';
import { unrolled } from './rows.ts';
import { sayAnswers } from './say.ts';
import { openMark } from './values.ts';
import { answersTo, visible } from './visible.ts';

export type Printing = Readonly<{
  model: FormModel;
  program: Pick<Program, 'name'> & Readonly<{ wording: Readonly<{ notTheProjectsForm: Sentence }> }>;
  person: ReadPatient;
  /** Left out, the sheet is blank and asks every question. */
  answers?: Answers;
  /** Pictures among the files of the answers; others are named. */
  pictures?: Pictures;
  now: Date;
  language: Language;
  /** Of the printed sheet. */
  sheetId: string;
  /** Readings above the words of the form, where it says how they are read. */
  furigana?: boolean;
  /** What a sheet has that a questionnaire lacks. */
  more?: Pick<QuestionnaireSheetData, 'instructions' | 'caseNumber' | 'chart' | 'footnotes'>;
}>;

/** The blank form for a person as a printed sheet. */
export const blankSheet = (
  { url = '', version = '' }: Readonly<{ url?: string; version?: string }>,
  patient: string,
  language: string,
): PrintedSheet => ({
  kind: 'questionnaire',
  about: { type: 'Patient', id: patient },
  form: `${url}|${version}`,
  language,
});

/** The same with its answers. */
export const answersSheet = (
  { id, questionnaire = '' }: Readonly<{ id: string; questionnaire?: string }>,
  language: string,
): PrintedSheet => ({
  kind: 'answers',
  about: { type: 'QuestionnaireResponse', id },
  form: questionnaire,
  language,
});

/** The questionnaire as a sheet: blank to be filled in with a pen, or as it was answered. */
export const printQuestionnaire = (printing: Printing): Promise<Buffer> =>
  questionnaireSheet(questionnaireData(printing));

export function questionnaireData({
  model,
  program,
  person,
  answers,
  pictures,
  now,
  language,
  sheetId,
  furigana = false,
  more = {},
}: Printing): QuestionnaireSheetData {
  const isEasy = !isLanguage(model.language);
  const plain = (sentence: Sentence): string =>
    isEasy ? (sentence.easy ?? sentence.ja) : sentence[language];
  const say: Say = (sentence) =>
    furigana ? withFurigana(sentence.readings, plain(sentence)) : plain(sentence);
  const shown = answers && visible(model, answers);
  const full = answers ? unrolled(model, answers) : unrolled(model, {});
  let number = 0;
  return {
    sheetId,
    language,
    title: plain(model.title),
    ...(furigana ? { furigana: say(model.title) } : {}),
    ...(isEasy ? { instructions: sheetText.howToTick.easy } : {}),
    sections: full.sections
      .map((section) => ({
        title: say(section.label),
        questions: questionsIn([section])
          .filter((question) => !question.hidden && (shown?.has(question.linkId) ?? true))
          .map((question) => printed(question, ++number, { answers, language, pictures, say })),
      }))
      .filter((section) => section.questions.length > 0),
    patient: {
      name: displayName(person, 'ja'),
      kana: [person.familyKana, person.givenKana].filter(Boolean).join(' '),
      birthDate: person.birthDate,
      ...warned(person, language),
    },
    program: program.name[language],
    version: model.version,
    printedOn: dayInTokyo(now),
    notTheProjectsForm: say(program.wording.notTheProjectsForm),
    ...more,
  };
}

type Say = (sentence: Sentence) => string;

const kinds = {
  boolean: 'boolean',
  choice: 'choice',
  'open-choice': 'choice',
  integer: 'number',
  decimal: 'number',
  quantity: 'number',
  date: 'date',
  dateTime: 'text',
  time: 'number',
  string: 'text',
  text: 'text',
  url: 'text',
  reference: 'text',
  attachment: 'file',
} as const satisfies Record<Question['type'], PrintedQuestion['kind']>;

function printed(
  question: Question,
  number: number,
  {
    answers,
    language,
    pictures,
    say,
  }: Readonly<{
    answers: Answers | undefined;
    language: Language;
    pictures: Pictures | undefined;
    say: Say;
  }>,
): PrintedQuestion {
  const values = answers ? answersTo(answers, question.linkId) : [];
  const hint = [question.enable?.says, question.hint].flatMap((one) => (one ? [say(one)] : [])).join(' ');
  const ticked = question.options.length > 0;
  const kind = question.repeats && ticked ? 'multi' : kinds[question.type];
  const asked: PrintedQuestion = {
    number,
    linkId: question.linkId,
    text: say(question.label),
    kind,
    ...(hint === '' ? {} : { hint }),
  };
  const own = values.find((value) => question.type === 'open-choice' && value.startsWith(openMark));
  if (question.type === 'attachment' && values.length > 0)
    return { ...asked, ...printedFiles(values, language, pictures) };
  if (question.type === 'attachment') return { ...asked, enclose: enclosing(question, language) };
  const written = question.type === 'date' ? values[0] : say(sayAnswers(question, values));
  return {
    ...asked,
    ...(ticked
      ? {
          options: question.options.map((option) => ({
            label: say(option.label),
            chosen: values.includes(option.value),
            box: { question: question.linkId, option: option.value },
          })),
          ...(own === undefined ? {} : { answer: own.slice(openMark.length) }),
        }
      : values.length > 0
        ? { answer: written ?? '' }
        : {}),
  };
}

/** Files by their names, and the pictures among them. */
function printedFiles(
  values: readonly string[],
  language: Language,
  pictures: Pictures | undefined,
): Pick<PrintedQuestion, 'answer' | 'pictures'> {
  const files = values.flatMap((value) => readFileValue(value) ?? []);
  const nameOf = (title: string): string => (title === '' ? filesText.nameless[language] : title);
  return {
    answer: files
      .map(({ id, title }) =>
        id === undefined
          ? `${nameOf(title)}${filesText.elsewhere[language]}`
          : filesText.kept(nameOf(title))[language],
      )
      .join('\n'),
    pictures: files.flatMap(({ id, title }) => {
      const drawn = pictures?.get(id ?? '');
      return drawn ? [{ drawn, alt: filesText.pictureOf(nameOf(title))[language] }] : [];
    }),
  };
}

const enclosing = ({ files }: Question, language: Language): NonNullable<PrintedQuestion['enclose']> => ({
  words: filesText.enclose(files?.types ?? [])[language],
  tick: filesText.enclosed[language],
});

/** What the file of such a sheet is called. */
export const sheetName = (sheet: string, person: Parameters<typeof displayName>[0]): string =>
  `${sheet} ${displayName(person, 'ja')}.pdf`;
