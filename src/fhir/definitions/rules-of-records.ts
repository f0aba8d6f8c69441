import { has, hasChoice, hasCoding, nodesOf, notAfter, rule, type Node, type Rule } from './rule.ts';

const notBoth =
  (one: string, other: string): Rule['holds'] =>
  (it) =>
    !has(it, one) || !has(it, other);
const oneOf =
  (...names: string[]): Rule['holds'] =>
  (it) =>
    names.some((name) => has(it, name));
const notHome: Rule['holds'] = (it) => it['use'] !== 'home';

const clinical = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const verification = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const contained = (it: Node): readonly Node[] => nodesOf(it['contained']);
const metaOf = (it: Node): Node => nodesOf(it['meta'])[0] ?? {};

/** Every local address (`#id`) that a resource mentions. */
function localAddresses(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string' && value.startsWith('#')) found.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) localAddresses(inner, found);
  return found;
}

const hasSameCode = (a: unknown, b: unknown): boolean =>
  nodesOf(nodesOf(a)[0]?.['coding']).some(
    ({ system, code }) => typeof code === 'string' && hasCoding(b, system, [code]),
  );

/** The invariants of the stored types. A test holds each against its FHIRPath expression. */
export const rulesOfRecords: Readonly<Record<string, Rule>> = {
  'dom-2': rule(
    '中に含めた記録が、さらに記録を含むことはできません。',
    'A contained record cannot contain further records.',
    (it) => contained(it).every((c) => !has(c, 'contained')),
  ),
  'dom-3': rule(
    '中に含めた記録が、どこからも参照されていません。',
    'A contained record must be referred to.',
    (it, { root }) => {
      const inside = contained(it);
      // Further down nothing may be contained at all (dom-2).
      if (inside.length === 0 || it !== root) return true;
      const addresses = localAddresses(it);
      return inside.every((c) => addresses.has(`#${String(c['id'])}`) || localAddresses(c).has('#'));
    },
  ),
  'dom-4': rule(
    '中に含めた記録に、版や更新日時は書けません。',
    'A contained record has no version and no time of update.',
    (it) => contained(it).every((c) => !has(metaOf(c), 'versionId') && !has(metaOf(c), 'lastUpdated')),
  ),
  'dom-5': rule(
    '中に含めた記録に、取り扱いの表示（security）は書けません。',
    'A contained record has no security label.',
    (it) => contained(it).every((c) => !has(metaOf(c), 'security')),
  ),
  'org-1': rule(
    '機関には名前か番号が必要です。',
    'An organization needs a name or an identifier.',
    oneOf('identifier', 'name'),
  ),
  'org-2': rule(
    '機関の住所に「自宅」は使えません。',
    'The address of an organization is never a home.',
    notHome,
  ),
  'org-3': rule(
    '機関の連絡先に「自宅」は使えません。',
    'A contact of an organization is never a home.',
    notHome,
  ),
  'pat-1': rule(
    '患者の連絡相手には、名前・連絡先・住所・機関のどれかが必要です。',
    'A contact of the patient needs a name, telecom, address or organization.',
    oneOf('name', 'telecom', 'address', 'organization'),
  ),
  'qrs-1': rule(
    '質問に、回答と下位の質問を並べて書くことはできません。下位の質問は回答の中に書きます。',
    'An item has either answers or items; items below a question go into its answer.',
    notBoth('answer', 'item'),
  ),
  'obs-3': rule(
    '基準の範囲には、下限・上限・説明のどれかが必要です。',
    'A reference range needs a low end, a high end or a text.',
    oneOf('low', 'high', 'text'),
  ),
  'obs-6': rule(
    '値があるときは、値がない理由を書けません。',
    'A reason why there is no value stands only where there is none.',
    (it) => !has(it, 'dataAbsentReason') || !hasChoice(it, 'value'),
  ),
  'obs-7': rule(
    '内訳に全体と同じコードがあるときは、全体の値を書けません。',
    'Where a component has the code of the whole, the whole has no value.',
    (it) =>
      !hasChoice(it, 'value') || nodesOf(it['component']).every((c) => !hasSameCode(it['code'], c['code'])),
  ),
  'con-1': rule(
    '病期には、要約か評価が必要です。',
    'A stage needs a summary or an assessment.',
    oneOf('summary', 'assessment'),
  ),
  'con-2': rule(
    '根拠には、コードか詳細が必要です。',
    'Evidence needs a code or a detail.',
    oneOf('code', 'detail'),
  ),
  'con-4': rule(
    '終わりの日がある状態は、終了・寛解・解決のいずれかです。',
    'A condition that has abated is inactive, resolved or in remission.',
    (it) =>
      !hasChoice(it, 'abatement') ||
      hasCoding(it['clinicalStatus'], clinical, ['resolved', 'remission', 'inactive']),
  ),
  'con-5': rule(
    '誤りとして取り消した記録に、状態（clinicalStatus）は書けません。',
    'A condition entered in error has no clinical status.',
    (it) =>
      !hasCoding(it['verificationStatus'], verification, ['entered-in-error']) || !has(it, 'clinicalStatus'),
  ),
  'prr-1': rule(
    '依頼の細目には、依頼のコードが必要です。',
    'Details of an order need the code of the order.',
    (it) => !has(it, 'orderDetail') || has(it, 'code'),
  ),
  'inv-1': rule('最終更新が作成より前の日時です。', 'The last change is before the task was made.', (it) =>
    notAfter(it['authoredOn'], it['lastModified']),
  ),
  'gol-1': rule(
    '目標値には、何を測るか（measure）が必要です。',
    'A target value needs the measure it is about.',
    (it) => !hasChoice(it, 'detail') || has(it, 'measure'),
  ),
  'cpl-3': rule(
    '計画の活動に、詳細と参照の両方は書けません。',
    'An activity of a plan has either a detail or a reference.',
    notBoth('detail', 'reference'),
  ),
  'sev-1': rule(
    '名前と検索文の両方は書けません。',
    'Either a name or a query, not both.',
    notBoth('name', 'query'),
  ),
  'mrp-1': rule(
    'データ収集の報告に、集計の結果は書けません。',
    'A report for data collection has no groups.',
    (it) => it['type'] !== 'data-collection' || !has(it, 'group'),
  ),
  'mrp-2': rule(
    '集計の区分には、値か内訳のどちらか一方だけが必要です。',
    'A stratum has either a value or components.',
    (it) =>
      nodesOf(it['group'])
        .flatMap((g) => nodesOf(g['stratifier']))
        .flatMap((s) => nodesOf(s['stratum']))
        .every((s) => has(s, 'value') !== has(s, 'component')),
  ),
  'grp-1': rule(
    '実在する集まりにだけ、構成員を書けます。',
    'Only an actual group has members.',
    (it) => !has(it, 'member') || it['actual'] === true,
  ),
};
