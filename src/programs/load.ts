import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Questionnaire } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { refuseFiles } from './check-files.ts';
import { checkForm } from './check-form.ts';
import { checkUnticked } from './check-initial.ts';
import { checkPartly, checkProgram } from './check-program.ts';
import type { Fault } from './fault.ts';
import { lineOf } from './line.ts';
import { ProgramShape, type Program } from './program.ts';
import { QuestionnaireShape } from './shape.ts';
import { checkValueSets, writtenOut } from './value-sets.ts';

const forms = {
  screening: 'questionnaire.json',
  assessment: 'assessment.json',
  consent: 'consent.json',
} as const;
type Form = keyof typeof forms;

/** A mistake, and the file it is in; `line` where the place could be found, from 1. */
export type FileFault = Fault & Readonly<{ file: string; line: number | undefined }>;

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
export async function loadPrograms(dir: string, trial: Trial = () => []): Promise<Program[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => {
    throw new UnusableForms([`${dir}: there is no such folder (setting FORMS_DIR)`]);
  });
  const folders = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted();
  const loaded = await Promise.all(folders.map((folder) => readProgram(dir, folder, trial)));
  const faults = loaded.flatMap((one) =>
    'faults' in one
      ? one.faults.map((f) => `${f.file}${f.place === '' ? '' : `, ${f.place}`}: ${f.says}`)
      : [],
  );
  if (folders.length === 0) faults.push(`${dir}: holds no program folder`);
  if (faults.length > 0) throw new UnusableForms(faults);
  return loaded.flatMap((one) => ('program' in one ? [one.program] : []));
}

/** Tries what a form without other faults works out and records (`intake/forms/check.ts`), as for one made elsewhere. */
export type Trial = (form: Questionnaire) => readonly Fault[];

type Loaded = Readonly<{ program: Program }> | Readonly<{ faults: readonly FileFault[] }>;

/** One program folder: the program, or every mistake that can be told of it at once. */
export async function readProgram(dir: string, folder: string, trial: Trial = () => []): Promise<Loaded> {
  const faults: FileFault[] = [];
  const texts = new Map<string, string>();
  const report = (name: string, found: readonly Fault[]): void =>
    void faults.push(
      ...found.map((f) => ({
        ...f,
        file: join(dir, folder, name),
        line: lineOf(texts.get(name) ?? '', f.place),
      })),
    );
  /** What the file holds: in the right shape, or as it stands there, for what can be told of it all the same. */
  const read = async <T>(name: string, shape: z.ZodType<T>): Promise<Read<T> | undefined> => {
    const content = await readFile(join(dir, folder, name), 'utf8').catch(() => undefined);
    if (content !== undefined) texts.set(name, content);
    const parsed = content === undefined ? { place: '', says: 'the file is missing' } : parseJson(content);
    if ('says' in parsed) {
      report(name, [parsed]);
      return undefined;
    }
    const checked = shape.safeParse(parsed.value);
    if (checked.success) return { value: checked.data, fits: true };
    report(name, checked.error.issues.map(faultOf));
    return { value: parsed.value as T, fits: false };
  };
  const readForm = async (form: Form): Promise<Read<Questionnaire> | undefined> => {
    // The shape is a part of FHIR's, with FHIR's own names; only the optional properties differ in their typing.
    const given = (await read(forms[form], QuestionnaireShape)) as Read<Questionnaire> | undefined;
    if (given === undefined) return undefined;
    const written = given.fits ? writtenOut(given.value) : given.value;
    const check = (): readonly Fault[] => {
      const found = [
        ...checkUrl(given.value, folder, form),
        ...checkValueSets(given.value),
        ...checkForm(written),
        ...(form === 'consent' ? checkUnticked(written) : []),
        ...(form === 'screening' ? [] : refuseFiles(written)),
      ];
      return found.length > 0 || !given.fits ? found : trial(written);
    };
    // What only follows from a mistake that is told already is not told again.
    const told = faults.flatMap((f) => (f.file.endsWith(forms[form]) ? [f.place] : []));
    const follows = ({ place }: Fault): boolean =>
      told.some((one) => one === place || one.startsWith(`${place}.`));
    report(forms[form], given.fits ? check() : orNothing(check).filter((f) => !follows(f)));
    return { ...given, value: written };
  };

  const words = await read('program.json', ProgramShape);
  const screening = await readForm('screening');
  const assessment = await readForm('assessment');
  const consent = await readForm('consent');
  if (words?.fits && words.value.id !== folder)
    report('program.json', [
      { place: 'id', says: `says "${words.value.id}", but the folder is called "${folder}"` },
    ]);
  if (words === undefined || screening === undefined || assessment === undefined || consent === undefined)
    return { faults };
  const program: Program = {
    ...words.value,
    screening: screening.value,
    assessment: assessment.value,
    consent: consent.value,
  };
  const whole = [words, screening, assessment, consent].every((one) => one.fits);
  report('program.json', whole ? checkProgram(program) : checkPartly(program));
  return faults.length > 0 ? { faults } : { program };
}

type Read<T> = Readonly<{ value: T; fits: boolean }>;

/** For a file of the wrong shape, where a check may stumble. */
function orNothing(check: () => readonly Fault[]): readonly Fault[] {
  try {
    return check();
  } catch {
    return [];
  }
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
