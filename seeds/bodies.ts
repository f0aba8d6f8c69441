import { withCheckDigit } from '../src/kernel/japan/insurer.ts';
import type { Body, Postal } from '../src/people/record.ts';
import { municipalities, municipality, prefecture, type Municipality } from './places.ts';
import type { Dice } from './random.ts';

/** An invented body with its id; all of them are built into Organizations. */
export type DemoBody = Body &
  Readonly<{
    id: string;
    seat: Municipality | undefined;
    /** Programs it runs, the usual one first; left out, those of its area. */
    programs?: readonly string[];
  }>;

/** Numbers that no telephone has: 050-0000-…, handed out one after the other. */
export function phoneBook(area: '050' | '070' | '080' | '090', first: number): () => string {
  let next = first;
  return () => {
    next += 1;
    return `${area}-0000-${String(next).padStart(4, '0')}`;
  };
}

export const addressIn = (random: Dice, place: Municipality): Postal => ({
  // No postal code in Japan begins with 000.
  postalCode: `000-${place.code.slice(2, 5)}${String(random.whole(1, 9))}`,
  prefecture: prefecture.name,
  municipalityCode: place.code,
  municipality: place.name,
  line: `${random.pick(place.towns).name}${String(random.whole(1, 9))}-${String(random.whole(1, 28))}-${String(random.whole(1, 19))}`,
});

const clinicNames: readonly (readonly [name: string, kana: string, seat: string])[] = [
  ['みなと内科クリニック', 'ミナトナイカクリニック', '朝凪'],
  ['日の出ファミリー医院', 'ヒノデファミリーイイン', '朝凪'],
  ['みどりが丘診療所', 'ミドリガオカシンリョウジョ', '朝凪'],
  ['白波中央医院', 'シラナミチュウオウイイン', '白波'],
  ['松風こどもと家族のクリニック', 'マツカゼコドモトカゾクノクリニック', '白波'],
  ['霧ヶ谷駅前クリニック', 'キリガヤエキマエクリニック', '霧ヶ谷'],
  ['滝の上医院', 'タキノウエイイン', '霧ヶ谷'],
  ['灯台下診療所', 'トウダイシタシンリョウジョ', '潮見浜'],
  ['花野町診療所', 'ハナノチョウシンリョウジョ', '花野'],
  ['風待医院', 'カゼマチイイン', '風待'],
  ['鈴の森クリニック', 'スズノモリクリニック', '鈴原'],
  ['桜台内科', 'サクラダイナイカ', '桜沢'],
  ['竹の里診療所', 'タケノサトシンリョウジョ', '若竹'],
  ['千草町国保診療所', 'チグサチョウコクホシンリョウジョ', '千草'],
];

/** Bodies that run more than the one program that all of them run; Nabari's offices pass referrals on among themselves. */
const runsBeside: Readonly<Record<string, readonly string[]>> = {
  日の出ファミリー医院: ['akita', 'takaishi'],
  白波中央医院: ['akita', 'takaishi'],
  松風こどもと家族のクリニック: ['akita', 'takaishi'],
  霧ヶ谷駅前クリニック: ['yabu', 'akita'],
  桜台内科: ['kotoura', 'akita'],
  竹の里診療所: ['nabari', 'akita'],
  千草町国保診療所: ['kamaishi', 'akita'],
  朝凪つながり支援室: ['akita', 'nabari', 'takaishi', 'kotoura'],
  '桜沢町社会福祉協議会 相談係': ['akita', 'kotoura'],
  '若竹・千草くらしの窓口': ['kamaishi', 'akita', 'nabari'],
  朝凪北地域包括支援センター: ['akita', 'nabari'],
  霧ヶ谷まちの相談所: ['akita', 'yabu'],
};

