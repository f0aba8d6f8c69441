import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { isDeepStrictEqual } from 'node:util';
import type { Change, Records, Rule } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { forbidden, invalid, issue } from '../kernel/problem.ts';
import type { Program } from '../programs/program.ts';
import { formId } from '../programs/publish.ts';
import { checkResponse } from './check-response.ts';
import { afterAnswers } from './extraction/rule.ts';
import type { Failing } from './failing.ts';
import { checkForm } from './forms/check.ts';

/**
 * What the store refuses of answers: a response to a form that nobody has here, and one that does not fit its form. And
 * of forms: all writing but that an administrator puts one made elsewhere into use, or takes it out. A program's form is
 * a file of its folder, and none is ever edited in place.
 */
export function intakeRules(programs: readonly Program[]): readonly Rule[] {
  const forms = programs.flatMap((p) => [p.screening, p.assessment, p.consent]);
  /** The form of answers that are being written, and what it could not work out of them. */
  const known = new WeakMap<Stored, Held>();
  return [
    {
      types: ['QuestionnaireResponse'],
      check: async (change, records) => {
        known.set(change.after, await checkAnswers(change, records, forms));
      },
      settle: (change, records) => {
        const { form, failing } = known.get(change.after) ?? { form: undefined, failing: [] };
        return Promise.resolve(afterAnswers(change, records, form, failing));
      },
    },
    {
      types: ['Questionnaire'],
      check: (change, { actor }) =>
        checkForms(change, actor.role, new Set(forms.map((form) => form.url ?? ''))),
      remove: () => refuseForm(),
    },
  ];
}

type Held = Readonly<{ form: Questionnaire; failing: readonly Failing[] }>;

async function checkAnswers(
  { before, after }: Change,
  records: Records,
  forms: readonly Questionnaire[],
): Promise<Held> {
  const response = after as Stored<QuestionnaireResponse>;
  const form = await formOf(response, records, forms);
  if (!form) throw invalid(unknownForm(response.questionnaire, forms));
  if (before === undefined && form.status === 'retired') throw invalid(retiredForm(form));
  const failing: Failing[] = [];
  const faults = checkResponse(form, response, (one) => failing.push(one));
  if (faults.length > 0) throw invalid(...faults);
  return { form, failing };
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
  if (loaded || !url || (named.length > 0 && version === undefined)) return loaded;
  const found = await records.find(
    'Questionnaire',
    [['url', url], ...(version === undefined ? [] : [['version', version] as const])],
    10,
  );
  // Of one loaded in several versions, an answer that names none means the newest in use.
  return found.find((form) => form.status === 'active') ?? found[0];
}

function unknownForm(given: string | undefined, forms: readonly Questionnaire[]) {
  const known = forms.map((form) => `${form.url ?? ''}|${form.version ?? ''}`);
  return issue(
    'QuestionnaireResponse.questionnaire',
    `${given === undefined ? '何の様式への回答かが書かれていません' : `様式「${given.slice(0, 200)}」はここにありません`}。使える様式：${known.join('、')}`,
    `${given === undefined ? 'The response names no form' : `There is no form "${given.slice(0, 200)}" here`}. Forms in use: ${known.join(', ')}`,
  );
}

const retiredForm = (form: Questionnaire) =>
  issue(
    'QuestionnaireResponse.questionnaire',
    `様式「${form.title ?? form.url ?? ''}」の ${form.version ?? ''} 版は使われなくなりました。新しい版で答えてください。`,
    `Version ${form.version ?? ''} of the form "${form.title ?? form.url ?? ''}" is no longer in use. Please answer a newer one.`,
  );

function checkForms({ before, after }: Change, role: string, own: ReadonlySet<string>): void {
  if (role === 'system') return;
  const form = after as Stored<Questionnaire>;
  if (role !== 'admin' || own.has(form.url ?? '')) refuseForm();
  if (before === undefined) {
    if (form.id !== formId(form)) refuseForm();
    const { faults } = checkForm(form);
    if (faults.length > 0)
      throw invalid(
        ...faults.map(({ place, says, ja = says }) =>
          issue(`Questionnaire.${place}`, `様式の不備：${ja}`, says),
        ),
      );
    return;
  }
  if (form.status !== 'retired' || !isSameBut(before as Stored<Questionnaire>, form)) refuseForm();
}

/** Whether nothing but the status has changed. */
function isSameBut(before: Stored<Questionnaire>, after: Stored<Questionnaire>): boolean {
  const rest = ({ meta: _meta, status: _status, ...content }: Stored<Questionnaire>) => content;
  return isDeepStrictEqual(rest(before), rest(after));
}

function refuseForm(): never {
  throw forbidden({
    ja: 'プログラムの様式はそのフォルダで管理しています。ほかの様式は、管理者が「様式」のページで使い始め、また使うのをやめます。内容は変えられません。',
    en: 'Forms of programs are kept in their folders; others an administrator puts into use, and out of it, on the page of forms. None is edited.',
  });
}
