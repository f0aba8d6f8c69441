import type { Item } from '../../access/sight.ts';
import { of, type Sentence, type Texts } from '../../kernel/sentence.ts';
import { kindName, otherKind } from '../../people/looks-text.ts';
import { itemNames } from '../text.ts';
import type { Line, Look } from './queries.ts';

export const text = {
  title: of('第三者提供の記録', 'Record of provision'),
  titleOf: (name: string) => of(`${name}さん：第三者提供の記録`, `Record of provision: ${name}`),
  link: of('だれに伝えたか・だれが見たか（第三者提供の記録）', 'Who was told, and who looked'),
  panel: of('記録の開示', 'What is held'),
  lead: of(
    'この方の情報を、どの機関に、いつ、何を、どんな根拠で伝えたかと、だれが記録を見たかの一覧です。',
    'To whom this person’s information was given, when, what and on what basis, and who has looked.',
  ),
  pdf: of('PDFで出す', 'As PDF'),
  provided: of('伝えた相手と内容', 'Who was given what'),
  none: of('ほかの機関には、まだ何も伝えていません', 'Nothing has been given to anybody else yet'),
  to: of('伝えた相手', 'To whom'),
  when: of('いつから、いつまで', 'From and until'),
  items: of('内容', 'What'),
  basis: of('根拠', 'Basis'),
  from: (at: string) => of(`${at}から`, `from ${at}`),
  still: of('今も見られます', 'open now'),
  until: (at: string) => of(`${at}まで`, `until ${at}`),
  consentOn: (day: string) => of(`${day}のご本人の同意`, `The person’s consent of ${day}`),
  byProxy: (name: string) => of(`（代わりの方：${name}）`, ` (given by ${name})`),
  emergency: of('緊急のとき', 'Emergency'),
  unknown: of('記録を読めません', 'The record cannot be read'),
  oneByOne: of('一件ずつ、日時の順に見る', 'One by one, by date'),
  looked: of('記録を見た人', 'Who has looked'),
  lookedLead: of('ほかの機関の人が、記録を見たり書いたりした回数です。', 'People of other bodies.'),
  nobody: of('ほかの機関の人は、まだ見ていません', 'Nobody of another body has looked yet'),
  own: (n: number) => of(`当院の人が見た記録（${String(n)}件）`, `Looks of our own people (${String(n)})`),
  who: of('機関・役割', 'Body and role'),
  kind: of('どの記録を', 'What'),
  does: of('したこと', 'Did'),
  last: of('最後', 'Last'),
  times: of('回数', 'Times'),
  timesOf: (n: number) => of(`${String(n)}回`, String(n)),
  representative: (name: string) => of(`代表者 ${name}`, `Representative: ${name}`),
  representativeBlank: of('代表者氏名（　　　　　　　　　　）', 'Representative ( ________________ )'),
  law: of(
    '個人情報の保護に関する法律第29条第1項と、同法施行規則第20条第1項が定める事項（提供した相手の名称・住所・代表者の氏名、ご本人、項目、同意を得ている旨）と、提供した期間を記しています。この記録は、作成した日から3年間保存します（同規則第21条）。',
    'With what art. 29(1) of the Act on the Protection of Personal Information and art. 20(1) of its Enforcement Rules ask for: name, address and representative of the recipient, the person, the items, that there is consent; and the period. Kept for three years (art. 21 of the Rules).',
  ),
} as const satisfies Texts;

/** Who in a body got it. */
export const audienceNames: Readonly<Record<string, Sentence>> = {
  staff: of('窓口の職員', 'Staff'),
  resident: of('地域で手伝う住民リンクワーカー', 'Residents who help'),
  group: of('活動団体', 'Community group'),
  insurer: of('医療保険の保険者', 'Health insurer'),
  meeting: of('支援会議', 'Meeting of supporters'),
};

const itemWords: Readonly<Record<Item | 'own', Sentence>> = {
  ...itemNames,
  request: of('紹介・依頼の内容', 'The referral or request'),
  insurance: of('保険証の情報', 'Insurance'),
  own: of('その相手への依頼の内容', 'The request addressed to it'),
};
const order = Object.keys(itemWords) as (keyof typeof itemWords)[];

/** The items of a line in words, those without a word of their own left out. */
export const itemsIn = (line: Pick<Line, 'items'>): Sentence[] =>
  order.filter((item) => line.items.includes(item)).map((item) => itemWords[item]);

export const closedNames: Readonly<Record<NonNullable<Line['because']>, Sentence>> = {
  withdrawn: of('同意が取り消されたため', 'the consent was taken back'),
  expired: of('期限が切れたため', 'it expired'),
  ended: of('紹介・依頼が終わったため', 'the referral or request ended'),
  changed: of('見られる内容が変わったため', 'what may be seen changed'),
};

export const emergencyNames: Readonly<Record<NonNullable<Line['emergency']>, Sentence>> = {
  'danger-to-life': of('命や体の危険', 'danger to life'),
  'cannot-be-asked': of('ご本人に聞けない状態', 'the person cannot be asked'),
  other: of('そのほか', 'other'),
};

/** What was looked at, in the words of the list of single looks. */
export const kindOf = ({ what }: Pick<Look, 'what'>): Sentence =>
  kindName(what) ?? kindName(what.split(' ')[0] ?? '') ?? kindName(otherWords[what] ?? '') ?? otherKind;

/** Words of the log for pages that show one kind of record. */
const otherWords: Readonly<Record<string, string>> = {
  referral: 'Task',
  timeline: 'Task',
  request: 'Task',
  requests: 'Task',
  'requests asked': 'Task',
  'referrals sent': 'Task',
  'referral sheet': 'Task',
  'request sheet': 'Task',
  consents: 'Consent',
  'consent form': 'Consent',
  'consent form (blank)': 'Consent',
  'own page': 'Consent',
  answers: 'QuestionnaireResponse',
  questionnaire: 'QuestionnaireResponse',
  'provision record': 'access log',
  'who looked': 'access log',
  'who sees': 'access log',
};

export const doesOf = ({ action }: Pick<Look, 'action'>): Sentence => does[action];
const seen = of('見た', 'read');
const does: Readonly<Record<Look['action'], Sentence>> = {
  read: seen,
  search: seen,
  history: seen,
  write: of('書いた', 'wrote'),
  delete: of('削除した', 'deleted'),
  print: of('印刷した', 'printed'),
  export: of('書き出した', 'exported'),
};
