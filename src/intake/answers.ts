import type { Questionnaire } from '@medplum/fhirtypes';
import { notFound, type Issue } from '../kernel/problem.ts';
import {
  mostRows,
  questionsIn,
  readQuestionnaire,
  type Answers,
  type FormModel,
  type Question,
} from './form.ts';
import { calculate } from './calculate.ts';
import { fileSent } from './files/value.ts';
import { judge } from './judge.ts';
import { plainId, rowsKey, sectionsIn, unrolled, withoutRow, withRow } from './rows.ts';
import { text } from './text.ts';
import { fieldName, fieldsSent, typed } from './typed.ts';
import { answersTo, askedOnly, visible } from './visible.ts';

export type { Answers } from './form.ts';
export { checkResponse } from './check-response.ts';
export { fromResponse, toResponse, type Answering } from './response.ts';

export { fieldName } from './typed.ts';

/**
 * Reads what a form sent. Fields are named `q.<linkId>`; check boxes send the name several times, dates in parts
 * (`q.<linkId>-year` …). Answers to questions that are not asked, given the others, are dropped without a word; of the
 * asked ones every fault is an issue at its field's name. Faulty answers stay in `answers`, so that the page can show
 * them again: keep them only when there is no issue.
 *
 * With `part`, only the questions of its section (an outermost group) are read and checked; the others keep what
 * `before` says, as far as they are still asked. What nobody types stands in `before`, too. What the form itself cannot
 * work out stays open: it is nobody's fault who answers (`failing.ts` says it to whoever keeps the form). `refused`: what is
 * wrong with files that came with the page (`files/receive.ts`).
 */
export function readAnswers(
  form: Questionnaire,
  body: unknown,
  part?: Part,
  refused: readonly Issue[] = [],
): { answers: Answers; issues: Issue[] } {
  const { model, questions, given, sent } = readPage(form, body, part);
  const shown = visible(model, given);
  const issues = questions
    .filter((one) => shown.has(one.linkId))
    .flatMap((question): Issue[] => {
      const path = fieldName(question.linkId);
      if (isMalformed(sent[path])) return [{ path, says: text.malformed(question.label) }];
      const own = refused.filter((one) => one.path === path);
      if (own.length > 0) return own;
      const says = judge(question, answersTo(given, question.linkId));
      return says === undefined ? [] : [{ path, says }];
    });
  return { answers: askedOnly(model, given), issues };
}

/** One section of a form, or all; with `only`, one question of it and what the form fills in itself. */
export type Part = Readonly<{ section?: string; before: Answers; only?: string }>;
type Sent = Readonly<Record<string, unknown>>;

function readPage(
  form: Questionnaire,
  body: unknown,
  part: Part | undefined,
): Readonly<{
  model: FormModel;
  questions: readonly Question[];
  given: Answers;
  sent: Sent;
}> {
  const sent: Sent = typeof body === 'object' && body !== null ? { ...body } : {};
  const model = readQuestionnaire(form, 'ja');
  const rows = rowsSent(model, sent);
  const section = part?.section;
  const here = (answers: Answers): Question[] =>
    questionsIn(
      unrolled(model, answers).sections.filter(
        (one) => section === undefined || plainId(one.linkId) === plainId(section),
      ),
    ).filter((one) => part?.only === undefined || one.linkId === part.only || isFilledIn(one));
  if (section !== undefined && !model.sections.some((one) => one.linkId === section)) throw notFound();
  const others = section === undefined ? {} : part?.before;
  const questions = here({ ...others, ...namesSent(sent), ...rows });
  const own = new Set(questions.map((one) => one.linkId));
  const before = Object.entries(others ?? {}).filter(([key]) => !own.has(key));
  const read: Answers = {
    ...Object.fromEntries(before),
    ...rows,
    ...Object.fromEntries(
      questions.map((one) => [
        one.linkId,
        isFilledIn(one) ? (part?.before[one.linkId] ?? one.initial) : typed(one, sent),
      ]),
    ),
  };
  const { answers: given } = calculate(form, read, (answers) => askedOnly(model, answers));
  // Once more: whether a row was begun, and so has to be finished, is known only now.
  return { model, questions: here(given), given, sent };
}

