import type { Sentence, Texts } from '../../kernel/sentence.ts';

export const text = {
  title: { ja: '同意を取り消す', en: 'Take a consent back' },
  lead: {
    ja: 'ご本人は、いつでも、わけを言わずに取り消せます。ぜんぶでも、一部だけでもかまいません。',
    en: 'The person may take it back at any time without saying why, all of it or a part.',
  },
  leadThemselves: {
    ja: 'いつでも、わけを言わずに取り消せます。ぜんぶでも、一部だけでもかまいません。取り消しても、これまでどおり診察を受けられます。',
    en: 'You may take it back at any time without saying why, all of it or a part. Your doctor treats you as before.',
  },
  scope: { ja: '何を取り消しますか', en: 'What is taken back?' },
  whole: { ja: 'この同意をぜんぶ', en: 'All of this consent' },
  part: { ja: '一部だけ（この下で選びます）', en: 'Only a part (choose below)' },
  fromWhom: { ja: '伝えるのをやめる相手', en: 'Who is told no longer' },
  fromWhomHint: {
    ja: '「一部だけ」のとき、選んだ相手は何も見られなくなります。',
    en: 'For a part: whoever is chosen sees nothing any more.',
  },
  what: { ja: '伝えるのをやめる内容', en: 'What is told no longer' },
  whatHint: {
    ja: '「一部だけ」のとき、選んだ内容はだれにも見えなくなります。',
    en: 'For a part: nobody sees what is chosen any more.',
  },
  next: { ja: '取り消すとどうなるかを見る', en: 'See what will happen' },
  scopeMissing: { ja: '何を取り消すかを選んでください。', en: 'Choose what is taken back.' },
  partMissing: {
    ja: '一部だけ取り消すときは、相手か内容を一つ以上選んでください。',
    en: 'To take back a part, choose at least one recipient or one item.',
  },
  checkTitle: { ja: '取り消すと、こうなります', en: 'What will happen' },
  who: { ja: 'だれが、何を見られなくなるか', en: 'Who no longer sees what' },
  nobody: {
    ja: '今この同意でこの方の記録を見ている機関はありません。これからも、だれにも見えません。',
    en: 'Nobody sees this person under this consent now, and nobody will.',
  },
  nobodyThemselves: {
    ja: '今この同意であなたの記録を見ている人はいません。これからも、だれにも見えません。',
    en: 'Nobody sees your record under this consent now, and nobody will.',
  },
  seesNothing: { ja: '何も見られなくなります', en: 'Sees nothing any more' },
  seesLess: (items: string): Sentence => ({
    ja: `${items}が見られなくなります`,
    en: `No longer sees: ${items}`,
  }),
  seesSame: { ja: '変わりません', en: 'No change' },
  residents: { ja: '手伝う住民', en: 'residents who help' },
  body: { ja: '機関', en: 'Body' },
  effect: { ja: 'どうなるか', en: 'Effect' },
  ends: { ja: '終わること', en: 'What ends' },
  endsRequests: {
    ja: '見られなくなる団体へのお願いは、その場で取り下げられます。',
    en: 'Requests to groups that no longer see the person are called off at once.',
  },
  endsReferral: (office: string): Sentence => ({
    ja: `${office}への紹介は、その場で終わります。`,
    en: `The referral to ${office} ends at once.`,
  }),
  told: { ja: '知らせること', en: 'Who is told' },
  toldWhom: {
    ja: '見られなくなる機関すべてに、番号だけのお知らせが届きます。お名前や困りごとは書かれません。',
    en: 'Every body that loses sight is told, by case number alone; no name and no trouble is mentioned.',
  },
  stays: { ja: '残ること', en: 'What stays' },
  remains: {
    ja: '記録は消えず、登録した医療機関では引き続き見られます。だれに何を見せたかの記録も残ります。すでに電話や紙で伝わったことは取り戻せません。',
    en: 'The records are kept and stay visible to the clinic that registered the person, and so does the record of who was shown what. What was told by phone or on paper cannot be taken back.',
  },
  remainsThemselves: {
    ja: '記録は消えません。登録した医療機関では、これまでどおり診察に使います。だれに何を見せたかの記録も残ります。すでに電話や紙で伝わったことは取り戻せません。',
    en: 'The records are kept, and the clinic where you are registered uses them as before. So is the record of who was shown what. What was told by phone or on paper cannot be taken back.',
  },
  notUndone: {
    ja: '取り消しは元に戻せません。また紹介するときは、新しく同意を受けます。',
    en: 'It cannot be undone. A new referral needs a new consent.',
  },
  notUndoneThemselves: {
    ja: '取り消しは元に戻せません。気持ちが変わったら、医療機関で新しく同意できます。',
    en: 'It cannot be undone. Should you change your mind, you can agree anew at the clinic.',
  },
  otherConsents: (count: number): Sentence => ({
    ja: `ほかに有効な同意が${String(count)}件あります。その同意で伝えてよいとされた内容は、引き続き見られます。`,
    en: `${String(count)} other consent${count === 1 ? ' is' : 's are'} in force; what they allow stays visible.`,
  }),
  yourself: {
    ja: 'あなたの機関からも、この方の記録は見られなくなります。',
    en: 'Your own office will no longer see this person either.',
  },
  why: { ja: 'だれの申し出ですか', en: 'Who asked for it?' },
  byPerson: { ja: 'ご本人の申し出', en: 'The person' },
  byProxy: { ja: '代わりの人の申し出', en: 'Somebody in their place' },
  byMistake: { ja: '記録のまちがい', en: 'Recorded by mistake' },
  byOther: { ja: 'その他', en: 'Another reason' },
  whyMissing: { ja: 'だれの申し出かを選んでください。', en: 'Choose who asked for it.' },
  noteMissing: { ja: 'どんなわけかを書いてください。', en: 'Write what the reason is.' },
  note: { ja: '補足', en: 'Note' },
  noteHint: {
    ja: '「代わりの人」「その他」のときは、だれが・どんなわけかを書いてください。',
    en: 'For somebody else or another reason: who, or what reason.',
  },
  confirm: { ja: '取り消す', en: 'Take it back' },
  change: { ja: '選びなおす', en: 'Choose again' },
  keep: { ja: '取り消さない', en: 'Keep it' },
} as const satisfies Texts;
