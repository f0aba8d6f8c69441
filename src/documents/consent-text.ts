import { of, type Texts } from '../kernel/sentence.ts';

/** Words of the consent form, and of signing. */
export const consentText = {
  consentTitle: of('同意書', 'Consent form'),
  consentIntro: of(
    '次の説明を聞いて、わかったうえで、自分の情報を下に書かれた相手に伝えることに同意します。',
    'I have heard and understood the explanation below, and I agree that my information is given to the people named here.',
  ),
  consentWithdrawn: (day: string) =>
    of(
      `撤回済み${day && `（${day}）`}\nこの同意は取り消されています。いまは使えません。`,
      `Withdrawn${day && ` on ${day}`}: this consent can no longer be used.`,
    ),
  consentExpired: (day: string) =>
    of(
      `期限切れ（${day}まで）\nこの同意の期間は終わっています。いまは使えません。`,
      `Expired (held until ${day}): this consent can no longer be used.`,
    ),
  markWithdrawn: (day: string) => of(`撤回済み${day && `（${day}）`}`, `Withdrawn${day && ` (${day})`}`),
  markExpired: (day: string) => of(`期限切れ（${day}まで）`, `Expired (held until ${day})`),
  purpose: { ...of('何のために使いますか', 'What it is used for'), easy: 'なんの ために つかいますか' },
  recipients: { ...of('だれに伝えますか', 'Who will receive it'), easy: 'だれに つたえますか' },
  items: { ...of('何を伝えますか', 'What will be given'), easy: 'なにを つたえますか' },
  period: { ...of('いつまで有効ですか', 'How long it holds'), easy: 'いつまで つかえますか' },
  blankPeriod: of(
    '　　　　　　　年　　　　　月　　　　　日から　　　　　　　年　　　　　月　　　　　日まで',
    'from ____________________ until ____________________',
  ),
  explained: { ...of('説明', 'Explanation'), easy: 'せつめい' },
  explainedHow: { ...of('説明のしかた', 'How'), easy: 'せつめいの しかた' },
  explainedOn: { ...of('説明した日', 'On'), easy: 'せつめいした 日' },
  signature: { ...of('署名', 'Signature'), easy: 'サイン' },
  signedOn: { ...of('署名した日', 'Signed on'), easy: 'サインした 日' },
  signedBy: { ...of('ご本人の署名', 'Signature of the person'), easy: 'あなたの サイン' },
  signedByProxy: {
    ...of('代わりの方の署名', 'Signature of the representative'),
    easy: 'かわりの 人の サイン',
  },
  onlyProxy: {
    ...of('ご本人が署名できないときだけ', 'Only if the person cannot sign'),
    easy: 'あなたが サインできない ときだけ',
  },
  relation: { ...of('ご本人との関係', 'Relation to the person'), easy: 'あなたとの かんけい' },
  proxyReason: {
    ...of('代わりに署名する理由', 'Reason for signing in their place'),
    easy: 'かわりに サインする わけ',
  },
  signatureAlt: (name: string) => of(`${name}の署名`, `Signature of ${name}`),
  withdraw: {
    ...of('同意をやめたいとき（いつでもやめられます）', 'If you change your mind (you may at any time)'),
    easy: 'やめたい とき（いつでも やめる ことが できます）',
  },
  clinic: { ...of('お問い合わせ先', 'Contact'), easy: 'きく ところ（れんらくさき）' },
} as const satisfies Texts;
