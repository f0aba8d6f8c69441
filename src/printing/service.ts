import type { Patient, Task } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { conflict, invalid, issue } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { displayName, readPatient } from '../people/record.ts';
import { readTask } from '../referral/record.ts';
import { addJob, chosenCases, chosenPatients, type Chosen } from './queries.ts';
import { mostPeople, type SheetName } from './names.ts';
import { text } from './text.ts';

/** Those among the ids that the actor may print for: persons of a clinic, cases of an office. In the order given. */
export async function readChosen(records: Records, ids: readonly string[]): Promise<Chosen[]> {
  if (ids.length === 0) return [];
  const nameOf = (content: unknown): string => displayName(readPatient(content as Stored<Patient>), 'ja');
  if (records.actor.role === 'linkworker')
    return (await chosenCases(records, ids)).map(({ task, patient, content, referral }) => ({
      patient,
      task,
      name: `${nameOf(content)}（${readTask(referral as Stored<Task>).caseNumber}）`,
    }));
  return (await chosenPatients(records, ids)).map(({ patient, content }) => ({
    patient,
    task: null,
    name: nameOf(content),
  }));
}

/** Begins to print for these people in the background; refuses while another of the same account is running. */
export async function startPrinting(
  records: Records,
  given: Readonly<{
    ids: readonly string[];
    sheets: readonly SheetName[];
    language: Language;
    /** How forms are printed, as one tag; left out, as usual. */
    variant?: string | undefined;
  }>,
): Promise<string> {
  if (given.ids.length > mostPeople)
    throw invalid(issue('', text.tooMany(mostPeople).ja, text.tooMany(mostPeople).en));
  const people = await readChosen(records, given.ids);
  if (people.length === 0) throw invalid(issue('', text.peopleMissing.ja, text.peopleMissing.en));
  const id = await addJob(records, { ...given, people });
  if (id === undefined) throw conflict(text.running.ja, text.running.en);
  return id;
}
