import { of, type Texts } from '../kernel/sentence.ts';

/** Words of the request to a community resource. */
export const requestText = {
  requestTitle: of('受け入れのご依頼', 'A request to your group'),
  welcomed: of(
    'お受けいただき、ありがとうございます。ご本人の連絡先をお知らせします。',
    'Thank you for saying that the person is welcome. This is how to reach them.',
  ),
  reachLater: of(
    'ご本人の電話番号と住所は、お受けいただいたあとにお伝えします。',
    'Phone number and address follow once you have said that the person is welcome.',
  ),
  forThisAlone: of(
    'ここに書いてあることは、この件だけに使ってください。ほかの人に伝えないでください。',
    'Use what stands here for this request alone. Please tell nobody else.',
  ),
  age: of('年齢', 'Age'),
  years: (age: number) => of(`${String(age)}歳`, String(age)),
  area: of('お住まい', 'Lives in'),
  asked: of('お願いしたいこと', 'What we ask'),
  when: of('希望の日時', 'When'),
  wishes: of('本人の希望', 'Their wishes'),
  whom: of('どなたのことか', 'Whom it is about'),
  reply: of('お返事', 'Your answer'),
  replyWelcome: of('お受けできます', 'Welcome'),
  replyFull: of('今は満員です', 'Full at present'),
  replyUnsuitable: of('合いません', 'Not suitable'),
  replyHow: of(
    '一つに印をつけて、この紙をFAXでお送りください。',
    'Tick one and send this sheet back by fax.',
  ),
  replyFax: (number: string) => of(`返信先 FAX ${number}`, `Fax it to ${number}`),
  replyRemark: of('ひとこと', 'Remark'),
  replyName: of('お名前', 'Your name'),
  replyOnline: of('スマホでも答えられます。', 'Or answer online.'),
  validUntil: (day: string) => of(`${day}まで有効`, `Until ${day}`),
} as const satisfies Texts;
