import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import { buildConsent, consentItems } from '../src/consent/record.ts';
import type { Loaded } from '../src/fhir/load.ts';
import { reference } from '../src/fhir/references.ts';
import type { FhirRecord, Stored } from '../src/fhir/types.ts';
import { toConditions, toObservations, findNeeds } from '../src/intake/findings.ts';
import { toResponse } from '../src/intake/answers.ts';
import { dayInTokyo } from '../src/kernel/japan/calendar.ts';
import { dueAt } from '../src/referral/deadlines.ts';
import {
  buildDone,
  buildMedicalNote,
  buildReferral,
  buildRequest,
  changeTask,
  type TaskChange,
} from '../src/referral/record.ts';
import { buildReport, reportKinds, type ReportKind, type ReportLines } from '../src/referral/report.ts';
import { outcomes } from '../src/referral/workflow.ts';
import { buildContact, buildGoal, buildPlan, buildVisit, changePlan } from '../src/support/record.ts';
import type { DemoCase } from './cases.ts';
import type { DemoData } from './demo.ts';
import type { ByProgram } from './programs.ts';
import { dice } from './random.ts';

/** The versions of a record, oldest first, each with who keeps it and when it was written. */
export type Written = Loaded & Readonly<{ at: string }>;

/**
 * Lets one case happen: every step leaves the records that the same step leaves in daily work, made by the same builders.
 * Nothing is stored here; later versions of a record follow the earlier ones.
 */
