import type { Sentence, Texts } from '../kernel/sentence.ts';

type Said = (question: Sentence, answer: Sentence) => Sentence;
/** Words of a form in quotation marks. */
export const named = ({ ja, en }: Sentence): Sentence => ({
  ja: `「${ja.replace(/[。．]$/, '')}」`,
  en: `“${en}”`,
});

/** What a condition asks for, by operator. Questions and answers stand in quotation marks. */
export const compared = {
  '=': (q, a) => ({
    ja: `${named(q).ja}に${named(a).ja}と答えた方`,
    en: `you answered ${named(a).en} to ${named(q).en}`,
    easy: `${named(q).ja}に ${named(a).ja}と こたえた 人`,
  }),
  '!=': (q, a) => ({
    ja: `${named(q).ja}に${named(a).ja}と答えなかった方`,
    en: `you did not answer ${named(a).en} to ${named(q).en}`,
  }),
  '>': (q, a) => ({
    ja: `${named(q).ja}の答えが${a.ja}より大きい方`,
    en: `your answer to ${named(q).en} is above ${a.en}`,
  }),
  '<': (q, a) => ({
    ja: `${named(q).ja}の答えが${a.ja}より小さい方`,
    en: `your answer to ${named(q).en} is below ${a.en}`,
  }),
  '>=': (q, a) => ({
    ja: `${named(q).ja}の答えが${a.ja}以上の方`,
    en: `your answer to ${named(q).en} is ${a.en} or more`,
  }),
  '<=': (q, a) => ({
    ja: `${named(q).ja}の答えが${a.ja}以下の方`,
    en: `your answer to ${named(q).en} is ${a.en} or less`,
  }),
} as const satisfies Record<string, Said>;

