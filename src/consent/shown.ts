import type { Records } from '../fhir/records.ts';
import { notFound } from '../kernel/problem.ts';
import { readOrganization, readPatient, readPost, type ReadPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { chosenProgram } from '../programs/record.ts';
import { inVersion } from '../programs/versions.ts';
import { attachmentOf, readConsent, type Given } from './record.ts';
import type { Printing } from './sheet.ts';
import type { ShownConsent } from './show-page.tsx';
import { holders } from './withdraw/form.ts';

/** A consent with everybody it names. */
export async function readShown(records: Records, id: string) {
  const stored = await records.read('Consent', id);
  const consent = readConsent(stored);
  const [patient] = await records.readMany('Patient', [consent.patient]);
  const bodies = await records.readMany('Organization', [consent.clinic, ...consent.recipientIds]);
  const [post] = await records.readMany('PractitionerRole', consent.explainedBy ? [consent.explainedBy] : []);
  const named = bodies.map(readOrganization);
  const clinic = named.find((body) => body.id === consent.clinic);
  const shown: ShownConsent = {
    consent,
    person: patient && readPatient(patient),
    clinic: clinic?.name ?? '',
    explainer: post && readPost(post).name,
    bodies: consent.recipientIds.flatMap((one) => named.find((body) => body.id === one)?.name ?? []),
    hasScan: consent.evidence.kind !== 'paper' || attachmentOf(stored) !== undefined,
    own: consent.clinic === records.actor.organization,
    mayWithdraw: (holders as readonly string[]).includes(records.actor.role),
    bodyNames: new Map(named.map((body) => [body.id, body.name])),
  };
  return { shown, clinic };
}

/** The same as it is printed, in the version of the form that was signed; noted in the access log. */
export async function readSigned(
  records: Records,
  programs: readonly Program[],
  id: string,
): Promise<Omit<Printing, 'now' | 'language' | 'sheetId'> & Readonly<{ person: ReadPatient }>> {
  const { shown, clinic } = await readShown(records, id);
  const { consent, person, explainer } = shown;
  records.note('print', 'consent form', consent.patient, `Consent/${id}`);
  if (!person || !clinic) throw notFound();
  return { program: await signedForm(records, programs, consent), person, clinic, consent, explainer };
}

/** The program with the form that was signed, in its version. */
export function signedForm(
  records: Records,
  programs: readonly Program[],
  { form }: Given,
): Promise<Program> {
  const signed =
    programs.find((p) => p.consent.url === form?.split('|')[0]) ?? chosenProgram(programs, undefined);
  return inVersion(records, signed, 'consent', form);
}
