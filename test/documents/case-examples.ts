import type { AccountData } from '../../src/documents/account.ts';
import type { FaxCoverData } from '../../src/documents/fax-cover.ts';
import type { FiguresReportData } from '../../src/documents/figures-report.ts';
import type { PlanSheetData } from '../../src/documents/plan-sheet.ts';
import type { QuestionnaireSheetData } from '../../src/documents/questionnaire-sheet.ts';
import type { ResourceSheetData } from '../../src/documents/resource-sheet.ts';
import * as examples from './examples.ts';

/** Everyone and everything here is invented. */
const domains = ['住まい', '移動', '家計', '食事', 'つながり', '役割・仕事', '健康の情報', 'こころと安心'];
const levels = ['困っていない', '少し困っている', 'かなり困っている', 'とても困っている'];
const scores = [
  { name: '令和9年3月2日', values: [4, 0, 3, 2, 1, 5, 0, 4] },
  { name: '令和8年12月10日', values: [4, 2, 3, 6, undefined, 5, 2, 4] },
  { name: '令和8年9月1日', values: [6, 4, 3, 6, 5, 6, 2, 6] },
];
const scale = (
  number: number,
  chosen?: number,
): QuestionnaireSheetData['sections'][number]['questions'][number] => ({
  number,
  text: `${domains[(number - 1) % domains.length] ?? ''}のこと その${String(Math.ceil(number / domains.length))}`,
  kind: 'choice',
  options: [...levels, 'まだ分からない'].map((label, i) => ({ label, chosen: i === chosen })),
});

export const assessment: QuestionnaireSheetData = {
  sheetId: examples.questionnaire.sheetId,
  language: 'ja',
  title: 'くらしの条件 アセスメントシート',
  program: '養父市モデル',
  version: '1.0.0',
  printedOn: '2027-03-02',
  caseNumber: 'YB-2027-00012',
  patient: { name: '𠮷田 ハナ', kana: 'ヨシダ ハナ', birthDate: '1944-03-09' },
  notTheProjectsForm:
    'この様式は Tsunagi のために書いたものです。モデル事業で実際に使われている様式ではありません。',
  chart: {
    title: '領域ごとの様子',
    lead: `外側ほど困りごとが大きいことを表します。線は内側から「${levels.join('」「')}」です。`,
    spokes: domains,
    levels,
    rings: 3,
    series: scores.map(({ name, values }) => ({
      name,
      values: values.map((value) => (value === undefined ? undefined : value / 6)),
      shown: values.map((value) => (value === undefined ? '未確認' : `${String(value)} / 6`)),
    })),
    notes: [],
  },
  sections: [
    { title: '領域', questions: Array.from({ length: 8 }, (_, i) => scale(i + 1, i % 5)) },
    {
      title: '三つの資源',
      questions: [
        { number: 9, text: '制度・サービス', kind: 'text', answer: '要支援1。通所リハビリを週に一度。' },
        {
          number: 10,
          text: 'つながり',
          kind: 'text',
          answer: '長女が月に二度来る。向かいの佐々木さんと毎朝あいさつ。',
        },
        { number: 11, text: '本人の力', kind: 'text', answer: '和裁を40年。人に教えるのが好き。' },
      ],
    },
  ],
};

const { chart: _chart, ...form } = assessment;
export const blankAssessment: QuestionnaireSheetData = {
  ...form,
  instructions: 'ご本人の話を聞きながら、あてはまる□に印（✓）をつけてください。',
  sections: [{ title: '領域', questions: Array.from({ length: 16 }, (_, i) => scale(i + 1)) }],
};

export const plan: PlanSheetData = {
  sheetId: examples.questionnaire.sheetId,
  language: 'ja',
  caseNumber: 'YB-2027-00012',
  printedOn: '2027-03-02',
  program: '養父市モデル',
  person: { name: '𠮷田 ハナ', kana: 'ヨシダ ハナ', birthDate: '1944-03-09' },
  office: examples.referral.to,
  linkWorker: { name: '辻 美咲', tel: '018-000-0201' },
  words: '月に二度のお茶の会に、向かいの佐々木さんと一緒に出かける。三か月後に様子を聞く。',
  goals: [
    {
      text: '週に一度、お茶を飲みに出かける',
      due: '2027-06-30',
      state: '取り組み中',
      needs: ['社会的なつながり'],
    },
    { text: 'バスで病院に行けるようになる', state: '近づいている', needs: ['移動'] },
  ],
  resources: [
    { kind: '制度・サービス', hint: '介護保険など', names: ['要支援1。通所リハビリを週に一度。'] },
    { kind: '人とのつながり', hint: '家族、友人', names: ['長女が月に二度来る。', 'お茶の会（参加中）'] },
    { kind: '本人の力', hint: '得意なこと、経験', names: [] },
  ],
  asked: [{ name: 'お茶の会（架空）', purpose: '見学から参加すること', state: '参加中' }],
};

