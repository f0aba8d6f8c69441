import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { checkAnswers, fromResponse, toResponse, type Answers } from '../intake/answers.ts';
import { begin, unasked } from '../intake/begin.ts';
import { carryOver } from '../intake/carry.ts';
import { invalid, issue, type Issue } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import { programAsking } from '../programs/record.ts';
import { inVersion } from '../programs/versions.ts';
import { programOf } from '../referral/deadlines.ts';
import { changeTask } from '../referral/record.ts';
import type { Step } from '../referral/workflow.ts';
import { isFurther } from '../referral/unseen.ts';
import { readCase, refuseChanged, refuseIdle, traceOf, type Case } from './case.ts';
import { passedOver, type Danger } from './danger.ts';
import { basedOnReferral, isFinished, readSheet, sheetOf, withRuledOut, type Sheet } from './record.ts';

export type Assessment = Readonly<{
  program: Program;
  /** The sheet so far; undefined while nobody saved one. */
  sheet: Sheet | undefined;
  /** What stands on it: as saved, else as the answers of the questionnaire fill it in. */
  answers: Answers;
  /** linkIds that came from the questionnaire and nobody changed. */
  carried: readonly string[];
  /** The answers of the questionnaire the referral was sent with; undefined when there are none to see. */
  screening: Answers | undefined;
  screenedAt: string | undefined;
  /** The answers to the questionnaire that count for what the person told of: those, and any newer ones; newest first. */
  screenings: readonly Stored<QuestionnaireResponse>[];
  /** Finished sheets of the person from other referrals, of the same form in whichever version. */
  others: readonly Stored<QuestionnaireResponse>[];
}>;

/** The sheet of a referral and the answers it starts from; two statements. */
export async function readAssessment(
  records: Records,
  programs: readonly Program[],
  one: Case,
  language: Language,
): Promise<Assessment> {
  const { program, stored, screened, screenings, others } = await readSheets(records, programs, one);
  const screening = screened && fromResponse(program.screening, screened);
  const carried = screening ? carryOver(program, screening, language) : {};
  const answers = stored
    ? fromResponse(program.assessment, stored)
    : {
        ...(await begin((act) => act(records), programs, {
          form: program.assessment,
          patient: one.referral.patient,
          language,
        })),
        ...carried,
      };
  return {
    program,
    sheet: stored && readSheet(stored),
    answers,
    carried: Object.keys(carried).filter((id) => same(carried[id], answers[id])),
    screening,
    screenedAt: screened?.authored,
    screenings,
    others,
  };
}

const same = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  JSON.stringify(a ?? []) === JSON.stringify(b ?? []);

async function readSheets(records: Records, programs: readonly Program[], one: Case) {
  const all = await records.find('QuestionnaireResponse', [['patient', one.referral.patient]]);
  const now = programOfCase(programs, one, all);
  const stored = sheetOf(all, now.assessment.url, one.referral.requestId);
  const answered = all.filter(
    (r) => r.questionnaire?.split('|')[0] === now.screening.url && r.status !== 'entered-in-error',
  );
  const screened = answered.find((r) => one.asked.answers.includes(r.id));
  // What was begun in one version of a form is read and finished in that version.
  const program = await inVersion(
    records,
    await inVersion(records, now, 'assessment', stored?.questionnaire),
    'screening',
    screened?.questionnaire,
  );
  const since = screened && Date.parse(answeredAt(screened));
  const screenings = answered
    .filter((r) => r === screened || since === undefined || Date.parse(answeredAt(r)) > since)
    .toSorted((a, b) => Date.parse(answeredAt(b)) - Date.parse(answeredAt(a)));
  const others = all.filter(
    (r) =>
      r.id !== stored?.id &&
      r.basedOn !== undefined &&
      isFinished(r) &&
      r.questionnaire?.split('|')[0] === now.assessment.url,
  );
  return { program, stored, screened, screenings, others };
}

/** The program that the referral names; a stranger's names none, and then the one whose questionnaire was answered. */
function programOfCase(
  programs: readonly Program[],
  { asked }: Case,
  responses: readonly Stored<QuestionnaireResponse>[],
): Program {
  const answers = responses.find((r) => asked.answers.includes(r.id));
  const asking = asked.program === undefined ? programAsking(programs, answers?.questionnaire) : undefined;
  return asking ?? programOf(programs, asked.program);
}

/** The sheet that is filled in for a case, as a form: in the version in which it was begun; `before`: what nobody types. */
export async function assessmentForm(
  records: Records,
  programs: readonly Program[],
  one: Case,
  language: Language,
): Promise<Readonly<{ form: Questionnaire; before: Answers }>> {
  const form = (await readSheets(records, programs, one)).program.assessment;
  const { patient } = one.referral;
  return { form, before: await unasked((act) => act(records), programs, { form, patient, language }) };
}

