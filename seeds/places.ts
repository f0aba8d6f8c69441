/**
 * An invented prefecture. Its number (99) belongs to none, its postal codes begin with 000, and its coordinates lie in
 * the open sea, so that nobody takes it for a real place.
 */
export const prefecture = { code: '99', name: 'あおば県', kana: 'アオバケン' } as const;

export type Town = Readonly<{ name: string; kana: string }>;

type MedicalArea = Readonly<{ code: string; name: string }>;
/** The invented prefecture plans its care in three areas. */
const medicalAreas: readonly (MedicalArea & Readonly<{ of: readonly string[] }>)[] = [
  { code: '9901', name: '朝凪・南部医療圏', of: ['朝凪', '潮見浜', '花野', '風待', '鈴原'] },
  { code: '9902', name: '白波医療圏', of: ['白波', '若竹', '千草'] },
  { code: '9903', name: '霧ヶ谷・山手医療圏', of: ['霧ヶ谷', '桜沢', '雲井', '星川'] },
];
const medicalAreaOf = (short: string): MedicalArea => {
  const found = medicalAreas.find(({ of }) => of.includes(short));
  if (found === undefined) throw new Error(`${short} is in no medical area`);
  return { code: found.code, name: found.name };
};

export type Municipality = Readonly<{
  /** Six digits, the last a check digit. */
  code: string;
  name: string;
  kana: string;
  /** Without 市・町・村, for names of bodies. */
  short: string;
  shortKana: string;
  lat: number;
  lon: number;
  /** The medical area (医療圏) it belongs to. */
  medicalArea: MedicalArea;
  /** How many of 300 patients live there. */
  share: number;
  towns: readonly Town[];
}>;

const place = (
  digits: string,
  [short, kind]: readonly [string, '市' | '町' | '村'],
  shortKana: string,
  [lat, lon]: readonly [number, number],
  share: number,
  towns: string,
): Municipality => ({
  code: withMunicipalityCheckDigit(digits),
  name: `${short}${kind}`,
  medicalArea: medicalAreaOf(short),
  kana: `${shortKana}${{ 市: 'シ', 町: 'チョウ', 村: 'ムラ' }[kind]}`,
  short,
  shortKana,
  lat,
  lon,
  share,
  towns: towns.split(' ').map((town) => {
    const [name = '', kana = ''] = town.split('/');
    return { name, kana };
  }),
});

/** 全国地方公共団体コード: five digits weighted 6 to 2, and the last digit of eleven minus the sum's rest by eleven. */
export function withMunicipalityCheckDigit(digits: string): string {
  const sum = digits.split('').reduce((total, digit, i) => total + Number(digit) * (6 - i), 0);
  return `${digits}${String((11 - (sum % 11)) % 10)}`;
}

export const municipalities: readonly Municipality[] = [
  place(
    '99201',
    ['朝凪', '市'],
    'アサナギ',
    [38.3, 143.3],
    60,
    '本町/ホンチョウ 港町/ミナトマチ 汐入/シオイリ 緑が丘/ミドリガオカ 北浜/キタハマ 日の出町/ヒノデチョウ 南台/ミナミダイ',
  ),
  place(
    '99202',
    ['白波', '市'],
    'シラナミ',
    [38.42, 143.52],
    45,
    '中央/チュウオウ 浜崎/ハマサキ 松風町/マツカゼチョウ 東白波/ヒガシシラナミ 西白波/ニシシラナミ',
  ),
  place(
    '99203',
    ['霧ヶ谷', '市'],
    'キリガヤ',
    [38.52, 143.12],
    40,
    '駅前/エキマエ 城下/シロシタ 滝の上/タキノウエ 霧ヶ丘/キリガオカ 川端/カワバタ',
  ),
  place(
    '99301',
    ['潮見浜', '町'],
    'シオミハマ',
    [38.24, 143.38],
    25,
    '浜通り/ハマドオリ 灯台下/トウダイシタ 磯辺/イソベ 網代/アジロ',
  ),
  place(
    '99302',
    ['花野', '町'],
    'ハナノ',
    [38.36, 143.2],
    25,
    '花園/ハナゾノ 上花野/カミハナノ 下花野/シモハナノ 蜜柑坂/ミカンザカ',
  ),
  place('99303', ['風待', '町'], 'カゼマチ', [38.18, 143.14], 20, '風見/カザミ 船着/フナツキ 石垣/イシガキ'),
  place(
    '99304',
    ['鈴原', '町'],
    'スズハラ',
    [38.14, 143.24],
    20,
    '上鈴/カミスズ 下鈴/シモスズ 鈴の森/スズノモリ',
  ),
  place(
    '99305',
    ['桜沢', '町'],
    'サクラザワ',
    [38.6, 143.3],
    18,
    '桜台/サクラダイ 沢口/サワグチ 奥沢/オクサワ',
  ),
  place(
    '99306',
    ['若竹', '町'],
    'ワカタケ',
    [38.46, 143.36],
    17,
    '竹の里/タケノサト 若葉/ワカバ 藪下/ヤブシタ',
  ),
  place(
    '99307',
    ['千草', '町'],
    'チグサ',
    [38.48, 143.42],
    15,
    '千草原/チグサハラ 草笛/クサブエ 野分/ノワケ',
  ),
  place('99401', ['雲井', '村'], 'クモイ', [38.62, 143.04], 8, '雲上/クモウエ 谷底/タニソコ'),
  place('99402', ['星川', '村'], 'ホシカワ', [38.68, 143.36], 7, '星見/ホシミ 川上/カワカミ'),
];

/** The municipality of that short name; the demo's own names only. */
export function municipality(short: string): Municipality {
  const found = municipalities.find((m) => m.short === short);
  if (found === undefined) throw new Error(`No municipality ${short} in the demo`);
  return found;
}
