import { asIs, type Sentence } from '../kernel/sentence.ts';

type Pair = readonly [yes: Sentence, no: Sentence];
const pair = (yes: string, no: string): Pair => [asIs(yes), asIs(no)];

/** The two answers that a form does not carry itself, in the languages that people in Japan often read best. */
export const yesAndNo: Readonly<Record<string, Pair>> = {
  zh: pair('是', '否'),
  ko: pair('예', '아니요'),
  vi: pair('Có', 'Không'),
  pt: pair('Sim', 'Não'),
  es: pair('Sí', 'No'),
  tl: pair('Oo', 'Hindi'),
  fil: pair('Oo', 'Hindi'),
  ne: pair('हो', 'होइन'),
  id: pair('Ya', 'Tidak'),
  th: pair('ใช่', 'ไม่ใช่'),
  my: pair('ဟုတ်ကဲ့', 'မဟုတ်ပါ'),
};
