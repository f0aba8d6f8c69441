import type { Binary, Consent, DocumentReference } from '@medplum/fhirtypes';
import { buildProvenance } from '../fhir/provenance.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { conflict, notFound } from '../kernel/problem.ts';
import type { Program } from '../programs/program.ts';
import type { ConsentForm, Proof } from './form.ts';
import { buildConsent, readConsent, withdraw, type Evidence } from './record.ts';
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
    },
    id,
  );
  await records.write([...documents, consent, trace(records, patient, id, 'CREATE')]);
  return id;
}

function evidenceOf(
  records: Records,
  patient: string,
  form: ConsentForm,
  proof: Proof,
): { evidence: Evidence; documents: readonly (Binary | DocumentReference)[] } {
  if (proof.kind === 'drawn') return { evidence: proof, documents: [] };
  if (proof.kind === 'paper')
    return { evidence: { kind: 'paper', title: text.paperTitle(form.kept ?? '').ja }, documents: [] };
  const ids = { binary: records.newId(), document: records.newId() };
  return {
    evidence: { kind: 'scan', documentId: ids.document },
    documents: buildScan({ ...proof, patient, at: records.now.toISOString() }, ids),
  };
}

/** The consent, if the actor's own organization took it: only then may it be taken back here. */
export async function readOwn(records: Records, id: string): Promise<Stored<Consent>> {
  const consent = await records.read('Consent', id);
  if (readConsent(consent).clinic !== records.actor.organization) throw notFound();
  return consent;
}

/**
 * Takes a consent back. The rows it opened close in the same transaction. Refuses a version that is no longer the one
 * that was `seen`, and one that was taken back already.
 */
export async function takeBack(
  records: Records,
  id: string,
  given: Readonly<{ reason: string; seen: string }>,
): Promise<string> {
  const consent = await readOwn(records, id);
  if (consent.status !== 'active' || consent.meta.versionId !== given.seen)
    throw conflict('この同意は、先に取り消されています。', 'This consent has been changed meanwhile.');
  const { patient } = readConsent(consent);
  await records.write([
    withdraw(consent, given.reason, records.now.toISOString()),
    trace(records, patient, id, 'UPDATE'),
  ]);
  return patient;
}

const trace = (records: Records, patient: string, consent: string, activity: 'CREATE' | 'UPDATE') =>
  buildProvenance({
    id: records.newId(),
    targets: [reference('Consent', consent)],
    patient,
    organization: records.actor.organization,
    by: records.actor.post,
    at: records.now.toISOString(),
    activity,
  });
