import { has, hasChoice, isDistinct, nodesOf, rule, type Node, type Rule } from './rule.ts';

const is = (it: Node, ...types: string[]): boolean => types.includes(String(it['type']));
const inEvery = (it: Node, name: string, types: string[]): boolean =>
  nodesOf(it['entry']).every((entry) => has(entry, name) === is(it, ...types));
const versionOf = (entry: Node): unknown =>
  nodesOf(nodesOf(entry['resource'])[0]?.['meta'])[0]?.['versionId'] ?? '';
const firstIs = (it: Node, type: string): boolean =>
  nodesOf(nodesOf(it['entry'])[0]?.['resource'])[0]?.['resourceType'] === type;

/** The invariants of what carries records or describes the service. A test holds each against its FHIRPath expression. */
export const rulesOfMessages: Readonly<Record<string, Rule>> = {
  'bdl-1': rule(
    '総数は、検索結果か履歴にだけ書けます。',
    'Only a search result or a history has a total.',
    (it) => !has(it, 'total') || is(it, 'searchset', 'history'),
  ),
  'bdl-2': rule(
    '検索の情報は、検索結果にだけ書けます。',
    'Only entries of a search result say how they were found.',
    (it) => is(it, 'searchset') || nodesOf(it['entry']).every((e) => !has(e, 'search')),
  ),
  'bdl-3': rule(
    '一括の登録では、すべての項目に操作（request）が必要です。ほかでは書けません。',
    'Every entry of a transaction, batch or history has a request, and no other has one.',
    (it) => inEvery(it, 'request', ['batch', 'transaction', 'history']),
  ),
  'bdl-4': rule(
    '一括の登録への返事では、すべての項目に結果（response）が必要です。ほかでは書けません。',
    'Every entry of an answer to a transaction or batch, or of a history, has a response, and no other has one.',
    (it) => inEvery(it, 'response', ['batch-response', 'transaction-response', 'history']),
  ),
  'bdl-5': rule(
    '項目には、記録・操作・結果のどれかが必要です。',
    'An entry needs a resource, a request or a response.',
    (it) => has(it, 'resource') || has(it, 'request') || has(it, 'response'),
  ),
  'bdl-7': rule('同じ fullUrl の項目があります。', 'Two entries have the same fullUrl.', (it) => {
    const named = nodesOf(it['entry']).filter((e) => has(e, 'fullUrl'));
    return (
      is(it, 'history') || isDistinct(named.map((e) => `${String(e['fullUrl'])}${String(versionOf(e))}`))
    );
  }),
  'bdl-8': rule(
    'fullUrl で特定の版を指すことはできません。',
    'A fullUrl does not name a version.',
    (it) => !String(it['fullUrl']).includes('/_history/'),
  ),
  'bdl-9': rule(
    '文書には番号とその体系が必要です。',
    'A document needs an identifier with its system.',
    (it) => {
      const identifier = nodesOf(it['identifier'])[0] ?? {};
      return !is(it, 'document') || (has(identifier, 'system') && has(identifier, 'value'));
    },
  ),
  'bdl-10': rule(
    '文書には日時が必要です。',
    'A document needs its time.',
    (it) => !is(it, 'document') || it['timestamp'] !== undefined,
  ),
  'bdl-11': rule(
    '文書の最初の項目は Composition です。',
    'A document begins with a Composition.',
    (it) => !is(it, 'document') || firstIs(it, 'Composition'),
  ),
  'bdl-12': rule(
    'メッセージの最初の項目は MessageHeader です。',
    'A message begins with a MessageHeader.',
    (it) => !is(it, 'message') || firstIs(it, 'MessageHeader'),
  ),
  'cmp-1': rule(
    '節には、文・項目・下位の節のどれかが必要です。',
    'A section has text, entries or sections of its own.',
    (it) => has(it, 'text') || has(it, 'entry') || has(it, 'section'),
  ),
  'cmp-2': rule(
    '空であるわけは、項目のない節にだけ書けます。',
    'Only a section without entries says why it is empty.',
    (it) => !has(it, 'emptyReason') || !has(it, 'entry'),
  ),
  'Parameters.parameter:inv-1': rule(
    '引数には、値・記録・下位の引数のうち一つだけが必要です。',
    'A parameter has exactly one of a value, a resource and parts.',
    (it) => [hasChoice(it, 'value'), has(it, 'resource'), has(it, 'part')].filter(Boolean).length === 1,
  ),
  'cpb-1': rule(
    'REST・メッセージ・文書のどれかの説明が必要です。',
    'Needs a description of REST, messaging or documents.',
    (it) => has(it, 'rest') || has(it, 'messaging') || has(it, 'document'),
  ),
  'cpb-2': rule(
    '説明・ソフトウェア・実装のどれかが必要です。',
    'Needs a description, software or an implementation.',
    (it) => has(it, 'description') || has(it, 'software') || has(it, 'implementation'),
  ),
  'cpb-3': rule(
    'メッセージの宛先は、実際に動くものにだけ書けます。',
    'Only an instance has messaging endpoints.',
    (it) => it['kind'] === 'instance' || nodesOf(it['messaging']).every((m) => !has(m, 'endpoint')),
  ),
  'cpb-7': rule('同じ文書の説明が重なっています。', 'Two documents have the same profile and mode.', (it) =>
    isDistinct(nodesOf(it['document']).map((d) => `${String(d['profile'])}${String(d['mode'])}`)),
  ),
  'cpb-9': rule('同じ種類の記録が重なっています。', 'A resource type is described twice.', (it) =>
    isDistinct(nodesOf(it['resource']).map((r) => r['type'])),
  ),
  'cpb-12': rule('同じ検索項目が重なっています。', 'A search parameter is described twice.', (it) =>
    isDistinct(nodesOf(it['searchParam']).map((p) => p['name'])),
  ),
  'cpb-14': rule(
    '実際に動くものには、実装の説明が必要です。',
    'An instance needs its implementation.',
    (it) => it['kind'] !== 'instance' || has(it, 'implementation'),
  ),
  'cpb-15': rule(
    'ソフトウェアの能力には、ソフトウェアの説明だけが必要です。',
    'A capability has software and no implementation.',
    (it) => it['kind'] !== 'capability' || (!has(it, 'implementation') && has(it, 'software')),
  ),
  'cpb-16': rule(
    '要件に、実装やソフトウェアは書けません。',
    'Requirements have neither software nor an implementation.',
    (it) => it['kind'] !== 'requirements' || (!has(it, 'implementation') && !has(it, 'software')),
  ),
};
