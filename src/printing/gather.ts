import { provisionData, provisionSheet } from '../consent/provided/sheet.ts';
import { readKeptPerson, readProvision } from '../consent/provided/record.ts';
import { consentsOf } from '../consent/queries.ts';
import { consentData, consentSheet } from '../consent/sheet.ts';
import { readSigned } from '../consent/shown.ts';
import type { SheetData } from '../documents/kinds.ts';
import { registerSheet } from '../documents/printed.ts';
import type { Records } from '../fhir/records.ts';
import { fromResponse } from '../intake/answers.ts';
import { readQuestionnaire } from '../intake/form.ts';
import { formAnswered } from '../intake/kept-forms.ts';
import { responsesOf } from '../intake/queries.ts';
import { answersSheet, blankSheet, questionnaireData } from '../intake/sheet.ts';
import { Refused } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { readOrganization, readPatient, type ReadPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { chosenProgram, programAsking, programsOf } from '../programs/record.ts';
import { readCase } from '../referral/case.ts';
import { programOf } from '../referral/deadlines.ts';
import { readTask } from '../referral/record.ts';
import { requestSheetData } from '../referral/request-sheet/print.ts';
import { readRequestSheet, takingPaper } from '../referral/request-sheet/read.ts';
import { registerReferral, sheetOf } from '../referral/sheet.ts';
import { isRequest } from '../referral/workflow.ts';
import { assessmentData } from '../support/assessment-sheet.ts';
import { letterOf, letterSheet } from '../support/letter.ts';
import { planData } from '../support/plan-sheet.ts';
import { readOneReport, readReports } from '../support/reports.ts';
import type { SheetName } from './names.ts';

export type Whom = Readonly<{
  patient: string;
  /** The referral, where a case was chosen. */
  task: string | null;
}>;
export type GatherNeeds = Readonly<{ programs: readonly Program[]; publicUrl: string; language: Language }>;

type Given = GatherNeeds & Whom & Readonly<{ person: ReadPatient }>;
type Gather = (records: Records, given: Given) => Promise<SheetData | undefined>;

const ownOf = async (records: Records, programs: readonly Program[]) => {
  const body = await records.read('Organization', records.actor.organization);
  return { program: chosenProgram(programsOf(programs, body), undefined), clinic: readOrganization(body) };
};

/** The referral that is meant: the one chosen, or the latest that the clinic sent. */
async function taskOf(records: Records, { task, patient }: Whom): Promise<string | undefined> {
  if (task !== null) return task;
  const tasks = await records.find('Task', [['patient', patient]]);
  return tasks
    .filter((one) => !isRequest(one) && readTask(one).from === records.actor.organization)
    .toSorted((a, b) => (b.authoredOn ?? '').localeCompare(a.authoredOn ?? ''))[0]?.id;
}

/** Each as one prints it alone: by what the actor may see, and with its line in the access log. */
const gathers: Readonly<Record<SheetName, Gather>> = {
  'questionnaire-blank': async (records, { person, programs, language }) => {
    const { program } = await ownOf(records, programs);
    records.note('print', 'questionnaire (blank)', person.id);
    const model = readQuestionnaire(program.screening, language);
    const sheetId = await registerSheet(records, blankSheet(program.screening, person.id, language));
    return {
      kind: 'questionnaire',
      data: questionnaireData({ model, program, person, now: records.now, language, sheetId }),
    };
  },
  'consent-blank': async (records, { person, programs, language }) => {
    const own = await ownOf(records, programs);
    records.note('print', 'consent form (blank)', person.id);
    const about = { type: 'Patient', id: person.id } as const;
    const sheetId = await registerSheet(records, consentSheet(own.program, about, language));
    return { kind: 'consent', data: consentData({ ...own, person, now: records.now, language, sheetId }) };
  },
  answers: async (records, { patient, person, programs, language }) => {
    const [response] = await responsesOf(records, patient);
    const form = response && (await formAnswered(records, programs, response.questionnaire));
    const program = programAsking(programs, response?.questionnaire);
    if (!response || !form || !program) return undefined;
    records.note('print', 'questionnaire', patient, `QuestionnaireResponse/${response.id}`);
    const model = readQuestionnaire(form, language);
    const answers = fromResponse(form, response);
    const sheetId = await registerSheet(records, answersSheet(response, language));
    return {
      kind: 'questionnaire',
      data: questionnaireData({ model, program, person, answers, now: records.now, language, sheetId }),
    };
  },
  consent: async (records, { patient, programs, language }) => {
    const [consent] = await consentsOf(records, patient);
    if (!consent) return undefined;
    const signed = await readSigned(records, programs, consent.id);
    const about = { type: 'Consent', id: consent.id } as const;
    const sheetId = await registerSheet(records, consentSheet(signed.program, about, language));
    return { kind: 'consent', data: consentData({ ...signed, now: records.now, language, sheetId }) };
  },
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
    const task = await taskOf(records, given);
    if (task === undefined) return undefined;
    const { programs, publicUrl, language } = given;
    const shown = await readCase(records, programs, task);
    if (!shown.person) return undefined;
    records.note('print', 'referral sheet', given.patient, `Task/${task}`);
    const program = programOf(programs, shown.asked?.program);
    const sheetId = await registerReferral(records, shown, language);
    const printed = { language, program, publicUrl, now: records.now, sheetId };
    return { kind: 'referral', data: sheetOf(shown, printed) };
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
};

/**
 * The sheets of one person that there are, in the order of their names; none when the actor may not see the person. A sheet
 * that there is not, or that is not to be seen, is left out.
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
    if (error instanceof Refused && ['not-found', 'gone', 'forbidden'].includes(error.problem.kind))
      return undefined;
    throw error;
  }
}
