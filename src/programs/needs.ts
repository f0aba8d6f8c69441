import { systems } from '../fhir/codes.ts';
import { asIs, type Sentence } from '../kernel/sentence.ts';
import type { PictureName } from '../web/pictures.tsx';

export type KnownNeed = Readonly<{ code: string; system: string; label: Sentence; picture: PictureName }>;

const guide = (code: string, picture: PictureName, ja: string, en: string): KnownNeed => ({
  code,
  system: systems.sdohCategory,
  label: { ja, en },
  picture,
});
const own = (code: string, picture: PictureName, ja: string, en: string): KnownNeed => ({
  ...guide(code, picture, ja, en),
  system: systems.need,
});

/**
 * Every need the service can name, in the one order in which every list shows them: safety first, then as the programs
 * ask. `guide`: the categories of the SDOH Clinical Care guide 3.0.0, without `sdoh-category-unspecified` (no need by
 * itself), `veteran-status` (unknown to Japan) and `protective-factor` (a strength); `own`: what Japan names beyond them.
 */
export const needs: readonly KnownNeed[] = [
  own('safety-at-home', 'shield', '家での安全', 'Safety at home'),
  guide('intimate-partner-violence', 'shield', '配偶者などからの暴力', 'Violence by a partner'),
  guide('elder-abuse', 'shield', '高齢者への虐待', 'Abuse of an older person'),
  guide('social-connection', 'person-alone', '孤立・人とのつながり', 'Loneliness and ties with people'),
  own('no-relative', 'person-alone', '頼れる身内がいない', 'No relative to turn to'),
  guide('financial-insecurity', 'money', '家計・生活費', 'Making ends meet'),
  guide('material-hardship', 'money', '生活に必要な物', 'Things needed for daily life'),
  guide('medical-cost-burden', 'hospital', '医療費の負担', 'Cost of medical care'),
  guide('health-insurance-coverage-status', 'hospital', '健康保険', 'Health insurance'),
  guide('utility-insecurity', 'house', '電気・ガス・水道', 'Electricity, gas and water'),
  guide('food-insecurity', 'meal', '食事・食べもの', 'Food and meals'),
  guide('housing-instability', 'house', '住み続ける不安', 'Keeping a place to live'),
  guide('homelessness', 'house', '住まいがない', 'Having no home'),
  guide('inadequate-housing', 'house', '住まいの傷み・段差', 'State of the home'),
  own('daily-living', 'house', '家事・雪かきなど日々のこと', 'Housework, snow and daily chores'),
  guide('transportation-insecurity', 'car', '移動・買い物の足', 'Getting about'),
  guide('employment-status', 'work', '仕事', 'Work'),
  guide('educational-attainment', 'school', '学び・学校', 'School and learning'),
  own('role-purpose', 'star', '役割・生きがい', 'A role and something to live for'),
  own('care-burden', 'care', '介護の負担', 'Burden of caring for someone'),
  own('child-rearing', 'child', '妊娠・子育て', 'Pregnancy and bringing up children'),
  own('frailty', 'walking', '体力の衰え（フレイル）', 'Frailty'),
  guide('stress', 'heart', '気持ち・ねむり', 'Mood and sleep'),
  own('dementia-worry', 'memory', 'もの忘れの心配', 'Worry about forgetfulness'),
  guide(
    'personal-health-literacy',
    'hospital',
    '医療や書類の分かりにくさ',
    'Understanding health information',
  ),
  guide('digital-literacy', 'phone-device', 'スマホの使い方', 'Using a smartphone'),
  guide('digital-access', 'phone-device', 'スマホ・ネットがない', 'Having no smartphone or internet'),
  guide('language-access', 'question', 'ことば（日本語）', 'Language'),
  guide('incarceration-status', 'person-alone', '出所後の生活', 'Life after prison'),
];

const byCode = new Map(needs.map((need) => [need.code, need]));

export const needOf = (code: string): KnownNeed | undefined => byCode.get(code);

/** The codes of the needs that a program knows, each once. */
export const needCodes = (program: Readonly<{ needs: readonly Readonly<{ code: string }>[] }>): string[] => [
  ...new Set(program.needs.map((rule) => rule.code)),
];

/** What people call a need; a code nobody knows stands for itself. */
export const needLabel = (code: string): Sentence => byCode.get(code)?.label ?? asIs(code);

const places = new Map(needs.map((need, i) => [need.code, i]));

/** The list in the order of needs; what nobody knows comes last. */
export const inOrderOfNeeds = <T>(list: readonly T[], codeOf: (one: T) => string): T[] => {
  const place = (one: T): number => places.get(codeOf(one)) ?? needs.length;
  return list.toSorted((a, b) => place(a) - place(b));
};
