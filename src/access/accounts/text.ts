import { of, type Sentence, type Texts } from '../../kernel/sentence.ts';
import type { Body } from './roles.ts';

export const text = {
  title: of('利用者', 'Accounts'),
  lead: of(
    'この仕組みにログインできる人です。患者さんの内容は、管理者には見えません。',
    'People who can sign in. Administrators see nothing of patients.',
  ),
  add: of('利用者を加える', 'Add an account'),
  back: of('利用者の一覧へ', 'Back to the accounts'),
  search: of('名前・ログイン名・機関', 'Name, login or organization'),
  go: of('探す', 'Search'),
  listed: of('利用者の一覧', 'List of accounts'),
  none: of('見つかりませんでした', 'Nobody found'),
  noneNext: of('ことばを短くして、もう一度探してください。', 'Try fewer words.'),
  number: (n: number): Sentence => of(`${String(n)}人`, n === 1 ? '1 account' : `${String(n)} accounts`),
  name: of('名前', 'Name'),
  login: of('ログイン名', 'Login name'),
  role: of('役割', 'Role'),
  organization: of('機関', 'Organization'),
  state: of('状態', 'State'),
  active: of('使える', 'Can sign in'),
  disabled: of('停止中', 'Stopped'),
  signedIn: (n: number): Sentence => of(`ログイン中 ${String(n)}件`, `Signed in ${String(n)} times`),
  notSignedIn: of('ログインしていません', 'Not signed in'),
  since: of('登録した日', 'Since'),
  sessions: of('ログイン', 'Sessions'),

  whichTitle: of('利用者を加える：どの機関の人ですか', 'Add an account: which organization'),
  whichLead: of(
    '名前の一部で機関を探して、選んでください。',
    'Search the organization by part of its name and choose it.',
  ),
  organizationName: of('機関の名前', 'Name of the organization'),
  kind: of('種類', 'Kind'),
  bodies: of('機関の一覧', 'Organizations'),
  noBody: of('その名前の機関はありません', 'No organization of that name'),
  noBodyNext: of(
    '地域の活動団体は、「地域の資源」に登録すると、ここに出ます。',
    'Community groups appear here once they are in the directory.',
  ),
  manyBodies: (n: number): Sentence =>
    of(`はじめの${String(n)}件だけを出しています。`, `Only the first ${String(n)} are shown.`),
  newTitle: (body: string): Sentence => of(`${body}の利用者を加える`, `Add an account for ${body}`),
  otherBody: of('ほかの機関を選ぶ', 'Choose another organization'),
  who: of('だれが使いますか', 'Who is it for'),
  whoMissing: of('だれが使うかを選んでください。', 'Choose who it is for.'),
  somebodyNew: of('新しい人', 'Somebody new'),
  family: of('姓', 'Family name'),
  given: of('名', 'Given name'),
  familyKana: of('姓のよみがな', 'Family name in kana'),
  givenKana: of('名のよみがな', 'Given name in kana'),
  nameMissing: of('姓と名を入力してください。', 'Enter family and given name.'),
  kanaWrong: of('ひらがなかカタカナで入力してください。', 'Use hiragana or katakana.'),
  roleMissing: of('役割を選んでください。', 'Choose the role.'),
  loginHint: of(
    '半角の小文字と数字、「.」「-」「_」で3文字から40文字。あとから変えられません。',
    'Small letters, figures, “.”, “-” and “_”, 3 to 40. It cannot be changed later.',
  ),
  loginWrong: of(
    'ログイン名は、半角の小文字か数字で始まる3文字から40文字にしてください。使える記号は「.」「-」「_」です。',
    'A login name has 3 to 40 small letters, figures, “.”, “-” or “_” and begins with a letter or figure.',
  ),
  loginTaken: of(
    'このログイン名は使われています。別の名前にしてください。',
    'This login name is taken. Choose another.',
  ),
  create: of('加える', 'Add'),

  email: of('メールアドレス', 'E-mail address'),
  emailHint: of(
    '本人だけが読むアドレスにしてください。ここに案内が届き、本人がパスワードを決めます。',
    'One that only this person reads. The invitation goes there, and the person chooses the password.',
  ),
  emailMissing: of('メールアドレスを入力してください。', 'Enter an e-mail address.'),
  emailWrong: of(
    'メールアドレスの形が違います。確かめて入力し直してください。',
    'This is not an e-mail address. Check it and enter it again.',
  ),
  createdTitle: of('利用者を加えました', 'The account was added'),
  sentTitle: of('案内を送りました', 'The invitation was sent'),
  sentLead: (email: string): Sentence =>
    of(
      `${email} に案内を送りました。届いたメールのアドレスを3日のうちに開くと、パスワードを決めて使いはじめられます。届かないときは、迷惑メールの箱も見てもらってください。`,
      `An invitation went to ${email}. Its address works for three days and lets the person choose a password. If it does not arrive, ask them to look among unwanted mail.`,
    ),
  toAccount: of('この利用者を見る', 'See this account'),

  manage: of('この利用者について', 'This account'),
  disable: of('停止する', 'Stop this account'),
  disableLead: of(
    'すぐにログインできなくなり、開いている画面も使えなくなります。記録は残ります。',
    'The person can no longer sign in, and pages that are open stop working at once. Records stay.',
  ),
  enable: of('また使えるようにする', 'Let it be used again'),
  enableLead: of(
    '前と同じパスワードでログインできるようになります。',
    'The person can sign in again with the same password.',
  ),
  endAll: of('すべてのログインを終える', 'End all sessions'),
  endAllLead: of(
    '端末をなくしたときなどに。本人はログインし直せます。',
    'When a device was lost, for instance. The person can sign in again.',
  ),
  invite: of('案内を送る', 'Send an invitation'),
  inviteAgain: of('案内を送り直す', 'Send the invitation again'),
  inviteLead: of(
    'はじめて使うときや、パスワードを忘れたときに。メールのアドレスから、本人が新しいパスワードを決めます。前に送った案内は使えなくなります。',
    'For the first time, or when the password was forgotten: the person chooses one through the address in the e-mail. Invitations sent before stop working.',
  ),
  dropFactors: of('パスワードのほかの確かめ方を消す', 'Remove the second proofs'),
  dropFactorsLead: of(
    'スマートフォンも予備コードもなくしたときに。本人と直接話して確かめてから押してください。すべてのログインが終わります。',
    'When telephone and recovery codes are lost. Talk with the person first to be sure who asks. All sessions end.',
  ),
  saidDropped: of('確かめ方を消しました。', 'The second proofs were removed.'),
  lastDay: of('担当の最後の日', 'Last day of the post'),
  lastDayLead: of(
    'この日が終わると、ログインできなくなります。空にすると、期限がなくなります。',
    'After this day the person can no longer sign in. Empty: no end.',
  ),
  lastDaySave: of('最後の日を決める', 'Set the last day'),
  saidLastDay: of('最後の日を記録しました。', 'The last day was recorded.'),
  noLastDay: of('決まっていません', 'None'),
  invited: of('案内中', 'Invited'),
  over: of('期間終了', 'Post ended'),
  guarded: of('パスワードのほかの確かめ方', 'Second proof'),
  guardedYes: of('あります', 'Yes'),
  guardedNo: of('ありません', 'None'),

  welcomeTitle: of('パスワードを決めてください', 'Choose your password'),
  welcomeLead: (n: number): Sentence =>
    of(
      `${String(n)}文字以上にしてください。思い出しやすい言葉をいくつか並べると、長くて安全です。職場のだれにも伝えないでください。`,
      `At least ${String(n)} characters. A few words you remember make a long and safe one. Tell it to nobody, not even at work.`,
    ),
  welcomeLogin: of('あなたのログイン名', 'Your login name'),
  welcomeSave: of('パスワードを決める', 'Save the password'),
  letterSubject: of('【つなぐ】ご案内', 'Tsunagi: invitation'),
  letter: (url: string): Sentence =>
    of(
      `「つなぐ」の利用者としての登録、またはパスワードの決め直しのご案内です。次のアドレスを開いて、あなただけのパスワードを決めてください。3日のあいだ、一度だけ使えます。\n${url}\n心当たりがないときは、開かずに職場の管理者に知らせてください。`,
      `This is an invitation to use Tsunagi, or to choose your password anew. Open this address and choose a password of your own. It works once, for three days.\n${url}\nIf you did not expect it, do not open it and tell the administrator at your workplace.`,
    ),
  notYourself: of(
    '自分自身を停止することはできません。ほかの管理者に頼んでください。',
    'You cannot stop your own account. Ask another administrator.',
  ),
  yourself: of(
    'これはあなた自身です。パスワードとログインは「わたしのアカウント」で変えられます。',
    'This is you. Your password and sessions are on your own page.',
  ),
  saidDisabled: of('停止しました。', 'The account was stopped.'),
  saidEnabled: of('また使えるようにしました。', 'The account can be used again.'),
  saidEnded: of('ログインをすべて終えました。', 'All sessions were ended.'),

  saidOthersEnded: of('ほかのログインを終えました。', 'All other sessions were ended.'),

  own: of('わたしのアカウント', 'My account'),
  ownFacts: of('登録の内容', 'Your entry'),
  change: of('パスワードを変える', 'Change the password'),
  changeLead: (n: number): Sentence =>
    of(
      `${String(n)}文字以上にしてください。思い出しやすい言葉をいくつか並べると、長くて安全です。ほかの端末でのログインは終わります。`,
      `At least ${String(n)} characters. A few words you remember make a long and safe one. Sessions elsewhere end.`,
    ),
  current: of('今のパスワード', 'Current password'),
  currentMissing: of('今のパスワードを入力してください。', 'Enter your current password.'),
  currentWrong: of('今のパスワードが違います。', 'The current password is not right.'),
  fresh: of('新しいパスワード', 'New password'),
  freshShort: (n: number): Sentence =>
    of(`新しいパスワードは${String(n)}文字以上にしてください。`, `Use at least ${String(n)} characters.`),
  freshEasy: of(
    'よく使われる言葉や並びなので、すぐに当てられてしまいます。関係のない言葉をいくつか並べるなど、別のものにしてください。',
    'This is easy to guess. Choose another one, such as a few words that have nothing to do with each other.',
  ),
  toldPassword: of(
    'あなたのアカウントのパスワードが変わりました。',
    'The password of your account was changed.',
  ),
  freshLong: of('新しいパスワードは200文字までにしてください。', 'Use at most 200 characters.'),
  freshSame: of(
    '今と同じパスワードです。別のものにしてください。',
    'This is the current password. Choose another.',
  ),
  freshLogin: of(
    'ログイン名を含まないパスワードにしてください。',
    'The password must not contain your login name.',
  ),
  again: of('新しいパスワード（もう一度）', 'New password again'),
  againWrong: of('二つの新しいパスワードが違います。', 'The two new passwords differ.'),
  save: of('パスワードを変える', 'Change the password'),
  saidChanged: of(
    'パスワードを変えました。ほかのログインは終わりました。',
    'The password was changed. Other sessions were ended.',
  ),
  tooOften: of(
    '何度も違うパスワードが入力されました。15分ほど待ってから、もう一度お試しください。',
    'Too many attempts. Please wait about 15 minutes and try again.',
  ),
  ownSessions: of('ログインしている端末', 'Where you are signed in'),
  begun: of('始まり', 'Since'),
  seen: of('最後に使った時', 'Last used'),
  which: of('端末', 'Device'),
  action: of('操作', 'Action'),
  thisOne: of('この画面', 'This one'),
  endOne: of('終える', 'Sign out'),
  endOneOf: (device: Sentence): Sentence =>
    of(`${device.ja}でのログインを終える`, `Sign out on ${device.en}`),
  saidOneEnded: of('その端末でのログインを終えました。', 'That session was ended.'),
  factors: of('パスワードのほかの確かめ方', 'A second proof besides the password'),
  factorsLead: of(
    '認証アプリかパスキーを使うと、パスワードを人に知られても、ほかの人はログインできません。',
    'With an authenticator app or a passkey nobody else gets in, even if they learn your password.',
  ),
  toFactors: of('確かめ方を見る・変える', 'See or change it'),
  endOthers: of('ほかのログインをすべて終える', 'End all other sessions'),
  onlyThis: of('ログインしているのは、この画面だけです。', 'You are signed in here only.'),
} as const satisfies Texts;

export const bodyNames: Readonly<Record<Body, Sentence>> = {
  clinic: of('医療機関', 'Clinic'),
  office: of('リンクワーカーの窓口', 'Link-worker office'),
  resource: of('地域の活動団体', 'Community group'),
  insurer: of('保険者', 'Insurer'),
  meeting: of('支援会議', 'Support meeting'),
  council: of('保険者協議会', 'Insurer council'),
  municipality: of('市町村', 'Municipality'),
};
