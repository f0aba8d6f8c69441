import { of, type Sentence, type Texts } from '../../kernel/sentence.ts';

/** Proving who one is with more than a password. */
export const text = {
  secondTitle: of('確認コードの入力', 'Enter your code'),
  secondLead: of(
    'パスワードは確かめました。もう一つ、あなたの手もとにあるもので確かめます。',
    'Your password was right. One more proof, with something that you have at hand.',
  ),
  code: of('確認コード', 'Code'),
  codeOfApp: of(
    '認証アプリに出ている6けたの数字です。スマートフォンが手もとにないときは、印刷しておいた予備コードを入力してください。',
    'The six figures that your authenticator app shows. Without your telephone, use one of the recovery codes that you printed.',
  ),
  codeOfSheet: of(
    'パスキーが使えないときは、印刷しておいた予備コードを入力してください。',
    'If you cannot use your passkey, enter one of the recovery codes that you printed.',
  ),
  codeMissing: of('確認コードを入力してください。', 'Enter the code.'),
  codeWrong: of(
    '確認コードが違うか、もう使われています。アプリに出ている新しい数字を入力してください。',
    'The code is not right or was used already. Enter the new figures that the app shows.',
  ),
  tooOften: of(
    '何度も違うコードが入力されました。15分ほど待ってから、もう一度お試しください。',
    'Too many attempts. Please wait about 15 minutes and try again.',
  ),
  goOn: of('次へ進む', 'Continue'),
  lost: of(
    '予備コードもないときは、職場の管理者に連絡してください。',
    'Without recovery codes too, please ask the administrator at your workplace.',
  ),
  startAgain: of('ログインからやり直す', 'Start again'),

  enrolTitle: of('もう一つの確かめ方を決めます', 'Choose a second proof'),
  enrolLead: of(
    '患者さんの情報を守るため、パスワードのほかにもう一つの確かめ方が必要です。どちらか一つを選んでください。5分ほどで終わります。',
    'To protect what is told about patients, a second proof besides the password is needed. Choose one of the two; it takes about five minutes.',
  ),

  title: of('ログインの安全', 'Signing in safely'),
  lead: of(
    'パスワードのほかに、あなたであることを確かめる方法です。',
    'What proves that it is you, besides the password.',
  ),
  backToAccount: of('わたしのアカウントへ', 'Back to my account'),
  backToFactors: of('ログインの安全へ', 'Back to signing in safely'),
  app: of('認証アプリ', 'Authenticator app'),
  appLead: of(
    'スマートフォンのアプリに出る6けたの数字で確かめます。スマートフォンの「認証アプリ」（Google Authenticator、Microsoft Authenticatorなど、無料）を使います。',
    'Six figures that an app on your telephone shows. Any authenticator app will do (Google Authenticator, Microsoft Authenticator and others, free of charge).',
  ),
  setUpApp: of('認証アプリを設定する', 'Set up an authenticator app'),
  setUpAnother: of('別のスマートフォンに替える', 'Change to another telephone'),
  removeApp: of('認証アプリをやめる', 'Stop using the app'),
  since: of('設定した日', 'Set up'),
  used: of('最後に使った時', 'Last used'),
  never: of('まだ使っていません', 'Not yet used'),
  notSet: of('設定していません', 'Not set up'),
  inUse: of('使っています', 'In use'),
  passkey: of('パスキー', 'Passkeys'),
  passkeyLead: of(
    'この端末の指紋・顔・暗証番号で確かめます。パスワードを入力せずにログインできます。',
    'The finger, face or number that unlocks this device. You sign in without typing a password.',
  ),
  addPasskey: of('この端末にパスキーを作る', 'Make a passkey on this device'),
  usePasskey: of('パスキーで確かめる', 'Use a passkey'),
  removePasskey: of('消す', 'Remove'),
  removePasskeyOf: (device: Sentence) =>
    of(`${device.ja}のパスキーを消す`, `Remove the passkey of ${device.en}`),
  device: of('端末', 'Device'),
  action: of('操作', 'Action'),
  needsScript: of(
    'パスキーには、スクリプトが動くブラウザが必要です。',
    'Passkeys need a browser that runs script.',
  ),
  passkeyFailed: of(
    'パスキーを使えませんでした。もう一度試すか、ほかの方法を使ってください。',
    'The passkey could not be used. Try again or choose another way.',
  ),
  notPossibleHere: of(
    'このアドレスではパスキーを使えません。認証アプリを使ってください。',
    'Passkeys do not work at this address. Use an authenticator app.',
  ),

  setUpTitle: of('認証アプリの設定', 'Set up an authenticator app'),
  stepOne: of('1. スマートフォンの認証アプリを開きます', '1. Open the authenticator app on your telephone'),
  stepTwo: of('2. アプリでこの四角い印（QRコード）を読み取ります', '2. Let the app read this square'),
  qrLabel: of('認証アプリで読み取る四角い印（QRコード）', 'Square code for the authenticator app'),
  cannotScan: of('読み取れないときは、この文字を入力します', 'If it cannot be read, type these letters'),
  stepThree: of('3. アプリに出た6けたの数字を入力します', '3. Enter the six figures that the app shows'),
  sixFigures: of('6けたの数字', 'Six figures'),
  setUpWrong: of(
    '数字が合いません。スマートフォンの時計が合っているか確かめて、今出ている数字を入力してください。',
    'The figures do not fit. Check the clock of your telephone and enter the figures that it shows now.',
  ),
  offerOver: of(
    'この画面は古くなりました。新しい模様を読み取ってください。',
    'This page is out of date. Let the app read the new square.',
  ),
  finish: of('設定を終える', 'Finish'),

  codesTitle: of('予備コード', 'Recovery codes'),
  codesLead: of(
    'スマートフォンをなくしたとき、これで一度ずつログインできます。この画面は今だけです。印刷するか書き写して、鍵のかかる所にしまってください。',
    'If you lose your telephone, each of these lets you in once. This page is shown only now: print it or write it down and keep it locked away.',
  ),
  codesOnce: of('それぞれ一度だけ使えます。', 'Each works once.'),
  codesKept: of('しまいました。次へ進む', 'I have put it away. Continue'),
  codesLeft: (n: number) => of(`残り${String(n)}個`, n === 1 ? '1 left' : `${String(n)} left`),
  codesNone: of('ありません', 'None'),
  newCodes: of('予備コードを作り直す', 'Make new recovery codes'),
  newCodesLead: of(
    '作り直すと、今までの予備コードは使えなくなります。',
    'With new ones, the recovery codes that you have stop working.',
  ),

  confirmTitle: of('あなたであることを確かめます', 'Please confirm that it is you'),
  confirmLead: of(
    'ログインの方法を変える前に、今のパスワードを入力してください。',
    'Before you change how you sign in, enter your current password.',
  ),
  confirmWithout: of(
    'あなたのアカウントにはパスワードがありません。一度ログアウトし、ログインし直してから10分以内に変えてください。',
    'Your account has no password. Sign out, sign in again and make the change within ten minutes.',
  ),
  password: of('今のパスワード', 'Current password'),
  passwordMissing: of('今のパスワードを入力してください。', 'Enter your current password.'),
  passwordWrong: of('今のパスワードが違います。', 'The current password is not right.'),
  lastOne: of(
    'これをやめると、確かめる方法がなくなります。先に別の方法を設定してください。',
    'Without this one nothing would be left to prove that it is you. Set up another way first.',
  ),
  saidAdded: of(
    '設定しました。ほかの端末でのログインは終わりました。',
    'It is set up. Sessions elsewhere were ended.',
  ),
  saidRemoved: of(
    'やめました。ほかの端末でのログインは終わりました。',
    'It was removed. Sessions elsewhere were ended.',
  ),

  toldAdded: of(
    'あなたのアカウントに、ログインのときの確かめ方が加わりました。',
    'A way to prove who you are was added to your account.',
  ),
  toldRemoved: of(
    'あなたのアカウントから、ログインのときの確かめ方が一つ消されました。',
    'A way to prove who you are was removed from your account.',
  ),
  toldCodes: of(
    'あなたのアカウントの予備コードが作り直されました。',
    'The recovery codes of your account were made anew.',
  ),
  toldCodeUsed: of(
    'あなたのアカウントに、予備コードでログインがありました。',
    'Somebody signed in to your account with a recovery code.',
  ),
} as const satisfies Texts;
