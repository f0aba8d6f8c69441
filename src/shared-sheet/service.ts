import { buildProvenance } from '../fhir/provenance.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import { checkAnswers, toResponse, type Answers } from '../intake/answers.ts';
import { conflict, invalid, notFound } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import { readSharedSheet } from './read.ts';
import { buildRemark } from './record.ts';
import { text } from './text.ts';

export type Saving = Readonly<{ patient: string; answers: Answers; seen: string; language: Language }>;

/** Saves the sheet as one more version. Refuses one that somebody else changed since it was `seen`. */
export async function saveSheet(
  records: Records,
  programs: readonly Program[],
  given: Saving,
): Promise<void> {
  const { patient, language } = given;
  const { program, sheet } = await readSharedSheet(records, programs, patient, { language });
  if ((sheet?.meta.versionId ?? '') !== given.seen) throw conflict(text.overtaken.ja, text.overtaken.en);
  const faults = checkAnswers(program.assessment, given.answers);
  if (faults.length > 0) throw invalid(...faults);
  const { actor } = records;
  const id = sheet?.id ?? records.newId();
  const response = toResponse(program.assessment, given.answers, {
    id,
    subject: reference('Patient', patient),
    authored: records.now.toISOString(),
    status: sheet === undefined ? 'completed' : 'amended',
    language,
    author:
      actor.post === undefined
        ? reference('Organization', actor.organization)
        : reference('PractitionerRole', actor.post),
  });
  await records.write([
    sheet === undefined ? response : { ...response, meta: sheet.meta },
    trace(records, patient, ['QuestionnaireResponse', id]),
  ]);
}

/** A note beside the sheet, to the other side of it. */
export async function sendRemark(
  records: Records,
  programs: readonly Program[],
  given: Readonly<{ patient: string; to: string; text: string; language: Language }>,
): Promise<void> {
  const { others } = await readSharedSheet(records, programs, given.patient, { language: given.language });
  if (!others.some(({ id }) => id === given.to)) throw notFound();
  const id = records.newId();
  await records.write([
    buildRemark(
      {
        patient: given.patient,
        from: records.actor.organization,
        by: records.actor.post,
        to: given.to,
        at: records.now.toISOString(),
        text: given.text,
      },
      id,
    ),
    trace(records, given.patient, ['Communication', id]),
  ]);
}

const trace = (
  records: Records,
  patient: string,
  target: readonly ['QuestionnaireResponse' | 'Communication', string],
) =>
  buildProvenance({
    id: records.newId(),
    targets: [reference(...target)],
    patient,
    organization: records.actor.organization,
    by: records.actor.post,
    at: records.now.toISOString(),
    activity: 'UPDATE',
  });
