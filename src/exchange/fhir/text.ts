import type { Texts } from '../../kernel/sentence.ts';

/** What the API says when it cannot do what was asked. Record contents are spoken of in `src/fhir/definitions/text.ts`. */
export const text = {
  outsideScope: (type: string, letter: string) => ({
    ja: `このトークンの scope では、${type || 'これ'}にこの操作（${letter}）はできません。`,
    en: `The scopes of this token do not allow this (${letter}) with ${type || 'this'}.`,
  }),
  noSuchType: (type: string) => ({
    ja: `リソース「${type}」はこのサーバーにありません。`,
    en: `This server has no resource type "${type}".`,
  }),
  noSuchInteraction: (method: string, path: string) => ({
    ja: `「${method} ${path}」はありません。`,
    en: `There is no interaction ${method} ${path}.`,
  }),
  notAllowed: (method: string) => ({
    ja: `ここでは ${method} はできません。`,
    en: `${method} is not possible here.`,
  }),
  wrongAccept: {
    ja: '返せる形式は application/fhir+json だけです。',
    en: 'This server answers in application/fhir+json only.',
  },
  wrongContent: {
    ja: '本文は application/fhir+json で送ってください。',
    en: 'Send the body as application/fhir+json.',
  },
  notUtf8: {
    ja: '送られた内容は UTF-8 ではありません。',
    en: 'The body is not UTF-8.',
  },
  wrongCharset: {
    ja: '本文は UTF-8 で、圧縮するときは gzip か deflate か br で送ってください。',
    en: 'Send the body in UTF-8, and compressed by nothing but gzip, deflate or br.',
  },
  wrongCharsetAsked: {
    ja: '返せる文字コードは UTF-8 だけです。',
    en: 'This server answers in UTF-8 only.',
  },
  wrongForm: {
    ja: '検索の条件は application/x-www-form-urlencoded で送ってください。',
    en: 'Send the search as application/x-www-form-urlencoded.',
  },
  tooLarge: (limit: string) => ({
    ja: `本文が大きすぎます（${limit} まで）。`,
    en: `The body is too large; the limit is ${limit}.`,
  }),
  notJson: (place: string | undefined) => ({
    ja: `本文を JSON として読めません${place === undefined ? '' : `（${place}）`}。`,
    en: `The body cannot be read as JSON${place === undefined ? '' : ` (${place})`}.`,
  }),
  badAddress: {
    ja: 'アドレスを読めません。',
    en: 'The address cannot be read.',
  },
  noBody: {
    ja: '本文に FHIR リソース（JSON）が必要です。',
    en: 'The body must be a FHIR resource in JSON.',
  },
  otherType: (type: string) => ({
    ja: `本文は「${type}」でなければなりません。`,
    en: `The body must be a ${type}.`,
  }),
  otherId: {
    ja: '本文の id がアドレスの id と違います。',
    en: 'The id in the body differs from the id in the address.',
  },
  badIfNoneMatch: {
    ja: 'If-None-Match は W/"版" の形で書いてください。',
    en: 'If-None-Match must look like W/"version".',
  },
  badModifiedSince: {
    ja: 'If-Modified-Since は「Sat, 21 Nov 2026 01:00:00 GMT」の形の日時で書いてください。',
    en: 'If-Modified-Since must be a date such as "Sat, 21 Nov 2026 01:00:00 GMT".',
  },
  badParameter: (name: string, allowed: string) => ({
    ja: `${name} に使えるのは ${allowed} です。`,
    en: `${name} takes ${allowed}.`,
  }),
  badCursor: {
    ja: '次のページへのリンクが正しくありません。はじめから検索してください。',
    en: 'This leads to no page of what is asked here. Follow link[next] as it was given, or begin anew.',
  },
  besideCursor: (name: string) => ({
    ja: `次のページへのリンクに ${name} は付けられません。はじめから検索してください。`,
    en: `${name} cannot be added to the link of a page. Begin anew with it.`,
  }),
  unknownParameter: (name: string) => ({
    ja: `ここでは ${name} を使えません。`,
    en: `The parameter ${name} is not known here.`,
  }),
  unknownElement: (name: string) => ({
    ja: `_elements の「${name}」という要素はありません。`,
    en: `_elements: there is no element ${name}.`,
  }),
  severalToChange: {
    ja: '条件に合う記録が二つ以上あります。条件をしぼってください。',
    en: 'More than one record matches the criteria. Narrow them down.',
  },
  noneToChange: {
    ja: '条件に合う記録がありません。',
    en: 'No record matches the criteria.',
  },
  noCriteria: {
    ja: '条件（検索パラメータ）が必要です。',
    en: 'Search parameters are needed to say which record is meant.',
  },
  staysDeleted: {
    ja: 'この記録は削除されました。削除した記録は元に戻せません。新しい id で作り直してください。',
    en: 'This record was deleted and stays so. Create a new one under another id.',
  },
  wrongPatch: {
    ja: '書き換えの指示は JSON Patch（application/json-patch+json）で送ってください。',
    en: 'Send a patch as JSON Patch (application/json-patch+json).',
  },
  notPatch: {
    ja: 'JSON Patch は操作の配列で、それぞれに op と path が要ります。',
    en: 'A JSON Patch is a list of operations, each with op and path.',
  },
  longPatch: (most: number) => ({
    ja: `一度に送れる操作は ${String(most)} 件までです。`,
    en: `A patch has at most ${String(most)} operations.`,
  }),
  largePatch: {
    ja: '書き換えた記録が大きくなりすぎます（4 MB まで）。',
    en: 'The patched record would become too large; the limit is 4 MB.',
  },
  patchTest: (path: string) => ({
    ja: `「${path}」の値が test の値と違います。`,
    en: `The value at "${path}" is not the one that test expects.`,
  }),
  patchPath: (path: string) => ({
    ja: `「${path}」という場所は、この記録にありません。`,
    en: `There is no place "${path}" in this record.`,
  }),
  patchFixed: {
    ja: 'resourceType、id、meta.versionId、meta.lastUpdated は書き換えられません。',
    en: 'resourceType, id, meta.versionId and meta.lastUpdated cannot be patched.',
  },
  badIfMatch: {
    ja: 'If-Match は W/"版" の形で書いてください。',
    en: 'If-Match must look like W/"version".',
  },
  overtaken: {
    ja: 'ほかの人が先にこの記録を変更しました。新しい版を読んでから、もう一度送ってください。',
    en: 'Someone else changed this record first. Read the new version and send your change again.',
  },
  keyOfReading: {
    ja: '読み取りを含む transaction に Idempotency-Key は使えません。読み取りを分けて送ってください。',
    en: 'A transaction that reads takes no Idempotency-Key. Send what it reads by itself.',
  },
  badKey: {
    ja: 'Idempotency-Key は 1〜200 字の英数字と記号で書いてください。',
    en: 'An Idempotency-Key has 1 to 200 printable ASCII characters.',
  },
  severalMatch: {
    ja: '条件に合う記録が二つ以上あります。',
    en: 'More than one record matches the condition.',
  },
  longCondition: (longest: number) => ({
    ja: `条件は ${String(longest)} 文字までです。`,
    en: `A condition has at most ${String(longest)} characters.`,
  }),
  noCondition: {
    ja: 'If-None-Exist には検索の条件が必要です。',
    en: 'If-None-Exist needs search parameters.',
  },
  auditSearch: {
    ja: 'AuditEvent は patient、agent、date、type で検索できます。',
    en: 'AuditEvent is searched by patient, agent, date and type.',
  },
  failed: (request: string) => ({
    ja: `サーバーで問題が起きました（${request}）。`,
    en: `Something went wrong here (${request}).`,
  }),
} satisfies Texts;

