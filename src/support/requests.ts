import type { Task } from '@medplum/fhirtypes';
import { readResource, type Resource } from '../directory/record.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { readOrganization, type ReadBody } from '../people/record.ts';
import { readServiceRequest, readTask, type Asked, type Referral } from '../referral/record.ts';
import type { Status } from '../referral/workflow.ts';

/** One request to a community resource, with what it is about. */
export type AskedResource = Readonly<{
  task: Stored<Task>;
  referral: Referral;
  asked: Asked | undefined;
  resource: Resource | undefined;
  body: ReadBody | undefined;
  /** What people call it: the resource's name, else the group's. */
  name: string;
}>;

/** Requests that were made at the same moment stand by their number. */
const orderKey = ({ referral }: AskedResource): string => `${referral.authoredOn} ${referral.caseNumber}`;

/** How a request stands, in the words of somebody who asked a group. */
export const requestStates: Readonly<Record<Status, Sentence>> = {
  draft: { ja: '下書き', en: 'Draft' },
  requested: { ja: '返事待ち', en: 'Waiting for an answer' },
  accepted: { ja: 'お受けできる', en: 'Welcome' },
  rejected: { ja: 'お受けできない', en: 'Cannot take' },
  'in-progress': { ja: '参加中', en: 'Taking part' },
  'on-hold': { ja: 'お休み中', en: 'Paused' },
  completed: { ja: '終わった', en: 'Finished' },
  failed: { ja: '続かなかった', en: 'Did not work out' },
  cancelled: { ja: '取り消した', en: 'Cancelled' },
  'entered-in-error': { ja: '誤登録', en: 'Entered in error' },
};

const open: readonly Status[] = ['draft', 'requested', 'accepted', 'in-progress', 'on-hold'];
export const isOpenRequest = ({ status }: Pick<Referral, 'status'>): boolean => open.includes(status);

/** The requests of a referral in the order in which they were made; four statements, however many there are. */
export async function readRequests(records: Records, referralId: string): Promise<AskedResource[]> {
  const tasks = await records.find('Task', [['part-of', referralId]]);
  return describeRequests(records, tasks);
}

export async function describeRequests(
  records: Records,
  tasks: readonly Stored<Task>[],
): Promise<AskedResource[]> {
  if (tasks.length === 0) return [];
  const read = tasks.map((task) => ({ task, referral: readTask(task) }));
  const requests = await records.readMany(
    'ServiceRequest',
    read.map((r) => r.referral.requestId),
  );
  const asked = new Map(requests.map((r) => [r.id, readServiceRequest(r)]));
  const serviceIds = [...asked.values()].flatMap((a) => a.service ?? []);
  const services = await records.readMany('HealthcareService', serviceIds);
  const bodies = await records.readMany('Organization', [...new Set(read.map((r) => r.referral.to))]);
  return read
    .map(({ task, referral }) => {
      const about = asked.get(referral.requestId);
      const service = services.find((s) => s.id === about?.service);
      const organization = bodies.find((b) => b.id === referral.to);
      const resource = service && readResource(service);
      const body = organization && readOrganization(organization);
      return { task, referral, asked: about, resource, body, name: resource?.name || body?.name || '' };
    })
    .toSorted((a, b) => orderKey(a).localeCompare(orderKey(b), 'en', { numeric: true }));
}
