import type { Sentence, Texts } from '../kernel/sentence.ts';

const inSlice = (slice: string | undefined): string => (slice === undefined ? '' : ` (${slice})`);

/** What of a record does not fulfil a profile. */
export const text = {
  tooFew: (path: string, slice: string | undefined, min: number) => ({
    ja: `プロファイルでは ${path}${inSlice(slice)} が${String(min)}件以上必要です。`,
    en: `The profile needs at least ${String(min)} of ${path}${inSlice(slice)}.`,
  }),
  tooMany: (path: string, slice: string | undefined, max: number) => ({
    ja: `プロファイルでは ${path}${inSlice(slice)} は${String(max)}件までです。`,
    en: `The profile takes at most ${String(max)} of ${path}${inSlice(slice)}.`,
  }),
  wrongType: (path: string, types: readonly string[]) => ({
    ja: `プロファイルでは ${path} の型は ${types.join('・')} です。`,
    en: `The profile wants ${path} to be of type ${types.join(' or ')}.`,
  }),
  fixed: (path: string, value: string) => ({
    ja: `プロファイルでは ${path} は ${value} です。`,
    en: `The profile wants ${path} to be ${value}.`,
  }),
  pattern: (path: string, system: string, code: string | undefined) => ({
    ja: `プロファイルでは ${path} に ${system} のコード${code === undefined ? '' : `「${code}」`}が必要です。`,
    en: `The profile wants a code${code === undefined ? '' : ` "${code}"`} of ${system} in ${path}.`,
  }),
  notInSet: (path: string, title: Sentence, set: string) => ({
    ja: `プロファイルでは ${path} のコードは「${title.ja}」（ValueSet/${set}）から選びます。`,
    en: `The profile wants the code of ${path} to be one of "${title.en}" (ValueSet/${set}).`,
  }),
  wrongTarget: (path: string, targets: readonly string[]) => ({
    ja: `プロファイルでは ${path} の参照先は ${targets.join('・')} です。`,
    en: `The profile wants ${path} to refer to ${targets.join(' or ')}.`,
  }),
} satisfies Texts;
