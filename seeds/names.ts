import type { Name } from '../src/people/record.ts';
import type { Dice } from './random.ts';

const pairs = (list: string): readonly (readonly [string, string])[] =>
  list.split(' ').map((pair) => {
    const [written = '', kana = ''] = pair.split('/');
    return [written, kana] as const;
  });

/** Some of them in writings that fonts and old systems stumble over. */
const families = pairs(
  '髙﨑/タカサキ 𠮷田/ヨシダ 濵田/ハマダ 德永/トクナガ 渡邉/ワタナベ 齋藤/サイトウ 邊見/ヘンミ 栁沢/ヤナギサワ 神󠄀谷/カミヤ ' +
    '山路/ヤマジ 小野寺/オノデラ 早川/ハヤカワ 三浦/ミウラ 大友/オオトモ 菊地/キクチ 宮坂/ミヤサカ 岸本/キシモト 石森/イシモリ ' +
    '相沢/アイザワ 若松/ワカマツ 西村/ニシムラ 堀江/ホリエ 久慈/クジ 水野/ミズノ 片桐/カタギリ 植木/ウエキ 長谷部/ハセベ ' +
    '金子/カネコ 白石/シライシ 寺島/テラシマ 浅野/アサノ 岩渕/イワブチ 村上/ムラカミ 藤代/フジシロ 戸田/トダ 北川/キタガワ ' +
    '川端/カワバタ 荒木/アラキ 和泉/イズミ 今野/コンノ 土屋/ツチヤ 島貫/シマヌキ 大沼/オオヌマ 辻/ツジ 樋口/ヒグチ 瀬川/セガワ',
);

type Generation = Readonly<{
  male: readonly (readonly [string, string])[];
  female: readonly (readonly [string, string])[];
}>;
const old: Generation = {
  male: pairs(
    '正雄/マサオ 清/キヨシ 勇/イサム 昭三/ショウゾウ 光男/ミツオ 義男/ヨシオ 茂/シゲル 勝/マサル 武/タケシ 幸吉/コウキチ 進/ススム 敏夫/トシオ 弘/ヒロシ 忠/タダシ',
  ),
  female: pairs(
    '和子/カズコ 節子/セツコ 幸子/サチコ 文子/フミコ キヨ/キヨ トメ/トメ 千代/チヨ 光子/ミツコ 信子/ノブコ 芳江/ヨシエ 美代子/ミヨコ ハル/ハル 静枝/シズエ 弘子/ヒロコ',
  ),
};
const middle: Generation = {
  male: pairs(
    '誠/マコト 浩一/コウイチ 健二/ケンジ 隆/タカシ 修/オサム 哲也/テツヤ 浩/ヒロシ 剛/ツヨシ 和彦/カズヒコ 博之/ヒロユキ',
  ),
  female: pairs(
    '由美子/ユミコ 恵子/ケイコ 真由美/マユミ 直美/ナオミ 久美子/クミコ 明美/アケミ 裕子/ユウコ 香織/カオリ 智子/トモコ 典子/ノリコ',
  ),
};
const young: Generation = {
  male: pairs(
    '翔太/ショウタ 大輔/ダイスケ 拓也/タクヤ 健太/ケンタ 直樹/ナオキ 蓮/レン 優斗/ユウト 航/ワタル',
  ),
  female: pairs('美咲/ミサキ 彩/アヤ 愛/アイ 葵/アオイ 陽菜/ヒナ 千尋/チヒロ 遥/ハルカ 結衣/ユイ'),
};
const fromAbroad = {
  male: pairs('グエン・バン/グエン・バン カルロス/カルロス'),
  female: pairs('マリア/マリア リン/リン'),
  families: pairs('サントス/サントス トラン/トラン リマ/リマ'),
};

/** An invented name fit for somebody born in that year; `abroad` for one who came from another country. */
export function invent(random: Dice, sex: 'male' | 'female', bornIn: number, abroad = false): Name {
  const generation = bornIn < 1956 ? old : bornIn < 1981 ? middle : young;
  const [family, familyKana] = random.pick(abroad ? fromAbroad.families : families);
  const [given, givenKana] = random.pick(abroad ? fromAbroad[sex] : generation[sex]);
  return { family, given, familyKana, givenKana };
}
