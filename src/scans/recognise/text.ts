import type { Sentence } from '../../kernel/sentence.ts';
import { largestFile, mostPages } from './limits.ts';
import type { Fault } from './unreadable.ts';

const megabytes = String(largestFile / 1_000_000);

/** What is said of a file that cannot be read as a scan. */
export const text = {
  broken: {
    ja: 'ファイルが壊れているか、途中で切れていて、読み取れません。もう一度読み取って取り込むか、送り直してもらってください。',
    en: 'The file is damaged or cut short and cannot be read. Scan it again, or ask for it to be sent again.',
  },
  password: {
    ja: 'パスワードのかかったPDFは読み取れません。パスワードを外してから取り込んでください。',
    en: 'A PDF with a password cannot be read. Please remove the password first.',
  },
  pages: {
    ja: `ページが多すぎます。1つのファイルに${String(mostPages)}ページまでです。分けて取り込んでください。`,
    en: `Too many pages: ${String(mostPages)} in one file is the most. Please bring them in in parts.`,
  },
  pixels: {
    ja: '画像が細かすぎます。スキャナーの設定を「300dpi」にして、もう一度読み取ってください。',
    en: 'The picture is too fine. Please set the scanner to 300 dpi and scan it again.',
  },
  size: {
    ja: `ファイルが大きすぎます。1つ${megabytes}MBまでです。スキャナーの設定を「300dpi」にするか、分けて取り込んでください。`,
    en: `The file is too large: ${megabytes} MB is the most. Please set the scanner to 300 dpi, or bring it in in parts.`,
  },
  slow: {
    ja: '読み取りに時間がかかりすぎるため、やめました。スキャナーの設定を「300dpi」にするか、分けて取り込んでください。',
    en: 'Reading it took too long and was stopped. Please set the scanner to 300 dpi, or bring it in in parts.',
  },
  empty: {
    ja: 'ページが一つもありません。',
    en: 'There is no page in the file.',
  },
} as const satisfies Readonly<Record<Fault | 'size', Sentence>>;