const officeNames: readonly (readonly [name: string, kana: string, serves: readonly string[]])[] = [
  ['朝凪つながり支援室', 'アサナギツナガリシエンシツ', ['朝凪', '潮見浜', '花野']],
  ['白波市地域包括支援センター', 'シラナミシチイキホウカツシエンセンター', ['白波']],
  ['霧ヶ谷まちの相談所', 'キリガヤマチノソウダンジョ', ['霧ヶ谷', '雲井']],
  ['風待・鈴原ささえあいセンター', 'カゼマチ・スズハラササエアイセンター', ['風待', '鈴原']],
  [
    '桜沢町社会福祉協議会 相談係',
    'サクラザワチョウシャカイフクシキョウギカイ ソウダンガカリ',
    ['桜沢', '星川'],
  ],
  ['若竹・千草くらしの窓口', 'ワカタケ・チグサクラシノマドグチ', ['若竹', '千草']],
  ['花野町地域包括支援センター', 'ハナノチョウチイキホウカツシエンセンター', ['花野']],
  ['朝凪北地域包括支援センター', 'アサナギキタチイキホウカツシエンセンター', ['朝凪']],
];

/** 法別番号 (none for a municipality's insurance), the invented prefecture 99, the insurer, and the check digit. */
const insurerNames: readonly (readonly [name: string, kana: string, digits: string])[] = [
  ['あおば県国民健康保険（架空）', 'アオバケンコクミンケンコウホケン', '0099001'],
  [
    'あおば県後期高齢者医療広域連合（架空）',
    'アオバケンコウキコウレイシャイリョウコウイキレンゴウ',
    '3999001',
  ],
  ['あおば港湾健康保険組合（架空）', 'アオバコウワンケンコウホケンクミアイ', '0699001'],
];

export type Bodies = Readonly<{
  council: DemoBody;
  insurers: readonly DemoBody[];
  municipalities: readonly DemoBody[];
  clinics: readonly DemoBody[];
  offices: readonly DemoBody[];
  /** 支援会議 of the demo's municipality. */
  meeting: DemoBody;
}>;

/** The council, its insurers, the municipalities, the clinics and the link-worker offices. The first ones are the demo's. */
export function inventBodies(random: Dice): Bodies {
  const phone = phoneBook('050', 0);
  const body = (
    kind: Body['kind'],
    name: string,
    kana: string,
    seat: Municipality | undefined,
    more: Partial<DemoBody> = {},
  ): DemoBody => ({
    id: random.id(),
    kind,
    name,
    kana,
    seat,
    phone: phone(),
    fax: phone(),
    ...(seat ? { address: addressIn(random, seat) } : {}),
    serves: [],
    active: true,
    ...more,
  });
  return {
    council: body(
      'council',
      'あおば県保険者協議会（架空）',
      'アオバケンホケンシャキョウギカイ',
      municipality('朝凪'),
      // Whose figures it may count.
      { serves: municipalities.map((m) => m.code) },
    ),
    insurers: insurerNames.map(([name, kana, digits]) =>
      body('insurer', name, kana, undefined, {
        insurerNumber: withCheckDigit(digits),
        // The first one, which is the demo's, invites members to see a doctor.
        ...(name === insurerNames[0]?.[0] ? { programs: ['kamaishi', 'akita'] } : {}),
      }),
    ),
    municipalities: municipalities.map((m) =>
      body('municipality', m.name, m.kana, m, {
        municipalityCode: m.code,
        medicalArea: m.medicalArea,
        serves: [m.code],
      }),
    ),
    clinics: clinicNames.map(([name, kana, seat], i) =>
      body('clinic', name, kana, municipality(seat), {
        // 都道府県2桁 + 点数表1桁 (医科) + 7桁
        medicalInstitution: `${prefecture.code}1${String(1000001 + i * 17)}`,
        serves: [municipality(seat).code],
        ...(runsBeside[name] ? { programs: runsBeside[name] } : {}),
      }),
    ),
    offices: officeNames.map(([name, kana, serves]) =>
      body('office', name, kana, municipality(serves[0] ?? ''), {
        serves: serves.map((short) => municipality(short).code),
        email: `office${String(officeNames.findIndex(([n]) => n === name) + 1)}@example.org`,
        ...(runsBeside[name] ? { programs: runsBeside[name] } : {}),
      }),
    ),
    meeting: body('meeting', '朝凪市支援会議（架空）', 'アサナギシシエンカイギ', municipality('朝凪')),
  };
}
