import type { Binary, DocumentReference } from '@medplum/fhirtypes';
import { buildProvenance } from '../fhir/provenance.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { conflict } from '../kernel/problem.ts';
import { tonguesOf } from '../programs/languages.ts';
import type { Program } from '../programs/program.ts';
import type { ConsentForm, Proof } from './form.ts';
import { buildConsent, openedTo, readConsent, withdraw, withdrawParts } from './record.ts';
import type { ConsentItem, Evidence, Given, TakenBack } from './record.ts';
import { buildScan } from './scan.ts';
import { text } from './text.ts';

/** Records a consent with its proof and who took it, in one transaction. Returns the consent's id. */
export async function give(
  records: Records,
  program: Program,
  patient: string,
  form: ConsentForm,
  proof: Proof,
): Promise<string> {
  const { actor, now } = records;
  const id = records.newId();
  const at = now.toISOString();
  const { evidence, documents } = evidenceOf(records, patient, form, proof);
  const consent = buildConsent(
    {
      patient,
      clinic: actor.organization,
      recipients: form.recipients,
      recipientIds: [],
      items: form.items,
      also: alsoIn(form),
      from: dayInTokyo(now),
      until: form.until,
      at,
      explainedBy: form.explainedBy,
      explainedHow: form.explainedHow,
      proxy:
        form.signer === 'proxy'
          ? {
              name: form.proxyName ?? '',
              relation: form.proxyRelation ?? '',
              why: form.proxyWhy ?? '',
            }
          : undefined,
      evidence,
      status: 'active',
      form: `${program.consent.url ?? ''}|${program.consent.version ?? ''}`,
      ...(form.words !== undefined && tonguesOf(program.consent).includes(form.words)
        ? { language: form.words }
        : {}),
    },
    id,
  );
  await records.write([...documents, consent, trace(records, patient, id, 'CREATE')]);
  return id;
}

/** What residents and groups get besides, if they are told at all; only of what the person agreed to tell anybody. */
const alsoIn = (form: ConsentForm): Given['also'] =>
  (
    [
      ['resident', form.alsoResident],
      ['resource', form.alsoResource],
    ] as const
  ).flatMap(([recipient, chosen]) => {
    const items = chosen.filter((item) => form.items.includes(item));
    return items.length > 0 && form.recipients.includes(recipient) ? [{ recipient, items }] : [];
  });

function evidenceOf(
  records: Records,
  patient: string,
  form: ConsentForm,
  proof: Proof,
): { evidence: Evidence; documents: readonly (Binary | DocumentReference)[] } {
  if (proof.kind === 'drawn') return { evidence: proof, documents: [] };
  if (proof.kind === 'paper')
    return { evidence: { kind: 'paper', title: text.paperTitle(form.kept ?? '').ja }, documents: [] };
  if (proof.kind === 'kept') return { evidence: { kind: 'scan', documentId: proof.document }, documents: [] };
  const ids = { binary: records.newId(), document: records.newId() };
  return {
    evidence: { kind: 'scan', documentId: ids.document },
    documents: buildScan({ ...proof, patient, at: records.now.toISOString() }, ids),
  };
}

/** What of a consent is taken back: all of it, or certain recipients (kinds and organization ids) and items. */
export type Taking = Readonly<{
  reason: string;
  /** The version that the page showed. */
  seen: string;
  parts?: Readonly<{ recipients: readonly string[]; items: readonly ConsentItem[] }>;
  /** The person did it, by their own page. */
  themselves?: boolean;
}>;

/**
 * Takes a consent back, whole or in part, for whoever the person told. What rested on it ends and the rows it opened close
 * in the same transaction (`referral/withdrawal.ts`). Refuses a consent that is no longer as it was `seen`.
 */
export async function takeBack(records: Records, id: string, taking: Taking): Promise<string> {
  const consent = await records.read('Consent', id);
  if (consent.status !== 'active' || consent.meta.versionId !== taking.seen)
    throw conflict(
      'この同意は、先に変更されています。今の内容をご確認ください。',
      'This consent has been changed meanwhile. Please look at it as it is now.',
    );
  const given = readConsent(consent);
  const at = records.now.toISOString();
  const parts = partsTaken(taking, at);
  const less = withdrawParts(consent, parts);
  // Where nothing would be left of it, the whole is taken back.
  const whole = parts.length === 0 || isEmpty(readConsent(less));
  await records.write([
    whole ? withdraw(consent, taking.reason, at) : less,
    trace(records, given.patient, id, 'UPDATE', taking.themselves),
  ]);
  return given.patient;
}

export const partsTaken = ({ parts, reason }: Pick<Taking, 'parts' | 'reason'>, at: string): TakenBack[] => [
  ...(parts?.recipients ?? []).map((recipient) => ({ recipient, item: undefined, reason, at })),
  ...(parts?.items ?? []).map((item) => ({ recipient: undefined, item, reason, at })),
];

/** Whether a consent opens nothing to anybody it names. */
const isEmpty = (given: Given): boolean =>
  [
    ...given.recipients.map((kind) => ({ kind })),
    ...given.recipientIds.map((who) => ({ id: who, kind: undefined })),
  ].every((recipient) => openedTo(given, recipient).length === 0);

const trace = (
  records: Records,
  patient: string,
  consent: string,
  activity: 'CREATE' | 'UPDATE',
  themselves = false,
) =>
  buildProvenance({
    themselves,
    id: records.newId(),
    targets: [reference('Consent', consent)],
    patient,
    organization: records.actor.organization,
    by: records.actor.post,
    at: records.now.toISOString(),
    activity,
  });
