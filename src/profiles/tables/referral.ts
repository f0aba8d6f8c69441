import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import { extensions, systems } from '../../fhir/codes.ts';
import { isRequest } from '../../referral/workflow.ts';
import type { Profile } from '../constraint.ts';

const request: Profile['elements'] = {
  'category:guide': { of: { system: systems.sdohCategory }, min: 1, codes: 'need' },
  'category:own': { of: { system: systems.need }, codes: 'need' },
  subject: { targets: ['Patient'] },
  requester: { min: 1, targets: ['Organization'] },
  performer: { min: 1, targets: ['Organization', 'HealthcareService'] },
};

const task: Profile['elements'] = {
  status: { codes: 'referral-task-status' },
  'statusReason.text': {
    min: 1,
    says: { ja: '理由は必ず言葉でも書く。', en: 'A reason is always said in words too.' },
  },
  businessStatus: { codes: 'business-status' },
  intent: { fixed: 'order' },
  code: { min: 1, pattern: { system: systems.taskCode, code: 'fulfill' } },
  focus: { min: 1, targets: ['ServiceRequest'] },
  for: { min: 1, targets: ['Patient'] },
  authoredOn: { min: 1 },
  requester: { min: 1, targets: ['Organization'] },
  owner: { min: 1, targets: ['Organization'] },
  'output:outcome': { of: { at: 'type', system: systems.taskOutput, code: 'outcome' } },
  'output:outcome.value[x]': { types: ['CodeableConcept'], codes: 'outcome' },
  'output:activity': { of: { at: 'type', system: systems.taskOutput, code: 'resulting-activity' } },
  'output:activity.value[x]': { types: ['Reference'], targets: ['Procedure'] },
};

/** The head of a task's table, in the order of base R4. */
const taskHead: Profile['elements'] = {
  'extension:assignee': { of: { url: extensions.assignee }, max: 1 },
  'identifier:case': { of: { system: systems.caseNumber }, max: 1 },
};

export const referrals: readonly Profile[] = [
  {
    id: 'referral',
    type: 'ServiceRequest',
    title: { ja: '紹介（医療機関から窓口へ）', en: 'Referral' },
    about: {
      ja: '医療機関がリンクワーカーの窓口に送る紹介。SDOHCC-ServiceRequest と同じく分類を必ず持つ。US Core の手技コードと患者は日本に合わないため、親は基本の R4。日本で足した困りごとは sdoh-category-unspecified と並べる。',
      en: 'What a clinic sends to a link-worker office. A category of the guide is there as in SDOHCC-ServiceRequest; the procedure codes and patients of US Core do not fit Japan, so the parent is base R4. Needs of ours stand beside sdoh-category-unspecified.',
    },
    isFor: (record) => (record as ServiceRequest).intent === 'order',
    elements: { intent: { fixed: 'order' }, ...request },
  },
  {
    id: 'request',
    type: 'ServiceRequest',
    title: { ja: '依頼（窓口から団体へ）', en: 'Request to a community resource' },
    about: {
      ja: 'リンクワーカーが地域の団体に送る依頼。SDOHCC の仲介者の流れと同じく、filler-order で元の紹介に basedOn する。',
      en: 'What a link worker asks of a community group: a filler-order based on the referral, as an intermediary of SDOHCC sends it.',
    },
    isFor: (record) => (record as ServiceRequest).intent === 'filler-order',
    elements: {
      basedOn: { min: 1, targets: ['ServiceRequest'] },
      intent: { fixed: 'filler-order' },
      ...request,
    },
  },
  {
    id: 'referral-task',
    type: 'Task',
    title: { ja: '紹介の進み', en: 'Task of a referral' },
    about: {
      ja: 'SDOHCC-TaskForReferralManagement と同じ制約に、段階（businessStatus）と結果を足したもの。宛先（owner）は必ず決まっている。US Core の患者・機関を指すため、親は基本の R4。',
      en: 'The constraints of SDOHCC-TaskForReferralManagement, and besides a finer step (businessStatus), an outcome and an owner, who is always named. It points to patients and organizations of US Core there, so the parent is base R4.',
    },
    isFor: (record) => !isRequest(record as Task),
    elements: { ...taskHead, partOf: { max: 0 }, ...task },
  },
  {
    id: 'request-task',
    type: 'Task',
    title: { ja: '依頼の進み', en: 'Task of a request' },
    about: {
      ja: '団体への依頼の進み。紹介の Task の一部（partOf）。',
      en: 'How a request to a group goes; part of the task of the referral.',
    },
    isFor: (record) => isRequest(record as Task),
    elements: { ...taskHead, partOf: { min: 1, max: 1, targets: ['Task'] }, ...task },
  },
];