export const faxCover: FaxCoverData = {
  addressee: 'office',
  sheetId: examples.questionnaire.sheetId,
  language: 'ja',
  to: examples.referral.to,
  from: examples.referral.from,
  date: examples.referral.date,
  caseNumber: examples.referral.caseNumber,
  about: 'リンクワーカー紹介票',
  following: 2,
};

export const resource: ResourceSheetData = {
  language: 'ja',
  name: 'みんなの茶の間 ひだまり（架空）',
  kana: 'みんなのちゃのま ひだまり',
  summary: 'お茶を飲みながら話す集まりです。手ぶらでどうぞ。',
  phone: '018-000-0401',
  fax: '018-000-0402',
  when: '毎週水曜日　午後1時30分から3時30分まで',
  fee: '100円（お茶代）',
  eligibility: '市内にお住まいの方ならどなたでも',
  appointment: '予約はいりません',
  provider: '架空市社会福祉協議会',
  place: { name: '本町公民館 1階和室', address: '秋田県架空市本町二丁目1番1号', lat: 39.7186, lon: 140.1024 },
  near: [
    { name: '架空市役所', lat: 39.7201, lon: 140.1035 },
    { name: 'みずほの杜内科クリニック', lat: 39.7175, lon: 140.0998 },
    { name: '本町バス停の待合所', lat: 39.7188, lon: 140.1052 },
  ],
  assured: '2026-10-01',
  printedOn: '2027-03-02',
  url: 'https://tsunagi.example/resources/01a2b3',
};

export const provision: AccountData = {
  sheetId: examples.questionnaire.sheetId,
  language: 'ja',
  title: '第三者提供の記録',
  aside: [examples.referral.from.organization],
  on: '2027-03-02',
  lead: 'どなたに、いつ、何を伝えたか、だれが見たかの記録です。',
  person: { name: '𠮷田 ハナ', kana: 'ヨシダ ハナ', birthDate: '1944-03-09' },
  chapters: [
    {
      title: '伝えた相手',
      pieces: [
        {
          kind: 'table',
          columns: [
            { title: '相手', part: 0.4 },
            { title: 'いつ', part: 0.3 },
            { title: '項目', part: 0.3 },
          ],
          rows: [['架空市地域包括支援センター', '令和8年11月21日から', '連絡先、問診票の答え']],
        },
        { kind: 'words', words: '個人情報の保護に関する法律 第29条による記録です。', small: true },
      ],
    },
    { title: '見た人', pieces: [{ kind: 'words', words: 'まだだれも見ていません。' }] },
  ],
};

export const figures: FiguresReportData = {
  language: 'ja',
  title: '紹介の統計',
  year: '令和8年度（2026年4月から）',
  organization: '架空県保険者協議会',
  printedOn: '2027-03-02',
  lead: '担当する地域の紹介を数えたものです。お一人お一人の情報は含まれません。',
  masks: '10人より少ない数は「－」と示します。',
  parts: [
    {
      facts: [
        ['紹介の数', '1,024'],
        ['紹介した医療機関の数', '31'],
      ],
      groups: [
        {
          charts: [
            {
              title: '月別',
              rows: [112, 98, undefined, 143, 130, 77].map((value, i) => ({
                label: `2026年${String(i + 4)}月`,
                value,
                shown: value === undefined ? '－' : String(value),
              })),
            },
            {
              title: '困りごと別',
              note: 'お一人に困りごとがいくつもあることがあります。',
              rows: ['社会的なつながり', '食べ物', '移動', '住まい'].map((label, i) => ({
                label,
                value: 300 - i * 60,
                shown: String(300 - i * 60),
              })),
            },
          ],
        },
      ],
    },
    {
      title: '地区の特徴',
      lead: 'それぞれの地区で多いものを三つまで、地域全体と比べています。',
      facts: [],
      groups: ['北浜', '山手'].map((place) => ({
        title: `架空町 ${place}`,
        charts: [
          {
            title: 'ここで暮らしていて、困ることはありますか。',
            rows: [41, 22].map((value, i) => ({
              label: `${i === 0 ? '買い物が遠い' : '雪かき'}（この地区 ${String(value)}%、全体 30%）`,
              value,
              shown: String(value),
            })),
          },
        ],
      })),
    },
  ],
};
