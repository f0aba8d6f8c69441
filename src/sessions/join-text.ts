import type { Texts } from '../kernel/sentence.ts';

/** What people without an account read. */
export const joinText = {
  sentTitle: { ja: 'メールをお送りします', en: 'A letter is on its way to you' },
  sentWhat: {
    ja: '席が取れたか、空き待ちになったかは、メールでお知らせします。取り消しも、そのメールからできます。',
    en: 'The mail says whether you have a place or are on the waiting list, and how to give it up.',
  },
  sentNothing: {
    ja: '数分たっても届かないときは、迷惑メールの中と、書いたアドレスを確かめるか、お電話ください。',
    en: 'If nothing comes within some minutes, look among the junk mail, check the address, or call us.',
  },
  phoneOften: {
    ja: 'この電話番号では、これ以上お申し込みいただけません。人数が多いときは、お電話でお申し込みください。',
    en: 'No more places can be taken with this telephone number. For more people, please call us.',
  },
  passUnknown: {
    ja: 'このお知らせの入り口は、もう使えません。メールにある「取り消しの番号」を、申し込みのページの「番号をお持ちの方」から入れるか、お知らせにある電話番号へおかけください。取り消していなければ、お申し込みは残っています。',
    en: 'This address no longer works. Enter the code in your letter on the page where you signed up, or call the telephone number in it. Unless you gave your place up, it is still yours.',
  },
  listTitle: (body: string) => ({ ja: `${body}のつどい`, en: `Sessions of ${body}` }),
  listLead: {
    ja: 'どなたでも申し込めます。会員登録はいりません。',
    en: 'Anybody can sign up; no account is needed.',
  },
  none: { ja: '今、申し込めるつどいはありません。', en: 'There is nothing to sign up for at the moment.' },
  call: { ja: '電話でもお申し込みいただけます。', en: 'You can also sign up by telephone.' },
  signUp: { ja: '申し込む', en: 'Sign up' },
  signUpTitle: { ja: 'つどいに申し込む', en: 'Sign up' },
  closed: {
    ja: 'このつどいは、申し込みを締め切ったか、中止になりました。',
    en: 'Signing up is over, or the session was called off.',
  },
  name: { ja: 'お名前（呼び名でかまいません）', en: 'Name, as you like to be called' },
  nameMissing: { ja: 'お名前を入れてください。', en: 'Enter a name.' },
  way: { ja: '参加のしかた', en: 'How will you take part?' },
  wayMissing: { ja: '会場かオンラインか、選んでください。', en: 'Choose on site or online.' },
  contact: { ja: '連絡のしかた', en: 'How we reach you' },
  contactMissing: { ja: '連絡のしかたを選んでください。', en: 'Choose how we reach you.' },
  byMail: { ja: 'メール', en: 'By mail' },
  byPhone: { ja: '電話', en: 'By telephone' },
  byNothing: { ja: '連絡はいらない', en: 'Not at all' },
  byNothingHint: {
    ja: '中止や変更になっても、お知らせできません。',
    en: 'You will not be told if it is called off or moved.',
  },
  mail: { ja: 'メールアドレス', en: 'Mail address' },
  mailWrong: { ja: 'メールアドレスを確かめてください。', en: 'Check the mail address.' },
  phone: { ja: '電話番号', en: 'Telephone number' },
  phoneWrong: { ja: '電話番号を確かめてください。', en: 'Check the telephone number.' },
  whom: { ja: 'それを選んだ方に', en: 'If you chose it' },
  use: {
    ja: 'お名前と連絡先は、このつどいの連絡だけに使い、終わって90日たつと消します。',
    en: 'Name and contact are used for this session alone, and erased 90 days after it.',
  },
  send: { ja: '申し込む', en: 'Sign up' },
  wait: {
    ja: '満員です。申し込むと、空きを待つ人の列に入ります。',
    en: 'Full: you will be on the waiting list.',
  },
  haveCode: { ja: '申し込みを取り消す（番号をお持ちの方）', en: 'Cancel with a code' },
  codeTitle: { ja: '申し込みを取り消す', en: 'Cancel' },
  code: { ja: '取り消しの番号（8文字）', en: 'Your code of 8 letters' },
  codeWrong: {
    ja: 'この番号の申し込みは見つかりません。番号を確かめてください。もう取り消した申し込みも、ここには出ません。',
    en: 'There is no place with this code. Check it; a place that was given up is not found, either.',
  },
  codeDo: { ja: '申し込みを見る', en: 'Show my place' },
  passTitle: { ja: 'お申し込みの内容', en: 'Your place' },
  passBooked: { ja: 'お申し込みを受け付けました', en: 'You have a place' },
  passWaiting: { ja: '空きを待つ列に入りました', en: 'You are on the waiting list' },
  passWaitingWhy: {
    ja: '空きが出たら、早い人から順に入れます。メールのある方にはお知らせします。メールのない方は、前の日までに、問い合わせの電話でお確かめください。',
    en: 'When a place is free, whoever waited longest gets it, and is told by mail. Without mail, please call before the day.',
  },
  passCancelled: { ja: 'お申し込みは取り消しました', en: 'Your place was given up' },
  passOff: { ja: 'このつどいは中止になりました', en: 'This session was called off' },
  passKeep: {
    ja: 'この番号を控えておくと、電話やこのページで取り消せます。',
    en: 'Keep this code: with it you can cancel here or by telephone.',
  },
  online: { ja: 'オンラインの入り口を開く', en: 'Open it online' },
  onlineLater: {
    ja: '時間になったら、ここから入ってください。ほかの人に教えないでください。',
    en: 'Enter here when it begins. Please do not pass it on.',
  },
  giveUp: { ja: 'お申し込みを取り消す', en: 'Give up my place' },
  other: { ja: 'ほかのつどいを見る', en: 'Other sessions' },
} as const satisfies Texts;
