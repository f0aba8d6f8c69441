import { of, type Sentence, type Texts } from '../../kernel/sentence.ts';
import { changeNames as programChanges } from '../clients/names.ts';
import type { PartOfDay } from './review.ts';

const times = (n: number): Sentence => of(`${String(n)}件`, n === 1 ? '1 time' : `${String(n)} times`);
const people = (n: number): Sentence => of(`${String(n)}人`, n === 1 ? '1 person' : `${String(n)} persons`);

export const text = {
  title: of('閲覧の記録', 'Access log'),
  lead: of(
    'だれが、いつ、どれだけ記録を見たかを、月ごとに確かめます。患者さんの名前や内容は出ません。',
    'Who looked at records, when and how much, month by month. No names or contents of patients are shown.',
  ),
  month: of('月', 'Month'),
  organization: of('機関', 'Organization'),
  everyBody: of('すべての機関', 'All organizations'),
  account: of('利用者', 'Account'),
  everybody: of('すべての利用者', 'All accounts'),
  show: of('表示する', 'Show'),
  nothing: of('この月の記録はありません', 'Nothing was logged in this month'),
  nothingNext: of('ほかの月や機関を選んでください。', 'Choose another month or organization.'),
  summary: of('この月のまとめ', 'The month at a glance'),
  looks: of('閲覧・書き込み', 'Looks and changes'),
  prints: of('印刷', 'Printed'),
  exports: of('取り出し', 'Exported'),
  signIns: of('ログイン', 'Signed in'),
  failed: of('ログインの失敗', 'Failed to sign in'),
  refusals: of('断られた操作', 'Refused'),
  emergencies: of('緊急時の閲覧', 'Emergency access'),
  sealed: of('記録の封印', 'Log sealed'),
  sealedAt: (number: number, at: string): Sentence =>
    of(
      `${at}まで（封印${String(number)}）。そのあとで書き換えると、検査（audit:verify）で分かります。`,
      `Up to ${at} (seal ${String(number)}). Any change after that is found by audit:verify.`,
    ),
  notSealed: of('まだ封印されていません。', 'Not sealed yet.'),
  times,
  people,
  with: (what: string, more: string): Sentence => of(`${what}（${more}）`, `${what} (${more})`),
  days: (n: number): Sentence => of(`${String(n)}日`, n === 1 ? '1 day' : `${String(n)} days`),
  byHour: of('閲覧の時間帯', 'When records were looked at'),
  timeOfDay: of('時間帯', 'Time of day'),
  number: of('件数', 'Number'),
  unusual: of('時間外の閲覧', 'Outside working hours'),
  unusualLead: of(
    '7時から20時までのほか、または土日・祝日・年末年始の閲覧です。',
    'Before 7:00, from 20:00, or on weekends, holidays and the turn of the year.',
  ),
  unusualNone: of('時間外の閲覧はありません。', 'Nothing was looked at outside working hours.'),
  many: of('一日に多くの患者さんを見た人', 'Many patients on one day'),
  manyLead: of(
    '一日に10人以上、ふだんの日の3倍以上の患者さんの記録を開いた人です。理由を本人に確かめてください。',
    'Opened records of ten patients or more on a day, three times a usual day. Ask the person for the reason.',
  ),
  manyNone: of('ふだんと大きく違う人はいません。', 'Nobody stands out.'),
  mostOnDay: of('最も多い日', 'Most on a day'),
  usualDay: of('ふだんの日', 'Usual day'),
  wholeMonth: of('この月に開いた患者さん', 'Patients opened this month'),
  name: of('名前', 'Name'),
  role: of('役割', 'Role'),
  at: of('日時', 'When'),
  what: of('内容', 'What'),
  from: of('どこから', 'From'),
  reason: of('理由', 'Reason'),
  emergencyNone: of('緊急時の閲覧はありません。', 'There was no emergency access.'),
  refusalsLead: of(
    '見る権利のない記録や、存在しない記録を開こうとした操作です。',
    'Attempts to open what somebody may not see, or what is not there.',
  ),
  refusalsNone: of('断られた操作はありません。', 'Nothing was refused.'),
  failedLead: of(
    '同じ所から続くときは、だれかが試しているおそれがあります。',
    'Many from one place may mean that somebody is guessing.',
  ),
  failedNone: of('ログインの失敗はありません。', 'Nobody failed to sign in.'),
  unknownLogin: of('登録のないログイン名', 'An unknown login name'),
  unknownClient: of('登録のないシステム', 'An unknown system'),
  settings: of('利用者の登録・変更と、取り出し', 'Changes of accounts, and exports'),
  settingsNone: of('登録・変更や取り出しはありません。', 'No account was changed and nothing exported.'),
  onlyNewest: (n: number): Sentence =>
    of(`新しい${String(n)}件だけを出しています。`, `Only the newest ${String(n)} are shown.`),
  forbidden: of('権限がない', 'Not allowed'),
  'not-found': of('見つからない', 'Not found'),
  noName: of('（名前なし）', '(no name)'),
  csv: of('表をCSVで取り出す', 'Export as CSV'),
  review: of('この月の確認', 'Review of this month'),
  reviewLead: of(
    '気になる点を本人や機関に確かめたら、その結果を書いて残してください。書いたことも、消せない記録になります。',
    'Once you have asked about what stands out, note the outcome. The note itself becomes part of the log.',
  ),
  note: of('確認したこと', 'What was checked'),
  noteMissing: of('確認したことを書いてください。', 'Write what was checked.'),
  reviewed: of('確認しました', 'Reviewed'),
  saidReviewed: of('確認したことを記録しました。', 'The review was noted.'),
  notReviewed: of('この月の確認は、まだ記録されていません。', 'This month has not been reviewed yet.'),
  previous: of('前の月', 'The month before'),
  next: of('次の月', 'The month after'),
} satisfies Texts;

