import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import type { Issue } from '../kernel/problem.ts';
import { remembered } from '../kernel/remembered.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { isQuestionType, placedItems } from '../programs/items.ts';
import { withOptions } from '../programs/value-sets.ts';
import { calculate, conditionsOf, type Uncalculated } from './calculate.ts';
import { chosenIn } from './chosen.ts';
import type { Failing } from './failing.ts';
import { faultText } from './fault-text.ts';
import {
  mostRows,
  questionsIn,
  readQuestionnaire,
  type Answers,
  type FormModel,
  type Question,
} from './form.ts';
import { judge } from './judge.ts';
import { fromResponse } from './response.ts';
import { plainId, sectionsIn, unrolled } from './rows.ts';
import { text } from './text.ts';
import { fromAnswer, valueOf } from './values.ts';
import { answersTo, askedOnly, visible } from './visible.ts';

type ReadForm = Readonly<{
  form: Questionnaire;
  model: FormModel;
  /** The linkIds of all items, and those of groups that repeat. */
  known: ReadonlySet<string>;
}>;

/** Every response to a form is held against it. */
const readForm = remembered((given: Questionnaire): ReadForm => {
  const form = withOptions(given);
  return {
    form,
    model: readQuestionnaire(form, 'ja'),
    known: new Set(placedItems(form).map(({ item }) => item.linkId)),
  };
});

/**
 * Holds a response against its form: the form's address and version, the nesting of items, types and number of answers,
 * offered options, limits; and once it is finished (`completed`, `amended`) that every required question is answered
 * and none that is not asked. Paths are FHIRPath. The response is a valid FHIR resource before it comes here. `fails` is
 * told what the form itself could not work out of the answers.
 */
export function checkResponse(
  asGiven: Questionnaire,
  response: QuestionnaireResponse,
  fails: (failing: Failing) => void = () => undefined,
): Issue[] {
  const { form: asLoaded, model, known } = readForm(asGiven);
  const issues: Issue[] = [];
  const report = (path: string, says: Sentence): void => void issues.push({ path, says });
  const placeOf = new Map<string, string>();

  const given = response.questionnaire ?? '';
  const [url, version = asLoaded.version] = given.split('|');
  if (url !== asLoaded.url || version !== asLoaded.version)
    report(
      'QuestionnaireResponse.questionnaire',
      text.wrongForm(given, `${asLoaded.url ?? ''}|${asLoaded.version ?? ''}`),
    );

  const answers = fromResponse(asLoaded, response);
  const { form, faults: unoffered } = chosenIn(asLoaded, answers);
  const failed = (kind: Failing['kind'], faults: readonly Uncalculated[]): void => {
    for (const { linkId, fault } of faults) fails({ item: plainId(linkId), kind, fault });
  };
  failed('answer', unoffered);
  failed('enableWhen', conditionsOf(asLoaded, answers).faults);
  const full = unrolled(model, answers);
  const questions = new Map(questionsIn(full.sections).map((question) => [question.linkId, question]));
  checkRows(full, report);

  const walk = (
    items: readonly QuestionnaireResponseItem[],
    asked: readonly QuestionnaireItem[],
    at: string,
    suffix: string,
  ): void => {
    const seen = new Map<string, number>();
    items.forEach((item, i) => {
      const path = `${at}.item[${String(i)}]`;
      const here = asked.find((one) => one.linkId === item.linkId);
      if (here === undefined)
        return report(
          `${path}.linkId`,
          known.has(item.linkId) ? text.wrongPlace(item.linkId) : text.unknownQuestion(item.linkId),
        );
      const row = (seen.get(item.linkId) ?? 0) + 1;
      const repeats = here.type === 'group' && here.repeats === true;
      if (row > 1 && !repeats) return report(`${path}.linkId`, text.twice(item.linkId));
      seen.set(item.linkId, row);
      if (repeats && row > mostRows) return undefined;
      const linkId = `${item.linkId}${suffix}`;
      placeOf.set(linkId, path);
      const question = questions.get(linkId);
      if (question !== undefined) checkQuestion(item, here, question, path, report);
      else if (item.answer !== undefined) report(`${path}.answer`, text.answerOnGroup(item.linkId));
      if (!isQuestionType(here.type))
        return walk(item.item ?? [], here.item ?? [], path, repeats ? `${suffix}~${String(row)}` : suffix);
      walk(item.item ?? [], [], path, suffix);
      item.answer?.forEach((answer, n) =>
        walk(answer.item ?? [], n === 0 ? below(here) : [], `${path}.answer[${String(n)}]`, suffix),
      );
    });
  };
  walk(response.item ?? [], form.item ?? [], 'QuestionnaireResponse', '');

  const own = calculate(form, answers, (now) => askedOnly(model, now));
  failed('calculated', own.faults);
  for (const { linkId, says } of miscalculated(model, answers, own))
    report(placeOf.get(linkId) ?? pathTo(form, plainId(linkId)), says);
  if (response.status !== 'completed' && response.status !== 'amended') return issues;
  const shown = visible(model, answers);
  for (const [linkId, question] of questions) {
    const answered = answersTo(answers, linkId).length > 0;
    const place = placeOf.get(linkId);
    if (
      shown.has(linkId) &&
      question.required &&
      !answered &&
      !issues.some((one) => place && one.path.startsWith(place))
    )
      report(place ?? pathTo(form, plainId(linkId)), text.missing(question.label));
    if (!shown.has(linkId) && answered && place !== undefined) report(place, text.notAsked(question.label));
  }
  return issues;
}

