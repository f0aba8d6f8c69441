import type { Texts } from '../../../kernel/sentence.ts';

/** What a bulk export answers. */
export const exportText = {
  started: {
    ja: '書き出しを始めました。Content-Location で進み具合を見られます。',
    en: 'The export has begun; Content-Location tells how far it is.',
  },
  cancelled: {
    ja: '書き出しをやめ、ファイルを消しました。',
    en: 'The export was ended and its files deleted.',
  },
  async: {
    ja: '書き出しには時間がかかります。Prefer: respond-async をつけてください。',
    en: 'An export takes a while: ask for it with Prefer: respond-async.',
  },
  format: {
    ja: '_outputFormat は application/fhir+ndjson だけです。',
    en: '_outputFormat is application/fhir+ndjson and nothing else.',
  },
  type: (type: string) => ({
    ja: `_type の「${type}」はここで書き出せません。`,
    en: `_type: ${type} is not exported here.`,
  }),
  failed: {
    ja: '書き出しを終えられませんでした。もう一度お試しください。',
    en: 'The export could not be finished. Please start another.',
  },
  closed: {
    ja: 'このファイルには、いまは見られない記録があります（同意の取り消しなど）。もう一度書き出してください。',
    en: 'This file holds records that you do not see any more, such as after a consent was taken back. Please export again.',
  },
  range: { ja: 'Range の範囲がファイルの外です。', en: 'The Range lies outside the file.' },
} satisfies Texts;
