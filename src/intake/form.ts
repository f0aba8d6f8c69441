import type { Questionnaire, QuestionnaireItem, QuestionnaireResponseItemAnswer } from '@medplum/fhirtypes';
import { readConditions, type Condition } from './conditions.ts';
import { markedIn } from '../kernel/japan/readings.ts';
import { remembered } from '../kernel/remembered.ts';
import { asIs, isLanguage, type Language, type Sentence } from '../kernel/sentence.ts';
import { expressionOf } from '../programs/expressions.ts';
import {
  boundsOf,
  fileLimitsOf,
  isExclusive,
  isHidden,
  isQuestionType,
  limitsOf,
  scoreOf,
  optionValue,
  placedItems,
  unitOf,
  unitsOf,
  type FileLimits,
  type QuestionType,
} from '../programs/items.ts';
import { inTongue, type Tongue } from '../programs/languages.ts';
import { withOptions } from '../programs/value-sets.ts';
import { worded } from '../programs/wording.ts';
import { fromAnswer, openMark } from './values.ts';
import { yesAndNo } from './yes-no.ts';
import { compared, text } from './text.ts';

/** What was answered, by linkId: option codes, `true`/`false`, figures, `YYYY-MM-DD` or text. Unanswered is absent. */
export type Answers = Readonly<Record<string, readonly string[]>>;

/** `score`: what it counts for, where the form says so (`ordinalValue`). */
export type Option = Readonly<{ value: string; label: Sentence; exclusive: boolean; score?: number }>;

export type { Condition } from './conditions.ts';
export type Enable = Readonly<{
  behavior: 'any' | 'all';
  conditions: readonly Condition[];
  /** Who is asked, for people who see all questions at once: 「はい」と答えた方. */
  says: Sentence;
}>;

type Standing = Readonly<{
  /** Its own in the page: within a group that repeats, the form's linkId and the number of the row (`pill~2`). */
  linkId: string;
  label: Sentence;
  enable?: Enable;
}>;
export type Question = Standing &
  Readonly<{
    kind: 'question';
    type: QuestionType;
    hint?: Sentence;
    options: readonly Option[];
    required: boolean;
    repeats: boolean;
    /** Filled in by the form and not by people; a hidden one is not shown either. */
    readOnly: boolean;
    hidden: boolean;
    /** What stands there before anybody answers. */
    initial: readonly string[];
    /** Limits of a number, day or time, as answers are written. */
    min?: string;
    max?: string;
    /** Characters, as people count them. */
    maxLength: number;
    minLength?: number;
    /** A regular expression that the whole answer fits, in RE2's syntax. */
    regex?: string;
    /** Figures behind the point. */
    decimals?: number;
    minOccurs?: number;
    maxOccurs?: number;
    unit?: Sentence;
    /** Which files it takes, for a question that asks for one. */
    files?: FileLimits;
    /** The units to choose from for a quantity. */
    units: readonly Readonly<{ value: string; label: Sentence }>[];
  }>;
/** One of several groups that were filled in for the same group of the form. */
export type Row = Readonly<{ group: string; at: number; of: number; min: number; max: number }>;
export type Section = Standing &
  Readonly<{
    kind: 'section';
    hint?: Sentence;
    nodes: readonly FormNode[];
    /** Between how many and how many times it can be filled in; see `rows.ts`. */
    repeats?: Readonly<{ min: number; max: number }>;
    row?: Row;
  }>;
/** Words between questions. */
export type Prose = Standing & Readonly<{ kind: 'prose' }>;
export type FormNode = Question | Section | Prose;

/**
 * A questionnaire as it is asked. Words are in both languages, or twice in the one other (`ja-x-easy`) in which it is asked;
 * `language` is the one in which it is asked.
 */
export type FormModel = Readonly<{
  url: string;
  version: string;
  title: Sentence;
  language: Tongue;
  /** The outermost groups; one of them is a page on the tablet. */
  sections: readonly Section[];
  /** The questionnaire itself, for its expressions. */
  form: Questionnaire;
}>;

/** How often a group or question can be filled in at most, whatever its form says. */
export const mostRows = 50;

/** The longest answer in free text. */
const longestText = 2000;

