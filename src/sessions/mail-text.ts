export const mailText = {
  subject: {
    booked: (title: string) => ({
      ja: `お申し込みを受け付けました：${title}`,
      en: `You have a place: ${title}`,
    }),
    waiting: (title: string) => ({ ja: `空きを待つ列に入りました：${title}`, en: `Waiting list: ${title}` }),
    'moved-up': (title: string) => ({
      ja: `空きが出ました：${title}`,
      en: `A place is free for you: ${title}`,
    }),
    moved: (title: string) => ({ ja: `日時や場所が変わりました：${title}`, en: `It was moved: ${title}` }),
    off: (title: string) => ({ ja: `中止のお知らせ：${title}`, en: `Called off: ${title}` }),
    tomorrow: (title: string) => ({ ja: `もうすぐです：${title}`, en: `Soon: ${title}` }),
    often: (title: string) => ({ ja: `お申し込みについて：${title}`, en: `Signing up: ${title}` }),
    'given-up': (title: string) => ({ ja: `取り消しました：${title}`, en: `Given up: ${title}` }),
  },
  booked: (title: string) => ({
    ja: `「${title}」のお申し込みを受け付けました。`,
    en: `You have a place at “${title}”.`,
  }),
  waiting: (title: string) => ({
    ja: `「${title}」は満員のため、空きを待つ列に入りました。空きが出たら、お知らせします。`,
    en: `“${title}” is full; you are on the waiting list and will be told when a place is free.`,
  }),
  'moved-up': (title: string) => ({
    ja: `「${title}」に空きが出て、お申し込みが決まりました。都合が悪いときは、下のページで取り消してください。`,
    en: `A place at “${title}” is yours now. If it does not suit you, give it up on the page below.`,
  }),
  moved: (title: string) => ({
    ja: `「${title}」の日時や場所が変わりました。都合が悪いときは、下のページで取り消してください。`,
    en: `“${title}” was moved. If it does not suit you, give up your place on the page below.`,
  }),
  off: (title: string) => ({ ja: `「${title}」は中止になりました。`, en: `“${title}” was called off.` }),
  tomorrow: (title: string) => ({
    ja: `お申し込みの「${title}」が近づきました。`,
    en: `“${title}” is soon.`,
  }),
  often: (title: string) => ({
    ja: `「${title}」へのお申し込みがありましたが、このメールアドレスではこれ以上受け付けられません。ほかの方の分は、お電話でお申し込みください。`,
    en: `Somebody signed up for “${title}”, but no more places can be taken with this mail address. For more people, please call us.`,
  }),
  'given-up': (title: string) => ({
    ja: `「${title}」のお申し込みを取り消しました。`,
    en: `Your place at “${title}” was given up.`,
  }),
  when: { ja: '日時', en: 'When' },
  before: (when: string) => ({ ja: `（前の日時: ${when}）`, en: `(before: ${when})` }),
  where: { ja: '場所', en: 'Where' },
  online: { ja: 'オンライン', en: 'Online' },
  why: { ja: 'わけ', en: 'Why' },
  phone: { ja: 'お問い合わせ', en: 'Telephone' },
  yourPage: { ja: '内容を見る・取り消すページ:', en: 'To see or give up your place:' },
  yourPageOnline: {
    ja: 'オンラインの入り口を開く・取り消すページ:',
    en: 'To enter, or to give up your place:',
  },
  code: (code: string) => ({ ja: `取り消しの番号: ${code}`, en: `Code to cancel: ${code}` }),
  ifNotYou: {
    ja: 'お心当たりのないときは、このメールは消してください。',
    en: 'If this is not about you, please disregard it.',
  },
} as const;