export function happen(
  one: DemoCase,
  number: number,
  data: DemoData,
  { program, answers }: ByProgram,
): Written[] {
  const newId = dice(1, `records of ${one.patientId}`).id;
  const written: Written[] = [];
  const put = <R extends FhirRecord>(record: R, keeper: string, at: Date): R & { id: string } => {
    const named = { ...record, id: record.id ?? newId() };
    written.push({ record: named, keeper, at: at.toISOString() });
    return named;
  };
  const subject = reference('Patient', one.patientId);
  if (!one.answeredAt) return written;

  const answered = one.answeredAt;
  const response = put(
    toResponse(program.screening, answers, {
      subject,
      source: subject,
      author: reference('Organization', one.clinicId),
      authored: answered.toISOString(),
      status: 'completed',
      language: 'ja',
    }),
    one.clinicId,
    answered,
  );
  const screened = {
    form: program.screening,
    subject,
    response: reference('QuestionnaireResponse', response.id),
    at: answered.toISOString(),
    language: 'ja' as const,
    newId,
  };
  const findings = findNeeds(program, answers);
  const observations = toObservations(findings, screened);
  const conditions = toConditions(findings, observations, screened);
  for (const record of [...observations, ...conditions]) put(record, one.clinicId, answered);
  if (!one.consentedAt) return written;

  const agreed = one.consentedAt;
  const until = new Date(agreed);
  until.setUTCMonth(until.getUTCMonth() + program.consentTerms.months);
  const items = consentItems.filter((item) => program.consentTerms.items.includes(item));
  const consent = put(
    buildConsent({
      patient: one.patientId,
      clinic: one.clinicId,
      // Some agree that their insurer may know, too.
      recipients: (
        ['office', 'resident', 'resource', ...(number % 4 === 1 ? (['insurer'] as const) : [])] as const
      ).filter((kind) => program.consentTerms.recipients.includes(kind)),
      recipientIds: [],
      items,
      from: dayInTokyo(agreed),
      until: dayInTokyo(until),
      at: agreed.toISOString(),
      explainedBy: one.receptionPostId,
      explainedHow: 'spoken',
      proxy: undefined,
      evidence: { kind: 'paper', title: '同意書（紙、医院で保管）' },
      status: 'active',
      form: `${program.consent.url ?? ''}|${program.consent.version ?? ''}`,
    }),
    one.clinicId,
    agreed,
  );
  if (!one.sentAt) return written;

  const needs = findings.map(({ system, code }) => ({ system, code }));
  const sent = one.sentAt;
  const given = {
    patient: one.patientId,
    from: one.clinicId,
    to: one.officeId,
    by: one.doctorPostId,
    urgency: one.urgency,
    reason: one.reason,
    needs,
    consent: consent.id,
    answers: response.id,
    conditions: conditions.map((c) => c.id),
    caseNumber: `TS-${dayInTokyo(sent).slice(0, 4)}-${String(number).padStart(6, '0')}`,
    at: sent.toISOString(),
    due: dueAt(program.deadlines, one.urgency, 'accept', sent).toISOString(),
    program: program.id,
  };
  const ids = { request: newId(), task: newId(), provenance: newId() };
  const [request, firstTask] = buildReferral(given, ids).map((r) => put(r, one.clinicId, sent)) as [
    ServiceRequest,
    Task,
  ];
  if (items.includes('medical-note')) put(buildMedicalNote(given, ids.request, one.note), one.clinicId, sent);

  let task = firstTask;
  const change = (given2: Omit<TaskChange, 'at'>, at: Date): void => {
    task = put(changeTask(task as Stored<Task>, { ...given2, at: at.toISOString() }), one.clinicId, at);
  };
  const report = (kind: ReportKind, sections: ReportLines, at: Date): void => {
    put(
      buildReport({
        kind,
        patient: one.patientId,
        from: one.officeId,
        to: one.clinicId,
        requestId: ids.request,
        taskId: ids.task,
        at: at.toISOString(),
        sections,
      }),
      one.officeId,
      at,
    );
  };
  const stop = one.stopped && { code: one.stopped.code, text: one.stopped.text };
  const close = (status: ServiceRequest['status'], at: Date): void => {
    put({ ...request, status }, one.clinicId, at);
  };

  if (one.acceptedAt) {
    const due = dueAt(program.deadlines, one.urgency, 'firstContact', one.acceptedAt).toISOString();
    change(
      {
        status: 'accepted',
        step: 'contacting',
        due,
        ...(one.workerPostId ? { assignee: one.workerPostId } : {}),
      },
      one.acceptedAt,
    );
    report('accepted', { decision: [reportKinds.accepted.ja] }, one.acceptedAt);
  }
  let started = false;
  for (const contact of one.timeline) {
    const about = {
      patient: one.patientId,
      requestId: ids.request,
      taskId: ids.task,
      office: one.officeId,
      by: one.workerPostId,
      kind: contact.kind,
      at: contact.at.toISOString(),
      text: contact.text,
    };
    put(buildContact(about), one.officeId, contact.at);
    if (contact.kind === 'visited') put(buildVisit(about), one.officeId, contact.at);
    if (!started && (contact.kind === 'reached' || contact.kind === 'visited')) {
      started = true;
      change({ status: 'in-progress', step: 'met', due: null }, contact.at);
    }
  }
  const planned = one.requests[0]?.sentAt ?? one.timeline.at(-1)?.at ?? one.acceptedAt ?? sent;
  const goals = one.goals.map((text) =>
    put(
      buildGoal({
        patient: one.patientId,
        requestId: ids.request,
        text,
        due: undefined,
        needs: needs.slice(0, 1),
        by: one.workerPostId,
        on: dayInTokyo(planned),
      }),
      one.officeId,
      planned,
    ),
  );
  if (goals.length > 0) {
    const plan = buildPlan(
      {
        patient: one.patientId,
        requestId: ids.request,
        office: one.officeId,
        by: one.workerPostId,
        at: planned.toISOString(),
      },
      newId(),
    );
    put(
      changePlan(plan, { status: 'active', goals: goals.map((g) => g.id), from: dayInTokyo(planned) }),
      one.officeId,
      planned,
    );
    report('plan', { goals: one.goals }, planned);
  }
  for (const [i, asked] of one.requests.entries()) {
    const resource = data.resources.find((r) => r.id === asked.resourceId);
    if (!resource) continue;
    askResource(asked, i, resource.name);
  }
  if (one.requests.length > 0 && started)
    change(
      {
        step: one.requests.some((r) => ['accepted', 'completed'].includes(r.state))
          ? 'linked'
          : 'coordinating',
      },
      one.requests.at(-1)?.at ?? planned,
    );

  if (one.state === 'on-hold')
    change({ status: 'on-hold', due: null, ...(stop ? { reason: stop } : {}) }, one.stopped?.at ?? planned);
  if (one.state === 'rejected' || one.state === 'failed' || one.state === 'cancelled') {
    const at = one.stopped?.at ?? planned;
    if (one.state !== 'cancelled')
      report(one.state === 'rejected' ? 'declined' : 'failed', { decision: [stop?.text ?? ''] }, at);
    change({ status: one.state, step: 'ended', due: null, ...(stop ? { reason: stop } : {}) }, at);
    close('revoked', at);
  }
  if (one.state === 'completed') {
    const at = one.closedAt ?? planned;
    const came = {
      code: one.outcome ?? ('connected' as const),
      text: one.outcomeText ?? outcomes.connected.ja,
    };
    change({ status: 'completed', step: 'ended', due: null, outcome: came }, at);
    close('completed', at);
    report('closed', { outcomes: [came.text], goals: one.goals, resources: linkedNames() }, at);
  }
  return written;

  function linkedNames(): string[] {
    return one.requests.flatMap((r) =>
      r.state === 'completed' || r.state === 'accepted'
        ? (data.resources.find((x) => x.id === r.resourceId)?.name ?? [])
        : [],
    );
  }

  function askResource(asked: DemoCase['requests'][number], i: number, name: string): void {
    const own = { request: newId(), task: newId(), provenance: newId() };
    const wish = `${one.goals[0] ?? '地域とつながる'}ために、「${name}」への参加・利用をお願いします。`;
    const [ask, first] = buildRequest(
      {
        patient: one.patientId,
        from: one.officeId,
        to: asked.organizationId,
        by: one.workerPostId,
        partOf: ids.task,
        basedOn: ids.request,
        service: asked.resourceId,
        wish,
        needs: needs.slice(0, 1),
        consent: consent.id,
        urgency: 'routine',
        caseNumber: `${given.caseNumber}-${String(i + 1)}`,
        at: asked.sentAt.toISOString(),
        due: dueAt(program.deadlines, 'routine', 'firstContact', asked.sentAt).toISOString(),
      },
      own,
    ).map((r) => put(r, one.officeId, asked.sentAt)) as [ServiceRequest, Task];
    let now = first;
    const next = (change2: Omit<TaskChange, 'at'>): void => {
      now = put(
        changeTask(now as Stored<Task>, { ...change2, at: asked.at.toISOString() }),
        one.officeId,
        asked.at,
      );
    };
    if (asked.state === 'accepted' || asked.state === 'completed')
      next({ status: 'accepted', step: 'linked' });
    if (asked.state === 'rejected') {
      next({
        status: 'rejected',
        step: 'ended',
        due: null,
        reason: { code: 'no-capacity', text: asked.text ?? '今は満員です。' },
      });
      put({ ...ask, status: 'revoked' }, one.officeId, asked.at);
    }
    if (asked.state === 'completed') {
      const came = { code: 'connected' as const, text: asked.text ?? '続けて参加しています。' };
      next({ status: 'completed', step: 'ended', due: null, outcome: came });
      put({ ...ask, status: 'completed' }, one.officeId, asked.at);
      put(
        buildDone(
          {
            patient: one.patientId,
            requestId: own.request,
            by: asked.organizationId,
            what: wish,
            needs: needs.slice(0, 1),
            outcome: came,
            from: asked.sentAt.toISOString(),
            until: asked.at.toISOString(),
          },
          newId(),
        ),
        one.officeId,
        asked.at,
      );
    }
  }
}
