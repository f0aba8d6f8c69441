import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import type { Sentence } from '../kernel/sentence.ts';
import type { Fault } from './fault.ts';
import { isOrdered, isQuestionType, optionCodes, type Placed, type QuestionType } from './items.ts';

/**
 * Faults of `enableWhen`: questions that do not exist, answers that cannot be given, and questions that wait for each
 * other; with `backwards`, those that wait for one that is asked after them.
 */
export function checkConditions(
  placed: readonly Placed[],
  { backwards }: Readonly<{ backwards: boolean }> = { backwards: true },
): Fault[] {
  const byId = new Map(placed.map(({ item }) => [item.linkId, item]));
  const faults = placed.flatMap(({ item, place }) => {
    const conditions = item.enableWhen ?? [];
    const own = conditions.flatMap((when, i) => {
      const wrong = wrongCondition(when, byId);
      return wrong === undefined
        ? []
        : [
            {
              place: `${place}.enableWhen[${String(i)}]`,
              says: `"${item.linkId}" ${wrong.en}`,
              ja: `「${item.linkId}」${wrong.ja}`,
            },
          ];
    });
    const unsaid = conditions.length > 1 && item.enableBehavior === undefined;
    return unsaid
      ? [
          ...own,
          {
            place,
            says: `"${item.linkId}" has several conditions but no enableBehavior`,
            ja: `「${item.linkId}」には条件がいくつもありますが、enableBehavior がありません`,
          },
        ]
      : own;
  });
  const circles = cycles(placed);
  return [...faults, ...(circles.length > 0 || !backwards ? circles : askedTooLate(placed))];
}

/** Questions are asked from top to bottom, on the tablet page by page: a condition looks back. */
function askedTooLate(placed: readonly Placed[]): Fault[] {
  const at = new Map(placed.map(({ item }, i) => [item.linkId, i]));
  return placed.flatMap(({ item, place }, i) =>
    (item.enableWhen ?? [])
      .filter((when) => (at.get(when.question) ?? -1) > i)
      .map((when) => ({
        place,
        says: `"${item.linkId}" depends on "${when.question}", which is asked after it`,
      })),
  );
}

function wrongCondition(
  when: QuestionnaireItemEnableWhen,
  byId: ReadonlyMap<string, QuestionnaireItem>,
): Sentence | undefined {
  const other = when.question;
  const asked = byId.get(other);
  if (asked === undefined)
    return {
      en: `depends on the question "${other}", which does not exist`,
      ja: `の条件にある質問「${other}」がありません`,
    };
  if (!isQuestionType(asked.type))
    return {
      en: `depends on "${other}", which is no question`,
      ja: `の条件にある「${other}」は質問ではありません`,
    };
  const answers = Object.keys(when).filter((key) => key.startsWith('answer'));
  if (answers.length !== 1)
    return {
      en: `needs exactly one answer to compare "${other}" with`,
      ja: `の条件では、「${other}」と比べる答えを一つだけ書いてください`,
    };
  if (when.operator === 'exists')
    return when.answerBoolean === undefined
      ? {
          en: 'asks whether an answer exists, which is a yes or no (answerBoolean)',
          ja: 'の条件は答えがあるかどうかなので、はい・いいえ（answerBoolean）で書いてください',
        }
      : undefined;
  if (asked.type === 'attachment')
    return {
      en: `compares the file given to "${other}"; only whether there is one (exists) can be asked`,
      ja: `の条件は「${other}」のファイルを比べています。あるかどうか（exists）だけを条件にできます`,
    };
  const compares = when.operator !== '=' && when.operator !== '!=';
  if (compares && !isOrdered(asked.type))
    return {
      en: `compares "${other}" by size; only figures, days and times can be`,
      ja: `の条件は「${other}」の大小を比べていますが、比べられるのは数・日・時刻だけです`,
    };
  const fitting = fittingAnswers[asked.type];
  const given = answers[0] ?? '';
  if (!fitting.includes(given))
    return {
      en: `compares "${other}" (${asked.type}) with ${given} instead of ${fitting.join(' or ')}`,
      ja: `の条件は「${other}」（${asked.type}）を ${given} と比べています。${fitting.join('か ')} にしてください`,
    };
  if (when.answerCoding === undefined) return undefined;
  const { system, code } = when.answerCoding;
  const offered = asked.answerOption?.some(({ valueCoding: o }) => o?.code === code && o?.system === system);
  return offered === true
    ? undefined
    : {
        en: `waits for the answer "${code ?? ''}", which "${other}" does not offer (${optionCodes(asked).join(', ')})`,
        ja: `の条件の答え「${code ?? ''}」は、「${other}」の選択肢にありません（${optionCodes(asked).join('、')}）`,
      };
}

const fittingAnswers: Readonly<Record<QuestionType, readonly string[]>> = {
  boolean: ['answerBoolean'],
  choice: ['answerCoding', 'answerString', 'answerInteger', 'answerDate', 'answerTime', 'answerReference'],
  'open-choice': ['answerCoding', 'answerString'],
  integer: ['answerInteger'],
  decimal: ['answerDecimal'],
  quantity: ['answerQuantity'],
  date: ['answerDate'],
  dateTime: ['answerDateTime'],
  time: ['answerTime'],
  string: ['answerString'],
  text: ['answerString'],
  url: ['answerString'],
  reference: ['answerReference'],
  attachment: [],
};

/** A question waits for those in its conditions and for its group; whoever waits for itself can never be asked. */
function cycles(placed: readonly Placed[]): Fault[] {
  const waitsFor = new Map(
    placed.map(({ item, parent }) => [
      item.linkId,
      [...(item.enableWhen ?? []).map((when) => when.question), ...(parent ? [parent.linkId] : [])],
    ]),
  );
  const done = new Set<string>();
  const reported = new Set<string>();
  const found: string[][] = [];
  const follow = (id: string, path: readonly string[]): void => {
    const at = path.indexOf(id);
    if (at >= 0) {
      const circle = path.slice(at);
      if (!circle.some((one) => reported.has(one))) found.push([...circle, id]);
      for (const one of circle) reported.add(one);
      return;
    }
    if (done.has(id)) return;
    for (const next of waitsFor.get(id) ?? []) follow(next, [...path, id]);
    done.add(id);
  };
  for (const id of waitsFor.keys()) follow(id, []);
  return found.map((circle) => ({
    place: placed.find(({ item }) => item.linkId === circle[0])?.place ?? '',
    says: `these wait for each other and can never be asked: ${circle.map((id) => `"${id}"`).join(' → ')}`,
    ja: `互いに待ち合っていて、いつまでもたずねられません：${circle.map((id) => `「${id}」`).join('→')}`,
  }));
}
