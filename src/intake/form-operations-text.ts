import type { Texts } from '../kernel/sentence.ts';

/** What is said where a form cannot be filled in, or nothing can be made of its answers. */
export const operationText = {
  expression: (linkId: string, because: string) => ({
    ja: `質問「${linkId}」の式はここでは計算できません（${because}）。`,
    en: `The expression of the question "${linkId}" cannot be evaluated here (${because}).`,
  }),
  unfit: (linkId: string) => ({
    ja: `質問「${linkId}」に入れる値が、質問に合いません。`,
    en: `What was found for the question "${linkId}" does not fit it.`,
  }),
  itemType: (linkId: string, type: string) => ({
    ja: `質問「${linkId}」の型 ${type} はここでは扱えません。`,
    en: `The question "${linkId}" is of type ${type}, which is not handled here.`,
  }),
  noUrl: { ja: '様式には url が必要です。', en: 'The form needs a url.' },
  definition: (linkId: string, definition: string) => ({
    ja: `質問「${linkId}」の definition「${definition}」からは記録をつくれません。`,
    en: `Nothing can be made of the definition "${definition}" of the question "${linkId}".`,
  }),
  closed: (linkId: string, definition: string) => ({
    ja: `質問「${linkId}」の definition「${definition}」は、回答から書いてよい項目ではありません。`,
    en: `The definition "${definition}" of the question "${linkId}" leads to an element that answers may not fill in.`,
  }),
  noSuchRecord: (linkId: string, type: string) => ({
    ja: `${linkId === '' ? '様式' : `項目「${linkId}」`}は記録 ${type} を作るものですが、回答からつくる記録ではありません（つくるのは Observation・Condition・Goal・RelatedPerson です）。`,
    en: `${linkId === '' ? 'The form' : `The item "${linkId}"`} is to become a record of type ${type}, which is not made of answers (Observation, Condition, Goal and RelatedPerson are).`,
  }),
  noCode: (linkId: string) => ({
    ja: `質問「${linkId}」から観察をつくるには code が必要です。`,
    en: `The question "${linkId}" needs a code to become an observation.`,
  }),
  unknownForm: (form: string) => ({
    ja: `様式「${form}」はここにありません。`,
    en: `There is no form "${form}" here.`,
  }),
  noSubject: {
    ja: '回答には患者（subject）が必要です。',
    en: 'The answers must name their patient (subject).',
  },
} satisfies Texts;
