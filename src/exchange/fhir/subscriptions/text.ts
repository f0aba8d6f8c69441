import type { Texts } from '../../../kernel/sentence.ts';

/** What a subscription is refused for, and what became of one. */
export const subscriptionText = {
  element: (path: string) => ({
    ja: `「${path}」は使えないか、値を読めません。docs/fhir.md の例のように書いてください。`,
    en: `${path} is not taken here, or its value cannot be read; write it as docs/fhir.md shows.`,
  }),
  topic: (topics: string) => ({
    ja: `criteria に書けるトピックは ${topics} です。`,
    en: `criteria names one of the topics ${topics}.`,
  }),
  filter: (type: string, known: string) => ({
    ja: `絞り込みは「${type}?…」の形で、使えるのは ${known} です。団体は Organization/[id] で書きます。`,
    en: `A filter is written as ${type}?… with ${known}; bodies as Organization/[id].`,
  }),
  endpoint: {
    ja: 'endpoint は、だれからも届く https の住所にしてください。',
    en: 'endpoint must be a public https address without a name or password in it.',
  },
  header: {
    ja: 'header は「名前: 値」の形で、本文や接続にかかわるもの以外にしてください。',
    en: 'A header is written as Name: value, and none of those that concern the body or the connection.',
  },
  tooMany: (most: number) => ({
    ja: `登録できるのは ${String(most)} 件までです。`,
    en: `A program has at most ${String(most)} subscriptions.`,
  }),
  otherId: {
    ja: 'url の id がリソースの id と合いません。',
    en: 'The id in the url does not fit the resource.',
  },
  overtaken: {
    ja: '先にほかの更新がありました。読み直してください。',
    en: 'It was changed in the meantime. Please read it again.',
  },
  number: {
    ja: '知らせの番号は 0 以上の整数で書いてください。',
    en: 'The number of an event is a whole number from 0 on.',
  },
  content: {
    ja: 'content は empty、id-only、full-resource のどれかです。',
    en: 'content is empty, id-only or full-resource.',
  },
  parameter: {
    ja: 'Subscription は status、url、criteria で検索できます。',
    en: 'Subscriptions are searched by status, url and criteria.',
  },
} satisfies Texts;
