import type { Task } from '@medplum/fhirtypes';
import { openedTo, opensTo, readConsent } from '../../consent/record.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { forbidden, invalid, notFound } from '../../kernel/problem.ts';
import { readOrganization, readPatient, type ReadBody, type ReadPatient } from '../../people/record.ts';
import type { Program } from '../../programs/program.ts';
import { programsOf } from '../../programs/record.ts';
import { programOf } from '../deadlines.ts';
import { move } from '../move.ts';
import { readServiceRequest, readTask, type Asked, type Referral } from '../record.ts';
import { send, type Sent } from '../send.ts';
import { isRequest, referralMoves } from '../workflow.ts';
import { text } from './text.ts';

/** A referral that its office may pass on, and to whom. */
export type Passable = Readonly<{
  task: Stored<Task>;
  referral: Referral;
  person: ReadPatient | undefined;
  asked: Asked;
  program: Program;
  network: NonNullable<Program['network']>;
  offices: readonly ReadBody[];
}>;

const passable: readonly string[] = referralMoves.cancel.from.filter((status) => status !== 'draft');

/**
 * Reads a referral for its office. `not-found` for anybody else, for a referral that is over, and where its program knows
 * no network. The network is every other office that runs the program.
 */
export async function readPassable(
  records: Records,
  programs: readonly Program[],
  id: string,
): Promise<Passable> {
  const task = await records.read('Task', id);
  const referral = readTask(task);
  if (isRequest(task) || referral.to !== records.actor.organization || !passable.includes(referral.status))
    throw notFound();
  if (records.actor.role === 'neighbour') throw forbidden();
  const [request] = await records.readMany('ServiceRequest', [referral.requestId]);
  if (!request) throw notFound();
  const asked = readServiceRequest(request);
  const program = programOf(programs, asked.program);
  const { network } = program;
  if (network === undefined) throw notFound();
  const offices = (await records.find('Organization', [['type', 'office']], 1000))
    .filter(
      (one) => one.id !== referral.to && programsOf(programs, one).some(({ id: of }) => of === program.id),
    )
    .map(readOrganization)
    .filter((one) => one.active)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'ja'));
  const [patient] = await records.readMany('Patient', [referral.patient]);
  return { task, referral, person: patient && readPatient(patient), asked, program, network, offices };
}

export type Passing = Readonly<{ id: string; seen: string; to: string; reason: string }>;

/**
 * Passes a referral on: it ends at this office with its reason and a report to the clinic, and begins anew at the other,
 * sent for the clinic (ServiceRequest.replaces), all in one transaction: under the same consent where that opens the other
 * office, else under another of the person's that does. Refuses an office outside the network, and one that no consent of
 * the person opens.
 */
export async function passOn(records: Records, programs: readonly Program[], given: Passing): Promise<Sent> {
  const one = await readPassable(records, programs, given.id);
  const { referral, asked, program } = one;
  const office = one.offices.find(({ id }) => id === given.to);
  if (!office) throw invalid({ path: 'to', says: text.toMissing });
  const today = dayInTokyo(records.now);
  const consents = await records.find('Consent', [
    ['patient', referral.patient],
    ['status', 'active'],
  ]);
  const open = consents.map(readConsent).filter((c) => opensTo(c, { id: office.id, kind: 'office' }, today));
  const consent = open.find(({ id }) => asked.consents.includes(id)) ?? open[0];
  if (!consent) throw invalid({ path: 'to', says: text.notOpen(office.name) });
  const notes = await records.find('Communication', [
    ['based-on', referral.requestId],
    ['category', 'medical-note'],
  ]);
  // What was taken back since is not told again.
  const told = openedTo(consent, { id: office.id, kind: 'office' });
  const note = told.includes('medical-note') ? notes[0]?.payload?.[0]?.contentString : undefined;
  await move(records, programs, {
    id: referral.id,
    seen: given.seen,
    move: 'cancel',
    reason: { code: 'passed-on', text: text.reasonKept(office.name, given.reason) },
    report: { decision: [text.told(office.name, given.reason)], next: [text.next(office.name)] },
  });
  const { actor } = records;
  return records.onBehalfOf(referral.from, (clinic) =>
    send(clinic, program, {
      patient: referral.patient,
      to: office.id,
      urgency: referral.urgency,
      reason: asked.reason,
      note,
      conditions: asked.conditions,
      needs: asked.needs,
      consent: consent.id,
      answers: asked.answers[0],
      noContact: asked.noContact,
      outside: asked.outside,
      replaces: [referral.requestId, ...asked.replaces],
      entered: {
        by: actor.post,
        organization: actor.organization,
        ...(asked.sheet === undefined ? {} : { document: asked.sheet }),
      },
    }),
  );
}
