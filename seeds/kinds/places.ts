import { kind, type ResourceKind } from './kind.ts';

/** Places to go to, and bodies that keep an eye on their guests. */
export const places: readonly ResourceKind[] = [
  kind(
    ['カフェ{t}', 'カフェ {t}', 'カフェ{t}'],
    [
      '常連さんの様子を店主が気にかけている喫茶店です。しばらく来ない方には電話をかけます。',
      'コーヒー350円',
      '火曜〜土曜 9時〜16時',
      'どなたでも。',
    ],
    ['social-connection'],
    ['tea', 'reading', 'music'],
    { views: ['place', 'body'], kind: 'informal', place: 'カフェ{t}' },
  ),
  kind(
    ['{t}まちかど休み椅子', '{t}マチカドヤスミイス', '{t}自治会'],
    [
      '買い物や散歩の途中で座れる椅子を、商店や家の前に置いています。座っている人に声をかけ合います。',
      '無料',
      'いつでも',
      'どなたでも。',
    ],
    ['frailty', 'social-connection', 'transportation-insecurity'],
    ['walking'],
    { views: ['place'], kind: 'informal', place: '{t}商店街' },
  ),
  kind(
    ['{m}図書館 朗読の時間', '{m}トショカン ロウドクノジカン', '{m}図書館'],
    [
      '大きな活字の本や録音図書がそろい、月に一度、短い物語を声に出して読む会があります。',
      '無料',
      '開館 10時〜18時（月曜休み）、朗読は第1木曜',
      'どなたでも。',
    ],
    ['social-connection', 'stress', 'personal-health-literacy'],
    ['reading', 'writing', 'history'],
    { views: ['place', 'join'], kind: 'formal', place: '{m}図書館' },
  ),
  kind(
    ['{t}湯', '{t}ユ', '{t}湯'],
    [
      'むかしながらの銭湯です。開店前の時間に、湯上がり体操とお茶の会を開いています。',
      '大人450円、70歳以上は200円',
      '14時〜21時（水曜休み）',
      'どなたでも。手すりと椅子があります。',
    ],
    ['social-connection', 'inadequate-housing', 'frailty'],
    ['bathing', 'tea', 'exercise'],
    { views: ['place', 'use'], kind: 'informal', place: '{t}湯' },
  ),
  kind(
    ['理容{t}（訪問もします）', 'リヨウ{t}', '理容{t}'],
    [
      '髪を切りながら話を聞く床屋です。足の悪い方の家にも伺い、変わったことがあれば相談窓口に知らせます。',
      '調髪2,500円、訪問は3,000円',
      '8時30分〜18時（月曜休み）',
      'どなたでも。訪問は予約してください。',
    ],
    ['social-connection', 'daily-living', 'frailty'],
    [],
    { views: ['place', 'body', 'use'], kind: 'informal', place: '理容{t}' },
  ),
  kind(
    ['暮らしの保健室 {t}', 'クラシノホケンシツ {t}', '{m}暮らしの保健室の会'],
    [
      '引退した看護師が、血圧を測りながら体や暮らしの心配を聞きます。予約はいりません。',
      '無料',
      '火曜・金曜 10時〜15時',
      'どなたでも。通りがかりの方も。',
    ],
    ['personal-health-literacy', 'frailty', 'stress', 'medical-cost-burden', 'dementia-worry'],
    ['tea'],
    { views: ['place', 'use'], kind: 'informal', place: 'スーパー{t}店 休憩コーナー' },
  ),
  kind(
    ['{m}親子ひろば', '{m}オヤコヒロバ', '{m}子育て応援の会'],
    [
      '就学前の子と親が自由に遊べる部屋です。保育士のOBが見守り、子育ての困りごとを聞きます。',
      '無料',
      '月曜〜金曜 9時30分〜15時',
      '就学前の子と家族、妊娠中の方。',
    ],
    ['child-rearing', 'stress', 'social-connection'],
    ['children', 'music'],
    { views: ['join', 'place'], kind: 'formal', place: '{m}子育てセンター' },
  ),
  kind(
    ['{m}庭仕事なかま', '{m}ニワシゴトナカマ', '{m}花いっぱいの会'],
    [
      '手入れのできなくなった庭を仲間で整え、かわりに縁側でお茶を飲ませてもらう会です。駅前の花壇も育てています。',
      '苗代 1回200円',
      '毎週金曜 9時〜11時',
      '土いじりが好きな方、庭の手入れに困っている方。',
    ],
    ['social-connection', 'daily-living', 'frailty'],
    ['gardening', 'tea', 'volunteering'],
    { views: ['join', 'use'], kind: 'informal' },
  ),
  kind(
    ['{t}薬局 からだの相談', '{t}ヤッキョク カラダノソウダン', '{t}薬局'],
    [
      '飲み残した薬の整理、血圧・骨の測定、栄養士の相談日があります。買い物がなくても入れます。',
      '無料',
      '平日 9時〜18時、土曜 9時〜12時',
      'どなたでも。',
    ],
    ['personal-health-literacy', 'medical-cost-burden', 'frailty'],
    [],
    { views: ['place', 'use'], kind: 'formal', place: '{t}薬局' },
  ),
];
