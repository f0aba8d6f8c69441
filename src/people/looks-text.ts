import { of, type Sentence, type Texts } from '../kernel/sentence.ts';

export const text = {
  title: (name: string): Sentence => of(`${name}さんの記録を見た人`, `Who looked at ${name}’s records`),
  lead: of(
    'この方の記録を、だれが、いつ、何のために見たかの一覧です。ご本人から尋ねられたら、この画面を見せて説明できます。',
    'Who looked at this person’s records, when and for what. Show it to the person who asks.',
  ),
  with: (what: string, more: string): Sentence => of(`${what}（${more}）`, `${what} (${more})`),
  between: (begun: string, until: string): Sentence => of(`${begun}〜${until}`, `${begun} to ${until}`),
  listed: of('記録を見た人の一覧', 'Looks, newest first'),
  none: of('まだだれも見ていません', 'Nobody has looked yet'),
  at: of('日時', 'When'),
  who: of('だれが', 'Who'),
  did: of('何を', 'What'),
  why: of('何のために', 'For what'),
  older: of('前の記録を見る', 'Older'),
  newest: of('新しい記録に戻る', 'Back to the newest'),
  themselves: of('ご本人（答えるためのリンク）', 'The person (link to answer)'),
  group: of('リンクを受け取った団体', 'A group with a link'),
  care: of('この医療機関での診療・支援', 'Care at this clinic'),
  consent: of('ご本人の同意にもとづく支援', 'Support by the person’s consent'),
  consentOf: (day: string): Sentence => of(`${day}の同意にもとづく支援`, `Support by the consent of ${day}`),
  self: of('ご本人の回答', 'The person’s own answers'),
  emergency: of('緊急時の閲覧', 'Emergency'),
  otherBasis: of('業務', 'Work'),
  wrote: of('書いた', 'wrote'),
  deleted: of('消した', 'deleted'),
  printed: of('印刷した', 'printed'),
  exported: of('取り出した', 'exported'),
  looked: of('見た', 'looked at'),
  refusedLook: of('開こうとして断られた', 'was refused'),
} satisfies Texts;

/** Kinds of record as the log names them, in words. */
const kinds: Readonly<Record<string, Sentence>> = {
  Patient: of('基本の情報', 'personal details'),
  RelatedPerson: of('家族・支援者', 'helpers'),
  Coverage: of('保険', 'insurance'),
  Consent: of('同意書', 'consents'),
  QuestionnaireResponse: of('問診票・アセスメント', 'answers and assessment'),
  Observation: of('困りごと', 'needs'),
  Condition: of('困りごと', 'needs'),
  ServiceRequest: of('紹介・依頼', 'referrals'),
  Task: of('紹介・依頼', 'referrals'),
  Goal: of('目標', 'goals'),
  CarePlan: of('支援計画', 'plans'),
  Communication: of('連絡・返書', 'messages'),
  Encounter: of('訪問・面談', 'visits'),
  Procedure: of('支援の記録', 'what was done'),
  DocumentReference: of('書類', 'documents'),
  Binary: of('書類', 'documents'),
  Provenance: of('だれが書いたかの記録', 'who wrote'),
  patients: of('患者さんの一覧', 'list of patients'),
  inbox: of('受付箱', 'inbox'),
  AuditEvent: of('閲覧の記録', 'access log'),
  'access log': of('閲覧の記録', 'access log'),
  sheet: of('紹介の用紙', 'referral sheet'),
  report: of('返書', 'report'),
};

export const kindName = (kind: string): Sentence | undefined =>
  Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
export const otherKind = of('そのほかの画面', 'other pages');
