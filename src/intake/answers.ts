import type { Questionnaire } from '@medplum/fhirtypes';
import { notFound, type Issue } from '../kernel/problem.ts';
import { dateParts } from '../web/date-parts.ts';
import { questionsIn, readQuestionnaire, type Answers, type Question } from './form.ts';
import { judge } from './judge.ts';
import { text } from './text.ts';
import { answersTo, askedOnly, visible } from './visible.ts';

export type { Answers } from './form.ts';
export { checkResponse } from './check-response.ts';
export { fromResponse, toResponse, type Answering } from './response.ts';

/** The name of a question's field in a page. */
export const fieldName = (linkId: string): string => `q.${linkId}`;

/**
 * Reads what a form sent. Fields are named `q.<linkId>`; check boxes send the name several times, dates in parts
 * (`q.<linkId>-year` …). Answers to questions that are not asked, given the others, are dropped without a word; of the
 * asked ones every fault is an issue at its field's name. Faulty answers stay in `answers`, so that the page can show
 * them again: keep them only when there is no issue.
 *
 * With `part`, only the questions of that section (an outermost group) are read and checked; the others keep what
 * `before` says, as far as they are still asked.
 */
export function readAnswers(
  form: Questionnaire,
  body: unknown,
  part?: Readonly<{ section: string; before: Answers }>,
): { answers: Answers; issues: Issue[] } {
  const sent: Readonly<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? { ...body } : {};
  const model = readQuestionnaire(form, 'ja');
  const sections = part ? model.sections.filter((one) => one.linkId === part.section) : model.sections;
  if (sections.length === 0) throw notFound();
  const questions = questionsIn(sections);
  const given = {
    ...part?.before,
    ...Object.fromEntries(questions.map((one) => [one.linkId, typed(one, sent)])),
  };
  const shown = visible(model, given);
  const issues = questions
    .filter((one) => shown.has(one.linkId))
    .flatMap((question): Issue[] => {
      const path = fieldName(question.linkId);
      if (isMalformed(sent[path])) return [{ path, says: text.malformed(question.label) }];
      const says = judge(question, answersTo(given, question.linkId));
      return says === undefined ? [] : [{ path, says }];
    });
  return { answers: askedOnly(model, given), issues };
}

/**
 * The issues of answers kept in parts, before they are sent: required questions nobody answered, and whatever a changed
 * form no longer takes. Paths are field names.
 */
export function checkAnswers(form: Questionnaire, answers: Answers): Issue[] {
  const model = readQuestionnaire(form, 'ja');
  const shown = visible(model, answers);
  return questionsIn(model.sections).flatMap((question) => {
    const says = shown.has(question.linkId)
      ? judge(question, answersTo(answers, question.linkId))
      : undefined;
    return says === undefined ? [] : [{ path: fieldName(question.linkId), says }];
  });
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isMalformed = (value: unknown): boolean =>
  value !== undefined && !isText(value) && !(Array.isArray(value) && value.every(isText));

function typed(question: Question, body: Readonly<Record<string, unknown>>): string[] {
  const name = fieldName(question.linkId);
  const whole = question.type === 'date' ? dateParts(body, name) : undefined;
  const sent = whole ?? (Object.hasOwn(body, name) ? body[name] : undefined);
  const values = [sent]
    .flat()
    .filter(isText)
    .map((value) => clean(question, value));
  return [...new Set(values.filter((value) => value !== ''))];
}

function clean(question: Question, value: string): string {
  const trimmed = value.replaceAll(/\r\n?/g, '\n').trim();
  if (question.type !== 'integer' && question.type !== 'date') return trimmed;
  // People type figures in full width, and with commas.
  const figures = trimmed.normalize('NFKC').replaceAll(',', '');
  return question.type === 'integer' && /^[+-]?\d{1,9}$/.test(figures)
    ? String(Number(figures) + 0)
    : figures;
}
