import { of, type Sentence } from '../../kernel/sentence.ts';

/** Words of entering a referral that came by fax. */
export const text = {
  title: of('FAXで届いた相談依頼の登録', 'Register a referral that came by fax'),
  lead: of(
    '画像を見ながら、書いてあるとおりに入れてください。登録すると、送った医療機関の一覧にも載ります。',
    'Enter what the sheet says. Once registered it stands in the list of the clinic that sent it, too.',
  ),
  clinic: of('送ってきた医療機関', 'Clinic that sent it'),
  clinicMissing: of('送ってきた医療機関を選んでください。', 'Choose the clinic that sent it.'),
  whom: of('ご本人', 'The person'),
  family: of('姓', 'Family name'),
  given: of('名', 'Given name'),
  familyKana: of('姓のフリガナ', 'Family name in kana'),
  givenKana: of('名のフリガナ', 'Given name in kana'),
  missing: (ja: string, en: string): Sentence =>
    of(`${ja}を入れてください。`, `Enter the ${en.toLowerCase()}.`),
  notKana: of('フリガナは、ひらがなかカタカナで入れてください。', 'Use hiragana or katakana.'),
  birthDate: of('生年月日', 'Date of birth'),
  birthMissing: of('生年月日を入れてください。', 'Enter the date of birth.'),
  birthFuture: of('生年月日が先の日付です。', 'The date of birth is in the future.'),
  sex: of('性別', 'Sex'),
  sexes: {
    female: of('女', 'Female'),
    male: of('男', 'Male'),
    unknown: of('書いていない', 'Not stated'),
  },
  phone: of('電話番号', 'Telephone'),
  wrongPhone: of('電話番号の形を確かめてください。', 'Check the telephone number.'),
  town: of('住んでいる市町村', 'Municipality'),
  line: of('町名・番地', 'Street and number'),
  known: of('前に登録した方ではありませんか', 'Is it somebody registered before?'),
  knownLead: of(
    'フリガナと生年月日が同じ方がいます。同じ方かどうかを選んでください。',
    'Somebody has the same kana name and birth date. Say whether it is the same person.',
  ),
  knownMissing: of('同じ方かどうかを選んでください。', 'Say whether it is the same person.'),
  newPerson: of('別の方として新しく登録する', 'No, somebody else'),
  consentHead: of('同意', 'Consent'),
  consentSeen: of('同意の署名を、この紙で確かめました', 'I have seen the signed consent on this sheet'),
  consentMissing: of(
    '同意の署名がない紙は登録できません。医療機関に確かめてください。',
    'Without a signed consent it cannot be registered. Ask the clinic.',
  ),
  consentDay: of('紙に書いてある同意の日', 'Day of the consent on the sheet'),
  consentDayMissing: of('同意の日を入れてください。', 'Enter the day of the consent.'),
  consentFuture: of('同意の日が先の日付です。', 'The day of the consent is in the future.'),
  consentOver: of(
    'この同意は期限が過ぎています。医療機関に新しい同意をお願いしてください。',
    'This consent has expired. Ask the clinic for a new one.',
  ),
  consentOpens: (recipients: Sentence, items: Sentence, months: number): Sentence =>
    of(
      `この用紙の同意は「${recipients.ja}」に「${items.ja}」を伝えるものです。期限は${String(months)}か月です。`,
      `The consent on this sheet lets ${recipients.en} know: ${items.en}. It holds for ${String(months)} months.`,
    ),
  urgency: of('急ぎ具合', 'Urgency'),
  urgencyMissing: of('急ぎ具合を選んでください。', 'Choose the urgency.'),
  needs: of('困りごと（紙に印のあるもの）', 'Needs ticked on the sheet'),
  reason: of('依頼の内容', 'What is asked'),
  reasonHint: of('紙に書いてある言葉のまま', 'In the words of the sheet'),
  reasonMissing: of('依頼の内容を入れてください。', 'Enter what is asked.'),
  save: of('登録して紹介のページへ', 'Register and open the case'),
  notHere: of(
    'このプログラムでは、紙で届いた依頼を登録できません。',
    'No program here takes referrals on paper.',
  ),
  blank: of('相談依頼票（白紙）を印刷する', 'Print a blank request sheet'),
  sheetName: of('相談依頼票', 'Consultation request'),
  mailSubject: (number: string) => `FAXの相談依頼を登録しました（番号 ${number}）`,
  mailText: (
    number: string,
    office: string,
    url: string,
  ) => `${office}が、届いたFAXの相談依頼を登録しました。番号は ${number} です。
お心当たりがないとき、内容が違うときは、次のページで「誤りとして取り下げる」を選んでください。
${url}

このメールには、ご本人のことは書いてありません。

--
${office} has registered a referral that came by fax, number ${number}. Should you not know of it, withdraw it as a mistake on the page above.
`,
} as const;
