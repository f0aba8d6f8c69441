import type { Consent, ConsentProvision } from '@medplum/fhirtypes';
import { extensions } from '../../fhir/codes.ts';
import { idOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { proxyWhy, withdrawalUrl } from './build.ts';
import { consentItems, explainedHows, recipientKinds } from './model.ts';
import type { ConsentItem, Evidence, Given, TakenBack } from './model.ts';

function withdrawalOf(element: Pick<Consent, 'extension'>): Given['withdrawn'] {
  const parts = element.extension?.find((e) => e.url === withdrawalUrl)?.extension;
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
  const { recipients, items } = partOf(consent.provision);
  const parts = consent.provision?.provision ?? [];
  const how = consent.extension?.find((e) => e.url === extensions.consentExplained)?.valueCoding?.code;
  const performer = consent.performer?.[0];
  const form = consent.policy?.find((p) => p.uri?.includes('/Questionnaire/'))?.uri;
  const withdrawn = withdrawalOf(consent);
  const language = consent.extension?.find((e) => e.url === extensions.consentLanguage)?.valueCode;
  const [, name = '', relation = ''] = /^(.*)（([^（]*)）$/.exec(performer?.display ?? '') ?? [];
  return {
    id: consent.id ?? '',
    patient: idOf(consent.patient, 'Patient') ?? '',
    clinic: idOf(consent.organization?.[0], 'Organization') ?? '',
    recipients: recipientKinds.filter((kind) => recipients.includes(kind)),
    recipientIds: recipients.filter((who) => !(recipientKinds as readonly string[]).includes(who)),
    items: items ?? consentItems,
    also: parts
      .filter((part) => part.type === 'permit')
      .flatMap((part) => {
        const named = partOf(part);
        return named.recipients.map((recipient) => ({ recipient, items: named.items ?? consentItems }));
      }),
    takenBack: parts.filter((part) => part.type === 'deny').flatMap(takenBackIn),
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
    ...(language === undefined ? {} : { language }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
}

/** Recipients (kinds and organization ids) and items of one provision; no item named means all of them, here `undefined`. */
function partOf(part: ConsentProvision | undefined): {
  recipients: string[];
  items: readonly ConsentItem[] | undefined;
} {
  const codes = part?.code?.flatMap((c) => c.coding ?? []).flatMap((c) => c.code ?? []);
  return {
    recipients: (part?.actor ?? []).flatMap(
      ({ reference: to }) => idOf(to, 'Organization') ?? to.identifier?.value ?? [],
    ),
    items: codes && consentItems.filter((item) => codes.includes(item)),
  };
}

function takenBackIn(part: ConsentProvision): TakenBack[] {
  const { recipients, items } = partOf(part);
  const { reason = '', at = '' } = withdrawalOf(part) ?? {};
  const whom = recipients.length > 0 ? recipients : [undefined];
  return whom.flatMap((recipient) => (items ?? [undefined]).map((item) => ({ recipient, item, reason, at })));
}

function evidenceOf(consent: Consent): Evidence {
  const document = idOf(consent.sourceReference, 'DocumentReference');
  if (document !== undefined) return { kind: 'scan', documentId: document };
  const { data, contentType, title = '' } = consent.sourceAttachment ?? {};
  return data !== undefined && contentType === 'image/png'
    ? { kind: 'drawn', png: data }
    : { kind: 'paper', title };
}
