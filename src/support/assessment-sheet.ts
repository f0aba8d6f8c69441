import { longDay } from '../documents/dates.ts';
import { registerSheet } from '../documents/printed.ts';
import type { QuestionnaireSheetData } from '../documents/questionnaire-sheet.ts';
import type { Records } from '../fhir/records.ts';
import { readQuestionnaire } from '../intake/form.ts';
import { questionnaireData } from '../intake/sheet.ts';
import { notFound } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import { readAssessment } from './assessment.ts';
import { readCase } from './case.ts';
import { shownDomains } from './compare-domains.ts';
import { readStandings } from './domains.ts';
import { caseSheetWords as words, sheetWords } from './text.ts';

type Given = Readonly<{
  /** Id of the referral's Task. */
  id: string;
  programs: readonly Program[];
  language: Language;
  /** Without answers, to be filled in with a pen. */
  blank?: boolean;
}>;

/** The assessment sheet of a referral as it is printed, noted in the access log; `not-found` while nobody saved one, unless it is the blank form. */
export async function assessmentData(
  records: Records,
  { id, programs, language, blank = false }: Given,
): Promise<QuestionnaireSheetData> {
  const one = await readCase(records, id);
  const assessment = await readAssessment(records, programs, one, language);
  const { program, sheet, answers } = assessment;
  if (!blank && sheet === undefined) throw notFound();
  const standings = blank ? [] : await readStandings(records, assessment);
  const chart = shownDomains(standings, language, longDay);
  records.note('print', blank ? 'assessment (blank)' : 'assessment', one.patient.id, `Task/${id}`);
  const { url = '', version = '' } = program.assessment;
  const sheetId = await registerSheet(records, {
    kind: blank ? 'assessment-blank' : 'assessment',
    about: { type: 'ServiceRequest', id: one.referral.requestId },
    form: `${url}|${version}`,
    language,
  });
  return questionnaireData({
    sheetId,
    model: readQuestionnaire(program.assessment, language),
    program,
    person: one.person,
    ...(blank ? {} : { answers }),
    now: records.now,
    language,
    more: {
      caseNumber: one.referral.caseNumber,
      instructions: words.howToAsk[language],
      ...(chart === undefined ? {} : { chart }),
      ...(blank || sheet?.ruledOut === undefined
        ? {}
        : { footnotes: [{ title: sheetWords.dangerRuledOut[language], words: sheet.ruledOut }] }),
    },
  });
}
