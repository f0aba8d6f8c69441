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
  search: of('前に登録した方をさがす', 'Find somebody registered before'),
  searchHint: of(
    'フリガナ、名前、生年月日のどれか。見つかれば、お名前などは入れなくてすみます。初めての方は、さがさずに下へ進んでください。',
    'Kana, name or birth date. Whoever is found need not be typed in. For somebody new, go on below.',
  ),
  find: of('さがす', 'Find'),
  nobody: of(
    '見つかりません。初めての方として、下に入れてください。',
    'Nobody found. Enter them below as somebody new.',
  ),
  thisOne: (name: string): Sentence => of(`${name}さんとして入れる`, `Enter it for ${name}`),
  found: of('見つかった方', 'Found'),
  chosen: of('この方の紙として登録します', 'It is entered for this person'),
  name: of('お名前', 'Name'),
  kana: of('フリガナ', 'Name in kana'),
  coded: of('印（QRコード）から、どなたの紙か分かりました', 'The code says whose sheet it is'),
  codedLead: of(
    '紙のお名前が下と同じことを確かめてください。電話番号や住所は、登録したあとに医療機関の記録から見られます。',
    'Make sure that the name on the paper is the same as below. Telephone and address come from the clinic’s record once it is registered.',
  ),
  notThisOne: of('別の方なので、手で入れる', 'It is somebody else: type it in'),
  before: (day: Sentence): Sentence =>
    of(
      `同じ方の相談依頼票を、${day.ja}に登録しています。新しい依頼かどうか確かめてください。`,
      `A request sheet of the same person was registered on ${day.en}. Make sure that this is a new one.`,
    ),
  beforeCase: of('前に登録した紹介を見る', 'See the one registered before'),
  codedNoMore: of(
    'この紙の印からは登録できません。医療機関に、新しい相談依頼票をお願いしてください。',
    'This sheet’s code can no longer be used. Ask the clinic for a new request sheet.',
  ),
  knownNoMore: of(
    'その方としては登録できません。さがし直すか、下に入れてください。',
    'It cannot be entered for that person. Search again, or type it in.',
  ),
  consentHead: of('同意', 'Consent'),
  consentSeen: of('同意の署名を、この紙で確かめました', 'I have seen the signed consent on this sheet'),
  consentMissing: of(
    '同意の署名がない紙は登録できません。医療機関に確かめてください。',
    'Without a signed consent it cannot be registered. Ask the clinic.',
  ),
  consentOn: of('紙に書いてある同意の日', 'Day of the consent on the sheet'),
  cameThen: (day: Sentence): Sentence => of(`${day.ja}（届いた日）`, `${day.en} (the day it came)`),
  otherDay: of('ほかの日', 'Another day'),
  consentDay: of('同意の日（ほかの日のとき）', 'Day of the consent, if another'),
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
  reasonHint: of(
    '紙の言葉のまま。困りごとに印をつけたときは、空けておけます（紙の画像は紹介のページで見られます）。',
    'In the words of the sheet. May stay empty where a need is ticked: the picture is in the case.',
  ),
  asOnSheet: of('相談依頼票のとおりです。届いた書類を見てください。', 'As on the sheet; see the document.'),
  reasonMissing: of(
    '依頼の内容を入れるか、困りごとに印をつけてください。',
    'Enter what is asked, or tick a need.',
  ),
  save: of('登録して紹介のページへ', 'Register and open the case'),
  notHere: of(
    'このプログラムでは、紙で届いた依頼を登録できません。',
    'No program here takes referrals on paper.',
  ),
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
