import type { Sentence, Texts } from '../../kernel/sentence.ts';
import { named } from '../text.ts';

const kinds: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'application/pdf': 'PDF',
};
export const kindName = (type: string): string => kinds[type] ?? type;
const list = (types: readonly string[]): string => types.map(kindName).join('・');
const listEn = (types: readonly string[]): string => types.map(kindName).join(', ');

/** 12 kB, 3.4 MB. */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  if (bytes < 999_500) return `${String(Math.round(bytes / 1000))} kB`;
  const megabytes = Math.round(bytes / 100_000) / 10;
  return `${String(megabytes)} MB`;
}

const noPicture = (types: readonly string[]): boolean => types.every((one) => !one.startsWith('image/'));

/** Words around files that are given with answers. */
export const filesText = {
  hint: (types: readonly string[], most: number): Sentence =>
    noPicture(types)
      ? {
          ja: `${list(types)}、${sizeOf(most)}まで。`,
          en: `${listEn(types)}, up to ${sizeOf(most)}.`,
          easy: `${list(types)}、${sizeOf(most)}まで。`,
        }
      : {
          ja: `${list(types)}、${sizeOf(most)}まで。スマートフォンでは、その場で撮った写真も入れられます。`,
          en: `${listEn(types)}, up to ${sizeOf(most)}. On a phone you can also take a photo now.`,
          easy: `${list(types)}、${sizeOf(most)}まで。スマートフォンで いま とった しゃしんも 入れられます。`,
        },
  given: { ja: '入れたファイル', en: 'The file you gave', easy: '入れた ファイル' },
  another: {
    ja: '別のファイルを選ぶと、入れ替わります。',
    en: 'Another file you choose takes its place.',
    easy: 'ほかの ファイルを えらぶと、かわります。',
  },
  more: {
    ja: 'ファイルを選ぶと、加わります。いくつか一度に選べます。',
    en: 'A file you choose is added. Several can be chosen at once.',
    easy: 'ファイルを えらぶと、ふえます。',
  },
  takeAway: (title: string): Sentence => ({
    ja: `「${title}」を取り消す`,
    en: `Take “${title}” away`,
    easy: `「${title}」を けす`,
  }),
  nameless: { ja: 'ファイル', en: 'File', easy: 'ファイル' },
  pictureOf: (title: string): Sentence => ({
    ja: `「${title}」の画像`,
    en: `Picture: ${title}`,
  }),
  elsewhere: {
    ja: '（ファイルは送り元にあります）',
    en: '(the file is kept by the sender)',
  },
  kept: (title: string): Sentence => ({
    ja: `${title}（この回答と一緒に保管しています）`,
    en: `${title} (kept with these answers)`,
  }),
  enclose: (types: readonly string[]): Sentence => ({
    ja: noPicture(types) ? '書類を、この用紙と一緒に出せます。' : '写真や書類を、この用紙と一緒に出せます。',
    en: noPicture(types)
      ? 'You may hand in a document together with this sheet.'
      : 'You may hand in a photo or document together with this sheet.',
  }),
  enclosed: { ja: '一緒に出します', en: 'Enclosed' },
  offline: {
    ja: '選んだファイルだけは、この端末に残りません。つながってから選び直してください。',
    en: 'Only the file you chose is not kept on this device. Please choose it again when you are online.',
    easy: 'えらんだ ファイルだけは、のこりません。つながってから、もう いちど えらんで ください。',
  },
} satisfies Texts;

