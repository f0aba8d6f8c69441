import type { Condition, Observation } from '@medplum/fhirtypes';
import { extensions, systems } from '../../fhir/codes.ts';
import type { Profile } from '../constraint.ts';
import { has } from './people.ts';

export const answers: readonly Profile[] = [
  {
    id: 'questionnaire-response',
    type: 'QuestionnaireResponse',
    title: { ja: '問診票・アセスメントへの回答', en: 'Answers' },
    about: {
      ja: '様式（url|version）への回答。聞いたときの言葉を残す。JP Core にはこの種類のプロファイルがない。',
      en: 'Answers to a form, named with its version, with the wording as asked. JP Core has no profile of this type.',
    },
    isFor: () => true,
    elements: {
      'extension:ruled-out': { of: { url: extensions.dangerRuledOut }, max: 1 },
      basedOn: { targets: ['ServiceRequest'] },
      questionnaire: { min: 1 },
      subject: { min: 1, targets: ['Patient'] },
      authored: { min: 1 },
    },
  },
  {
    id: 'screening-observation',
    type: 'Observation',
    title: { ja: '問診で見つかった困りごと', en: 'Need found by screening' },
    about: {
      ja: '答えが示す困りごと一つにつき一件。SDOHCC-ObservationScreeningResponse は LOINC の質問コードを求めるが、日本の問診票にはないため、困りごとのコードを使い、答えは component に置く。親は基本の R4。',
      en: 'One for each need that answers show. SDOHCC-ObservationScreeningResponse wants LOINC codes of questions; the forms of Japan have none, so the code is the need and the answers are its components. The parent is base R4.',
    },
    isFor: (record) =>
      has((record as Observation).category, systems.observationCategory, 'survey') &&
      (record as Observation).valueBoolean !== undefined,
    elements: {
      category: { min: 1 },
      'category:survey': { of: { system: systems.observationCategory, code: 'survey' }, min: 1, max: 1 },
      'category:guide': { of: { system: systems.sdohCategory }, min: 1, codes: 'need' },
      code: { codes: 'need' },
      subject: { min: 1, targets: ['Patient'] },
      'effective[x]': { min: 1, types: ['dateTime', 'Period'] },
      'value[x]': { min: 1, types: ['boolean'] },
      derivedFrom: { min: 1, targets: ['QuestionnaireResponse', 'Observation'] },
    },
  },
  {
    id: 'health-concern',
    type: 'Condition',
    title: { ja: '気がかり', en: 'Concern' },
    about: {
      ja: '答えから見つかった気がかり。未確認（unconfirmed）であり、診断ではない。SDOHCC-Condition は US Core の病名コードを求めるため、親は基本の R4。',
      en: 'A concern that answers showed: unconfirmed, never silently a diagnosis. SDOHCC-Condition wants the condition codes of US Core, so the parent is base R4.',
    },
    isFor: (record) => has((record as Condition).category, systems.conditionCategoryUsCore, 'health-concern'),
    elements: {
      verificationStatus: { min: 1 },
      'category:concern': {
        of: { system: systems.conditionCategoryUsCore, code: 'health-concern' },
        min: 1,
        max: 1,
      },
      'category:guide': { of: { system: systems.sdohCategory }, min: 1, codes: 'need' },
      code: { min: 1, codes: 'need' },
      subject: { targets: ['Patient'] },
      evidence: {
        min: 1,
        says: { ja: 'どの答え・観察からか', en: 'The answers or observations it rests on' },
      },
    },
  },
];
