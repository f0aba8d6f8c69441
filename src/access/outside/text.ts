import { of, type Sentence, type Texts } from '../../kernel/sentence.ts';

/** Signing in with the account of one's municipality or employer. */
export const text = {
  signIn: of(
    '自治体・職場のアカウントでログインする',
    'Sign in with the account of your municipality or workplace',
  ),
  title: of('自治体・職場のアカウント', 'Account of your municipality or workplace'),
  lead: of(
    '自治体や職場で使っているアカウントでも、ログインできるようにします。',
    'Lets you sign in with the account that you use at your municipality or workplace.',
  ),
  connect: of('つなぐ', 'Connect it'),
  connectTitle: of('このアカウントとつなぎますか', 'Connect this account'),
  connectLead: (who: string): Sentence =>
    of(
      `これからは「${who}」でログインした人を、あなたとして扱います。自分のアカウントであることを確かめてください。`,
      `From now on whoever signs in as “${who}” is taken to be you. Make sure that it is your own account.`,
    ),
  connectYes: of('わたしのアカウントです。つなぐ', 'It is mine. Connect it'),
  disconnect: of('つなぐのをやめる', 'Disconnect it'),
  connected: of('つないでいます', 'Connected'),
  notConnected: of('つないでいません', 'Not connected'),
  saidConnected: of('つなぎました。', 'It is connected.'),
  onlyWay: of(
    'これをやめると、ログインできなくなります。先に管理者にパスワードの案内を頼んでください。',
    'Without it you could not sign in any more. First ask your administrator for an invitation to choose a password.',
  ),
  inviteLead: of(
    'パスワードの代わりに、自治体や職場のアカウントを使うこともできます。',
    'Instead of a password you can use the account of your municipality or workplace.',
  ),
  unreachable: of(
    '自治体・職場のログインにつながりません。少し待ってからもう一度試すか、ログイン名とパスワードでログインしてください。',
    'The sign-in service of your municipality or workplace cannot be reached. Try again in a moment, or use login name and password.',
  ),
  notUnderstood: of(
    '自治体・職場のログインの答えを確かめられませんでした。はじめからやり直してください。',
    'The answer of the sign-in service could not be verified. Please start again.',
  ),
  unknown: of(
    'このアカウントは「つなぐ」に登録されていません。届いた案内のアドレスから始めるか、ログイン名とパスワードでログインして「ログインの安全」でつないでください。',
    'This account is not known here. Start from the address in your invitation, or sign in with login name and password and connect it under “Signing in safely”.',
  ),
  ended: of(
    'このアカウントは今は使えません。停止されたか、担当の期間が終わっています。職場の管理者に連絡してください。',
    'This account cannot be used now. It was stopped, or the post it belongs to has ended. Please ask your administrator.',
  ),
  back: of('ログインの画面へ', 'Back to signing in'),
  taken: of(
    'このアカウントは、ほかの人とつながっています。職場の管理者に連絡してください。',
    'This account is connected to somebody else. Please ask your administrator.',
  ),
  toldConnected: of(
    'あなたのアカウントが、自治体・職場のアカウントとつながりました。',
    'Your account was connected with an account of your municipality or workplace.',
  ),
  toldDisconnected: of(
    'あなたのアカウントと、自治体・職場のアカウントのつながりがなくなりました。',
    'Your account is no longer connected with the account of your municipality or workplace.',
  ),
} as const satisfies Texts;
