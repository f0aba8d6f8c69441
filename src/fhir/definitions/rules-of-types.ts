import { has, hasChoice, isNode, nodesOf, notAfter, rule, type Node, type Rule } from './rule.ts';

const ucum = 'http://unitsofmeasure.org';
const unitOf = (it: Node): boolean =>
  (has(it, 'code') || !has(it, 'value')) && (!has(it, 'system') || it['system'] === ucum);
const needs =
  (name: string, other: string): Rule['holds'] =>
  (it) =>
    !has(it, name) || has(it, other);
const eitherOr = rule(
  'パスと検索項目のどちらか一方だけが必要です。',
  'Needs either a path or a search parameter.',
  (it) => has(it, 'path') !== has(it, 'searchParam'),
);

function sameUnitAndMore(low: Node, high: Node): boolean {
  const comparable =
    low['system'] === high['system'] && low['code'] === high['code'] && low['unit'] === high['unit'];
  return comparable && Number(low['value']) > Number(high['value']);
}

/** The invariants of R4's data types. A test holds each against its FHIRPath expression. */
export const rulesOfTypes: Readonly<Record<string, Rule>> = {
  'ext-1': rule(
    '拡張には、値か下位の拡張のどちらか一方だけが必要です。',
    'An extension has either a value or further extensions.',
    (it) => has(it, 'extension') !== hasChoice(it, 'value'),
  ),
  'ref-1': rule(
    '「#」で始まる参照の先が、この記録の中にありません。',
    'A reference that begins with "#" leads to nothing contained in this record.',
    (it, { resource, root }) => {
      const to = it['reference'];
      if (typeof to !== 'string' || !to.startsWith('#')) return true;
      // From inside a contained resource, a bare "#" means the resource around it.
      if (to === '#') return resource !== root;
      return nodesOf(root['contained']).some((c) => c['id'] === to.slice(1));
    },
  ),
  'per-1': rule('期間の始まりが終わりより後です。', 'The period begins after its end.', (it) =>
    notAfter(it['start'], it['end']),
  ),
  'att-1': rule(
    '添付の中身には種類（contentType）が必要です。',
    'Attached data needs a content type.',
    needs('data', 'contentType'),
  ),
  'cpt-2': rule(
    '連絡先には種類（電話・メールなど）が必要です。',
    'A contact needs its kind, such as phone or email.',
    needs('value', 'system'),
  ),
  'qty-3': rule(
    '単位のコードには、そのコード体系が必要です。',
    'The code of a unit needs its system.',
    needs('code', 'system'),
  ),
  'sqty-1': rule(
    'ここでは比較記号を使えません。',
    'No comparator may be used here.',
    (it) => !has(it, 'comparator'),
  ),
  'rng-2': rule(
    '範囲の下限が上限より大きい値です。',
    'The low end of the range is above its high end.',
    (it) => {
      const [low, high] = [it['low'], it['high']];
      return !isNode(low) || !isNode(high) || !sameUnitAndMore(low, high);
    },
  ),
  'rat-1': rule(
    '比には分子と分母の両方が必要です。',
    'A ratio needs both its numerator and its denominator.',
    (it) => has(it, 'numerator') === has(it, 'denominator') && (has(it, 'numerator') || has(it, 'extension')),
  ),
  'age-1': rule(
    '年齢には時間の単位と、0より大きい値が必要です。',
    'An age needs a unit of time and a value above zero.',
    (it) => unitOf(it) && (typeof it['value'] !== 'number' || it['value'] > 0),
  ),
  'cnt-3': rule(
    '数には単位「1」と整数の値が必要です。',
    'A count needs the unit "1" and a whole value.',
    (it) =>
      unitOf(it) &&
      (!has(it, 'code') || it['code'] === '1') &&
      (typeof it['value'] !== 'number' || Number.isInteger(it['value'])),
  ),
  'dis-1': rule('距離には長さの単位が必要です。', 'A distance needs a unit of length.', unitOf),
  'drt-1': rule(
    '時間の長さには値とUCUMの単位が必要です。',
    'A duration needs a value and a UCUM unit.',
    (it) => !has(it, 'code') || (it['system'] === ucum && has(it, 'value')),
  ),
  'tim-1': rule('長さには単位が必要です。', 'A duration needs its unit.', needs('duration', 'durationUnit')),
  'tim-2': rule('間隔には単位が必要です。', 'A period needs its unit.', needs('period', 'periodUnit')),
  'tim-4': rule('長さは0以上です。', 'A duration is not negative.', (it) => !(Number(it['duration']) < 0)),
  'tim-5': rule('間隔は0以上です。', 'A period is not negative.', (it) => !(Number(it['period']) < 0)),
  'tim-6': rule('間隔の上限には間隔が必要です。', 'periodMax needs a period.', needs('periodMax', 'period')),
  'tim-7': rule(
    '長さの上限には長さが必要です。',
    'durationMax needs a duration.',
    needs('durationMax', 'duration'),
  ),
  'tim-8': rule('回数の上限には回数が必要です。', 'countMax needs a count.', needs('countMax', 'count')),
  'tim-9': rule(
    'ずらす時間には、食前・食後などの時点が必要です。',
    'An offset needs a "when" other than a meal itself.',
    (it) => {
      const when = it['when'];
      if (!has(it, 'offset')) return true;
      return Array.isArray(when) && !when.some((w) => ['C', 'CM', 'CD', 'CV'].includes(String(w)));
    },
  ),
  'tim-10': rule(
    '時刻と「いつ」の両方は書けません。',
    'Either a time of day or a "when", not both.',
    (it) => !has(it, 'timeOfDay') || !has(it, 'when'),
  ),
  'drq-1': eitherOr,
  'drq-2': eitherOr,
  'exp-1': rule(
    '式か、式への参照が必要です。',
    'Needs an expression or a reference to one.',
    (it) => has(it, 'expression') || has(it, 'reference'),
  ),
  'trd-1': rule(
    '時期とデータの両方は書けません。',
    'Either a timing or data, not both.',
    (it) => !has(it, 'data') || !hasChoice(it, 'timing'),
  ),
  'trd-2': rule('条件にはデータが必要です。', 'A condition needs data.', needs('condition', 'data')),
  'trd-3': rule(
    'きっかけの種類に合った名前・時期・データが必要です。',
    'The trigger needs the name, timing or data that its type asks for.',
    (it) =>
      (it['type'] !== 'named-event' || has(it, 'name')) &&
      (it['type'] !== 'periodic' || hasChoice(it, 'timing')) &&
      (!String(it['type']).startsWith('data-') || has(it, 'data')),
  ),
};
