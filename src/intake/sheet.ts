import { questionnaireSheet } from '../documents/questionnaire-sheet.ts';
import type { Question as PrintedQuestion } from '../documents/question.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language } from '../kernel/sentence.ts';
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
  program: Pick<Program, 'name'> & Readonly<{ wording: Pick<Program['wording'], 'notTheProjectsForm'> }>;
  person: ReadPatient;
  /** Left out, the sheet is blank and asks every question. */
  answers?: Answers;
  now: Date;
  language: Language;
  /** Of the printed sheet. */
  sheetId: string;
}>;

/** The questionnaire as a sheet: blank to be filled in with a pen, or as it was answered. */
export function printQuestionnaire({
  model,
  program,
  person,
  answers,
  now,
  language,
  sheetId,
}: Printing): Promise<Buffer> {
  const shown = answers && visible(model, answers);
  const full = answers ? unrolled(model, answers) : unrolled(model, {});
  let number = 0;
  return questionnaireSheet({
    sheetId,
    language,
    title: model.title[language],
    sections: full.sections
      .map((section) => ({
        title: section.label[language],
        questions: questionsIn([section])
          .filter((question) => !question.hidden && (shown?.has(question.linkId) ?? true))
          .map((question) => printed(question, ++number, answers, language)),
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
    notTheProjectsForm: program.wording.notTheProjectsForm[language],
  });
}

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
  language: Language,
): PrintedQuestion {
  const values = answers ? answersTo(answers, question.linkId) : [];
  const hint = [question.enable?.says[language], question.hint?.[language]].filter(Boolean).join(' ');
  const ticked = question.options.length > 0;
  const kind = question.repeats && ticked ? 'multi' : kinds[question.type];
  const own = values.find((value) => question.type === 'open-choice' && value.startsWith(openMark));
  const written = question.type === 'date' ? values[0] : sayAnswers(question, values)[language];
  return {
    number,
    linkId: question.linkId,
    text: question.label[language],
    kind,
    ...(hint === '' ? {} : { hint }),
    ...(ticked
      ? {
          options: question.options.map((option) => ({
            label: option.label[language],
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