/** Reads a form that was loaded (`loadPrograms` has checked it). */
export const readQuestionnaire = (form: Questionnaire, language: Tongue): FormModel =>
  isLanguage(language) ? models[language](form) : inOther(inTongue(form, language));

const models = {
  ja: remembered((form: Questionnaire) => readModel(form, 'ja')),
  en: remembered((form: Questionnaire) => readModel(form, 'en')),
} satisfies Readonly<Record<Language, (form: Questionnaire) => FormModel>>;
const inOther = remembered((form: Questionnaire) => readModel(form, form.language ?? 'ja'));

function readModel(given: Questionnaire, language: Tongue): FormModel {
  const form = withOptions(given);
  const byId: Reading = {
    items: new Map(placedItems(form).map(({ item }) => [item.linkId, item])),
    tongue: isLanguage(language) ? (form.language ?? language) : language,
  };
  return {
    url: form.url ?? '',
    version: form.version ?? '',
    title: worded(form, 'title'),
    language,
    form,
    sections: inSections((form.item ?? []).flatMap((item) => readNode(item, byId))),
  };
}

/** Questions outside of any group, which forms made elsewhere have, come together in groups without a heading. */
function inSections(nodes: readonly FormNode[]): Section[] {
  const sections: Section[] = [];
  let loose: FormNode[] = [];
  const close = (): void => {
    if (loose.length > 0)
      sections.push({
        kind: 'section',
        linkId: `part-${String(sections.length + 1)}~0`,
        label: asIs(''),
        nodes: loose,
      });
    loose = [];
  };
  for (const node of nodes) {
    if (node.kind !== 'section') loose.push(node);
    else {
      close();
      sections.push(node);
    }
  }
  close();
  return sections;
}

type Reading = Readonly<{
  items: ReadonlyMap<string, QuestionnaireItem>;
  tongue: Tongue;
  /** The words of a question or an option as they are said; by `marked`, with their readings in them. */
  said?: (sentence: Sentence) => Sentence;
}>;
const marked = (one: Sentence): Sentence => ({ ...one, ja: markedIn(one.readings, one.ja) });

/** An item as it is asked: a question is followed by what stands below it, which waits for its answer. */
function readNode(item: QuestionnaireItem, byId: Reading): FormNode[] {
  const label = worded(item, 'text');
  const enable = readEnable(item, byId);
  const standing = { linkId: item.linkId, label, ...(enable ? { enable } : {}) };
  const help = item.item?.find((child) => child.type === 'display');
  const hint = help && (isQuestionType(item.type) || isHelp(help)) ? { hint: worded(help, 'text') } : {};
  if (item.type === 'display') return [{ kind: 'prose', ...standing }];
  if (!isQuestionType(item.type)) {
    const nodes = (item.item ?? [])
      .filter((child) => !isHelp(child))
      .flatMap((child) => readNode(child, byId));
    const { minOccurs, maxOccurs } = boundsOf(item);
    const min = minOccurs ?? (item.required === true ? 1 : 0);
    const rows =
      item.repeats === true ? { repeats: { min, max: Math.min(maxOccurs ?? mostRows, mostRows) } } : {};
    return [{ kind: 'section', ...standing, ...hint, nodes, ...rows }];
  }
  const unit = unitOf(item);
  const question: Question = {
    kind: 'question',
    ...standing,
    ...hint,
    ...limitsOf(item),
    ...boundsOf(item),
    type: item.type,
    options: readOptions(item, byId.tongue),
    // What the form works out nobody can type: where it comes to nothing, nobody is held up by it.
    required: item.required === true && expressionOf(item, 'calculated') === undefined,
    repeats: item.repeats === true,
    readOnly: item.readOnly === true || expressionOf(item, 'calculated') !== undefined,
    hidden: isHidden(item),
    initial: readInitial(item),
    maxLength: Math.min(item.maxLength ?? longestText, longestText),
    units: unitsOf(item).map((one) => ({
      value: one.code,
      label: worded({ ...one, display: one.display ?? one.code }, 'display'),
    })),
    ...(unit ? { unit: worded(unit, 'display') } : {}),
    ...(item.type === 'attachment' ? { files: fileLimitsOf(item) } : {}),
  };
  const below = (item.item ?? []).filter((child) => child.type !== 'display');
  return [question, ...below.flatMap((child) => readNode(child, byId))];
}

