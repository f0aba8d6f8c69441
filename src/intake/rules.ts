import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Change, Records, Rule } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { forbidden, invalid, issue } from '../kernel/problem.ts';
import type { Program } from '../programs/program.ts';
import { checkResponse } from './check-response.ts';

/**
 * What the store refuses of answers: a response to a form that nobody has here, and one that does not fit its form. And
 * of forms: all writing, since a form is a file of its program's folder and is never edited in place.
 */
export function intakeRules(programs: readonly Program[]): readonly Rule[] {
  const forms = programs.flatMap((p) => [p.screening, p.assessment, p.consent]);
  return [
    { types: ['QuestionnaireResponse'], check: (change, records) => checkAnswers(change, records, forms) },
    {
      types: ['Questionnaire'],
      check: (_change, { actor }) => refuseForm(actor.role),
      remove: () => refuseForm(undefined),
    },
  ];
}

async function checkAnswers(
  { after }: Change,
  records: Records,
  forms: readonly Questionnaire[],
): Promise<void> {
  const response = after as Stored<QuestionnaireResponse>;
  const form = await formOf(response, records, forms);
  if (!form) throw invalid(unknownForm(response.questionnaire, forms));
  const faults = checkResponse(form, response);
  if (faults.length > 0) throw invalid(...faults);
}

/** The form in the version that was answered: as it is loaded, else as it was published while it was. */
async function formOf(
  { questionnaire = '' }: QuestionnaireResponse,
  records: Records,
  forms: readonly Questionnaire[],
): Promise<Questionnaire | undefined> {
  const [url, version] = questionnaire.split('|');
  const named = forms.filter((form) => form.url === url);
  const loaded = named.find((form) => version === undefined || form.version === version);
  if (loaded || named.length === 0 || version === undefined) return loaded;
  const [published] = await records.find('Questionnaire', [
    ['url', url ?? ''],
    ['version', version],
  ]);
  return published;
}

function unknownForm(given: string | undefined, forms: readonly Questionnaire[]) {
  const known = forms.map((form) => `${form.url ?? ''}|${form.version ?? ''}`);
  return issue(
    'QuestionnaireResponse.questionnaire',
    `${given === undefined ? '何の様式への回答かが書かれていません' : `様式「${given.slice(0, 200)}」はここにありません`}。使える様式：${known.join('、')}`,
    `${given === undefined ? 'The response names no form' : `There is no form "${given.slice(0, 200)}" here`}. Forms in use: ${known.join(', ')}`,
  );
}

function refuseForm(role: string | undefined): void {
  if (role !== 'system')
    throw forbidden({
      ja: '様式はプログラムのフォルダで管理しています。ここでは変えられません。',
      en: 'Forms are kept in the folders of their programs and cannot be written here.',
    });
}
