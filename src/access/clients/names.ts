import { of, type Sentence } from '../../kernel/sentence.ts';

/** What a tick box lets a system do. */
export const deedNames: Readonly<Record<'rs' | 'cu' | 'd', Sentence>> = {
  rs: of('読む（rs）', 'Read (rs)'),
  cu: of('書く（cu）', 'Write (cu)'),
  d: of('消す（d）', 'Delete (d)'),
};

/** Kinds of record in the words of those who work with them. */
export const kindNames = {
  '*': of('役割で見られるものすべて', 'Everything that the role sees'),
  Organization: of('機関', 'Organizations'),
  Practitioner: of('働く人', 'People who work there'),
  PractitionerRole: of('担当・役職', 'Posts'),
  HealthcareService: of('地域の資源（活動）', 'Community resources'),
  Location: of('場所', 'Places'),
  Questionnaire: of('問診票などの用紙', 'Forms'),
  Patient: of('患者さん', 'Patients'),
  RelatedPerson: of('家族・支える人', 'Relatives and helpers'),
  Coverage: of('保険', 'Insurance'),
  Consent: of('同意', 'Consents'),
  QuestionnaireResponse: of('問診票などの回答', 'Answers to forms'),
  Observation: of('回答から分かったこと', 'What answers show'),
  Condition: of('気がかり・困りごと', 'Concerns'),
  ServiceRequest: of('紹介・依頼の内容', 'Referrals and requests'),
  Task: of('紹介・依頼の進み具合', 'Progress of referrals and requests'),
  Goal: of('目標', 'Goals'),
  CarePlan: of('支援計画', 'Support plans'),
  Communication: of('連絡・返書', 'Messages and reports'),
  Encounter: of('面談・訪問', 'Contacts and visits'),
  Procedure: of('行った支援', 'Support given'),
  DocumentReference: of('文書の目録', 'Documents'),
  Binary: of('文書の中身', 'Contents of documents'),
  Provenance: of('だれが書いたか', 'Who wrote what'),
  Subscription: of('変わったことの通知', 'Being told of changes'),
  AuditEvent: of('閲覧の記録', 'Access log'),
  MeasureReport: of('統計', 'Figures'),
} as const satisfies Readonly<Record<string, Sentence>>;

/** A kind with its name in FHIR, as scopes have it. */
export const kindTitle = (kind: Exclude<keyof typeof kindNames, '*'>): Sentence =>
  of(`${kindNames[kind].ja}（${kind}）`, `${kindNames[kind].en} (${kind})`);

/** What the access log calls a change of a system, in words. */
export const changeNames: Readonly<Record<string, Sentence>> = {
  'program registered': of('システムを登録した', 'Registered the system'),
  'program changed': of('システムの登録を変えた', 'Changed the entry of a system'),
  'program narrowed': of('システムのできることを減らした', 'Narrowed what a system may do'),
  'program widened': of('システムのできることを増やした', 'Widened what a system may do'),
  'program off': of('システムを停止した', 'Switched a system off'),
  'program on': of('システムを再開した', 'Switched a system on'),
  'program secret': of('システムの秘密の文字列を作り直した', 'Made a new secret for a system'),
  'program secret, the one before ended': of(
    'システムの秘密の文字列を作り直し、前のものを終わらせた',
    'Made a new secret for a system and ended the one before',
  ),
  'program secret removed': of('システムの秘密の文字列をなくした', 'Removed the secret of a system'),
  'program keys added': of('システムの公開鍵を加えた', 'Added public keys to a system'),
  'program key removed': of('システムの公開鍵を外した', 'Removed a public key of a system'),
};

/** What it did, by the action of its line in the access log. */
export const actionNames: Readonly<Record<string, Sentence>> = {
  read: of('読んだ', 'Read'),
  search: of('探した', 'Searched'),
  history: of('前の版を見た', 'Looked at versions'),
  write: of('書いた', 'Wrote'),
  delete: of('消した', 'Deleted'),
  print: of('印刷した', 'Printed'),
  export: of('取り出した', 'Exported'),
  token: of('トークン', 'Token'),
  'token-refused': of('断られた', 'Turned away'),
  refused: of('断られた', 'Refused'),
  'log-read': of('閲覧の記録を読んだ', 'Read the access log'),
};
