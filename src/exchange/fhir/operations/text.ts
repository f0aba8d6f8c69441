import type { Texts } from '../../../kernel/sentence.ts';

export const definitionText = {
  value: (name: string) => ({ ja: `${name} の値を読めません。`, en: `The value of ${name} cannot be read.` }),
  parameter: (name: string) => ({
    ja: `定義の検索では ${name} を使えません。`,
    en: `Definitions are not searched by ${name}.`,
  }),
} satisfies Texts;

/** What the parameters of an operation lack. */
export const inputText = {
  notParameters: {
    ja: '本文は Parameters か、対象のリソースそのものにしてください。',
    en: 'The body must be a Parameters resource or the resource that is meant.',
  },
  parameter: (operation: string, name: string, known: string) => ({
    ja: `$${operation} では「${name}」を使えません。使えるのは ${known} です。`,
    en: `$${operation} does not take "${name}"; it takes ${known}.`,
  }),
  broken: { ja: 'パラメーターを読めません。', en: 'The parameter cannot be read.' },
  type: (name: string, type: string) => ({
    ja: `${name} は ${type} で書いてください。`,
    en: `${name} must be given as ${type}.`,
  }),
  tooMany: (name: string) => ({ ja: `${name} は一つだけです。`, en: `${name} can be given only once.` }),
  missing: (name: string) => ({ ja: `${name} が必要です。`, en: `${name} is needed.` }),
} satisfies Texts;

export const validateText = {
  fine: { ja: '問題は見つかりませんでした。', en: 'All OK: nothing wrong was found.' },
  mode: (mode: string) => ({
    ja: `mode の「${mode}」は使えません。create、update、delete、profile から選んでください。`,
    en: `The mode "${mode}" is not known. It is create, update, delete or profile.`,
  }),
  otherType: (type: string) => ({
    ja: `ここで調べられるのは ${type} です。`,
    en: `Only a ${type} can be validated here.`,
  }),
  otherId: {
    ja: 'url の id がリソースの id と合いません。',
    en: 'The id in the url does not fit the resource.',
  },
  unknownProfile: (url: string) => ({
    ja: `プロファイル「${url}」はここにありません。`,
    en: `There is no profile "${url}" here.`,
  }),
  foreignProfile: (url: string) => ({
    ja: `プロファイル「${url}」はここにないため、調べていません。`,
    en: `The profile "${url}" is not known here and was not looked at.`,
  }),
  otherProfile: (url: string, type: string) => ({
    ja: `プロファイル「${url}」は ${type} のものではありません。`,
    en: `The profile "${url}" is none of ${type}.`,
  }),
  noProfile: {
    ja: 'この記録に当てはまるプロファイルはないため、基本の R4 だけで調べました。',
    en: 'No profile of this server is meant for this record; it was held against base R4 alone.',
  },
  held: (url: string) => ({
    ja: `プロファイル「${url}」で調べました。`,
    en: `The record was held against the profile "${url}".`,
  }),
  unresolved: (reference: string) => ({
    ja: `参照先「${reference}」がここで見つかりません。`,
    en: `The reference "${reference}" leads to no record here.`,
  }),
  elsewhere: (reference: string) => ({
    ja: `参照先「${reference}」は別のところにあるため、確かめていません。`,
    en: `The reference "${reference}" leads elsewhere and was not looked at.`,
  }),
  noId: (mode: string) => ({
    ja: `mode が ${mode} のときは id が必要です。`,
    en: `The mode ${mode} needs an id.`,
  }),
  scope: (letter: string) => ({
    ja: `このトークンの scope ではこの操作（${letter}）ができないため、規則は調べていません。`,
    en: `The scopes of this token do not allow this (${letter}), so the rules were not asked.`,
  }),
  refused: (words: { ja: string; en: string }) => ({
    ja: `いま書き込むと断られます：${words.ja}`,
    en: `Writing this now would be refused: ${words.en}`,
  }),
  refusedRemoval: (words: { ja: string; en: string }) => ({
    ja: `いま削除すると断られます：${words.ja}`,
    en: `Deleting this now would be refused: ${words.en}`,
  }),
} satisfies Texts;

export const formsText = {
  noForm: {
    ja: '様式を questionnaire、questionnaireRef、canonical のどれか一つで示してください。',
    en: 'Name the form by one of questionnaire, questionnaireRef and canonical.',
  },
  unknownForm: (url: string) => ({
    ja: `様式「${url}」はここにありません。`,
    en: `There is no form "${url}" here.`,
  }),
  subject: {
    ja: 'subject は Patient/… の形で書いてください。',
    en: 'subject must be a reference to a Patient.',
  },
  context: {
    ja: 'context には name（文字列）と content が必要です。',
    en: 'context needs a name (string) and content.',
  },
  notHere: {
    ja: '参照は「種類/id」の形で書いてください。',
    en: 'The reference must be written as Type/id.',
  },
} satisfies Texts;
