import type { Consent } from '@medplum/fhirtypes';
import { canonical, coding, concept, extensions, systems, type OrganizationKind } from '../fhir/codes.ts';
import { idOf, idsOf, reference } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';

/** What a consent can open, in the words of the form; insurance and the request itself go with a referral anyway. */
export const consentItems = ['contact', 'answers', 'assessment', 'plan', 'medical-note'] as const;
export type ConsentItem = (typeof consentItems)[number];

/** Kinds of recipient that a consent can name without naming one body. */
export const recipientKinds = ['office', 'resource'] as const satisfies readonly OrganizationKind[];
export type RecipientKind = (typeof recipientKinds)[number];

export const explainedHows = ['spoken', 'read', 'translated', 'easy-japanese'] as const;
export type ExplainedHow = (typeof explainedHows)[number];

export type Evidence =
  | Readonly<{ kind: 'drawn'; png: string }>
  | Readonly<{ kind: 'paper'; title: string }>
  | Readonly<{ kind: 'scan'; documentId: string }>;

/** A consent as people talk of it. Dates are `YYYY-MM-DD`, the last day included. */
export type Given = Readonly<{
  patient: string;
  clinic: string;
  recipients: readonly RecipientKind[];
  /** Bodies named one by one, by organization id. */
  recipientIds: readonly string[];
  items: readonly ConsentItem[];
  from: string;
  until: string;
  at: string;
  explainedBy: string | undefined;
  explainedHow: ExplainedHow;
  /** Somebody who signed for the person: who it is to them, and why. */
  proxy: Readonly<{ name: string; relation: string; why: string }> | undefined;
  evidence: Evidence;
  status: 'active' | 'inactive';
  /** Canonical (`url|version`) of the form whose words were agreed to. */
  form?: string;
  /** Why and when it was taken back; the person may take it back without saying why. */
  withdrawn?: Readonly<{ reason: string; at: string }>;
}>;

const proxyWhy = `${canonical}/StructureDefinition/consent-proxy-reason`;
export const withdrawalUrl = `${canonical}/StructureDefinition/consent-withdrawal`;

/** Category IDSCL of the SDOH guide; what is opened in `provision`, who may see it in `provision.actor`. */
export function buildConsent(given: Given, id?: string): Consent {
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
      actor: [
        ...given.recipients.map((kind) => ({
          role: concept(systems.participation, 'IRCP'),
          reference: {
            type: 'Organization' as const,
            identifier: { system: systems.organizationType, value: kind },
          },
        })),
        ...given.recipientIds.map((body) => ({
          role: concept(systems.participation, 'IRCP'),
          reference: reference('Organization', body),
        })),
      ],
      purpose: [coding('http://terminology.hl7.org/CodeSystem/v3-ActReason', 'COC')],
      code: given.items.map((item) => concept(systems.consentItem, item)),
    },
    extension: [
      { url: extensions.consentExplained, valueCoding: coding(systems.consentExplained, given.explainedHow) },
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
  extension: [
    ...(consent.extension ?? []),
    {
      url: withdrawalUrl,
      extension: [
        { url: 'reason', valueString: reason },
        { url: 'at', valueDateTime: at },
      ],
    },
  ],
});

function withdrawalOf(consent: Consent): Given['withdrawn'] {
  const parts = consent.extension?.find((e) => e.url === withdrawalUrl)?.extension;
  return (
    parts && {
      reason: parts.find((p) => p.url === 'reason')?.valueString ?? '',
      at: parts.find((p) => p.url === 'at')?.valueDateTime ?? '',
    }
  );
}

/** What a consent carries inside itself as proof: bytes in base64 and what they are said to be. */
export const attachmentOf = (
  consent: Consent,
): Readonly<{ contentType: string; data: string; title: string }> | undefined => {
  const { contentType = '', data, title = '' } = consent.sourceAttachment ?? {};
  return data === undefined ? undefined : { contentType, data, title };
};

/** Reads any consent that was let in, ours or a stranger's. */
export function readConsent(consent: Stored<Consent> | (Consent & { id?: string })): Given & { id: string } {
  const actors = consent.provision?.actor ?? [];
  const items = (consent.provision?.code ?? []).flatMap((c) => c.coding ?? []).flatMap((c) => c.code ?? []);
  const how = consent.extension?.find((e) => e.url === extensions.consentExplained)?.valueCoding?.code;
  const performer = consent.performer?.[0];
  const form = consent.policy?.find((p) => p.uri?.includes('/Questionnaire/'))?.uri;
  const withdrawn = withdrawalOf(consent);
  const [, name = '', relation = ''] = /^(.*)（(.*)）$/.exec(performer?.display ?? '') ?? [];
  return {
    id: consent.id ?? '',
    patient: idOf(consent.patient, 'Patient') ?? '',
    clinic: idOf(consent.organization?.[0], 'Organization') ?? '',
    recipients: recipientKinds.filter((kind) => actors.some((a) => a.reference.identifier?.value === kind)),
    recipientIds: idsOf(
      actors.map((a) => a.reference),
      'Organization',
    ),
    // No item named means all of them.
    items: items.length === 0 ? consentItems : consentItems.filter((i) => items.includes(i)),
    from: consent.provision?.period?.start?.slice(0, 10) ?? '',
    until: consent.provision?.period?.end?.slice(0, 10) ?? '',
    at: consent.dateTime ?? '',
    explainedBy: idOf(
      consent.extension?.find((e) => e.url === extensions.consentExplainer)?.valueReference,
      'PractitionerRole',
    ),
    explainedHow: explainedHows.find((h) => h === how) ?? 'spoken',
    proxy:
      performer?.display === undefined
        ? undefined
        : {
            name: name || performer.display,
            relation,
            why: consent.verification?.[0]?.extension?.find((e) => e.url === proxyWhy)?.valueString ?? '',
          },
    evidence: evidenceOf(consent),
    status: consent.status === 'active' ? 'active' : 'inactive',
    ...(form === undefined ? {} : { form }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
}

function evidenceOf(consent: Consent): Evidence {
  const document = idOf(consent.sourceReference, 'DocumentReference');
  if (document !== undefined) return { kind: 'scan', documentId: document };
  const { data, contentType, title = '' } = consent.sourceAttachment ?? {};
  return data !== undefined && contentType === 'image/png'
    ? { kind: 'drawn', png: data }
    : { kind: 'paper', title };
}

/** Whether a consent lets a body of that kind see the person on that day (`YYYY-MM-DD`, Tokyo). */
export const opensTo = (
  given: Given,
  body: { id: string; kind: OrganizationKind | undefined },
  today: string,
): boolean =>
  given.status === 'active' &&
  given.from <= today &&
  given.until >= today &&
  (given.recipientIds.includes(body.id) || given.recipients.some((kind) => kind === body.kind));
