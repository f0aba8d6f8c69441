import type { QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Stored } from '../fhir/types.ts';
import { fromResponse, type Answers } from '../intake/answers.ts';
import { findNeeds, type Because } from '../intake/findings.ts';
import { questionsIn, readQuestionnaire, type Question } from '../intake/form.ts';
import { answersTo, visible } from '../intake/visible.ts';
import type { Program } from '../programs/program.ts';

/** A danger that the person told of, on a sheet that says there is none or says nothing. */
export type Danger = Readonly<{
  /** When it was answered (ISO instant). */
  at: string;
  because: readonly Because[];
  /** The questions of the sheet that pass it over. */
  denied: readonly Question[];
}>;

/**
 * What the program does not let a sheet pass over in silence (`dangers` of program.json). `screenings`: the answers to the
 * program's questionnaire, newest first; the newest that tell of a danger count.
 */
export function passedOver(
  program: Program,
  screenings: readonly Stored<QuestionnaireResponse>[],
  answers: Answers,
): Danger | undefined {
  const model = readQuestionnaire(program.assessment, 'ja');
  const shown = visible(model, answers);
  const questions = questionsIn(model.sections).filter((one) => shown.has(one.linkId));
  for (const response of screenings) {
    const findings = findNeeds(program, fromResponse(program.screening, response));
    const found = program.dangers.flatMap((danger) => {
      const because = findings.filter((one) => danger.needs.includes(one.code)).flatMap((one) => one.because);
      const denied = questions.filter((question) =>
        danger.denied.some((one) => {
          if (one.question !== question.linkId) return false;
          const values = answersTo(answers, question.linkId);
          return values.length === 0 || values.some((value) => one.answers.includes(value));
        }),
      );
      return because.length > 0 && denied.length > 0 ? [{ because, denied }] : [];
    });
    if (found.length > 0)
      return {
        at: response.authored ?? response.meta.lastUpdated,
        because: found.flatMap((one) => one.because),
        denied: found.flatMap((one) => one.denied),
      };
  }
  return undefined;
}
