import type { Sentence, Texts } from '../../kernel/sentence.ts';
import type { Body } from './roles.ts';

const of = (ja: string, en: string): Sentence => ({ ja, en });

export const text = {
  title: of('利用者', 'Accounts'),
  lead: of(
    'この仕組みにサインインできる人です。患者さんの内容は、管理者には見えません。',
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
  signedIn: (n: number): Sentence => of(`サインイン中 ${String(n)}件`, `Signed in ${String(n)} times`),
  notSignedIn: of('サインインしていません', 'Not signed in'),
  since: of('登録した日', 'Since'),
  sessions: of('サインイン', 'Sessions'),

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

  createdTitle: of('利用者を加えました', 'The account was added'),
  renewedTitle: of('新しいパスワードを作りました', 'A new password was made'),
  password: of('初めのパスワード', 'First password'),
  onceOnly: of(
    'このパスワードが表示されるのは、今の一度だけです。書き写すか印刷して、本人に直接渡してください。',
    'This password is shown this once. Write it down or print it and hand it to the person.',
  ),
  tellThem: of(
    'サインインしたら、画面の上にある自分の名前から、自分だけのパスワードに変えるよう伝えてください。',
    'Ask the person to change it after signing in: their name at the top of the page leads there.',
  ),
  repeated: of(
    'この操作はもう済んでいます。パスワードを書き写せなかったときは、「パスワードを作り直す」を押してください。',
    'This was done already. If you could not write the password down, make a new one.',
  ),
  toAccount: of('この利用者を見る', 'See this account'),

  manage: of('この利用者について', 'This account'),
  disable: of('停止する', 'Stop this account'),
  disableLead: of(
    'すぐにサインインできなくなり、開いている画面も使えなくなります。記録は残ります。',
    'The person can no longer sign in, and pages that are open stop working at once. Records stay.',
  ),
  enable: of('また使えるようにする', 'Let it be used again'),
  enableLead: of(
    '前と同じパスワードでサインインできるようになります。',
    'The person can sign in again with the same password.',
  ),
  endAll: of('すべてのサインインを終える', 'End all sessions'),
  endAllLead: of(
    '端末をなくしたときなどに。本人はサインインし直せます。',
    'When a device was lost, for instance. The person can sign in again.',
  ),
  renew: of('パスワードを作り直す', 'Make a new password'),
  renewLead: of(
    'パスワードを忘れたときに。今のパスワードは使えなくなり、すべてのサインインが終わります。',
    'When it was forgotten. The old one stops working and all sessions end.',
  ),
  notYourself: of(
    '自分自身を停止することはできません。ほかの管理者に頼んでください。',
    'You cannot stop your own account. Ask another administrator.',
  ),
  yourself: of(
    'これはあなた自身です。パスワードとサインインは「わたしのアカウント」で変えられます。',
    'This is you. Your password and sessions are on your own page.',
  ),
  saidDisabled: of('停止しました。', 'The account was stopped.'),
  saidEnabled: of('また使えるようにしました。', 'The account can be used again.'),
  saidEnded: of('サインインをすべて終えました。', 'All sessions were ended.'),

  saidOthersEnded: of('ほかのサインインを終えました。', 'All other sessions were ended.'),

  own: of('わたしのアカウント', 'My account'),
  ownFacts: of('登録の内容', 'Your entry'),
  change: of('パスワードを変える', 'Change the password'),
  changeLead: of(
    '12文字以上にしてください。思い出しやすい言葉をいくつか並べると、長くて安全です。ほかの端末でのサインインは終わります。',
    'At least 12 characters. A few words you remember make a long and safe one. Sessions elsewhere end.',
  ),
  current: of('今のパスワード', 'Current password'),
  currentMissing: of('今のパスワードを入力してください。', 'Enter your current password.'),
  currentWrong: of('今のパスワードが違います。', 'The current password is not right.'),
  fresh: of('新しいパスワード', 'New password'),
  freshShort: of('新しいパスワードは12文字以上にしてください。', 'Use at least 12 characters.'),
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
    'パスワードを変えました。ほかのサインインは終わりました。',
    'The password was changed. Other sessions were ended.',
  ),
  tooOften: of(
    '何度も違うパスワードが入力されました。15分ほど待ってから、もう一度お試しください。',
    'Too many attempts. Please wait about 15 minutes and try again.',
  ),
  ownSessions: of('サインインしている端末', 'Where you are signed in'),
  begun: of('始まり', 'Since'),
  seen: of('最後に使った時', 'Last used'),
  which: of('端末', 'Session'),
  thisOne: of('この画面', 'This one'),
  another: of('ほかの端末', 'Another'),
  endOthers: of('ほかのサインインをすべて終える', 'End all other sessions'),
  onlyThis: of('サインインしているのは、この画面だけです。', 'You are signed in here only.'),
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
