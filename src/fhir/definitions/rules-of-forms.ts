import { has, isDistinct, nodesOf, rule, type Node, type Rule } from './rule.ts';

const is = (it: Node, ...types: string[]): boolean => types.includes(String(it['type']));

function linkIds(it: Node): unknown[] {
  return nodesOf(it['item']).flatMap((item) => [item['linkId'], ...linkIds(item)]);
}

/** The invariants of a Questionnaire. A test holds each against its FHIRPath expression. */
export const rulesOfForms: Readonly<Record<string, Rule>> = {
  'que-1': rule(
    'グループには下位の項目が必要で、表示だけの項目には置けません。',
    'A group needs items below it; a display has none.',
    (it) => (!is(it, 'group') || has(it, 'item')) && (!is(it, 'display') || !has(it, 'item')),
  ),
  'que-2': rule('項目の番号（linkId）が重なっています。', 'Two items have the same linkId.', (it) =>
    isDistinct(linkIds(it)),
  ),
  'que-3': rule(
    '表示だけの項目に、コードは付けられません。',
    'A display has no code.',
    (it) => !is(it, 'display') || !has(it, 'code'),
  ),
  'que-4': rule(
    '選択肢と選択肢の一覧の両方は書けません。',
    'Either answer options or an answer value set, not both.',
    (it) => !has(it, 'answerOption') || !has(it, 'answerValueSet'),
  ),
  'que-5': rule(
    'この種類の質問に、選択肢は置けません。',
    'A question of this type has no answer options.',
    (it) =>
      is(
        it,
        'choice',
        'open-choice',
        'decimal',
        'integer',
        'date',
        'dateTime',
        'time',
        'string',
        'quantity',
      ) ||
      (!has(it, 'answerOption') && !has(it, 'answerValueSet')),
  ),
  'que-6': rule(
    '表示だけの項目に、必須やくり返しは付けられません。',
    'A display is neither required nor repeated.',
    (it) => !is(it, 'display') || (!has(it, 'required') && !has(it, 'repeats')),
  ),
  'que-7': rule(
    '「回答の有無」の条件には、はい・いいえの値が必要です。',
    'The condition "exists" needs a yes or no.',
    (it) => it['operator'] !== 'exists' || has(it, 'answerBoolean'),
  ),
  'que-8': rule(
    'グループや表示だけの項目に、初期値は置けません。',
    'A group or a display has no initial value.',
    (it) => !is(it, 'group', 'display') || !has(it, 'initial'),
  ),
  'que-9': rule(
    '表示だけの項目に、読み取り専用は付けられません。',
    'A display is not marked read-only.',
    (it) => !is(it, 'display') || !has(it, 'readOnly'),
  ),
  'que-10': rule(
    'この種類の質問に、文字数の上限は付けられません。',
    'A question of this type has no maximum length.',
    (it) =>
      is(it, 'boolean', 'decimal', 'integer', 'string', 'text', 'url', 'open-choice') ||
      !has(it, 'maxLength'),
  ),
  'que-11': rule(
    '選択肢のある質問に、初期値は置けません。',
    'A question with answer options marks the initial one there.',
    (it) => !has(it, 'answerOption') || !has(it, 'initial'),
  ),
  'que-12': rule(
    '条件が三つ以上のときは、「すべて」か「どれか」を書きます。',
    'More than two conditions need enableBehavior.',
    (it) => nodesOf(it['enableWhen']).length <= 2 || has(it, 'enableBehavior'),
  ),
  'que-13': rule(
    '初期値が二つ以上あるのは、くり返しの質問だけです。',
    'Only a repeating question has several initial values.',
    (it) => it['repeats'] === true || nodesOf(it['initial']).length <= 1,
  ),
  'vsd-1': rule(
    '値セットの一覧には、コード体系か別の値セットが必要です。',
    'What a value set includes names a code system or another value set.',
    (it) => has(it, 'valueSet') || has(it, 'system'),
  ),
  'vsd-2': rule(
    'コードや絞り込みには、コード体系が必要です。',
    'Codes and filters need their code system.',
    (it) => (!has(it, 'concept') && !has(it, 'filter')) || has(it, 'system'),
  ),
  'vsd-3': rule(
    'コードの一覧と絞り込みの両方は書けません。',
    'Either codes or filters, not both.',
    (it) => !has(it, 'concept') || !has(it, 'filter'),
  ),
  'vsd-6': rule(
    '展開された項目には、コードか表示名が必要です。',
    'What a value set contains has a code or a display.',
    (it) => has(it, 'code') || has(it, 'display'),
  ),
  'vsd-9': rule(
    '展開された項目には、抽象的なものを除き、コードが必要です。',
    'What a value set contains has a code unless it is abstract.',
    (it) => has(it, 'code') || it['abstract'] === true,
  ),
  'vsd-10': rule(
    '展開された項目のコードには、コード体系が必要です。',
    'A code that a value set contains has its code system.',
    (it) => !has(it, 'code') || has(it, 'system'),
  ),
};
