import { of, type Texts } from '../kernel/sentence.ts';

/** Words of the sheet that goes before a fax. */
export const faxText = {
  faxTitle: of('FAX送付状', 'Fax cover sheet'),
  faxAbout: of('お送りするもの', 'What follows'),
  faxSubject: of('件名', 'Subject'),
  faxNumber: of('案件番号', 'Case'),
  faxHandOn: of(
    '個人情報が書かれた紙が続きます。宛先の担当の方に、すぐにお渡しください。',
    'Sheets with personal information follow. Please hand them to the addressee at once.',
  ),
  faxReceived: of('届いたことの確認', 'Please check'),
  faxCount: (pages: number) =>
    of(
      `この紙を入れて${String(pages)}枚そろっているか確かめてください。足りないときは、送り主にお電話ください。`,
      `There should be ${String(pages)} pages with this one. If any is missing, please call the sender.`,
    ),
  faxBack: of(
    '印をつけて、この紙だけを送り主へFAXしてください。',
    'Tick one, and fax this sheet alone back to the sender.',
  ),
  faxAll: of('全部届いた', 'All have arrived'),
  faxMissing: of('足りない・読めない', 'Some are missing or cannot be read'),
} as const satisfies Texts;
