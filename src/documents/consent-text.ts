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
  purpose: of('何のために使いますか', 'What it is used for'),
  recipients: of('だれに伝えますか', 'Who will receive it'),
  items: of('何を伝えますか', 'What will be given'),
  period: of('いつまで有効ですか', 'How long it holds'),
  blankPeriod: of(
    '　　　　　　　年　　　　　月　　　　　日から　　　　　　　年　　　　　月　　　　　日まで',
    'from ____________________ until ____________________',
  ),
  explained: of('説明', 'Explanation'),
  explainedHow: of('説明のしかた', 'How'),
  explainedOn: of('説明した日', 'On'),
  signature: of('署名', 'Signature'),
  signedOn: of('署名した日', 'Signed on'),
  signedBy: of('ご本人の署名', 'Signature of the person'),
  signedByProxy: of('代わりの方の署名', 'Signature of the representative'),
  onlyProxy: of('ご本人が署名できないときだけ', 'Only if the person cannot sign'),
  relation: of('ご本人との関係', 'Relation to the person'),
  proxyReason: of('代わりに署名する理由', 'Reason for signing in their place'),
  signatureAlt: (name: string) => of(`${name}の署名`, `Signature of ${name}`),
  withdraw: of('同意をやめたいとき（いつでもやめられます）', 'If you change your mind (you may at any time)'),
  clinic: of('お問い合わせ先', 'Contact'),
} as const satisfies Texts;
