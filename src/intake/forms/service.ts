import type { Bundle, Questionnaire } from '@medplum/fhirtypes';
import type { ValidateResource } from '../../fhir/validate.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import { conflict, notFound } from '../../kernel/problem.ts';
import type { Fault } from '../../programs/fault.ts';
import type { Program } from '../../programs/program.ts';
import { formId } from '../../programs/publish.ts';
import { selfContained, unpacked, type OwnValueSet } from './bundled.ts';
import { checkForm, type Checked } from './check.ts';

export type Loaded = Checked & Readonly<{ form?: Questionnaire }>;

/** The largest file that is read, in bytes: standard instruments have some tens of kilobytes, and it travels in a form. */
export const largestForm = 300_000;

/** Reads a Questionnaire made elsewhere, alone or in a Bundle with the value sets of its answers. All faults at once; `form` only where it can be used. */
export function readForm(json: string, validate: ValidateResource, own: OwnValueSet): Loaded {
  const parsed = parse(json);
  if ('says' in parsed) return { faults: [parsed], lacking: [] };
  const { value } = parsed;
  if (
    typeof value !== 'object' ||
    value === null ||
    !('resourceType' in value) ||
    (value.resourceType !== 'Questionnaire' && value.resourceType !== 'Bundle')
  )
    return {
      faults: [
        { place: 'resourceType', says: 'is not Questionnaire', ja: 'が Questionnaire ではありません' },
      ],
      lacking: [],
    };
  const invalid = validate(value).map((one): Fault => ({
    place: (one.path ?? '').replace(/^Questionnaire\.?/, ''),
    says: one.says.en,
    ja: one.says.ja,
  }));
  if (invalid.length > 0) return { faults: invalid, lacking: [] };
  const found = unpacked(value as Questionnaire | Bundle);
  if (found === undefined)
    return {
      faults: [
        {
          place: 'entry',
          says: 'holds not exactly one Questionnaire',
          ja: 'に Questionnaire がちょうど一つ入っていません',
        },
      ],
      lacking: [],
    };
  const form = selfContained(found.form, found.sets, own);
  const checked = checkForm(form);
  return checked.faults.length > 0 ? checked : { ...checked, form };
}

function parse(json: string): Readonly<{ value: unknown }> | Fault {
  try {
    return { value: JSON.parse(json) as unknown };
  } catch (error) {
    return {
      place: '',
      says: `is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`,
      ja: 'JSON として読み取れません',
    };
  }
}

/** Puts a form into use as a version that nobody changes any more. Refuses one whose version is here already. */
export async function putIntoUse(records: Records, form: Questionnaire): Promise<string> {
  const id = formId(form);
  const [before] = await records.readMany('Questionnaire', [id]);
  if (before !== undefined)
    throw conflict(
      `「${form.title ?? ''}」の ${form.version ?? ''} 版はもうあります。版（version）を上げてください。`,
      `Version ${form.version ?? ''} of "${form.title ?? ''}" is here already. Raise its version.`,
    );
  const { meta: _meta, ...content } = form;
  await records.write([{ ...content, id, status: 'active' }]);
  return id;
}

/** Takes a version out of use; what was answered with it stays, and can be read. */
export async function retire(records: Records, id: string): Promise<void> {
  const form = await records.read('Questionnaire', id);
  if (form.status !== 'retired') await records.write([{ ...form, status: 'retired' }]);
}

/** The addresses of the forms that come from the folders of programs. */
export const ownForms = (programs: readonly Program[]): ReadonlySet<string> =>
  new Set(programs.flatMap((p) => [p.screening, p.assessment, p.consent]).map((form) => form.url ?? ''));

/** A form that was loaded and is in use; `not-found` for any other. */
export async function formInUse(
  records: Records,
  own: ReadonlySet<string>,
  id: string,
): Promise<Stored<Questionnaire>> {
  const form = await records.read('Questionnaire', id);
  if (own.has(form.url ?? '') || form.status !== 'active') throw notFound();
  return form;
}

/** The forms that were loaded and are in use, by title; those of programs come from their folders. */
export async function formsInUse(
  records: Records,
  own: ReadonlySet<string>,
): Promise<Stored<Questionnaire>[]> {
  const found = await records.find('Questionnaire', [['status', 'active']], 200);
  return found
    .filter((form) => !own.has(form.url ?? ''))
    .toSorted((a, b) => (a.title ?? '').localeCompare(b.title ?? ''));
}
