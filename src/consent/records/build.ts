import type { Consent, ConsentProvision, ConsentProvisionActor, Extension } from '@medplum/fhirtypes';
import { canonical, coding, concept, extensions, systems } from '../../fhir/codes.ts';
import { reference } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { recipientKinds, type Evidence, type Given, type TakenBack } from './model.ts';

export const proxyWhy = `${canonical}/StructureDefinition/consent-proxy-reason`;
export const withdrawalUrl = `${canonical}/StructureDefinition/consent-withdrawal`;

/** What is recorded when a consent is given; usually nothing was added by name and nothing is taken back yet. */
type Fresh = Omit<Given, 'also' | 'takenBack'> & Partial<Pick<Given, 'also' | 'takenBack'>>;

/** Category IDSCL of the SDOH guide; what is opened in `provision`, who may see it in `provision.actor`. */
export function buildConsent(given: Fresh, id?: string): Consent {
  const { also = [], takenBack = [] } = given;
  return {
    resourceType: 'Consent',
    ...(id === undefined ? {} : { id }),
    status: given.status,
    scope: concept(systems.consentScope, 'patient-privacy'),
    category: [concept(systems.actCode, 'IDSCL')],
    patient: reference('Patient', given.patient),
    dateTime: given.at,
    performer: [
      given.proxy
        ? { display: `${given.proxy.name}（${given.proxy.relation}）` }
        : reference('Patient', given.patient),
    ],
    organization: [reference('Organization', given.clinic)],
    ...sourceOf(given.evidence),
    ...(given.form === undefined ? {} : { policy: [{ uri: given.form }] }),
    policyRule: concept(systems.actCode, 'OPTIN'),
    ...(given.proxy
      ? {
          verification: [
            {
              verified: true,
              verifiedWith: { display: given.proxy.name },
              verificationDate: given.at,
              extension: [{ url: proxyWhy, valueString: given.proxy.why }],
            },
          ],
        }
      : {}),
    provision: {
      type: 'permit',
      period: { start: given.from, end: given.until },
      actor: [...given.recipients, ...given.recipientIds].map(recipientActor),
      purpose: [coding('http://terminology.hl7.org/CodeSystem/v3-ActReason', 'COC')],
      code: given.items.map((item) => concept(systems.consentItem, item)),
      ...(also.length + takenBack.length > 0
        ? { provision: [...also.map(addedPart), ...takenBack.map(deniedPart)] }
        : {}),
    },
    extension: [
      { url: extensions.consentExplained, valueCoding: coding(systems.consentExplained, given.explainedHow) },
      ...(given.language === undefined
        ? []
        : [{ url: extensions.consentLanguage, valueCode: given.language }]),
      ...(given.explainedBy === undefined
        ? []
        : [
            {
              url: extensions.consentExplainer,
              valueReference: reference('PractitionerRole', given.explainedBy),
            },
          ]),
    ],
  };
}

/** A recipient kind as a logical identifier, a body as a reference. */
export const recipientActor = (who: string): ConsentProvisionActor => ({
  role: concept(systems.participation, 'IRCP'),
  reference: (recipientKinds as readonly string[]).includes(who)
    ? { type: 'Organization', identifier: { system: systems.organizationType, value: who } }
    : reference('Organization', who),
});

const addedPart = (part: Given['also'][number]): ConsentProvision => ({
  type: 'permit',
  actor: [recipientActor(part.recipient)],
  code: part.items.map((item) => concept(systems.consentItem, item)),
});

/** A denial inside what is permitted: from then on this recipient, this item, or this recipient's sight of it is closed. */
const deniedPart = (part: TakenBack): ConsentProvision => ({
  extension: [withdrawalExtension(part.reason, part.at)],
  type: 'deny',
  ...(part.recipient === undefined ? {} : { actor: [recipientActor(part.recipient)] }),
  ...(part.item === undefined ? {} : { code: [concept(systems.consentItem, part.item)] }),
});

const withdrawalExtension = (reason: string, at: string): Extension => ({
  url: withdrawalUrl,
  extension: [
    { url: 'reason', valueString: reason },
    { url: 'at', valueDateTime: at },
  ],
});

function sourceOf(evidence: Evidence): Pick<Consent, 'sourceAttachment' | 'sourceReference'> {
  switch (evidence.kind) {
    case 'drawn':
      return { sourceAttachment: { contentType: 'image/png', title: '署名', data: evidence.png } };
    case 'paper':
      return { sourceAttachment: { title: evidence.title } };
    case 'scan':
      return { sourceReference: reference('DocumentReference', evidence.documentId) };
  }
}

/** The same consent, taken back: from then on it opens nothing. `at` is an ISO instant. */
export const withdraw = (consent: Stored<Consent>, reason: string, at: string): Stored<Consent> => ({
  ...consent,
  status: 'inactive',
  extension: [...(consent.extension ?? []), withdrawalExtension(reason, at)],
});

/** The same consent with parts taken back; what it opens besides stays open. */
export const withdrawParts = (consent: Stored<Consent>, parts: readonly TakenBack[]): Stored<Consent> => ({
  ...consent,
  provision: {
    ...consent.provision,
    provision: [...(consent.provision?.provision ?? []), ...parts.map(deniedPart)],
  },
});
