import { basename, dirname, resolve } from 'node:path';
import { tryProgramForm } from '../src/intake/forms/check.ts';
import { readProgram } from '../src/programs/load.ts';
import { placedItems, questionsOf } from '../src/programs/items.ts';
import type { Program } from '../src/programs/program.ts';

/**
 * `npm run program:check forms/akita`: every mistake of one or more program folders, each with its file, line and place.
 * Ends with 1 if there is any, with 2 when no folder is named.
 */
export async function checkFolders(
  folders: readonly string[],
  say: (line: string) => void,
): Promise<0 | 1 | 2> {
  if (folders.length === 0) {
    say('Say which folder: npm run program:check forms/akita');
    return 2;
  }
  let mistakes = 0;
  for (const folder of folders) {
    const path = resolve(folder);
    const read = await readProgram(dirname(path), basename(path), tryProgramForm);
    if ('program' in read) {
      say(`${folder}: no mistakes. ${summary(read.program)}`);
      continue;
    }
    mistakes += read.faults.length;
    for (const { file, line, place, says } of read.faults)
      say(
        `${file}${line === undefined ? '' : `:${String(line)}`}${place === '' ? '' : `, ${place}`}: ${says}`,
      );
    say(`${folder}: ${String(read.faults.length)} ${read.faults.length === 1 ? 'mistake' : 'mistakes'}.`);
  }
  return mistakes > 0 ? 1 : 0;
}

function summary(program: Program): string {
  const asked = (form: Program['screening']): string => {
    const always = placedItems(form).filter(
      ({ item }) => questionsOf(form).has(item.linkId) && item.enableWhen === undefined,
    );
    return `${String(questionsOf(form).size)} questions (${String(always.length)} always asked), version ${form.version ?? ''}`;
  };
  const needs = new Set(program.needs.map((rule) => rule.code));
  return [
    `${program.name.ja} / ${program.name.en}`,
    `questionnaire: ${asked(program.screening)}`,
    `assessment: ${asked(program.assessment)}`,
    `consent: version ${program.consent.version ?? ''}, ${String(program.consentTerms.months)} months`,
    `${String(needs.size)} needs, ${String(program.routing.length)} routes, ${String(program.linkWorkers.length)} kinds of link worker`,
  ].join('; ');
}

if (process.argv[1] !== undefined && basename(process.argv[1]) === 'check-program.ts')
  process.exitCode = await checkFolders(
    process.argv.slice(2),
    (line) => void process.stdout.write(`${line}\n`),
  );
