import type { Sentence } from '../../kernel/sentence.ts';
import { largestFile, mostPages } from './limits.ts';
import type { Fault } from './unreadable.ts';

const megabytes = String(largestFile / 1_000_000);

/** What is said of a file that cannot be read as a scan. */
export const text = {
  broken: {
    ja: 'ファイルが壊れているか、途中で切れていて、読み取れません。もう一度スキャンするか、送り直してもらってください。',
    en: 'The file is damaged or cut short and cannot be read. Scan it again, or ask for it to be sent again.',
  },
  password: {
    ja: 'パスワードのかかったPDFは読み取れません。パスワードを外してから入れてください。',
    en: 'A PDF with a password cannot be read. Please remove the password first.',
  },
  pages: {
    ja: `ページが多すぎます。一度に${String(mostPages)}ページまでです。分けて入れてください。`,
    en: `Too many pages: ${String(mostPages)} at a time is the most. Please send them in parts.`,
  },
  pixels: {
    ja: '画像が大きすぎます。1ページ4000万画素（A4で600dpi）までです。解像度を下げて、もう一度スキャンしてください。',
    en: 'The picture is too large: 40 million pixels a page (A4 at 600 dpi) is the most. Please scan it again at a lower resolution.',
  },
  size: {
    ja: `ファイルが大きすぎます。${megabytes}MBまでです。解像度を下げるか、分けて入れてください。`,
    en: `The file is too large: ${megabytes} MB is the most. Please lower the resolution or send it in parts.`,
  },
  slow: {
    ja: '読み取りに時間がかかりすぎるため、やめました。解像度を下げるか、分けて入れてください。',
    en: 'Reading it took too long and was stopped. Please lower the resolution or send it in parts.',
  },
  empty: {
    ja: 'ページが一つもありません。',
    en: 'There is no page in the file.',
  },
} as const satisfies Readonly<Record<Fault | 'size', Sentence>>;
