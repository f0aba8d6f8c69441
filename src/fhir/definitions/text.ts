import { of, type Sentence, type Texts } from '../../kernel/sentence.ts';
import { longestText, mostDigits, type Fault } from './primitives.ts';

const japaneseNames: Readonly<Record<string, string>> = {
  date: '日付（例：2026-11-20）',
  dateTime: '日時（例：2026-11-20T10:00:00+09:00）',
  instant: '日時（例：2026-11-20T10:00:00+09:00）',
  time: '時刻（例：10:30:00）',
  code: 'コード',
  id: '番号（英数字・ハイフン・点、64文字まで）',
  base64Binary: 'Base64のデータ',
  xhtml: '説明文（<div>…</div>）',
};
const englishNames: Readonly<Record<string, string>> = {
  date: 'a date such as 2026-11-20',
  dateTime: 'a date or a time with its offset such as 2026-11-20T10:00:00+09:00',
  instant: 'a time with its offset such as 2026-11-20T10:00:00+09:00',
  time: 'a time of day such as 10:30:00',
  id: 'an id (letters, digits, hyphen, dot; at most 64)',
  base64Binary: 'Base64 data',
  xhtml: 'a well-formed <div>…</div>',
};

const faults: Readonly<Record<Fault, (path: string, type: string) => Sentence>> = {
  'not-text': (path) => of(`「${path}」は文字で書いてください。`, `"${path}" must be a JSON string.`),
  'not-number': (path) => of(`「${path}」は数で書いてください。`, `"${path}" must be a JSON number.`),
  'not-boolean': (path) =>
    of(`「${path}」は true か false で書いてください。`, `"${path}" must be true or false.`),
  blank: (path) =>
    of(
      `「${path}」が空です。値がないときは項目ごと省いてください。`,
      `"${path}" is blank; leave it out if there is no value.`,
    ),
  control: (path) =>
    of(
      `「${path}」に、目に見えない制御文字があります。取り除いてください。`,
      `"${path}" holds hidden control characters; please remove them.`,
    ),
  'too-many-digits': (path) =>
    of(
      `「${path}」の数字が多すぎます。${String(mostDigits)}桁までです。`,
      `"${path}" has too many digits; a number has at most ${String(mostDigits)}.`,
    ),
  'too-long': (path) =>
    of(
      `「${path}」が長すぎます。${longestText.toLocaleString('en')}文字までです。`,
      `"${path}" is too long; a text has at most ${longestText.toLocaleString('en')} characters.`,
    ),
  format: (path, type) =>
    of(
      `「${path}」の形が正しくありません。${japaneseNames[type] ?? type} が必要です。`,
      `"${path}" is not ${englishNames[type] ?? `a valid ${type}`}.`,
    ),
  'no-such-day': (path) => of(`「${path}」は実在しない日付です。`, `"${path}" is a day that does not exist.`),
  'not-whole': (path) => of(`「${path}」は整数で書いてください。`, `"${path}" must be a whole number.`),
  'out-of-range': (path) => of(`「${path}」の数が範囲の外です。`, `"${path}" is out of range.`),
  script: (path) =>
    of(
      `「${path}」に、使えないタグかアドレスがあります。`,
      `"${path}" holds markup or an address that is not allowed.`,
    ),
};

/** What the validator says. `path` is the FHIRPath of the element concerned. */
export const text = {
  fault: (fault: Fault, path: string, type: string) => faults[fault](path, type),
  notRecord: of('FHIRの記録（JSON）ではありません。', 'This is not a FHIR resource in JSON.'),
  unknownType: (path: string, type: string) =>
    of(
      `「${path}」の記録の種類「${type}」はありません。`,
      `"${path}" has the unknown resource type "${type}".`,
    ),
  notTaken: (path: string, type: string) =>
    of(
      `「${path}」の記録の種類「${type}」は、このサービスでは扱いません。`,
      `"${path}" is a ${type}, which this service does not take.`,
    ),
  missing: (path: string) => of(`「${path}」が必要です。`, `"${path}" is required.`),
  unknownElement: (path: string, name: string) =>
    of(`「${path}」に「${name}」という項目はありません。`, `"${path}" has no element "${name}".`),
  needsList: (path: string) => of(`「${path}」は配列で書いてください。`, `"${path}" must be a JSON array.`),
  needsOne: (path: string) =>
    of(
      `「${path}」は一つだけです。配列にしないでください。`,
      `"${path}" takes a single value, not an array.`,
    ),
  needsObject: (path: string) =>
    of(`「${path}」はJSONのオブジェクトで書いてください。`, `"${path}" must be a JSON object.`),
  empty: (path: string) =>
    of(
      `「${path}」が空です。値がないときは項目ごと省いてください。`,
      `"${path}" is empty; leave it out if there is no value.`,
    ),
  circle: (path: string, id: string) => ({
    ja: `${path} の「${id}」が、たどると自分自身に戻ります。contained どうしの輪は作れません（0 まで）。`,
    en: `${path} has a circle: "${id}" leads back to itself. Contained resources may form no circles (limit: 0).`,
  }),
  tooMany: (path: string, max: number) =>
    of(`「${path}」は${String(max)}件までです。`, `"${path}" takes at most ${String(max)}.`),
  tooDeep: (path: string, max: number) =>
    of(
      `「${path}」の入れ子が深すぎます（${String(max)}段まで）。`,
      `"${path}" is nested too deep (at most ${String(max)} levels).`,
    ),
  twoChoices: (path: string, one: string, other: string) =>
    of(
      `「${path}」は一つだけです。「${one}」と「${other}」のどちらかを選んでください。`,
      `"${path}" takes one value: either "${one}" or "${other}".`,
    ),
  notAllowed: (path: string, given: string, codes: string) =>
    of(
      `「${path}」に「${given}」は使えません。使えるコード：${codes}`,
      `"${path}" cannot be "${given}". Allowed codes: ${codes}`,
    ),
  badReference: (path: string, given: string) =>
    of(
      `「${path}」の「${given}」は参照の形になっていません（例：Patient/番号）。`,
      `"${path}" is "${given}", which is no reference such as Patient/id.`,
    ),
  wrongTarget: (path: string, given: string, targets: string) =>
    of(
      `「${path}」は ${given} を参照できません。参照できる種類：${targets}`,
      `"${path}" cannot refer to ${given}. Allowed types: ${targets}`,
    ),
  modifier: (path: string) =>
    of(
      `「${path}」は記録の意味を変える拡張で、このサービスでは解釈できません。`,
      `"${path}" changes the meaning of the record in a way this service does not understand.`,
    ),
  broken: (path: string, key: string, rule: Sentence) =>
    of(`「${path}」：${rule.ja}（${key}）`, `"${path}": ${rule.en} (${key})`),
} satisfies Texts;
