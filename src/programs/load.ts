import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Questionnaire } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { checkForm } from './check-form.ts';
import { checkProgram } from './check-program.ts';
import type { Fault } from './fault.ts';
import { ProgramShape, type Program } from './program.ts';
import { QuestionnaireShape } from './shape.ts';

const forms = {
  screening: 'questionnaire.json',
  assessment: 'assessment.json',
  consent: 'consent.json',
} as const;
type Form = keyof typeof forms;

/** The forms of a program could not be used. One line for each fault, naming the file and the place in it. */
export class UnusableForms extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The forms cannot be used:\n${faults.join('\n')}`);
    this.name = 'UnusableForms';
    this.faults = faults;
  }
}

/**
 * Reads every program folder below `dir`, in the order of their names. Throws `UnusableForms` with all faults of all
 * files: a program runs whole or not at all.
 */
export async function loadPrograms(dir: string): Promise<Program[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => {
    throw new UnusableForms([`${dir}: there is no such folder (setting FORMS_DIR)`]);
  });
  const folders = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted();
  const loaded = await Promise.all(folders.map((folder) => loadProgram(dir, folder)));
  const faults = loaded.flatMap((one) => ('faults' in one ? one.faults : []));
  if (folders.length === 0) faults.push(`${dir}: holds no program folder`);
  if (faults.length > 0) throw new UnusableForms(faults);
  return loaded.flatMap((one) => ('program' in one ? [one.program] : []));
}

type Loaded = Readonly<{ program: Program }> | Readonly<{ faults: string[] }>;

async function loadProgram(dir: string, folder: string): Promise<Loaded> {
  const faults: string[] = [];
  const report = (file: string, found: readonly Fault[]): void =>
    void faults.push(
      ...found.map((f) => `${join(dir, folder, file)}${f.place === '' ? '' : `, ${f.place}`}: ${f.says}`),
    );
  const read = async <T>(file: string, shape: z.ZodType<T>): Promise<T | undefined> => {
    const content = await readFile(join(dir, folder, file), 'utf8').catch(() => undefined);
    const parsed = content === undefined ? { place: '', says: 'the file is missing' } : parseJson(content);
    const checked = 'says' in parsed ? undefined : shape.safeParse(parsed.value);
    if ('says' in parsed) report(file, [parsed]);
    else if (checked?.success === false) report(file, checked.error.issues.map(faultOf));
    return checked?.data;
  };
  const readForm = async (form: Form): Promise<Questionnaire | undefined> => {
    // The shape is a part of FHIR's, with FHIR's own names; only the optional properties differ in their typing.
    const questionnaire = (await read(forms[form], QuestionnaireShape)) as Questionnaire | undefined;
    if (questionnaire === undefined) return undefined;
    report(forms[form], [...checkUrl(questionnaire, folder, form), ...checkForm(questionnaire)]);
    return questionnaire;
  };

  const words = await read('program.json', ProgramShape);
  const [screening, assessment, consent] = [
    await readForm('screening'),
    await readForm('assessment'),
    await readForm('consent'),
  ];
  if (words && words.id !== folder)
    report('program.json', [
      { place: 'id', says: `says "${words.id}", but the folder is called "${folder}"` },
    ]);
  if (words === undefined || screening === undefined || assessment === undefined || consent === undefined)
    return { faults };
  const program: Program = { ...words, screening, assessment, consent };
  report('program.json', checkProgram(program));
  return faults.length > 0 ? { faults } : { program };
}

/** The row rules tell an assessment from answers by the form's address, so that has to be as expected. */
function checkUrl(form: Questionnaire, folder: string, kind: Form): Fault[] {
  const end = `/Questionnaire/${folder}-${kind}`;
  return form.url?.endsWith(end) === true
    ? []
    : [{ place: 'url', says: `"${form.url ?? ''}" has to end in ${end}` }];
}

function parseJson(content: string): Readonly<{ value: unknown }> | Fault {
  try {
    return { value: JSON.parse(content) as unknown };
  } catch (error) {
    return { place: '', says: `is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** `item[2].item[0].text`, and zod's sentence without its English for programmers. */
const faultOf = (issue: z.core.$ZodIssue): Fault => ({
  place: issue.path
    .map((step) => (typeof step === 'number' ? `[${String(step)}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, ''),
  says:
    issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
      ? `is missing (${issue.expected})`
      : issue.code === 'unrecognized_keys'
        ? `has a property this software does not know: ${issue.keys.join(', ')}`
        : issue.message,
});
