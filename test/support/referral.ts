import { recipientActor } from '../../src/consent/record.ts';
import { randomUUID } from 'node:crypto';
import type { Consent, Patient, QuestionnaireResponse, ServiceRequest, Task } from '@medplum/fhirtypes';
import { concept, canonical, systems } from '../../src/fhir/codes.ts';
import { reference } from '../../src/fhir/references.ts';

type Parties = { clinic: { id: string }; office: { id: string } };

/** The smallest referral of the design: five records that arrive together. */
export function smallestReferral({ clinic, office }: Parties, at = '2026-11-20T10:00:00+09:00') {
  const [patientId, answersId, consentId, requestId, taskId] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ];
  const subject = reference('Patient', patientId);
  const patient: Patient & { id: string } = {
    resourceType: 'Patient',
    id: patientId,
    name: [{ family: '試験', given: ['花子'], text: '試験 花子' }],
    birthDate: '1941-03-04',
    managingOrganization: reference('Organization', clinic.id),
  };
  const answers: QuestionnaireResponse & { id: string } = {
    resourceType: 'QuestionnaireResponse',
    id: answersId,
    questionnaire: `${canonical}/Questionnaire/akita-screening|1.3.0`,
    status: 'in-progress',
    subject,
    authored: at,
  };
  const consent: Consent & { id: string } = {
    resourceType: 'Consent',
    id: consentId,
    status: 'active',
    scope: concept(systems.consentScope, 'patient-privacy'),
    category: [concept(systems.actCode, 'IDSCL')],
    patient: subject,
    dateTime: at,
    organization: [reference('Organization', clinic.id)],
    sourceAttachment: { title: '同意書（紙、医院で保管）' },
    policyRule: concept(systems.actCode, 'OPTIN'),
    provision: {
      type: 'permit',
      period: { start: '2026-11-20', end: '2099-11-19' },
      actor: [
        { role: concept(systems.participation, 'IRCP'), reference: reference('Organization', office.id) },
        recipientActor('resident'),
      ],
    },
  };
  const request: ServiceRequest & { id: string } = {
    resourceType: 'ServiceRequest',
    id: requestId,
    status: 'active',
    intent: 'order',
    category: [concept(systems.sdohCategory, 'social-connection')],
    subject,
    requester: reference('Organization', clinic.id),
    performer: [reference('Organization', office.id)],
    supportingInfo: [reference('Consent', consentId), reference('QuestionnaireResponse', answersId)],
  };
  const task: Task & { id: string } = {
    resourceType: 'Task',
    id: taskId,
    status: 'requested',
    intent: 'order',
    code: concept(systems.taskCode, 'fulfill'),
    focus: reference('ServiceRequest', requestId),
    for: subject,
    requester: reference('Organization', clinic.id),
    owner: reference('Organization', office.id),
    authoredOn: at,
  };
  return { patient, answers, consent, request, task };
}