const answeredAt = (response: Stored<QuestionnaireResponse>): string =>
  response.authored ?? response.meta.lastUpdated;

export type SavingAssessment = Readonly<{
  /** Id of the referral's Task. */
  id: string;
  /** The version of the sheet as seen; undefined while there was none. */
  seen?: string | undefined;
  answers: Answers;
  language: Language;
  /** The sheet is finished: required questions have to be answered, and arranging begins. */
  complete: boolean;
  /** What was talked about when a danger that the person had told of was ruled out; at most 500 characters. */
  ruledOut?: string | undefined;
}>;

export type SavedAssessment = Readonly<{ id: string; version: string; status: Sheet['status']; step: Step }>;

/**
 * Saves the program's assessment sheet as a version of one response, in progress or completed. When it is completed the
 * referral goes on to arranging. Refuses a sheet somebody else saved meanwhile, one to be completed with a required
 * question open, and one that passes over a danger the person told of. A completed sheet that is changed again stays completed, as amended.
 */
export async function saveAssessment(
  records: Records,
  programs: readonly Program[],
  given: SavingAssessment,
): Promise<SavedAssessment> {
  const one = await readCase(records, given.id);
  refuseIdle(one);
  const { program, stored, screenings } = await readSheets(records, programs, one);
  if (stored) refuseChanged(stored, given.seen ?? '');
  const done = given.complete || (stored !== undefined && readSheet(stored).status === 'completed');
  const before = stored && readSheet(stored);
  const danger = passedOver(program, screenings, given.answers);
  const ruledOut = danger && (given.ruledOut?.trim() || ruledOutBefore(before, danger));
  const faults = done
    ? [
        ...checkAnswers(program.assessment, given.answers),
        ...(danger && ruledOut === undefined ? [overlooked] : []),
        ...(Array.from(ruledOut ?? '').length > longestRuledOut ? [tooLong] : []),
      ]
    : [];
  if (faults.length > 0) throw invalid(...faults);
  const written = basedOnReferral(
    toResponse(program.assessment, given.answers, {
      id: stored?.id ?? records.newId(),
      subject: reference('Patient', one.referral.patient),
      authored: records.now.toISOString(),
      status: statusOf(stored, done),
      language: given.language,
      author:
        records.actor.post === undefined
          ? reference('Organization', records.actor.organization)
          : reference('PractitionerRole', records.actor.post),
    }),
    one.referral.requestId,
    stored,
  );
  const response = withRuledOut(written, ruledOut);
  const goesOn = done && isFurther('coordinating', one.referral.step);
  const change = {
    ...(goesOn ? { step: 'coordinating' as const } : {}),
    // Whoever has a finished sheet was met, whether or not somebody wrote down the contact.
    ...(done && one.referral.status === 'accepted' ? { status: 'in-progress' as const, due: null } : {}),
  };
  const [saved] = await records.write([
    response,
    traceOf(records, one.referral.patient, [['QuestionnaireResponse', response.id ?? '']]),
    // A first sheet moves the referral's version too, so that two people who begin one at once do not make two.
    ...(stored === undefined || Object.keys(change).length > 0
      ? [changeTask(one.task, { ...change, at: records.now.toISOString() })]
      : []),
  ]);
  const sheet = readSheet(saved as Stored<QuestionnaireResponse>);
  return {
    id: sheet.id,
    version: sheet.version,
    status: sheet.status,
    step: goesOn ? 'coordinating' : one.referral.step,
  };
}

const longestRuledOut = 500;

export const overlooked: Issue = issue(
  'danger',
  '問診票では、危険があるという答えでした。シートの答えを直すか、確かめたときに話したことを書いてください。',
  'The answers to the questionnaire tell of danger. Change the sheet, or write down what you talked about when you ruled it out.',
);
const tooLong = issue(
  'danger',
  `${String(longestRuledOut)}文字までで書いてください。`,
  `Please use no more than ${String(longestRuledOut)} characters.`,
);

/** A danger that a sheet with these answers passes over and nobody has ruled out yet. */
export function dangerToAsk(
  { program, screenings, sheet }: Pick<Assessment, 'program' | 'screenings' | 'sheet'>,
  answers: Answers,
): Danger | undefined {
  const danger = passedOver(program, screenings, answers);
  return danger && ruledOutBefore(sheet, danger) === undefined ? danger : undefined;
}

/** Asked once: what was ruled out on an earlier save is not asked again, unless the person told of it anew. */
const ruledOutBefore = (sheet: Sheet | undefined, danger: Danger): string | undefined =>
  sheet !== undefined && Date.parse(danger.at) <= Date.parse(sheet.at) ? sheet.ruledOut : undefined;

const statusOf = (
  stored: Stored<QuestionnaireResponse> | undefined,
  done: boolean,
): QuestionnaireResponse['status'] =>
  !done ? 'in-progress' : stored === undefined || stored.status === 'in-progress' ? 'completed' : 'amended';