export const text = {
  yes: { ja: 'はい', en: 'Yes' },
  no: { ja: 'いいえ', en: 'No' },
  answered: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}に答えた方`,
    en: `you answered ${named(q).en}`,
    easy: `${named(q).ja}に こたえた 人`,
  }),
  unanswered: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}に答えなかった方`,
    en: `you did not answer ${named(q).en}`,
  }),
  oneOf: (q: Sentence, answers: readonly Sentence[]): Sentence => ({
    ja: `${named(q).ja}に${answers.map((a) => named(a).ja).join('か')}と答えた方`,
    en: `you answered ${answers.map((a) => named(a).en).join(' or ')} to ${named(q).en}`,
    easy: `${named(q).ja}に ${answers.map((a) => named(a).ja).join('か ')}と こたえた 人`,
  }),
  askedOf: (conditions: readonly Sentence[], behavior: 'any' | 'all'): Sentence => ({
    ja: `（${conditions.map((one) => one.ja).join(behavior === 'any' ? '、または' : '、そして')}）`,
    en: `(If ${conditions.map((one) => one.en).join(behavior === 'any' ? ', or ' : ', and ')})`,
    easy: `（${conditions.map((one) => one.easy ?? one.ja).join(behavior === 'any' ? '、または ' : '、そして ')}）`,
  }),
  sectionOf: (at: number, of: number): Sentence => ({
    ja: `${String(of)}ページ中 ${String(at)}ページ目`,
    en: `Page ${String(at)} of ${String(of)}`,
    easy: `${String(of)}ページの うち、${String(at)}ページめ`,
  }),
  /** `{n}` and `{of}` are put in by the script that counts. */
  answeredOf: {
    ja: '{of}問のうち {n}問に答えました',
    en: '{n} of {of} questions answered',
    easy: 'しつもん {of}の うち、{n} こたえました',
  },
  progress: { ja: '答えた質問の数', en: 'Questions answered', easy: 'こたえた しつもんの かず' },
  noAnswer: { ja: '答えなし', en: 'No answer', easy: 'こたえて いません' },
  nothingAnswered: { ja: 'まだ答えはありません', en: 'No answers yet', easy: 'まだ こたえて いません' },

  missing: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}に答えてください。`,
    en: `Please answer ${named(q).en}.`,
    easy: `${named(q).ja}に こたえて ください。`,
  }),
  unknownOption: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}は、選択肢の中から選んでください。`,
    en: `Please choose one of the given answers to ${named(q).en}.`,
    easy: `${named(q).ja}は、ここに ある ものから えらんで ください。`,
  }),
  tooMany: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}の答えは一つだけです。`,
    en: `${named(q).en} takes one answer.`,
    easy: `${named(q).ja}の こたえは 1つだけです。`,
  }),
  exclusive: (q: Sentence, option: Sentence): Sentence => ({
    ja: `${named(q).ja}では、${named(option).ja}とほかの答えを一緒に選べません。`,
    en: `In ${named(q).en}, ${named(option).en} cannot be chosen together with another answer.`,
    easy: `${named(q).ja}では、${named(option).ja}と ほかの こたえを、いっしょに えらべません。`,
  }),
  number: (q: Sentence, min: string | undefined, max: string | undefined): Sentence => ({
    ja: `${named(q).ja}には、${rangeJa(min, max)}数字で答えてください。`,
    en: `Please answer ${named(q).en} with a whole number${rangeEn(min, max)}.`,
    easy: `${named(q).ja}には、${rangeJa(min, max)}すうじを かいて ください。`,
  }),
  date: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}の日付を、年・月・日とも確かめてください。そのような日はありません。`,
    en: `Please check year, month and day in ${named(q).en}: there is no such date.`,
    easy: `${named(q).ja}の 年・月・日を、もう いちど 見て ください。その日は ありません。`,
  }),
  dateRange: (q: Sentence, min: string | undefined, max: string | undefined): Sentence => ({
    ja: `${named(q).ja}には、${rangeJa(min, max)}日付を答えてください。`,
    en: `Please answer ${named(q).en} with a date${rangeEn(min, max)}.`,
    easy: `${named(q).ja}には、${rangeJa(min, max)}日を かいて ください。`,
  }),
  tooLong: (q: Sentence, max: number): Sentence => ({
    ja: `${named(q).ja}は${String(max)}文字までで書いてください。`,
    en: `Please keep ${named(q).en} to ${String(max)} characters.`,
    easy: `${named(q).ja}は、${String(max)}もじまで かけます。`,
  }),
  control: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}に、使えない文字（制御文字）が入っています。入力し直してください。`,
    en: `${named(q).en} contains characters that cannot be used (control characters). Please type it again.`,
    easy: `${named(q).ja}に、つかえない もじが あります。もう いちど かいて ください。`,
  }),
  oneLine: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}は1行で書いてください。`,
    en: `Please answer ${named(q).en} in a single line.`,
    easy: `${named(q).ja}は、1ぎょうで かいて ください。`,
  }),

  malformed: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}の答えを読み取れませんでした。もう一度答えてください。`,
    en: `The answer to ${named(q).en} could not be read. Please answer again.`,
    easy: `${named(q).ja}の こたえを 読めませんでした。もう いちど こたえて ください。`,
  }),
  wrongForm: (given: string, form: string): Sentence => ({
    ja: `この回答は別の問診票（${given}）のものです。${form} の回答ではありません。`,
    en: `This answers another questionnaire (${given}), not ${form}.`,
  }),
  unknownQuestion: (linkId: string): Sentence => ({
    ja: `「${linkId}」という質問はこの問診票にありません。`,
    en: `The questionnaire has no question "${linkId}".`,
  }),
  wrongPlace: (linkId: string): Sentence => ({
    ja: `「${linkId}」はここに置けません。問診票と同じ入れ子にしてください。`,
    en: `"${linkId}" does not belong here; items nest as in the questionnaire.`,
  }),
  twice: (linkId: string): Sentence => ({
    ja: `「${linkId}」が二つあります。一つにまとめてください。`,
    en: `"${linkId}" stands here twice; put its answers into one item.`,
  }),
  answerOnGroup: (linkId: string): Sentence => ({
    ja: `「${linkId}」は質問ではないので、答えを持てません。`,
    en: `"${linkId}" is no question and takes no answer.`,
  }),
  oneValue: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}の答えの値は、一つだけ入れてください。`,
    en: `An answer to ${named(q).en} has exactly one value.`,
  }),
  wrongType: (q: Sentence, wanted: string): Sentence => ({
    ja: `${named(q).ja}の答えは ${wanted} で入れてください。`,
    en: `An answer to ${named(q).en} is a ${wanted}.`,
  }),
  sameTwice: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}に同じ答えが二度あります。`,
    en: `${named(q).en} has the same answer twice.`,
  }),
  notAsked: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}は、ほかの答えからみて、たずねられない質問です。答えを除いてください。`,
    en: `${named(q).en} is not asked, given the other answers; leave it out.`,
  }),
} satisfies Texts;

export function rangeJa(min: string | undefined, max: string | undefined): string {
  if (min !== undefined && max !== undefined) return `${min}から${max}までの`;
  return min === undefined ? (max === undefined ? '' : `${max}までの`) : `${min}以上の`;
}
export function rangeEn(min: string | undefined, max: string | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  return min === undefined ? (max === undefined ? '' : ` up to ${max}`) : ` not below ${min}`;
}
