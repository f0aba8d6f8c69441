import type { HealthcareService, Organization } from '@medplum/fhirtypes';
import { readConsent, type Given } from '../consent/record.ts';
import { readResource, type Resource } from '../directory/record.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { dayInTokyo, endOfDayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, issue, type Issue } from '../kernel/problem.ts';
import { readOrganization, type ReadBody } from '../people/record.ts';
import { buildRequest, changeTask, type NeedCode } from '../referral/record.ts';
import { consentTelling, needsTold } from '../referral/told.ts';
import { sendLink } from './answer-link.ts';
import { readCase, refuseChanged, refuseIdle, type Case } from './case.ts';
import { draftPlan, readPlanOf } from './plan.ts';
import { changePlan } from './record.ts';
import { isOpenRequest, readRequests } from './requests.ts';
import { confirmedWill, type Will } from './will.ts';

export const longestWish = 400;
export type Asking = Readonly<{
  /** Id of the referral's Task. */
  id: string;
  seen?: string | undefined;
  /** HealthcareService ids. */
  resources: readonly string[];
  /** What is asked, as the groups read it; at most 400 characters. */
  wish: string;
  /** What a group reads instead, by HealthcareService id. */
  wishes?: Readonly<Record<string, string>> | undefined;
  /** By when the group should answer, `YYYY-MM-DD`. */
  answerBy: string;
  /** How it was made sure that the person wants it now; without it nothing is sent. */
  will: Will | undefined;
}>;

export type AskedNow = Readonly<{
  requests: readonly Readonly<{ id: string; resource: string; mailed: boolean }>[];
}>;

/** A resource somebody wants to ask, and the consent that lets it know of the person. */
export type Candidate = Readonly<{
  resource: Resource;
  body: ReadBody | undefined;
  consent: (Given & Readonly<{ id: string }>) | undefined;
  /** Names of the bodies that consents name one by one, by id. */
  bodyNames: ReadonlyMap<string, string>;
  /** Of the person's needs those that go along. */
  needs: readonly NeedCode[];
  /** A request to it is still open. */
  asked: boolean;
}>;

/** What can be asked of these resources now; one read each for services, bodies, consents and earlier requests. */
export async function readCandidates(
  records: Records,
  one: Case,
  ids: readonly string[],
): Promise<Candidate[]> {
  const wanted = [...new Set(ids)].slice(0, 20);
  const services = await records.readMany('HealthcareService', wanted);
  const resources = wanted.flatMap((id) => {
    const found = services.find((s): s is Stored<HealthcareService> => s.id === id);
    return found ? [readResource(found)] : [];
  });
  const consents = (
    await records.find('Consent', [
      ['patient', one.referral.patient],
      ['status', 'active'],
    ])
  ).map(readConsent);
  const bodyIds = [...resources.map((r) => r.organizationId), ...consents.flatMap((c) => c.recipientIds)];
  const bodies = await records.readMany('Organization', [...new Set(bodyIds)]);
  const bodyNames = new Map(bodies.map((b) => [b.id, b.name ?? '']));
  const earlier = await readRequests(records, one.task.id);
  return resources.map((resource) => {
    const organization = bodies.find((b): b is Stored<Organization> => b.id === resource.organizationId);
    const body = organization && readOrganization(organization);
    const consent = body && consentTelling(consents, body, dayInTokyo(records.now));
    return {
      resource,
      body,
      consent,
      bodyNames,
      needs: needsTold(one.asked.needs, resource),
      asked: earlier.some((r) => r.asked?.service === resource.id && isOpenRequest(r.referral)),
    };
  });
}

/**
 * Asks one or several community resources in one transaction: for each a request, its task and a one-time link that goes
 * out by mail where there is an address. What is sent is the wish, the same for all or another for some; what the group
 * is told of the person is for `toldOf`. Refuses without a confirmed will of the person, without a
 * consent that opens the resource, and a second request while one is open.
 */
