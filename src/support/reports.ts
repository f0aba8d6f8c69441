import type { Communication } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { notFound } from '../kernel/problem.ts';
import { readOrganization, readPatient, type ReadBody, type ReadPatient } from '../people/record.ts';
import { refuseOthersHands } from '../referral/move.ts';
import { readTask, type Referral } from '../referral/record.ts';
import { isReport, readReport, type Report } from '../referral/report.ts';
import { isRequest } from '../referral/workflow.ts';
import { namesOfPosts, referringDoctor } from './queries.ts';

export type Reports = Readonly<{
  referral: Referral;
  person: ReadPatient | undefined;
  reports: readonly Report[];
}>;

/** The reports of a referral, newest first, for the clinic that sent it and the office that received it. */
export async function readReports(records: Records, id: string): Promise<Reports> {
  const task = await records.read('Task', id);
  const referral = readTask(task);
  const { organization } = records.actor;
  if (isRequest(task) || (referral.from !== organization && referral.to !== organization)) throw notFound();
  refuseOthersHands(records, referral);
  const [patient] = await records.readMany('Patient', [referral.patient]);
  const found = await records.find('Communication', [
    ['based-on', referral.requestId],
    ['category', 'report'],
  ]);
  return {
    referral,
    person: patient && readPatient(patient),
    reports: found
      .filter(isReport)
      .map(readReport)
      .toSorted((a, b) => Date.parse(b.sent) - Date.parse(a.sent)),
  };
}

export type OneReport = Readonly<{
  report: Report;
  referral: Referral | undefined;
  person: ReadPatient | undefined;
  to: ReadBody | undefined;
  /** The doctor who referred, by name. */
  doctor: string | undefined;
  from: ReadBody | undefined;
  worker: string | undefined;
}>;

/** One report with everybody it names; `not-found` for a communication that is none. */
export async function readOneReport(records: Records, id: string): Promise<OneReport> {
  const found: Stored<Communication> = await records.read('Communication', id);
  if (!isReport(found)) throw notFound();
  const report = readReport(found);
  const [task] = report.taskId === undefined ? [] : await records.readMany('Task', [report.taskId]);
  const referral = task && readTask(task);
  const [patient] = await records.readMany('Patient', [report.patient]);
  const bodies = await records.readMany('Organization', [report.to, report.from]);
  const body = (which: string): ReadBody | undefined => {
    const organization = bodies.find((b) => b.id === which);
    return organization && readOrganization(organization);
  };
  const doctor = await referringDoctor(records, report);
  const names = await namesOfPosts(records, [referral?.assignee]);
  return {
    report,
    referral,
    person: patient && readPatient(patient),
    to: body(report.to),
    doctor,
    from: body(report.from),
    worker: names.get(referral?.assignee ?? ''),
  };
}