export const partName: Readonly<Record<PartOfDay, Sentence>> = {
  night: of('深夜（0時〜5時）', 'Night (0–5)'),
  early: of('早朝（5時〜7時）', 'Early (5–7)'),
  working: of('日中（7時〜20時）', 'Day (7–20)'),
  evening: of('夜（20時〜24時）', 'Evening (20–24)'),
  holiday: of('土日・祝日', 'Weekends, holidays'),
};

const accountChanges: Readonly<Record<string, Sentence>> = {
  add: of('利用者を加えた', 'Added an account'),
  disable: of('利用者を停止した', 'Stopped an account'),
  enable: of('利用者を再開した', 'Let an account be used again'),
  password: of('パスワードを変えた', 'Changed a password'),
  'end sessions': of('ログインを終わらせた', 'Ended sessions'),
  invite: of('案内を送った', 'Sent an invitation'),
  'last day': of('担当の最後の日を変えた', 'Changed the last day of a post'),
  'remove second proofs': of('パスワードのほかの確かめ方を消した', 'Removed the second proofs'),
  'password chosen by invitation': of('案内からパスワードを決めた', 'Chose a password by invitation'),
  'authenticator app added': of('認証アプリを設定した', 'Set up an authenticator app'),
  'authenticator app removed': of('認証アプリをやめた', 'Removed the authenticator app'),
  'passkey added': of('パスキーを作った', 'Made a passkey'),
  'passkey removed': of('パスキーを消した', 'Removed a passkey'),
  'recovery codes made': of('予備コードを作り直した', 'Made new recovery codes'),
  'outside account connected': of('職場のアカウントとつないだ', 'Connected an outside account'),
  'outside account disconnected': of(
    '職場のアカウントとのつながりをやめた',
    'Disconnected the outside account',
  ),
  'invitation taken up with outside account': of(
    '案内を職場のアカウントで受けた',
    'Took up an invitation with an outside account',
  ),
  ...programChanges,
};

/** What an event was about, in words; what is new to this page is shown as it was noted. */
export function sayEvent(action: string, what: string): Sentence {
  if (action === 'account' && Object.hasOwn(accountChanges, what)) return accountChanges[what] ?? of('', '');
  if (action === 'export') return of(`取り出し：${what}`, `Export: ${what}`);
  const plain = what.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…');
  return of(plain, plain);
}