/** The server calculates for itself: another score than its own is refused. */
function miscalculated(
  model: FormModel,
  answers: Answers,
  own: ReturnType<typeof calculate>,
): { linkId: string; says: Sentence }[] {
  return questionsIn(unrolled(model, answers).sections).flatMap(({ linkId, label }) => {
    const [given, found] = [answersTo(answers, linkId), answersTo(own.answers, linkId)];
    if (given.length === 0 || given.join('\n') === found.join('\n')) return [];
    const fault = own.faults.find((one) => one.linkId === linkId)?.fault;
    return [
      {
        linkId,
        says:
          fault === undefined
            ? faultText.calculatedOtherwise(label, found.join(' '))
            : faultText.uncalculated(label, fault),
      },
    ];
  });
}

/** What stands below a question is answered below its answer. */
const below = ({ item = [] }: QuestionnaireItem): QuestionnaireItem[] =>
  item.filter((one) => one.type !== 'display');

/** More rows than the form takes are one fault; which of them is too many nobody can say. */
function checkRows(full: FormModel, report: (path: string, says: Sentence) => void): void {
  for (const { linkId, label, row } of sectionsIn(full.sections))
    if (row !== undefined && row.at === row.max + 1)
      report(
        `QuestionnaireResponse.item.where(linkId='${plainId(linkId)}')`,
        faultText.tooManyRows(label, row.max),
      );
}

function checkQuestion(
  item: QuestionnaireResponseItem,
  asked: QuestionnaireItem,
  question: Question,
  path: string,
  report: (path: string, says: Sentence) => void,
): void {
  const answers = item.answer ?? [];
  let sound = true;
  const fault = (at: string, says: Sentence): void => {
    sound = false;
    report(at, says);
  };
  answers.forEach((answer, i) => {
    const at = `${path}.answer[${String(i)}]`;
    const values = Object.keys(answer).filter((key) => key.startsWith('value'));
    const [wanted, ...others] = takes(asked);
    if (values.length !== 1) return fault(at, text.oneValue(question.label));
    if (![wanted, ...others].some((one) => one === values[0]))
      return fault(`${at}.${values[0] ?? ''}`, text.wrongType(question.label, wanted));
    const says = foreignSystem(asked, answer)
      ? text.unknownOption(question.label)
      : judge({ ...question, required: false }, [fromAnswer(asked, answer) ?? '']);
    if (says !== undefined) fault(`${at}.${values[0] ?? wanted}`, says);
  });
  if (!sound) return;
  const given = answers.map((answer) => fromAnswer(asked, answer) ?? '');
  const fixed = question.readOnly && question.initial.length > 0;
  if (fixed && given.join('\n') !== question.initial.join('\n'))
    return report(`${path}.answer`, faultText.readOnly(question.label));
  if (new Set(given).size < given.length) return report(`${path}.answer`, text.sameTwice(question.label));
  const together = judge({ ...question, required: false }, given);
  if (together !== undefined) report(`${path}.answer`, together);
}

/** The kinds of value that answers to a question may have: options may be codes, texts, figures or days. */
function takes(asked: QuestionnaireItem): [string, ...string[]] {
  if (asked.type !== 'choice' && asked.type !== 'open-choice')
    return [isQuestionType(asked.type) ? valueOf[asked.type] : 'valueString'];
  const own = (asked.answerOption ?? []).flatMap((option) =>
    Object.keys(option).filter((key) => key.startsWith('value')),
  );
  const [first = 'valueCoding', ...others] = [...new Set(own)];
  return [first, ...others, ...(asked.type === 'open-choice' ? ['valueString'] : [])];
}

/** An option is its system and its code; a code alone is somebody else's. */
function foreignSystem(asked: QuestionnaireItem, { valueCoding }: QuestionnaireResponseItemAnswer): boolean {
  if (valueCoding === undefined) return false;
  return !(asked.answerOption ?? []).some(
    ({ valueCoding: option }) => option?.code === valueCoding.code && option?.system === valueCoding.system,
  );
}

/** Where a missing item would stand. */
function pathTo(form: Questionnaire, linkId: string): string {
  const parents = new Map(placedItems(form).map(({ item, parent }) => [item.linkId, parent?.linkId]));
  const chain: string[] = [];
  for (let at: string | undefined = linkId; at !== undefined; at = parents.get(at)) chain.unshift(at);
  return ['QuestionnaireResponse', ...chain.map((id) => `item.where(linkId='${id}')`)].join('.');
}
