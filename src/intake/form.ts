import type { Questionnaire, QuestionnaireItem, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import { remembered } from '../kernel/remembered.ts';
import { asIs, type Language, type Sentence } from '../kernel/sentence.ts';
import { isExclusive, isQuestionType, limitsOf, unitOf, type QuestionType } from '../programs/items.ts';
import { worded } from '../programs/wording.ts';
import { compared, text } from './text.ts';

/** What was answered, by linkId: option codes, `true`/`false`, figures, `YYYY-MM-DD` or text. Unanswered is absent. */
export type Answers = Readonly<Record<string, readonly string[]>>;

export type Option = Readonly<{ value: string; label: Sentence; exclusive: boolean }>;

/** FHIR's enableWhen with the answer as `Answers` writes it. */
export type Condition = Readonly<{
  question: string;
  operator: QuestionnaireItemEnableWhen['operator'];
  answer: string;
}>;
export type Enable = Readonly<{
  behavior: 'any' | 'all';
  conditions: readonly Condition[];
  /** Who is asked, for people who see all questions at once: 「はい」と答えた方. */
  says: Sentence;
}>;

type Standing = Readonly<{ linkId: string; label: Sentence; enable?: Enable }>;
export type Question = Standing &
  Readonly<{
    kind: 'question';
    type: QuestionType;
    hint?: Sentence;
    options: readonly Option[];
    required: boolean;
    repeats: boolean;
    /** Limits of a number or day, as answers are written. */
    min?: string;
    max?: string;
    /** Characters, as people count them. */
    maxLength: number;
    unit?: Sentence;
  }>;
export type Section = Standing & Readonly<{ kind: 'section'; hint?: Sentence; nodes: readonly FormNode[] }>;
/** Words between questions. */
export type Prose = Standing & Readonly<{ kind: 'prose' }>;
export type FormNode = Question | Section | Prose;

/** A questionnaire as it is asked. Words are in both languages; `language` is the one in which it is asked. */
export type FormModel = Readonly<{
  url: string;
  version: string;
  title: Sentence;
  language: Language;
  /** The outermost groups; one of them is a page on the tablet. */
  sections: readonly Section[];
}>;

/** The longest answer in free text. */
export const longestText = 2000;

/** Reads a form that was loaded (`loadPrograms` has checked it). */
export const readQuestionnaire = (form: Questionnaire, language: Language): FormModel =>
  models[language](form);

const models = {
  ja: remembered((form: Questionnaire) => readModel(form, 'ja')),
  en: remembered((form: Questionnaire) => readModel(form, 'en')),
};

function readModel(form: Questionnaire, language: Language): FormModel {
  const byId = new Map<string, QuestionnaireItem>();
  const note = (items: readonly QuestionnaireItem[]): void => {
    for (const item of items) {
      byId.set(item.linkId, item);
      note(item.item ?? []);
    }
  };
  note(form.item ?? []);
  return {
    url: form.url ?? '',
    version: form.version ?? '',
    title: worded(form, 'title'),
    language,
    sections: (form.item ?? []).map((item) => readNode(item, byId)).filter((node) => node.kind === 'section'),
  };
}

type ById = ReadonlyMap<string, QuestionnaireItem>;

function readNode(item: QuestionnaireItem, byId: ById): FormNode {
  const label = worded(item, 'text');
  const enable = readEnable(item, byId);
  const standing = { linkId: item.linkId, label, ...(enable ? { enable } : {}) };
  const help = item.item?.find((child) => child.type === 'display');
  const hint = help && (isQuestionType(item.type) || isHelp(help)) ? { hint: worded(help, 'text') } : {};
  if (item.type === 'display') return { kind: 'prose', ...standing };
  if (!isQuestionType(item.type)) {
    const nodes = (item.item ?? []).filter((child) => !isHelp(child)).map((child) => readNode(child, byId));
    return { kind: 'section', ...standing, ...hint, nodes };
  }
  const unit = unitOf(item);
  return {
    kind: 'question',
    ...standing,
    ...hint,
    ...limitsOf(item),
    type: item.type,
    options: readOptions(item),
    required: item.required === true,
    repeats: item.repeats === true,
    maxLength: Math.min(item.maxLength ?? longestText, longestText),
    ...(unit ? { unit: worded(unit, 'display') } : {}),
  };
}

const isHelp = (item: QuestionnaireItem): boolean =>
  item.type === 'display' &&
  (item.extension ?? []).some((e) => e.valueCodeableConcept?.coding?.some(({ code }) => code === 'help'));

function readOptions(item: QuestionnaireItem): Option[] {
  if (item.type === 'boolean')
    return [
      { value: 'true', label: text.yes, exclusive: false },
      { value: 'false', label: text.no, exclusive: false },
    ];
  return (item.answerOption ?? []).flatMap((option) => {
    const { valueCoding: coding } = option;
    if (coding?.code === undefined) return [];
    return [{ value: coding.code, label: worded(coding, 'display'), exclusive: isExclusive(option) }];
  });
}

function readEnable(item: QuestionnaireItem, byId: ById): Enable | undefined {
  if (item.enableWhen === undefined) return undefined;
  const conditions = item.enableWhen.map((when) => ({
    question: when.question,
    operator: when.operator,
    answer: String(
      when.answerBoolean ?? when.answerInteger ?? when.answerDate ?? when.answerCoding?.code ?? '',
    ),
  }));
  const behavior = item.enableBehavior ?? 'all';
  return { behavior, conditions, says: text.askedOf(sayConditions(conditions, behavior, byId), behavior) };
}

/** Several answers to one question are one condition to a reader: 「ときどき」か「よく」と答えた方. */
function sayConditions(
  conditions: readonly Condition[],
  behavior: Enable['behavior'],
  byId: ById,
): Sentence[] {
  const [first] = conditions;
  const asked = first && byId.get(first.question);
  const oneQuestion = conditions.every((one) => one.question === first?.question && one.operator === '=');
  if (asked && behavior === 'any' && oneQuestion && conditions.length > 1)
    return [
      text.oneOf(
        worded(asked, 'text'),
        conditions.map((one) => answerWords(asked, one.answer)),
      ),
    ];
  return conditions.map((one) => sayCondition(one, byId));
}

/** An answer as `Answers` holds it, in words: the option's label, or the figure or text itself. */
const answerWords = (asked: QuestionnaireItem, answer: string): Sentence =>
  readOptions(asked).find((option) => option.value === answer)?.label ?? asIs(answer);

function sayCondition(condition: Condition, byId: ById): Sentence {
  const asked = byId.get(condition.question);
  if (asked === undefined) return { ja: '', en: '' };
  const question = worded(asked, 'text');
  if (condition.operator === 'exists')
    return condition.answer === 'true' ? text.answered(question) : text.unanswered(question);
  return compared[condition.operator](question, answerWords(asked, condition.answer));
}

/** All questions of a model by linkId, in the order in which they are asked. */
export function questionsIn(nodes: readonly FormNode[]): Question[] {
  return nodes.flatMap((node) =>
    node.kind === 'question' ? [node] : node.kind === 'section' ? questionsIn(node.nodes) : [],
  );
}