export async function askResources(records: Records, publicUrl: string, given: Asking): Promise<AskedNow> {
  const one = await readCase(records, given.id);
  refuseIdle(one);
  refuseChanged(one.task, given.seen);
  const candidates = await readCandidates(records, one, given.resources);
  refuseUnready(records, given, candidates);
  const at = records.now.toISOString();
  const due = endOfDayInTokyo(given.answerBy);
  const earlier = (await records.find('Task', [['part-of', one.task.id]])).length;
  const made = candidates.map(({ resource, consent, needs }, i) => {
    const ids = { request: records.newId(), task: records.newId(), provenance: records.newId() };
    const written = buildRequest(
      {
        patient: one.referral.patient,
        from: one.referral.to,
        to: resource.organizationId,
        by: records.actor.post,
        partOf: one.task.id,
        basedOn: one.referral.requestId,
        service: resource.id,
        wish: wishFor(given, resource.id),
        needs,
        consent: consent?.id ?? '',
        urgency: one.referral.urgency,
        caseNumber: `${one.referral.caseNumber}-${String(earlier + i + 1)}`,
        at,
        due: due.toISOString(),
        noContact: one.person.limits !== undefined,
      },
      ids,
    );
    return { resource, ids, written };
  });
  const { plan } = await readPlanOf(records, one);
  await records.write([
    ...made.flatMap((m) => m.written),
    changePlan(plan ?? draftPlan(records, one), { requests: made.map((m) => m.ids.request) }),
    ...confirmedWill(records, one, given.will),
    changeTask(one.task, { ...stepAfterAsking(one), at }),
  ]);
  const [office] = await records.readMany('Organization', [one.referral.to]);
  const requests = [];
  for (const { resource, ids } of made) {
    const mailed = await sendLink(records, publicUrl, { resource, task: ids.task, due, office });
    requests.push({ id: ids.task, resource: resource.id, mailed });
  }
  return { requests };
}

/** Somebody who was just asked was met; arranging begins, unless the person is already linked somewhere. */
const stepAfterAsking = ({ referral }: Case) => ({
  ...(referral.status === 'accepted' ? { status: 'in-progress' as const, due: null } : {}),
  ...(referral.step === 'linked' || referral.step === 'watching' ? {} : { step: 'coordinating' as const }),
});

function refuseUnready(records: Records, given: Asking, candidates: readonly Candidate[]): void {
  const faults: Issue[] = [];
  if (candidates.length === 0)
    faults.push(issue('resource', '依頼先を一つ以上選んでください。', 'Choose at least one resource.'));
  for (const { resource, consent, asked } of candidates) {
    if (asked)
      faults.push(
        issue(
          'resource',
          `「${resource.name}」には、すでに依頼しています。返事を待つか、前の依頼を取り消してください。`,
          `${resource.name} has already been asked. Wait for the answer or cancel the earlier request.`,
        ),
      );
    else if (consent === undefined)
      faults.push(
        issue(
          'resource',
          `「${resource.name}」に連絡先を伝える同意がありません。ご本人に確かめ、かかりつけの医療機関で同意を広げてもらってください。`,
          `There is no consent to tell ${resource.name} how to reach this person. Ask the person, and have the clinic widen the consent.`,
        ),
      );
    if (!resource.active)
      faults.push(
        issue(
          'resource',
          `「${resource.name}」は今、活動していません。`,
          `${resource.name} is not active now.`,
        ),
      );
  }
  faults.push(...faultsOf('wish', given.wish));
  for (const [id, wish] of Object.entries(given.wishes ?? {}))
    if (given.resources.includes(id)) faults.push(...faultsOf(`wish-${id}`, wish));
  if (given.answerBy < dayInTokyo(records.now))
    faults.push(issue('answerBy', '過ぎた日です。これからの日を入れてください。', 'This day has passed.'));
  if (given.will === undefined)
    faults.push(
      issue(
        'will',
        'ご本人が今もそう望んでいるか、送る前に確かめてください。',
        'Before it is sent, make sure that the person still wants it.',
      ),
    );
  if (faults.length > 0) throw invalid(...faults);
}

const wishFor = ({ wish, wishes = {} }: Asking, resource: string): string => wishes[resource] ?? wish;

function faultsOf(field: string, wish: string): Issue[] {
  if (wish.trim() === '')
    return [issue(field, 'お願いしたいことを書いてください。', 'Write down what you ask for.')];
  if (Array.from(wish).length <= longestWish) return [];
  return [
    issue(
      field,
      `${String(longestWish)}文字までで書いてください。`,
      `Please use no more than ${String(longestWish)} characters.`,
    ),
  ];
}