/** What is wrong with a file that was given. */
export const fileFaults = {
  tooLarge: (q: Sentence, most: number): Sentence => ({
    ja: `${named(q).ja}のファイルが大きすぎます。${sizeOf(most)}までです。`,
    en: `The file for ${named(q).en} is too large: ${sizeOf(most)} is the most.`,
    easy: `${named(q).ja}の ファイルが 大きすぎます。${sizeOf(most)}までです。`,
  }),
  empty: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}のファイルが空です。選び直してください。`,
    en: `The file for ${named(q).en} is empty. Please choose it again.`,
    easy: `${named(q).ja}の ファイルに、なにも 入って いません。`,
  }),
  kind: (q: Sentence, types: readonly string[]): Sentence => ({
    ja: `${named(q).ja}には、${list(types)}のファイルを選んでください。名前ではなく中身で確かめています。`,
    en: `Please choose a ${listEn(types)} file for ${named(q).en}. Its content is checked, not its name.`,
    easy: `${named(q).ja}には、${list(types)}の ファイルを えらんで ください。`,
  }),
  because: (q: Sentence, why: Sentence): Sentence => ({
    ja: `${named(q).ja}：${why.ja}`,
    en: `${named(q).en}: ${why.en}`,
  }),
  gone: (q: Sentence): Sentence => ({
    ja: `${named(q).ja}のファイルは、もうここにありません。もう一度選んでください。`,
    en: `The file for ${named(q).en} is no longer here. Please choose it again.`,
    easy: `${named(q).ja}の ファイルが ありません。もう いちど えらんで ください。`,
  }),
  tooMany: (q: Sentence, most: number): Sentence => ({
    ja: `入れられるファイルは、全部で${String(most)}個までです（${named(q).ja}）。`,
    en: `No more than ${String(most)} files can be given in all (${named(q).en}).`,
    easy: `ファイルは ぜんぶで ${String(most)}こまでです。`,
  }),
} satisfies Texts;

/** What a program that sends answers is told of their files. */
export const attachmentFaults = {
  both: {
    ja: 'data と url の両方があります。どちらか一つにしてください。',
    en: 'There is both data and url; send one of them.',
  },
  nothing: {
    ja: 'data・url・title のどれもありません。',
    en: 'There is neither data, url nor title.',
  },
  empty: { ja: 'data が空です。', en: 'The data is empty.' },
  size: (sent: number, said: number): Sentence => ({
    ja: `size は ${String(said)} ですが、中身は ${String(sent)} バイトです。`,
    en: `size says ${String(said)}, but there are ${String(sent)} bytes.`,
  }),
  hash: {
    ja: 'hash が中身の SHA-1（Base64）と合いません。',
    en: 'hash is not the SHA-1 (Base64) of the content.',
  },
  contentType: (said: string, is: string): Sentence => ({
    ja: `contentType は「${said}」ですが、ファイルは ${is} です。`,
    en: `contentType says "${said}", but the file is ${is}.`,
  }),
  noType: { ja: 'contentType がありません。', en: 'contentType is missing.' },
  kind: (types: readonly string[]): Sentence => ({
    ja: `答えに付けられるファイルは ${types.join('、')} だけです。`,
    en: `Files of answers are ${types.join(', ')} only.`,
  }),
  tooLarge: (most: number): Sentence => ({
    ja: `ファイルが大きすぎます。${sizeOf(most)}までです。`,
    en: `The file is too large: ${sizeOf(most)} is the most.`,
  }),
  foreign: (url: string): Sentence => ({
    ja: `「${url}」はここのファイル（Binary/…）ではありません。data で送るか、先に Binary を置いてください。`,
    en: `"${url}" is no file here (Binary/…). Send it as data, or put a Binary here first.`,
  }),
  unknown: (url: string): Sentence => ({
    ja: `ファイル「${url}」が見つかりません。`,
    en: `There is no file "${url}".`,
  }),
  label: (item: string): Sentence => ({
    ja: `この Binary は答えのファイルとして開かれていません。meta.tag に https://tsunagi.example/fhir/CodeSystem/consent-item|${item} を付けて置いたものだけを、ここで示せます。`,
    en: `This Binary is not opened as a file of such answers. Only one that was put here with meta.tag https://tsunagi.example/fhir/CodeSystem/consent-item|${item} can be named.`,
  }),
  relabelled: {
    ja: 'だれに見えるファイルか（meta.tag の consent-item）は、あとから変えられません。',
    en: 'Whom a file is opened to (consent-item in meta.tag) is not changed afterwards.',
  },
} satisfies Texts;
