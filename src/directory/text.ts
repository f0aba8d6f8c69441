import type { Sentence, Texts } from '../kernel/sentence.ts';
import type { Capacity, View } from './record.ts';

export const text = {
  title: { ja: '地域の資源', en: 'Community resources' },
  lead: {
    ja: '集まりの場、手助け、行ける場所を探せます。',
    en: 'Find gatherings, help and places to go.',
  },
  add: { ja: '新しく登録する', en: 'Add a resource' },
  back: { ja: '地域の資源の一覧へ', en: 'Back to the list' },
  backToEntry: { ja: '登録の内容へ', en: 'Back to the entry' },

  search: { ja: '資源を探す', en: 'Search the resources' },
  words: { ja: 'ことば', en: 'Words' },
  wordsHint: { ja: '名前・内容・場所・団体', en: 'Name, description, place, group' },
  area: { ja: '住んでいる市町村', en: 'Municipality of the home' },
  anyArea: { ja: 'どこでも', en: 'Any' },
  interest: { ja: '好きなこと', en: 'Interest' },
  anyInterest: { ja: '指定しない', en: 'Any' },
  capacity: { ja: '空き', en: 'Room' },
  anyCapacity: { ja: 'すべて', en: 'Any' },
  need: { ja: '困りごと', en: 'Need' },
  chooseNeed: { ja: '困りごとの絵から選ぶ', en: 'Choose a need by its picture' },
  anyNeed: { ja: '指定しない', en: 'Any' },
  withClosed: { ja: '休止中のものも出す', en: 'Show closed ones too' },
  go: { ja: '探す', en: 'Search' },
  clear: { ja: '条件を消す', en: 'Clear the search' },
  views: { ja: '一覧の種類', en: 'Lists' },
  all: { ja: 'すべて', en: 'All' },
  own: { ja: '自分の団体', en: 'Own group' },
  old: { ja: '確認が必要', en: 'To be checked' },
  oldLead: {
    ja: '担当の地域で、1年以上確認されていない登録です。電話などで確かめて、「まだ合っています」を押してください。',
    en: 'Entries of your area that nobody has checked for a year. Call them and press “Still right”.',
  },
  listed: { ja: '地域の資源の一覧', en: 'List of community resources' },
  found: (from: number, to: number, all: number): Sentence => ({
    ja: `${String(all)}件中 ${String(from)}〜${String(to)}件`,
    en: `${String(from)}–${String(to)} of ${String(all)}`,
  }),
  number: (all: number): Sentence => ({
    ja: `${String(all)}件見つかりました`,
    en: all === 1 ? '1 found' : `${String(all)} found`,
  }),
  none: { ja: '条件に合う資源は見つかりませんでした', en: 'No resource fits this search' },
  noneNext: {
    ja: '条件を一つずつ減らして、もう一度探してください。',
    en: 'Take away one condition after the other and search again.',
  },
  noneOld: {
    ja: '確認が必要な登録はありません。ありがとうございます。',
    en: 'Nothing needs checking. Thank you.',
  },
  noneOwn: { ja: '自分の団体の登録は、まだありません', en: 'Your group has no entry yet' },
  more: (n: number): Sentence => ({ ja: `ほか${String(n)}つ`, en: `${String(n)} more` }),

  name: { ja: '名前', en: 'Name' },
  needs: { ja: 'どんな困りごとに', en: 'For which needs' },
  areas: { ja: '対象の地域', en: 'Takes people from' },
  everywhere: { ja: 'どこからでも', en: 'Anywhere' },
  fee: { ja: '料金', en: 'Cost' },
  phone: { ja: '電話', en: 'Phone' },
  checked: { ja: '内容の確認', en: 'Last checked' },
  today: { ja: '今月確認', en: 'Checked this month' },
  monthsAgo: (months: number): Sentence => ({
    ja: `${String(months)}か月前に確認`,
    en: months === 1 ? 'Checked 1 month ago' : `Checked ${String(months)} months ago`,
  }),
  staleMonths: (months: number): Sentence => ({
    ja: `${String(months)}か月前から未確認。電話で確かめてください`,
    en: `Not checked for ${String(months)} months. Please call to make sure`,
  }),
  never: {
    ja: 'まだ確認されていません。電話で確かめてください',
    en: 'Never checked. Please call to make sure',
  },

  summary: { ja: '内容', en: 'What it is' },
  provider: { ja: '活動する団体', en: 'Run by' },
  kana: { ja: 'よみがな', en: 'Reading (kana)' },
  interests: { ja: '楽しめること', en: 'Interests' },
  view: { ja: 'どんな資源か', en: 'What kind of resource' },
  kind: { ja: '制度のサービスか', en: 'Formal or informal' },
  formal: { ja: 'フォーマル（決まりや料金のあるもの）', en: 'Formal (with rules and fees)' },
  informal: { ja: 'インフォーマル（住民どうしのつながり）', en: 'Informal (ties between people)' },
  availability: { ja: '日時', en: 'When' },
  eligibility: { ja: '来られる人', en: 'Who can come' },
  appointment: { ja: '申し込み', en: 'Booking' },
  appointmentYes: { ja: '必要', en: 'Needed' },
  appointmentNo: { ja: 'いらない', en: 'Not needed' },
  appointmentUnknown: { ja: 'わからない', en: 'Not known' },
  place: { ja: '場所', en: 'Place' },
  address: { ja: '住所', en: 'Address' },
  fax: { ja: 'ファクス', en: 'Fax' },
  email: { ja: 'メール', en: 'E-mail' },
  state: { ja: '受付', en: 'State' },
  active: { ja: '活動している', en: 'Active' },
  closed: { ja: '休止中', en: 'Closed' },
  closedLong: {
    ja: '休止中の登録です。紹介先には出ません。',
    en: 'This entry is closed and is not offered for referrals.',
  },
  about: { ja: '内容と日時', en: 'What and when' },
  reach: { ja: '場所と連絡先', en: 'Where and how to reach' },
  forWhom: { ja: 'だれのための資源か', en: 'For whom' },

  upkeep: { ja: '登録を新しくする', en: 'Keep this entry right' },
  stillRight: { ja: 'まだ合っています', en: 'Still right' },
  stillRightLead: {
    ja: '電話などで確かめて、変わりがなければ押してください。今日の日付で記録します。',
    en: 'Make sure, by telephone for instance. If nothing has changed, press this: today is recorded.',
  },
  capacityNow: { ja: '空きを変える', en: 'Change the room' },
  capacityLead: {
    ja: '今の空きを押してください。すぐに変わり、今日確認したことになります。',
    en: 'Press how it is now. It changes at once and counts as checked today.',
  },
  capacityIs: { ja: '今の登録', en: 'Entry says' },
  edit: { ja: '内容を直す', en: 'Edit' },
  saidSaved: { ja: '登録しました。', en: 'Saved.' },
  saidAssured: { ja: '今日確認したことを記録しました。', en: 'Recorded as checked today.' },
  saidCapacity: { ja: '空きを変えました。', en: 'The room was changed.' },
} as const satisfies Texts;

export const capacityNames: Readonly<Record<Capacity, Sentence>> = {
  capacity: { ja: '空きあり', en: 'Has room' },
  waitlist: { ja: '空き待ち', en: 'Waiting list' },
  'additional-assessment-required': { ja: '要相談', en: 'Ask first' },
  'no-capacity': { ja: '満員', en: 'Full' },
};

export const viewNames: Readonly<Record<View, Sentence>> = {
  join: { ja: '参加する活動', en: 'An activity to join' },
  use: { ja: '使うサービス', en: 'A service to use' },
  place: { ja: '行ける場所', en: 'A place to go' },
  body: { ja: '活動する団体・担い手', en: 'A group that runs things' },
};
