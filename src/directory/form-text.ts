import type { Texts } from '../kernel/sentence.ts';

/** Words of the form in which an entry is written. */
export const text = {
  newTitle: { ja: '地域の資源を登録する', en: 'Add a community resource' },
  editTitle: { ja: '登録の内容を直す', en: 'Edit this entry' },
  save: { ja: '登録する', en: 'Save' },
  who: { ja: '活動する団体', en: 'Who runs it' },
  whoHint: {
    ja: '紹介したい人のお願いは、この団体に届きます。',
    en: 'Requests for people who would like to come go to this group.',
  },
  known: { ja: '登録ずみの団体', en: 'A group that is registered' },
  knownMissing: { ja: '団体を選んでください。', en: 'Choose the group.' },
  fresh: { ja: '新しい団体', en: 'A new group' },
  body: { ja: '団体', en: 'Group' },
  bodyName: { ja: '団体の名前', en: 'Name of the group' },
  bodyNameMissing: { ja: '団体の名前を入力してください。', en: 'Enter the name of the group.' },
  bodyPhone: { ja: '団体の電話', en: 'Phone of the group' },
  what: { ja: '名前と内容', en: 'Name and description' },
  nameMissing: { ja: '資源の名前を入力してください。', en: 'Enter the name of the resource.' },
  nameHint: { ja: '例：おしゃべりサロン', en: 'For example: Chatting salon' },
  kanaHint: { ja: 'ひらがなかカタカナで。一覧の並び順に使います。', en: 'In kana. Lists are sorted by it.' },
  kanaWrong: { ja: 'ひらがなかカタカナで入力してください。', en: 'Use hiragana or katakana.' },
  summaryHint: {
    ja: '何をするところか、初めての人に分かるように。',
    en: 'What happens there, for somebody who has never been.',
  },
  summaryMissing: { ja: '内容を入力してください。', en: 'Enter what it is.' },
  viewHint: { ja: '当てはまるものをすべて。', en: 'All that apply.' },
  viewMissing: { ja: 'どんな資源か、一つ以上選んでください。', en: 'Choose at least one kind.' },
  forWhat: { ja: '困りごとと楽しみ', en: 'Needs and interests' },
  needHint: {
    ja: 'この資源が役に立つ困りごとをすべて。紹介先を探すときに使います。',
    en: 'All needs it helps with. Link workers search by them.',
  },
  interestHint: { ja: 'ここで楽しめること。', en: 'What people can enjoy there.' },
  reach: { ja: 'どこに住む人が来られますか', en: 'Where may people live who come' },
  reachMissing: { ja: 'どちらかを選んでください。', en: 'Choose one.' },
  these: { ja: '決まった市町村の人', en: 'People of certain municipalities' },
  everywhere: { ja: 'どこに住む人でも', en: 'People from anywhere' },
  areas: { ja: '市町村', en: 'Municipalities' },
  areasMissing: { ja: '市町村を一つ以上選んでください。', en: 'Choose at least one municipality.' },
  eligibilityHint: { ja: '例：65歳以上の人', en: 'For example: people of 65 and over' },
  when: { ja: '日時・料金・場所', en: 'When, cost and place' },
  availabilityHint: { ja: '例：毎週火曜 10時から12時', en: 'For example: Tuesdays 10:00–12:00' },
  availabilityMissing: { ja: '日時を入力してください。', en: 'Enter when it happens.' },
  feeHint: { ja: '例：1回200円、無料', en: 'For example: 200 yen a time, free' },
  placeName: { ja: '場所の名前', en: 'Name of the place' },
  placeHint: { ja: '例：本町集会所', en: 'For example: Honcho community hall' },
  placeNameMissing: {
    ja: '住所や位置だけでなく、場所の名前も入力してください。',
    en: 'Enter the name of the place as well as its address or position.',
  },
  lat: { ja: '緯度', en: 'Latitude' },
  lon: { ja: '経度', en: 'Longitude' },
  positionHint: {
    ja: '家から近い順に並べるために使います。わからなければ空のままで。',
    en: 'Used to sort by distance from home. Leave empty if not known.',
  },
  latWrong: {
    ja: '緯度は20から46までの数で入力してください。例：38.3012',
    en: 'The latitude is a number from 20 to 46, such as 38.3012.',
  },
  lonWrong: {
    ja: '経度は122から154までの数で入力してください。例：143.3015',
    en: 'The longitude is a number from 122 to 154, such as 143.3015.',
  },
  bothNeeded: { ja: '緯度と経度は両方入力してください。', en: 'Enter both latitude and longitude.' },
  contact: { ja: '連絡先', en: 'How to reach it' },
  contactHint: {
    ja: '電話・ファクス・メールのどれか一つは入れてください。',
    en: 'Give at least one of phone, fax and e-mail.',
  },
  contactMissing: {
    ja: '電話・ファクス・メールのどれかを入力してください。',
    en: 'Enter a phone number, a fax number or an e-mail address.',
  },
  phoneWrong: {
    ja: '電話番号は、0から始まる10けたか11けたで入力してください。',
    en: 'A number has 10 or 11 digits and begins with 0.',
  },
  emailWrong: {
    ja: 'メールアドレスの形が違います。@の前後を確かめてください。',
    en: 'This is no e-mail address. Check what stands around the @.',
  },
  emailHint: {
    ja: '紹介の依頼が届いたことを、ここにお知らせします。',
    en: 'Tells the group that a request has come.',
  },
  nowTitle: { ja: '今のようす', en: 'How it is now' },
  assured: { ja: '内容を今日確かめました', en: 'I made sure of this today' },
  assuredHint: {
    ja: '印をつけると、今日の日付で「確認ずみ」になります。',
    en: 'With a tick, today is recorded as the day of the check.',
  },
  staleTitle: {
    ja: 'ほかの人が先にこの登録を変えました',
    en: 'Someone else changed this entry first',
  },
  staleIssue: {
    ja: '開いている間に、ほかの人がこの登録を変えました。下の違いを見て、よければもう一度「登録する」を押してください。',
    en: 'Someone else changed this entry while you had it open. Look at the differences below; if yours is right, press Save again.',
  },
  staleLead: {
    ja: 'あなたの入力はそのまま残してあります。今の登録は次のとおりです。',
    en: 'What you typed is kept. The entry now says:',
  },
  staleSame: {
    ja: 'あなたの入力と違うところはありません。',
    en: 'It does not differ from what you typed.',
  },
  empty: { ja: '（空）', en: '(empty)' },
} as const satisfies Texts;
