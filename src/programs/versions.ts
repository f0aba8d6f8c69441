import type { Records } from '../fhir/records.ts';
import type { Program } from './program.ts';

/**
 * The program with one of its forms in the version in which it was answered or signed (`url|version`): what was begun is
 * read, printed and finished in that version, whatever the folder holds by now. The form as it is now where no version is
 * named, or that version was never published here.
 */
export async function inVersion(
  records: Records,
  program: Program,
  form: 'screening' | 'assessment' | 'consent',
  canonical: string | undefined,
): Promise<Program> {
  const [url, version] = (canonical ?? '').split('|');
  const now = program[form];
  if (url === undefined || version === undefined || now.url !== url || now.version === version)
    return program;
  const [published] = await records.find(
    'Questionnaire',
    [
      ['url', url],
      ['version', version],
    ],
    1,
  );
  return published ? { ...program, [form]: published } : program;
}
