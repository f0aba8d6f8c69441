import type { FaxRequestData } from '../../src/documents/fax-request.ts';
import type { HandOverSheetData } from '../../src/documents/hand-over-sheet.ts';
import type { InvitationLettersData } from '../../src/documents/invitation-letter.ts';
import type { PlanSheetData } from '../../src/documents/plan-sheet.ts';
import type { ListSheetData, SessionCalendarData } from '../../src/documents/session-calendar.ts';
import * as cases from './case-examples.ts';
import * as examples from './examples.ts';

/** Everyone and everything here is invented. */
const { sheetId } = examples.questionnaire;
const { from: clinic, to: office } = examples.referral;
const notTheProjectsForm =
  'この様式は Tsunagi のために書いたものです。モデル事業で実際に使われている様式ではありません。';

export const handOver: HandOverSheetData = {
  sheetId,
  language: 'ja',
  title: '相談支援包括化の引き継ぎ票',
  to: { organization: '架空市社会福祉協議会', tel: '018-000-0501', fax: '018-000-0502' },
  from: office,
  date: '2027-03-02',
  caseNumber: 'NB-2027-00031',
  patient: { name: '𠮷田 ハナ', kana: 'ヨシダ ハナ', birthDate: '1944-03-09', gender: 'female' },
  reason: '家計の見直しについて、専門の窓口で続けて話を聞いてほしいため。',
  asked: '一度お宅をたずねて、支払いの整理を一緒に考えてください。',
  needs: ['家計', '社会的なつながり'],
  summary: 'ひとり暮らし。夫を亡くしてから、書類の手続きが重なって困っている。'.repeat(6),
  goals: ['支払いの見通しを立てる', '月に一度は出かける'],
  asks: 'お受けになれるかどうかを、下の欄に記入し、1週間のうちにファクスでお返しください。',
  notTheProjectsForm,
};

const {
  to: _to,
  reason: _reason,
  asked: _asked,
  needs: _needs,
  summary: _summary,
  goals: _goals,
  ...form
} = handOver;
export const blankHandOver: HandOverSheetData = form;

const { words: _words, ...agreed } = cases.plan;
export const blankPlan: PlanSheetData = {
  ...agreed,
  blank: true,
  goals: [],
  asked: [],
  resources: cases.plan.resources.map((one) => ({ ...one, names: [] })),
};

export const letters: InvitationLettersData = {
  language: 'ja',
  title: '受診のご案内',
  association: '架空市医師会・架空市',
  insurer: {
    ...office,
    organization: '架空市国民健康保険',
    postalCode: '010-0000',
    address: '架空市本町1-1',
  },
  date: '2027-03-02',
  says: [
    '健康診査の結果から、お医者さんに一度みていただくことをお勧めする方に、お手紙を差し上げています。',
    '受診のときに、くらしの困りごとも相談できます。費用は、ふだんの診察と同じです。',
  ],
  bring: ['この手紙', '健康保険の資格が分かるもの', '健康診査の結果'],
  page: 'https://tsunagi.example/i',
  letters: ['1234-5678-9012', '2345-6789-0123'].map((code, i) => ({
    name: i === 0 ? '𠮷田 ハナ' : '髙﨑 次郎',
    postalCode: '010-0001',
    address: '架空市本町四丁目5番6号 みどり荘203号室',
    code,
    url: `https://tsunagi.example/i/${code.replaceAll('-', '')}`,
  })),
};

/** So many words that the lines come closer together. */
export const fullLetters: InvitationLettersData = {
  ...letters,
  says: Array.from({ length: 5 }, (_, i) => letters.says[i % 2] ?? ''),
};

const session = (day: number) => ({
  startsAt: `2026-11-${String(day).padStart(2, '0')}T01:00:00Z`,
  endsAt: `2026-11-${String(day).padStart(2, '0')}T02:30:00Z`,
  title: `暮らしの保健室（第${String(day)}回）`,
  place: '北浜公民館　1階',
  leader: '助産師',
  phone: '018-000-0201',
  ways: ['会場で', 'オンラインで'],
  dropIn: day % 2 === 0,
  cancelled: day === 3,
});

export const calendar: SessionCalendarData = {
  language: 'ja',
  body: office.organization,
  phone: '018-000-0201',
  month: '2026-11',
  on: '2026-11-01',
  url: 'https://tsunagi.example/join/0190a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b',
  sessions: [1, 3, 4, 10, 12, 17].map(session),
};
/** More than one side holds. */
export const fullCalendar: SessionCalendarData = {
  ...calendar,
  sessions: Array.from({ length: 28 }, (_, i) => session(i + 1)),
};

export const attendance: ListSheetData = {
  kind: 'attendance',
  language: 'ja',
  title: '暮らしの保健室',
  when: '令和8年11月10日　午前10時から',
  place: '北浜公民館　1階',
  on: '2026-11-09',
  rows: Array.from({ length: 30 }, (_, i) => ({
    name: `架空 はな${String(i + 1)}`,
    how: i % 3 === 0 ? 'オンラインで' : '会場で',
    phone: `090-0000-${String(i).padStart(4, '0')}`,
  })),
  empty: 6,
};
export const calls: ListSheetData = { ...attendance, kind: 'calls', empty: 0 };

export const faxRequest: FaxRequestData = {
  language: 'ja',
  sheetId,
  program: '養父市モデル',
  to: office,
  from: undefined,
  urgencies: ['急ぎません', '早めに', 'きょう・あす', '今すぐ'],
  needs: ['食べ物', '住まい', '移動', '社会的なつながり', '家計', '介護の負担', '子育て', '仕事'],
  consent: {
    recipients: ['リンクワーカーの事務所', '地域の活動'],
    items: ['連絡先', '困りごと', '問診票の答え'],
    months: 12,
    withdraw: '同意は、いつでも、電話一本で取り消せます。',
  },
  notTheProjectsForm,
  printedOn: '2027-03-02',
};
/** A clinic prints it with both sides filled in. */
export const sentRequest: FaxRequestData = { ...faxRequest, from: clinic };
