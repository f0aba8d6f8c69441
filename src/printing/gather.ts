import { provisionData, provisionSheet } from '../consent/provided/sheet.ts';
import { readKeptPerson, readProvision } from '../consent/provided/record.ts';
import type { SheetData } from '../documents/kinds.ts';
import { registerSheet, registerSheets } from '../documents/printed.ts';
import type { Records } from '../fhir/records.ts';
import { blankOf as blankHandOver, latestOf as latestHandOver } from '../hand-over/sheet.ts';
import { Refused } from '../kernel/problem.ts';
import { readOrganization, readPatient } from '../people/record.ts';
import { readCase } from '../referral/case.ts';
import { programOf } from '../referral/deadlines.ts';
import { readTask } from '../referral/record.ts';
import { requestSheetData } from '../referral/request-sheet/print.ts';
import { readRequestSheet, takingPaper } from '../referral/request-sheet/read.ts';
import { faxHeadOf as referralHead, registerFax, registerReferral, sheetOf } from '../referral/sheet.ts';
import { isRequest } from '../referral/workflow.ts';
import { assessmentData } from '../support/assessment-sheet.ts';
import { faxHeadOf as letterHead, letterOf, letterSheet, letterSheets } from '../support/letter.ts';
import { planData } from '../support/plan-sheet.ts';
import { readOneReport, readReports } from '../support/reports.ts';
import type { SheetName } from './names.ts';
import { formGathers } from './forms.ts';
import type { Gather, GatherNeeds, Whom } from './given.ts';

/** The referral that is meant: the one chosen, or the latest that the clinic sent. */
async function taskOf(records: Records, { task, patient }: Whom): Promise<string | undefined> {
  if (task !== null) return task;
  const tasks = await records.find('Task', [['patient', patient]]);
  return tasks
    .filter((one) => !isRequest(one) && readTask(one).from === records.actor.organization)
    .toSorted((a, b) => (b.authoredOn ?? '').localeCompare(a.authoredOn ?? ''))[0]?.id;
}

/** The referral with what its sheet is printed by; undefined where the actor sees no person on it. */
async function referralOf(records: Records, { programs, publicUrl, language, ...whom }: Whom & GatherNeeds) {
  const task = await taskOf(records, whom);
  const shown = task === undefined ? undefined : await readCase(records, programs, task);
  if (!shown?.person) return undefined;
  records.note('print', 'referral sheet', whom.patient, `Task/${shown.referral.id}`);
  const program = programOf(programs, shown.asked?.program);
  return { shown, printing: { language, program, publicUrl, now: records.now } };
}

/** Each as one prints it alone: by what the actor may see, and with its line in the access log. */
const gathers: Readonly<Record<SheetName, Gather>> = {
  ...formGathers,
  provision: async (records, { patient, language }) => {
    const person = await readKeptPerson(records, patient);
    records.note('print', 'provision record', patient);
    const clinic = readOrganization(await records.read('Organization', records.actor.organization));
    const shown = await readProvision(records, patient);
    const sheetId = await registerSheet(records, provisionSheet(patient, language));
    const given = { person, clinic, shown, now: records.now, language, sheetId };
    return { kind: 'account', data: provisionData(given) };
  },
  'request-sheet': async (records, { patient, programs, language }) => {
    const [program] = await takingPaper(records, programs);
    if (!program) return undefined;
    const sheet = await readRequestSheet(records, program, { language, patient });
    return { kind: 'request', data: requestSheetData(program, sheet, { language, now: records.now }) };
  },
  referral: async (records, given) => {
    const found = await referralOf(records, given);
    if (!found) return undefined;
    const sheetId = await registerReferral(records, found.shown, given.language);
    return { kind: 'referral', data: sheetOf(found.shown, { ...found.printing, sheetId }) };
  },
  'referral-fax': async (records, given) => {
    const found = await referralOf(records, given);
    if (!found) return undefined;
    const { sheetId, coverId } = await registerFax(records, found.shown, given.language);
    const data = sheetOf(found.shown, { ...found.printing, sheetId });
    return { kind: 'fax', head: referralHead(data, coverId), body: { kind: 'referral', data } };
  },
  'assessment-blank': async (records, { task, programs, language }) =>
    task === null
      ? undefined
      : {
          kind: 'questionnaire',
          data: await assessmentData(records, { id: task, programs, language, blank: true }),
        },
  assessment: async (records, { task, programs, language }) =>
    task === null
      ? undefined
      : { kind: 'questionnaire', data: await assessmentData(records, { id: task, programs, language }) },
  plan: async (records, { task, programs, language }) =>
    task === null
      ? undefined
      : { kind: 'plan', data: await planData(records, { id: task, programs, language }) },
  report: async (records, given) => {
    const task = await taskOf(records, given);
    const [latest] = task === undefined ? [] : (await readReports(records, task)).reports;
    if (!latest) return undefined;
    const one = await readOneReport(records, latest.id);
    records.note('print', 'report', given.patient, `Communication/${latest.id}`);
    const sheetId = await registerSheet(records, letterSheet(latest.id, given.language));
    return { kind: 'report', data: letterOf({ ...one, language: given.language, sheetId }) };
  },
  'report-fax': async (records, given) => {
    const { language } = given;
    const task = await taskOf(records, given);
    const reports = task === undefined ? [] : (await readReports(records, task)).reports;
    const latest = reports.find((one) => one.from === records.actor.organization);
    if (!latest) return undefined;
    const one = await readOneReport(records, latest.id);
    records.note('print', 'report by fax', given.patient, `Communication/${latest.id}`);
    const [sheetId = '', coverId = ''] = await registerSheets(records, letterSheets(latest.id, language));
    const data = letterOf({ ...one, language, sheetId });
    return { kind: 'fax', head: letterHead(data, coverId), body: { kind: 'report', data } };
  },
  'hand-over-blank': async (records, { task, programs, language }) =>
    task === null
      ? undefined
      : { kind: 'hand-over', data: (await blankHandOver(records, programs, task, language)).data },
  'hand-over': async (records, { task, programs, language }) => {
    const made = task === null ? undefined : await latestHandOver(records, programs, task, language);
    return made && { kind: 'hand-over', data: made.data };
  },
};

/**
 * The sheets of one person that there are, in the order of their names; none when the actor may not see the person. A sheet
 * that there is not, that is not to be seen, or that may not be printed any more, is left out.
 */
export async function gatherSheets(
  records: Records,
  needs: GatherNeeds,
  whom: Whom,
  names: readonly SheetName[],
): Promise<SheetData[]> {
  const [patient] = await records.readMany('Patient', [whom.patient]);
  if (!patient) return [];
  const person = readPatient(patient);
  const sheets: SheetData[] = [];
  for (const name of names) {
    const sheet = await ifThere(gathers[name](records, { ...needs, ...whom, person }));
    if (sheet) sheets.push(sheet);
  }
  return sheets;
}

async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (
      error instanceof Refused &&
      ['not-found', 'gone', 'forbidden', 'invalid'].includes(error.problem.kind)
    )
      return undefined;
    throw error;
  }
}
