import type { Sentence, Texts } from '../kernel/sentence.ts';
import { joinSentences } from '../kernel/sentence.ts';
import type { Fault } from './failing.ts';
import { named, rangeEn, rangeJa } from './text.ts';

type Limit = string | undefined;

/** Why an expression came to nothing, for people: what the library says of it is English for programmers. */
export const whyNot: Readonly<Record<Fault, Sentence>> = {
  syntax: { ja: '式が読み取れない', en: 'the expression cannot be read' },
  time: { ja: '時間がかかりすぎる', en: 'it takes too long' },
  size: { ja: '結果が多すぎる', en: 'it has too many results' },
  failed: { ja: '式のとおりに計算できない', en: 'the expression does not work out' },
  unfit: { ja: '結果が質問の答えの形に合わない', en: 'what it finds is no answer to the question' },
};

/** What is wrong with an answer, for the kinds of question that instruments made elsewhere use. */
export const faultText = {
  tooFew: (q: Sentence, min: number): Sentence => ({
    ja: `${named(q).ja}には、${String(min)}つ以上答えてください。`,
    en: `Please give at least ${String(min)} answers to ${named(q).en}.`,
  }),
  tooManyOf: (q: Sentence, max: number): Sentence => ({
    ja: `${named(q).ja}の答えは${String(max)}つまでです。`,
    en: `${named(q).en} takes at most ${String(max)} answers.`,
  }),
  tooManyRows: (q: Sentence, max: number): Sentence => ({
    ja: `${named(q).ja}は${String(max)}件までです。`,
    en: `${named(q).en} can be filled in at most ${String(max)} times.`,
  }),
  tooFewRows: (q: Sentence, min: number): Sentence => ({
    ja: `${named(q).ja}は${String(min)}件以上書いてください。`,
    en: `Please fill in ${named(q).en} at least ${String(min)} times.`,
  }),
  decimal: (q: Sentence, min: Limit, max: Limit): Sentence => ({
    ja: `${named(q).ja}には、${rangeJa(min, max)}数字（小数も可）で答えてください。`,
    en: `Please answer ${named(q).en} with a number${rangeEn(min, max)}.`,
  }),
  decimals: (q: Sentence, most: number): Sentence => ({
    ja: `${named(q).ja}は、小数点以下${String(most)}桁までで答えてください。`,
    en: `Please answer ${named(q).en} with at most ${String(most)} figures behind the point.`,
  }),
  unit: (q: Sentence, units: readonly Sentence[]): Sentence => ({
    ja: `${named(q).ja}の単位を選んでください（${joinSentences(units).ja}）。`,
    en: `Please choose the unit of ${named(q).en} (${joinSentences(units).en}).`,
  }),
  dateTime: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}の日付と時刻を確かめてください。時刻は 9:30 のように書きます。`,
    en: `Please check date and time in ${named(q).en}; a time is written like 9:30.`,
  }),
  time: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}の時刻を、9:30 のように書いてください。`,
    en: `Please write the time in ${named(q).en} like 9:30.`,
  }),
  timeRange: (q: Sentence, min: Limit, max: Limit): Sentence => ({
    ja: `${named(q).ja}には、${rangeJa(min, max)}時刻を答えてください。`,
    en: `Please answer ${named(q).en} with a time${rangeEn(min, max)}.`,
  }),
  url: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}には、https:// などで始まるアドレスを書いてください。`,
    en: `Please answer ${named(q).en} with an address that begins with https:// or the like.`,
  }),
  reference: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}には、記録の種類と番号を「Organization/…」のように書いてください。`,
    en: `Please answer ${named(q).en} with the type and id of a record, like Organization/…`,
  }),
  tooShort: (q: Sentence, min: number): Sentence => ({
    ja: `${named(q).ja}は${String(min)}文字以上で書いてください。`,
    en: `Please write at least ${String(min)} characters in ${named(q).en}.`,
  }),
  regex: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}の書き方が、決められた形に合っていません。`,
    en: `The answer to ${named(q).en} is not written in the form that is asked for.`,
  }),
  readOnly: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}は様式が自動で埋める項目です。ほかの値は入れられません。`,
    en: `${named(q).en} is filled in by the form itself and takes no other value.`,
  }),
  calculatedOtherwise: (q: Sentence, found: string): Sentence => ({
    ja: `${named(q).ja}は答えから計算される項目で、値は${found === '' ? '空' : found}になるはずです。`,
    en: `${named(q).en} is calculated from the answers and should be ${found === '' ? 'empty' : found}.`,
  }),
  uncalculated: (q: Sentence, fault: Fault): Sentence => ({
    ja: `${named(q).ja}を様式の式から計算できませんでした（${whyNot[fault].ja}）。様式を管理する人に知らせてください。`,
    en: `${named(q).en} could not be calculated by the form (${whyNot[fault].en}). Please tell whoever keeps the form.`,
  }),
} satisfies Texts;
