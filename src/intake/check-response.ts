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
import { questionsIn, readQuestionnaire, type FormModel, type Question } from './form.ts';
import { judge } from './judge.ts';
import { fromAnswer, fromResponse } from './response.ts';
import { text } from './text.ts';
import { answersTo, visible } from './visible.ts';

const valueOf: Readonly<Record<Question['type'], string>> = {
  boolean: 'valueBoolean',
  choice: 'valueCoding',
  integer: 'valueInteger',
  date: 'valueDate',
  string: 'valueString',
  text: 'valueString',
};

type ReadForm = Readonly<{
  model: FormModel;
  questions: ReadonlyMap<string, Question>;
  /** The linkIds of all items. */
  known: ReadonlySet<string>;
}>;

/** Every response to a form is held against it. */
const readForm = remembered((form: Questionnaire): ReadForm => {
  const model = readQuestionnaire(form, 'ja');
  return {
    model,
    questions: new Map(questionsIn(model.sections).map((question) => [question.linkId, question])),
    known: new Set(placedItems(form).map(({ item }) => item.linkId)),
  };
});

/**
 * Holds a response against its form: the form's address and version, the nesting of items, types and number of answers,
 * offered options, limits; and once it is finished (`completed`, `amended`) that every required question is answered
 * and none that is not asked. Paths are FHIRPath. The response is a valid FHIR resource before it comes here.
 */
export function checkResponse(form: Questionnaire, response: QuestionnaireResponse): Issue[] {
  const { model, questions, known } = readForm(form);
  const issues: Issue[] = [];
  const report = (path: string, says: Sentence): void => void issues.push({ path, says });
  const placeOf = new Map<string, string>();

  const given = response.questionnaire ?? '';
  const [url, version = form.version] = given.split('|');
  if (url !== form.url || version !== form.version)
    report(
      'QuestionnaireResponse.questionnaire',
      text.wrongForm(given, `${form.url ?? ''}|${form.version ?? ''}`),
    );

  const walk = (
    items: readonly QuestionnaireResponseItem[],
    asked: readonly QuestionnaireItem[],
    at: string,
  ): void => {
    const seen = new Set<string>();
    items.forEach((item, i) => {
      const path = `${at}.item[${String(i)}]`;
      const here = asked.find((one) => one.linkId === item.linkId);
      if (here === undefined)
        return report(
          `${path}.linkId`,
          known.has(item.linkId) ? text.wrongPlace(item.linkId) : text.unknownQuestion(item.linkId),
        );
      if (seen.has(item.linkId)) return report(`${path}.linkId`, text.twice(item.linkId));
      seen.add(item.linkId);
      placeOf.set(item.linkId, path);
      const question = questions.get(item.linkId);
      if (question !== undefined) checkQuestion(item, here, question, path, report);
      else if (item.answer !== undefined) report(`${path}.answer`, text.answerOnGroup(item.linkId));
      if (isQuestionType(here.type)) walk(item.item ?? [], [], path);
      else walk(item.item ?? [], here.item ?? [], path);
    });
  };
  walk(response.item ?? [], form.item ?? [], 'QuestionnaireResponse');

  if (response.status !== 'completed' && response.status !== 'amended') return issues;
  const answers = fromResponse(form, response);
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
      report(place ?? pathTo(form, linkId), text.missing(question.label));
    if (!shown.has(linkId) && answered && place !== undefined) report(place, text.notAsked(question.label));
  }
  return issues;
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
    const wanted = valueOf[question.type];
    if (values.length !== 1) return fault(at, text.oneValue(question.label));
    if (values[0] !== wanted)
      return fault(`${at}.${values[0] ?? ''}`, text.wrongType(question.label, wanted));
    if (answer.item !== undefined) return fault(`${at}.item`, text.wrongPlace(answer.item[0]?.linkId ?? ''));
    const says = foreignSystem(asked, answer)
      ? text.unknownOption(question.label)
      : judge({ ...question, required: false }, [fromAnswer(asked, answer) ?? '']);
    if (says !== undefined) fault(`${at}.${wanted}`, says);
  });
  if (!sound) return;
  const given = answers.map((answer) => fromAnswer(asked, answer) ?? '');
  if (new Set(given).size < given.length) return report(`${path}.answer`, text.sameTwice(question.label));
  const together = judge({ ...question, required: false }, given);
  if (together !== undefined) report(`${path}.answer`, together);
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
