import { opensTo, readConsent, type Given } from '../consent/record.ts';
import { findConcerns, type Concern } from '../intake/concerns.ts';
import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { readOrganization, readPatient, type ReadBody, type ReadPatient } from '../people/record.ts';
import type { Program, Route } from '../programs/program.ts';
import { chosenProgram, ownPrograms, programAsking } from '../programs/record.ts';
import { routeFor } from '../programs/routing.ts';
import { readTask, type Referral } from './record.ts';

export type OfficeChoice = Readonly<{
  id: string;
  name: string;
  phone: string | undefined;
  /** Names of the municipalities it serves. */
  areas: readonly string[];
  /** Serves the municipality where the person lives. */
  own: boolean;
  /** Where the program's route leads: serves that municipality, or one of its medical area, or is any office. */
  local: boolean;
  /** An active consent opens the person to it. */
  open: boolean;
}>;

/** What a clinic chooses from when it sends a referral. */
export type SendingChoices = Readonly<{
  patient: ReadPatient;
  program: Program;
  concerns: readonly Concern[];
  /** The answers that go along: those the concerns were found in, else the newest. */
  answers: Readonly<{ id: string; on: string }> | undefined;
  /** Active today, newest first. */
  consents: readonly (Given & { id: string })[];
  /** Names of the bodies that consents name one by one. */
  bodyNames: ReadonlyMap<string, string>;
  offices: readonly OfficeChoice[];
  /** What the program says about these needs. */
  route: Route | undefined;
  /** The name of the medical area where the person lives. */
  medicalArea: string | undefined;
  /** A referral of this clinic that is still open, so that nobody sends the same twice. */
  open: Referral | undefined;
}>;

/** Reads the choices for one patient; `not-found` when the actor may not see the patient. */
export async function readChoices(
  records: Records,
  programs: readonly Program[],
  patientId: string,
): Promise<SendingChoices> {
  const about = [['patient', patientId]] as const;
  const patient = readPatient(await records.read('Patient', patientId));
  const concerns = await findConcerns(records, patientId, programs);
  const responses = await records.find('QuestionnaireResponse', about);
  const given = await records.find('Consent', [...about, ['status', 'active']]);
  const bodies = await records.find('Organization', [['type', 'office,municipality']]);
  const [open] = await records.find(
    'Task',
    [
      ...about,
      ['requester', `Organization/${records.actor.organization}`],
      ['part-of:missing', 'true'],
      ['status', 'requested,accepted,in-progress,on-hold'],
    ],
    1,
  );
  const today = dayInTokyo(records.now);
  const consents = given.map(readConsent).filter((c) => c.until >= today);
  const from = concerns.find((c) => c.answers !== undefined)?.answers;
  const answers =
    responses.find((r) => r.id === from) ?? responses.find((r) => !isAssessment(r.questionnaire));
  const program =
    programAsking(programs, answers?.questionnaire) ??
    chosenProgram(await ownPrograms(records, programs), undefined);
  const known = bodies.map(readOrganization);
  const around = aroundOf(known, patient.municipalityCode);
  const route = routeFor(program, {
    municipality: patient.municipalityCode || undefined,
    medicalArea: around.code,
    needs: concerns.map((c) => c.need.code),
  });
  const named = consents.flatMap((c) => c.recipientIds).filter((id) => !bodies.some((b) => b.id === id));
  const others = named.length === 0 ? [] : await records.readMany('Organization', [...new Set(named)]);
  return {
    patient,
    program,
    concerns,
    answers: answers && { id: answers.id, on: answers.authored ?? answers.meta.lastUpdated },
    consents,
    bodyNames: new Map([...bodies, ...others].map((b) => [b.id, b.name ?? ''])),
    offices: officesFor(known, patient, consents, { today, route }),
    route,
    medicalArea: around.name,
    open: open && readTask(open),
  };
}

/** The medical area of a municipality, and all municipalities in it; itself alone where nobody said which area it is in. */
function aroundOf(
  bodies: readonly ReadBody[],
  home: string,
): Readonly<{ code?: string; name?: string; municipalities: readonly string[] }> {
  const area = bodies.find((b) => b.kind === 'municipality' && b.municipalityCode === home)?.medicalArea;
  if (area === undefined) return { municipalities: [home] };
  const all = bodies.flatMap((b) =>
    b.kind === 'municipality' && b.medicalArea?.code === area.code ? (b.municipalityCode ?? []) : [],
  );
  return { ...area, municipalities: all };
}

const isAssessment = (questionnaire: string | undefined): boolean =>
  questionnaire?.includes('assessment') ?? false;

function officesFor(
  bodies: readonly ReadBody[],
  patient: ReadPatient,
  consents: readonly Given[],
  { today, route }: Readonly<{ today: string; route: Route | undefined }>,
): OfficeChoice[] {
  const home = patient.municipalityCode;
  const reach = route?.to.serving ?? 'municipality';
  const within = reach === 'medical-area' ? aroundOf(bodies, home).municipalities : [home];
  const names = new Map(
    bodies.flatMap((b) => (b.municipalityCode === undefined ? [] : [[b.municipalityCode, b.name] as const])),
  );
  return bodies
    .filter((b) => b.kind === 'office' && b.active)
    .map((b) => ({
      id: b.id,
      name: b.name,
      phone: b.phone,
      areas: b.serves.map((code) => names.get(code) ?? code),
      own: b.serves.includes(home),
      local: reach === 'anywhere' || b.serves.some((code) => within.includes(code)),
      open: consents.some((c) => opensTo(c, b, today)),
    }))
    .toSorted((a, b) => Number(b.own) - Number(a.own) || a.name.localeCompare(b.name, 'ja'));
}

/** The consent a referral to that office rests on: the newest that opens it, one that names the note if there is one. */
export function consentFor(
  choices: SendingChoices,
  office: string,
  withNote: boolean,
  today: string,
): (Given & { id: string }) | undefined {
  const opening = choices.consents.filter((c) => opensTo(c, { id: office, kind: 'office' }, today));
  return (withNote ? opening.find((c) => c.items.includes('medical-note')) : undefined) ?? opening[0];
}
