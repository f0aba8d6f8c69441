import type { Sentence } from '../kernel/sentence.ts';

/** What is said of a file that is not taken. */
export const text = {
  kind: (claimed: string): Sentence => ({
    ja: `「${claimed}」は受け取れません。JPEG・PNGの画像、PDF、文字（text/plain, text/csv, application/json, application/fhir+json）のどれかにしてください。`,
    en: `"${claimed}" is not taken. Send a JPEG or PNG picture, a PDF, or text (text/plain, text/csv, application/json, application/fhir+json).`,
  }),
  heic: {
    ja: 'HEICの画像は使えません。iPhoneは「設定」の「カメラ」「フォーマット」で「互換性優先」を選んで撮り直すか、JPEGに変えてください。',
    en: 'A HEIC picture cannot be used. On an iPhone choose Settings, Camera, Formats, Most Compatible and take it again, or convert it to JPEG.',
  },
  mismatch: (claimed: string): Sentence => ({
    ja: `中身が「${claimed}」ではありません。`,
    en: `The content is not "${claimed}".`,
  }),
  broken: {
    ja: '画像が壊れていて読み取れません。もう一度撮るか、書き出し直してください。',
    en: 'The picture is damaged and cannot be read. Please take it again or export it anew.',
  },
  pixels: {
    ja: '画像の画素が多すぎます。4000万画素までです。解像度を下げて送り直してください。',
    en: 'The picture has too many pixels: 40 million is the most. Please send it at a lower resolution.',
  },
  together: {
    ja: '一度に送られた画像が多すぎます。合わせて1億画素までです。分けて送ってください。',
    en: 'Too many pictures at once: 100 million pixels together is the most. Please send them in parts.',
  },
  pdf: {
    ja: 'PDFが途中で切れているか、壊れています。もう一度送ってください。',
    en: 'The PDF is cut short or damaged. Please send it again.',
  },
} as const;
