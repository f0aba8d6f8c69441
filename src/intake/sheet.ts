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
          .map((question) => printed(question, ++number, answers, say)),
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
} as const satisfies Record<Question['type'], PrintedQuestion['kind']>;

function printed(
  question: Question,
  number: number,
  answers: Answers | undefined,
  say: Say,
): PrintedQuestion {
  const values = answers ? answersTo(answers, question.linkId) : [];
  const hint = [question.enable?.says, question.hint].flatMap((one) => (one ? [say(one)] : [])).join(' ');
  const ticked = question.options.length > 0;
  const kind = question.repeats && ticked ? 'multi' : kinds[question.type];
  const own = values.find((value) => question.type === 'open-choice' && value.startsWith(openMark));
  const written = question.type === 'date' ? values[0] : say(sayAnswers(question, values));
  return {
    number,
    linkId: question.linkId,
    text: say(question.label),
    kind,
    ...(hint === '' ? {} : { hint }),
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
