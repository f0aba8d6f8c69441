import { toEra } from '../kernel/japan/era.ts';
import type { Texts } from '../kernel/sentence.ts';

const yearOf = (year: number, month: number): string =>
  toEra(`${String(year)}-${String(month).padStart(2, '0')}-01`)?.yearText ?? `${String(year)}年`;

/** Words of the sheets about sessions. */
export const text = {
  calendarTitle: (year: number, month: number) => ({
    ja: `${String(month)}月のつどい（${yearOf(year, month)}）`,
    en: `Sessions, ${String(year)}-${String(month).padStart(2, '0')}`,
  }),
  signUp: { ja: 'お申し込みはこちらから（会員登録はいりません）', en: 'Sign up here (no account needed)' },
  call: (phone: string) => ({ ja: `お電話でも　${phone}`, en: `Or call ${phone}` }),
  none: { ja: 'この月のつどいはありません。', en: 'No sessions in this month.' },
  noneLeft: { ja: 'この月に、これからのつどいはありません。', en: 'No sessions to come in this month.' },
  cancelled: { ja: '【中止】', en: '[Called off]' },
  dropIn: { ja: '申し込みなしで立ち寄れます', en: 'No need to sign up' },
  listTitle: { ja: '出席簿', en: 'Attendance list' },
  callsTitle: { ja: '電話をかける人', en: 'Whom to call' },
  people: { ja: '申し込んだ人', en: 'Signed up' },
  nobody: { ja: 'いません。', en: 'Nobody.' },
  name: { ja: '名前', en: 'Name' },
  how: { ja: '参加', en: 'How' },
  there: { ja: '出欠', en: 'There' },
  present: { ja: '出席', en: 'yes' },
  absent: { ja: '欠席', en: 'no' },
  phone: { ja: '電話', en: 'Telephone' },
  noPhone: { ja: '（番号なし）', en: '(no number)' },
  called: { ja: 'かけた', en: 'Called' },
} as const satisfies Texts;
