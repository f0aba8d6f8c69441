import { of, type Sentence } from '../../kernel/sentence.ts';
import type { Code } from '../fhir/interactions/interaction.ts';

/** What each interaction does, for programs' authors. */
export const does: Readonly<Record<Code, Sentence>> = {
  read: of('一件を読む', 'Read one'),
  vread: of('ある版を読む', 'Read one version'),
  update: of('置き換える', 'Replace'),
  patch: of('一部を変える（JSON Patch）', 'Change a part (JSON Patch)'),
  delete: of('削除する（あとは 410）', 'Delete (410 afterwards)'),
  'history-instance': of('一件の版をすべて', 'Every version of one'),
  'history-type': of('この種類に起きたことすべて', 'Whatever happened to this type'),
  create: of('つくる', 'Create'),
  'search-type': of('さがす', 'Search'),
};

export const referenceText = {
  title: of('FHIR API', 'The FHIR API'),
  lead: of(
    'ほかのシステムのための窓口です。一覧は、このサーバーが実際に動かしている定義から作られています。',
    'For other people’s programs. The list is made from the definitions that this server runs by.',
  ),
  about: of(
    '社会的処方の紹介を FHIR R4 でやりとりする窓口。',
    'Referrals for social prescribing, as FHIR R4.',
  ),
  registering: of('登録', 'Registration'),
  registered: of(
    'システムは、この「つなぐ」の管理者が「連携するシステム」の画面で機関ごとに登録します。公開鍵（JWKS）を渡すか、秘密の文字列を受け取ってください。',
    'An administrator of this service registers a system for an organization, on the page “Connected systems”. Hand over public keys (JWKS), or be given a secret.',
  ),
  where: of('所在', 'Where'),
  base: of('ベース URL', 'Base URL'),
  tokens: of('トークン', 'Tokens'),
  statement: of('CapabilityStatement', 'CapabilityStatement'),
  openApi: of('OpenAPI 3.1', 'OpenAPI 3.1'),
  try: of('ためす', 'Try it'),
  tryLead: of(
    '実際に送られます。書き込みもほんとうに行われます。トークンはこのページだけにあり、保存されません。',
    'What is sent here is really done. The token stays on this page and is kept nowhere.',
  ),
  client: of('クライアント ID', 'Client id'),
  secret: of('シークレット', 'Secret'),
  demo: of(
    'デモでは demo-clinic・demo-office・demo-resource・demo-council、どれも demo-secret。',
    'In the demo: demo-clinic, demo-office, demo-resource or demo-council, each with demo-secret.',
  ),
  getToken: of('トークンを得る', 'Get a token'),
  token: of('アクセストークン', 'Access token'),
  method: of('メソッド', 'Method'),
  path: of('アドレス（/fhir から）', 'Address (from /fhir)'),
  body: of('本文（JSON、あれば）', 'Body (JSON, if any)'),
  send: of('送る', 'Send'),
  answer: of('答え', 'Answer'),
  everything: of('サーバー全体', 'The whole server'),
  whole: of('transaction か batch の Bundle を送る', 'Send a transaction or batch Bundle'),
  document: of('紹介の文書（type が document）を送る', 'Send a referral as a document'),
  metadata: of('このサーバーにできること', 'What this server can do'),
  smart: of('トークンの得かた（SMART）', 'How to get a token (SMART)'),
  itself: of('この説明（OpenAPI）', 'This description (OpenAPI)'),
  grant: of('トークンを得る', 'Get a token'),
  revoke: of('トークンを取り消す', 'Take a token back'),
  way: of('呼びかた', 'Request'),
  what: of('すること', 'What it does'),
  endpoints: (type: string): Sentence => of(`${type} の呼びかた`, `Requests for ${type}`),
  parameters: (type: string): Sentence => of(`${type} の検索パラメータ`, `Search parameters of ${type}`),
  parameter: of('パラメータ', 'Parameter'),
  type: of('型', 'Type'),
  element: of('要素', 'Element'),
  conditional: of('条件つきで', 'By a condition'),
} as const;
