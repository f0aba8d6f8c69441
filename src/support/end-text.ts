import type { Texts } from '../kernel/sentence.ts';

const of = (ja: string, en: string) => ({ ja, en });

/** Words of closing a case. */
export const closeWords = {
  page: of('支援を終える', 'Close the support'),
  check: of('終える前の確認', 'Check before closing'),
  lead: of(
    '依頼と目標がどうなったかを書きます。次の画面で確かめてから終えます。医師に結果が届きます。',
    'Say what came of the requests and goals. You check it on the next page. The doctor then hears the result.',
  ),
  outcome: of('全体として、どうなりましたか', 'On the whole, what came of it'),
  outcomeMissing: of('どうなったかを一つ選んでください。', 'Choose what came of it.'),
  outcomeText: of('どうなったか', 'In words'),
  outcomeTextHint: of('医師が読みます。1000文字まで。', 'Read by the doctor. Up to 1000 characters.'),
  outcomeTextMissing: of('どうなったかを書いてください。', 'Write down what came of it.'),
  requests: of('続いている依頼', 'Requests that are still open'),
  requestsLead: of('支援を終えると、ここにある依頼も終わります。', 'They end together with the support.'),
  noRequests: of('続いている依頼はありません。', 'No request is still open.'),
  end: (name: string) => of(`「${name}」への依頼`, `Request to ${name}`),
  endHow: of('どうなりましたか', 'What came of it'),
  endMissing: of('どうなったかを選んでください。', 'Choose what came of it.'),
  endCancel: of('依頼を取り消す', 'Cancel the request'),
  endFail: of('続かなかった', 'Did not work out'),
  endText: of('ひとこと', 'In words'),
  endTextMissing: of('ひとこと書いてください。', 'Write a few words.'),
  goals: of('目標', 'Goals'),
  noGoals: of('取り組み中の目標はありません。', 'No goal is still worked on.'),
  goalMissing: of('目標がどうなったかを選んでください。', 'Choose where this goal stands.'),
  next: of('これからのこと', 'What happens next'),
  nextHint: of('医師に伝えておきたいこと。1行に一つずつ。', 'What the doctor should know. One a line.'),
  toCheck: of('内容を確かめる', 'Check it'),
  change: of('直す', 'Change it'),
  confirm: of('支援を終え、医師に知らせる', 'Close it and tell the doctor'),
  report: of('医師に届くこと', 'What the doctor will read'),
  reportLead: of(
    '上の結果と、依頼した先、連絡した日が届きます。',
    'The above, whom you asked, and when you were in touch.',
  ),
  said: of('支援を終え、医師に結果を知らせました。', 'The support is closed and the doctor was told.'),
} as const satisfies Texts;

/** Words of the reports to the doctor. */
export const reportWords = {
  page: of('医師への報告', 'Reports to the doctor'),
  none: of('報告はまだありません', 'There are no reports yet'),
  noneNext: of(
    '引き受けたとき、計画を立てたとき、支援を終えたときに届きます。',
    'There is one at acceptance, for the plan and at the end.',
  ),
  kind: of('報告', 'Report'),
  other: of('報告', 'Report'),
  sent: of('送った日', 'Sent on'),
  from: of('送り主', 'From'),
  to: of('送り先', 'To'),
  letter: of('PDFを開く', 'Open the PDF'),
  letterOf: (kind: string) => of(`「${kind}」のPDFを開く`, `Open the PDF: ${kind}`),
  print: of('手紙（PDF）', 'Letter (PDF)'),
  about: of('どの方のことか', 'About'),
  toReferral: of('この紹介を見る', 'Show the referral'),
  backSent: of('送った紹介へ戻る', 'Back to the referrals sent'),
  backToList: of('報告の一覧へ', 'All reports'),
  decision: of('決まったこと', 'What was decided'),
  goals: of('目標', 'Goals'),
  resources: of('つないだ先', 'Where they were linked'),
  contacts: of('これまでの連絡', 'Contacts so far'),
  outcomes: of('結果', 'Outcomes'),
  next: of('これからのこと', 'Next steps'),
  birth: of('生年月日', 'Date of birth'),
  number: of('案件番号', 'Case number'),
  person: of('お名前', 'Name'),
  hiddenPerson: of('（見られません）', '(no longer visible)'),
} as const satisfies Texts;
