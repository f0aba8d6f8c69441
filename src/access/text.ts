import type { Texts } from '../kernel/sentence.ts';

export const text = {
  signIn: { ja: 'ログイン', en: 'Sign in' },
  lead: {
    ja: '地域とつながる紹介のしごとを、ここから始めます。',
    en: 'Referrals that link people with their community start here.',
  },
  login: { ja: 'ログイン名', en: 'Login name' },
  password: { ja: 'パスワード', en: 'Password' },
  enter: { ja: 'ログインする', en: 'Sign in' },
  loginMissing: { ja: 'ログイン名を入力してください。', en: 'Enter your login name.' },
  passwordMissing: { ja: 'パスワードを入力してください。', en: 'Enter your password.' },
  wrong: {
    ja: 'ログイン名かパスワードが違います。大文字・小文字を確かめて、もう一度入力してください。',
    en: 'The login name or the password is not right. Check capitals and try again.',
  },
  stopped: {
    ja: 'このアカウントは今は使えません。停止されたか、担当の期間が終わっています。職場の管理者に連絡してください。',
    en: 'This account cannot be used now. It was stopped, or the post it belongs to has ended. Please ask your administrator.',
  },
  withPasskey: { ja: 'パスキーでログインする', en: 'Sign in with a passkey' },
  passkeyUnknown: {
    ja: 'このパスキーではログインできませんでした。ログイン名とパスワードでログインしてください。',
    en: 'This passkey did not let you in. Sign in with your login name and password.',
  },
  sessionEnded: {
    ja: 'この端末でのログインは、ほかの所で終えられました。もう一度ログインしてください。',
    en: 'Your session on this device was ended elsewhere. Please sign in again.',
  },
  welcomed: {
    ja: 'パスワードを決めました。続けてログインしてください。',
    en: 'Your password is set. Sign in with it now.',
  },
  sessionLapsed: {
    ja: 'しばらく使われなかったので、ログインが終わりました。もう一度ログインしてください。',
    en: 'You were signed out because nothing was done for a while. Please sign in again.',
  },
  tooOften: {
    ja: 'ログインに何度も失敗しました。15分ほど待ってから、もう一度お試しください。',
    en: 'Too many attempts. Please wait about 15 minutes and try again.',
  },
  docs: { ja: '開発者向けの説明（FHIR API）', en: 'For developers: the FHIR API' },
  demoTitle: { ja: '試用のログイン名', en: 'Demo logins' },
  demoLead: { ja: 'パスワードはどれも次のとおりです。', en: 'They all share this password.' },
  signedOut: { ja: 'ログアウトしました。', en: 'You have signed out.' },
  notSaved: { ja: 'いま送った内容は保存されませんでした。', en: 'What you just sent was not saved.' },
  ended: {
    ja: 'しばらく操作がなかったため、ログインが終わりました。もう一度ログインしてください。いま押したボタンの操作は、まだ行われていません。',
    en: 'Your session has ended. Please sign in again. What you sent was not carried out.',
  },
  endedKept: {
    ja: 'しばらく操作がなかったため、ログインが終わりました。もう一度ログインすると、入力した内容のまま続けられます。まだ送られていません。',
    en: 'Your session has ended. Sign in again to go on with what you typed. It has not been sent yet.',
  },
  endedTooLong: {
    ja: 'しばらく操作がなかったため、ログインが終わりました。入力した内容は長すぎて、残せませんでした。前の画面に戻って書き写してから、ログインしてください。',
    en: 'Your session has ended. What you typed is too long to be kept: go back and copy it before you sign in.',
  },
} as const satisfies Texts;