/**
 * What a page shows once its button for one more row, or for one less, was pressed: nothing is checked, everything typed
 * stays. Undefined when it was another button. `typed` is left out where rows moved up.
 */
export function changeRows(
  form: Questionnaire,
  body: unknown,
  part?: Part,
): { answers: Answers; typed?: unknown } | undefined {
  const { model, questions, given, sent } = readPage(form, body, part);
  const pressed = typeof sent['_row'] === 'string' ? sent['_row'] : '';
  const [, move, named = ''] = /^(add|remove|more|drop):(.{1,300})$/.exec(pressed) ?? [];
  switch (move ?? pressed) {
    // The script asks for what the form works out, while somebody answers.
    case 'work-out':
      return { answers: given, typed: sent };
    case 'add':
      return { answers: withRow(model, given, named), typed: sent };
    case 'remove':
      return { answers: withoutRow(model, given, named) };
    case 'more': {
      const question = questions.find((one) => one.linkId === named);
      if (question === undefined) return { answers: given, typed: sent };
      const next = fieldName(named, fieldsSent(question, sent) + 1);
      return { answers: given, typed: { ...sent, [next]: '' } };
    }
    case 'drop': {
      // A file that was given is taken away: its question, and which.
      const [linkId = '', file] = named.split(' ');
      const left = answersTo(given, linkId).filter((value) => fileSent(value) !== fileSent(file ?? ''));
      return { answers: { ...given, [linkId]: left }, typed: { ...sent, [fieldName(linkId)]: [...left] } };
    }
    default:
      return undefined;
  }
}

/** A page whose button for another language of the questions was pressed: nothing is checked, everything typed stays. */
export function changeWords(
  form: Questionnaire,
  body: unknown,
  part?: Part,
): { answers: Answers; typed?: unknown } | undefined {
  const { given, sent } = readPage(form, body, part);
  return typeof sent['_words'] === 'string' ? { answers: given, typed: sent } : undefined;
}

/** By the form, whatever a page sends. */
const isFilledIn = ({ readOnly, hidden }: Question): boolean => readOnly || hidden;

/** The names of a page within rows, as if they were answered: so many rows there are. */
const namesSent = (sent: Readonly<Record<string, unknown>>): Answers =>
  Object.fromEntries(
    Object.keys(sent).flatMap((name) =>
      name.startsWith('q.') && name.includes('~') ? [[name.slice(2), ['']]] : [],
    ),
  );

/** How many rows the page had of each group that repeats. */
function rowsSent(model: FormModel, sent: Readonly<Record<string, unknown>>): Answers {
  const repeating = new Set(sectionsIn(model.sections).flatMap((one) => (one.repeats ? [one.linkId] : [])));
  if (repeating.size === 0) return {};
  return Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]): [string, string[]][] => {
      const [kind, ...rest] = name.split('.');
      const group = rest.join('.');
      const count = Number(value);
      if (kind !== 'rows' || !repeating.has(plainId(group)) || !(count >= 1)) return [];
      return [[rowsKey(group), [String(Math.min(Math.trunc(count), mostRows))]]];
    }),
  );
}

/**
 * The issues of answers kept in parts, before they are sent: required questions nobody answered, and whatever a changed
 * form no longer takes. Paths are field names.
 */
export function checkAnswers(form: Questionnaire, answers: Answers): Issue[] {
  const model = readQuestionnaire(form, 'ja');
  const shown = visible(model, answers);
  return questionsIn(unrolled(model, answers).sections).flatMap((question) => {
    const says = shown.has(question.linkId)
      ? judge(question, answersTo(answers, question.linkId))
      : undefined;
    return says === undefined ? [] : [{ path: fieldName(question.linkId), says }];
  });
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isMalformed = (value: unknown): boolean =>
  value !== undefined && !isText(value) && !(Array.isArray(value) && value.every(isText));
