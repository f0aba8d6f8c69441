import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { fromResponse } from '../intake/answers.ts';
import type { Assessment } from './assessment.ts';
import { standing, type Standing } from './compare-domains.ts';
import { isFinished } from './record.ts';

/** How many versions of a sheet are looked through; older ones are not compared. */
const mostVersions = 100;

/**
 * The domains of a sheet as it is now, and as they stood when it or another referral's sheet of the person was finished
 * before, each scored by the version of the form in which it was answered: newest first. Empty where the program scores no
 * domains or nobody saved a sheet. A version of the form that was never published here is left out.
 */
export async function readStandings(
  records: Records,
  { program, sheet, answers, others }: Pick<Assessment, 'program' | 'sheet' | 'answers' | 'others'>,
): Promise<Standing[]> {
  if (program.domains.length === 0 || sheet === undefined) return [];
  const { found } = await records.versions('QuestionnaireResponse', { id: sheet.id, count: mostVersions });
  const own = found.flatMap(({ content }) => {
    const version = content as Stored<QuestionnaireResponse> | null;
    return version !== null && version.meta.versionId !== sheet.version && isFinished(version)
      ? [version]
      : [];
  });
  // What another referral's sheet said later is no past of this one.
  const elsewhere = others.filter((one) => Date.parse(saidAt(one)) <= Date.parse(sheet.at));
  const before = [...own, ...elsewhere].toSorted((a, b) => Date.parse(saidAt(b)) - Date.parse(saidAt(a)));
  const forms = await formsOf(records, program.assessment, before);
  return [
    standing(program, answers, sheet.at),
    ...before.flatMap((response) => {
      const form = forms.get(response.questionnaire ?? '');
      return form
        ? [standing({ ...program, assessment: form }, fromResponse(form, response), saidAt(response))]
        : [];
    }),
  ];
}

const saidAt = (response: Stored<QuestionnaireResponse>): string =>
  response.authored ?? response.meta.lastUpdated;

/** The form in each version that these answer, by `url|version`; one statement, none where all answer `now`. */
async function formsOf(
  records: Records,
  now: Questionnaire,
  responses: readonly QuestionnaireResponse[],
): Promise<ReadonlyMap<string, Questionnaire>> {
  const { url = '' } = now;
  const named = (form: Questionnaire): [string, Questionnaire] => [`${url}|${form.version ?? ''}`, form];
  const [mine] = named(now);
  const published = responses.some(({ questionnaire }) => questionnaire !== mine && questionnaire !== url)
    ? await records.find('Questionnaire', [['url', url]])
    : [];
  // Answers that name no version are read by the form as it is now.
  return new Map([...published.map(named), named(now), [url, now]]);
}
