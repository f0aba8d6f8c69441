import { of, type Sentence, type Texts } from '../../kernel/sentence.ts';

export const text = {
  title: of('外部との連携', 'Connections'),
  lead: of(
    'ほかのシステムへの知らせ（紹介や依頼の状況が変わったこと）が届いているかを見ます。患者さんの内容は、管理者には見えません。',
    'Whether other systems hear that a referral or request has changed. Administrators see nothing of patients.',
  ),
  servers: of('ほかの機関のサーバー', 'Servers of other bodies'),
  listed: of('知らせを受け取るシステム', 'Systems that are told'),
  none: of('知らせを受け取るシステムはありません', 'No system is told of anything'),
  noneNext: of(
    'システムの担当者が /fhir/Subscription で登録すると、ここに出ます。',
    'Once a program registers at /fhir/Subscription, it stands here.',
  ),
  program: of('システム', 'System'),
  organization: of('機関', 'Organization'),
  about: of('知らせる内容', 'Told of'),
  address: of('送り先', 'Address'),
  state: of('状態', 'State'),
  told: of('最後に届いた日時', 'Last heard'),
  never: of('まだありません', 'Never'),
  Task: of('紹介・依頼の進み具合', 'Progress of referrals and requests'),
  ServiceRequest: of('紹介・依頼の内容', 'Referrals and requests'),
  requested: of('確認中', 'Being tried'),
  active: of('届いています', 'Heard'),
  off: of('止めてあります', 'Switched off'),
  error: of('届けられません', 'Could not be delivered'),
  again: of('もう一度送ってみています', 'Being tried again'),
  waiting: (n: number): Sentence =>
    of(`届いていない知らせ ${String(n)}件`, n === 1 ? '1 not delivered' : `${String(n)} not delivered`),
  resend: of('もう一度送る', 'Send again'),
  giveUp: of('あきらめる', 'Give up'),
  saidResend: of(
    'もう一度送り始めました。しばらくしてから、この画面を開き直してください。',
    'Sending again. Please look at this page again in a while.',
  ),
  saidGiveUp: of(
    '送るのをやめました。システムの担当者に伝えてください。',
    'Nothing more is sent there. Please tell whoever runs the system.',
  ),
} satisfies Texts;