function readInitial(item: QuestionnaireItem): string[] {
  const chosen = (item.answerOption ?? []).filter((one) => one.initialSelected === true);
  return [
    ...(item.initial ?? []).flatMap((one) => fromAnswer(item, one as QuestionnaireResponseItemAnswer) ?? []),
    ...chosen.flatMap((one) => optionValue(item, one) ?? []),
  ];
}

const isHelp = (item: QuestionnaireItem): boolean =>
  item.type === 'display' &&
  (item.extension ?? []).some((e) => e.valueCodeableConcept?.coding?.some(({ code }) => code === 'help'));

function readOptions(item: QuestionnaireItem, tongue: Tongue): Option[] {
  if (item.type === 'boolean') {
    const [yes, no] = yesAndNo[tongue.split('-')[0] ?? ''] ?? [text.yes, text.no];
    return [
      { value: 'true', label: yes, exclusive: false },
      { value: 'false', label: no, exclusive: false },
    ];
  }
  return (item.answerOption ?? []).flatMap((option) => {
    const value = optionValue(item, option);
    if (value === undefined) return [];
    const { valueCoding: coding, valueReference: record } = option;
    const label = coding
      ? worded({ display: coding.code, ...coding }, 'display')
      : asIs(record?.display ?? value);
    const score = scoreOf(option);
    return [{ value, label, exclusive: isExclusive(option), ...(score === undefined ? {} : { score }) }];
  });
}

function readEnable(item: QuestionnaireItem, byId: Reading): Enable | undefined {
  const conditions = readConditions(item, byId.items);
  if (conditions.length === 0) return undefined;
  const behavior = item.enableBehavior ?? 'all';
  const askedOf = (reading: Reading): Sentence =>
    text.askedOf(sayConditions(conditions, behavior, reading), behavior);
  const { ja, easy = ja } = askedOf({ ...byId, said: marked });
  const says = askedOf(byId);
  const isRead = ja !== says.ja;
  return { behavior, conditions, says: isRead ? { ...says, readings: [ja, easy] } : says };
}

/** Several answers to one question are one condition to a reader: 「ときどき」か「よく」と答えた方. */
function sayConditions(
  conditions: readonly Condition[],
  behavior: Enable['behavior'],
  byId: Reading,
): Sentence[] {
  const [first] = conditions;
  const asked = first && byId.items.get(first.question);
  const oneQuestion = conditions.every((one) => one.question === first?.question && one.operator === '=');
  if (asked && behavior === 'any' && oneQuestion && conditions.length > 1)
    return [
      text.oneOf(
        saying(byId, worded(asked, 'text')),
        conditions.map((one) => answerWords(asked, one.answer, byId)),
      ),
    ];
  return conditions.map((one) => sayCondition(one, byId));
}

/** An answer as `Answers` holds it, in words: the option's label, or the figure or text itself. */
const answerWords = (asked: QuestionnaireItem, answer: string, reading: Reading): Sentence =>
  saying(
    reading,
    readOptions(asked, reading.tongue).find((option) => option.value === answer)?.label ??
      asIs(answer.replace(openMark, '')),
  );
const saying = ({ said }: Reading, sentence: Sentence): Sentence => said?.(sentence) ?? sentence;

function sayCondition(condition: Condition, byId: Reading): Sentence {
  const asked = byId.items.get(condition.question);
  if (asked === undefined) return { ja: '', en: '' };
  const question = saying(byId, worded(asked, 'text'));
  if (condition.operator === 'exists')
    return condition.answer === 'true' ? text.answered(question) : text.unanswered(question);
  return compared[condition.operator](question, answerWords(asked, condition.answer, byId));
}

/** All questions of a model by linkId, in the order in which they are asked. */
export function questionsIn(nodes: readonly FormNode[]): Question[] {
  return nodes.flatMap((node) =>
    node.kind === 'question' ? [node] : node.kind === 'section' ? questionsIn(node.nodes) : [],
  );
}
