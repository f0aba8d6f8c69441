import type { Texts } from '../kernel/sentence.ts';

/** Words of the referral on the clinic's page of a person. */
export const personText = {
  referral: { ja: '紹介', en: 'Referral' },
  after: { ja: 'その後', en: 'What became of it' },
  refer: { ja: '紹介を送る', en: 'Send a referral' },
  referAgain: { ja: '新しい紹介を送る', en: 'Send another referral' },
  none: { ja: 'まだ紹介していません', en: 'No referral yet' },
  noneNext: {
    ja: '問診票と同意がそろうと、お住まいの地域の窓口に紹介できます。',
    en: 'With answers and consent you can refer to the office of the person’s area.',
  },
  to: { ja: '紹介先', en: 'To' },
  state: { ja: '状態', en: 'State' },
  sentOn: { ja: '送った日', en: 'Sent on' },
  lastNews: { ja: '最近の動き', en: 'Last news' },
  reports: { ja: '窓口からの返書', en: 'Reports to the doctor' },
  report: { ja: '返書', en: 'Report to the doctor' },
  receivedOn: { ja: '届いた日', en: 'Received on' },
  gist: { ja: 'あらまし', en: 'In short' },
  noReportsYet: {
    ja: '紹介のあと、窓口からの返書がここに届きます。',
    en: 'After a referral, the office’s reports to the doctor arrive here.',
  },
  reportsWillCome: {
    ja: 'まだ返書はありません。引き受け・計画・終了のときに、自動でここに届きます。',
    en: 'No report to the doctor yet. One arrives here at acceptance, with the plan, and at the end.',
  },
  stands: (status: string, office: string) => ({
    ja: `${office}: ${status}`,
    en: `${office}: ${status}`,
  }),
  waiting: { ja: '送りました。返事を待っています', en: 'Sent; waiting for a reply' },
  changed: (at: string) => ({ ja: `${at} 更新`, en: `Updated ${at}` }),
  readReport: (kind: string) => ({ ja: `${kind}を読む`, en: `Read: ${kind}` }),
  see: { ja: '紹介のようすを見る', en: 'See the referral' },
} as const satisfies Texts;