/** What is wrong with an access token. */
export const tokenText = {
  missing: {
    ja: 'アクセストークンが必要です。/oauth/token で受け取ってください。',
    en: 'An access token is needed. Get one from /oauth/token.',
  },
  expired: {
    ja: 'アクセストークンの期限が過ぎています。新しいものを受け取ってください。',
    en: 'The access token has expired. Get a new one.',
  },
  audience: {
    ja: 'このアクセストークンは、別のサーバーのためのものです。',
    en: 'The access token is meant for another server.',
  },
  issuer: {
    ja: 'このアクセストークンは、別のサーバーが発行したものです。',
    en: 'The access token was issued by another server.',
  },
  revoked: {
    ja: 'このアクセストークンは取り消されました。',
    en: 'The access token was revoked.',
  },
  forged: {
    ja: 'アクセストークンを確かめられません。',
    en: 'The access token cannot be verified.',
  },
} satisfies Texts;

/** What is wrong with a transaction Bundle. */
export const bundleText = {
  onlyBundle: { ja: 'ここには Bundle を送ってください。', en: 'Only a Bundle can be sent here.' },
  onlyTransaction: {
    ja: 'Bundle.type は transaction か batch でなければなりません。',
    en: 'Bundle.type must be transaction or batch.',
  },
  empty: { ja: 'Bundle.entry が空です。', en: 'Bundle.entry is empty.' },
  tooMany: (most: number) => ({
    ja: `一度に送れるのは ${String(most)} 件までです。`,
    en: `At most ${String(most)} entries can be sent at once.`,
  }),
  tooDeep: (most: number) => ({
    ja: `入れ子が深すぎます（${String(most)} 段まで）。`,
    en: `The content is nested too deeply; ${String(most)} levels are the limit.`,
  }),
  noPatch: {
    ja: 'PATCH には、contentType が application/json-patch+json で、data に JSON Patch を入れた Binary が必要です。',
    en: 'A PATCH needs a Binary with contentType application/json-patch+json and the JSON Patch as its data.',
  },
  tooManyConditions: (most: number) => ({
    ja: `検索の条件による参照は、一度に ${String(most)} 種類までです。`,
    en: `At most ${String(most)} different references by search parameters can be sent at once.`,
  }),
  noEntry: { ja: 'entry はオブジェクトでなければなりません。', en: 'An entry must be an object.' },
  noResource: {
    ja: '保存できるリソースがありません。',
    en: 'There is no resource that can be stored here.',
  },
  noRequest: {
    ja: 'request には method（GET、HEAD、POST、PUT、PATCH、DELETE）と url が必要です。',
    en: 'request needs a method (GET, HEAD, POST, PUT, PATCH, DELETE) and a url.',
  },
  otherUrl: {
    ja: 'url がリソースの種類と合いません。',
    en: 'The url does not fit the resource.',
  },
  typeOnly: {
    ja: 'POST の url は種類だけにしてください。',
    en: 'The url of a POST is the type alone.',
  },
  otherId: {
    ja: 'url の id がリソースの id と合いません。',
    en: 'The id in the url does not fit the resource.',
  },
  notText: { ja: '文字列でなければなりません。', en: 'This must be a string.' },
  twice: { ja: 'fullUrl が重なっています。', en: 'The fullUrl stands twice.' },
  sameRecord: {
    ja: '同じ記録が二度書かれています。',
    en: 'The same record is written twice.',
  },
  noRecord: (which: string) => ({
    ja: `「${which}」が見つかりません。`,
    en: `There is no record ${which}.`,
  }),
  dangling: (reference: string) => ({
    ja: `参照先「${reference}」がこの Bundle にありません。`,
    en: `The reference "${reference}" leads to no entry of this Bundle.`,
  }),
} satisfies Texts;

/** What `Patient/:id/$everything` does not take. */
export const everythingText = {
  value: (name: string) => ({
    ja: `${name} の値を読めません。`,
    en: `The value of ${name} cannot be read.`,
  }),
  type: (type: string) => ({
    ja: `_type の「${type}」はここにありません。`,
    en: `_type: there is no ${type} here.`,
  }),
  parameter: (name: string) => ({
    ja: `$everything では ${name} を使えません。使えるのは _type、_since、_count です。`,
    en: `$everything does not take ${name}; it takes _type, _since and _count.`,
  }),
} satisfies Texts;
