import { canonical } from '../../../fhir/codes.ts';
import { recordTypes } from '../../../fhir/types.ts';
import { subscriptionOperations } from '../subscriptions/operations.ts';
import { of } from '../../../kernel/sentence.ts';
import { given, reading, taken } from './declare.ts';
import type { Operation } from './operation.ts';

/** The operations with records; those with subscriptions stand with them. */
export const operations = {
  validate: {
    name: 'validate',
    types: recordTypes,
    ...reading,
    definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
    title: of('検証', 'Validate'),
    about: of(
      '基本の R4、つなぐのプロファイル、参照、書き込みと削除の規則で記録を調べる。何も書き込まない。',
      'Holds a record against base R4, the profiles of this server, its references and the rules of writing and deleting. Nothing is written.',
    ),
    parameters: [
      taken(
        'resource',
        '0..1',
        'Resource',
        '調べるリソース',
        'What to validate; on an instance the stored record when left out',
      ),
      taken('mode', '0..1', 'code', 'create・update・delete・profile', 'create, update, delete or profile'),
      taken('profile', '0..1', 'uri', '調べるプロファイル', 'The profile to hold it against'),
      given('return', 1, 'OperationOutcome', '見つかったこと', 'What was found'),
    ],
  },
  everything: {
    name: 'everything',
    types: ['Patient'],
    ...reading,
    type: false,
    post: false,
    definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
    title: of('ある人のすべて', 'Everything about a person'),
    about: of(
      '一人の患者に _type、_since、_count をつけて。ページごとに返す。',
      'GET on one patient, with _type, _since and _count; a page at a time.',
    ),
    parameters: [
      taken('_type', '0..*', 'code', '記録の種類', 'Kinds of record'),
      taken('_since', '0..1', 'instant', 'この時より後に書かれたもの', 'Only what was written since then'),
      taken('_count', '0..1', 'integer', '一ページの件数', 'Records on a page'),
      given('return', 1, 'Bundle', '見えるものすべて', 'All that the caller sees'),
    ],
  },
  document: {
    name: 'document',
    types: ['ServiceRequest'],
    system: false,
    type: false,
    instance: true,
    get: true,
    post: false,
    definition: `${canonical}/OperationDefinition/document`,
    title: of('紹介を文書として', 'A referral as a document'),
    about: of(
      '紹介を、診療情報提供書の節を持つ文書（type が document の Bundle）として返す。見える内容だけで、送り先に開く有効な同意がなければ 409。',
      'A referral as a Bundle of type document, in the sections of the Japanese eReferral guide; only what the caller sees, and 409 without a consent in force that opens the person to the receiver.',
    ),
    letter: 'r',
    parameters: [given('return', 1, 'Bundle', '文書', 'The document')],
  },
  populate: {
    name: 'populate',
    types: ['Questionnaire'],
    ...reading,
    definition: 'http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-populate',
    title: of('様式に前もって記入する', 'Fill in a form beforehand'),
    about: of(
      'すでにある答え・記録・初期値で様式に記入した、書きかけの回答を返す。見える記録だけを使い、何も書き込まない。',
      'A response in progress, filled in from earlier answers, records and initial values. It uses only what the caller sees and writes nothing.',
    ),
    parameters: [
      taken('questionnaire', '0..1', 'Questionnaire', '様式そのもの', 'The form itself'),
      taken('questionnaireRef', '0..1', 'Reference', 'ここにある様式', 'A form that is stored here'),
      taken('canonical', '0..1', 'canonical', '様式の url か url|version', 'url or url|version of the form'),
      taken('subject', '1..1', 'Reference', '誰について（Patient）', 'Whom it is about (a Patient)'),
      {
        ...taken('context', '0..*', '', '式で使う記録', 'Records that expressions speak of'),
        part: [
          taken('name', '1..1', 'string', '式での名前', 'Its name in expressions'),
          taken('content', '1..*', 'Reference', '記録かその参照', 'A record, or a reference to one'),
        ],
      },
      taken(
        'local',
        '0..1',
        'boolean',
        'サーバーの記録も使うか（つねに使う）',
        'Whether records of the server may be used; they are',
      ),
      given('response', 1, 'QuestionnaireResponse', '書きかけの回答', 'The response in progress'),
      given('issues', 0, 'OperationOutcome', '記入できなかったところ', 'What could not be filled in'),
    ],
  },
  extract: {
    name: 'extract',
    types: ['QuestionnaireResponse'],
    ...reading,
    definition: 'http://hl7.org/fhir/uv/sdc/OperationDefinition/QuestionnaireResponse-extract',
    title: of('回答から記録をつくる', 'Make records of answers'),
    about: of(
      '回答が示す困りごと・観察などを、そのまま /fhir に送れる transaction として返す。何も書き込まない。',
      'What the answers show, as a transaction that can be posted to the base as it is. Nothing is written.',
    ),
    parameters: [
      taken('questionnaire-response', '0..1', 'QuestionnaireResponse', '回答', 'The answers'),
      given('return', 1, 'Bundle', 'そのまま送れる transaction', 'A transaction, ready to be posted'),
    ],
  },
  export: {
    name: 'export',
    types: ['Patient'],
    ...reading,
    system: true,
    instance: false,
    definition: 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export',
    title: of('まとめて書き出す', 'Bulk export'),
    about: of(
      '見えるすべての記録を種類ごとの NDJSON に、後から書き出す。Patient では人についての記録だけ。',
      'Writes all that the caller sees into NDJSON files by type, asynchronously; on Patient only what is about persons.',
    ),
    parameters: [
      taken('_outputFormat', '0..1', 'string', 'application/fhir+ndjson', 'application/fhir+ndjson'),
      taken('_since', '0..1', 'instant', 'この時より後に書かれたもの', 'Only what was written since then'),
      taken('_type', '0..*', 'string', '記録の種類（コンマ区切り）', 'Kinds of record, separated by commas'),
    ],
  },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
export type SystemOperationName = {
  [name in OperationName]: (typeof operations)[name]['system'] extends true ? name : never;
}[OperationName];
/** Every operation of this server. */
export const allOperations: readonly Operation[] = [
  ...Object.values(operations),
  ...Object.values(subscriptionOperations),
];
