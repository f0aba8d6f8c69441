import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, Communication, Consent, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { concept, systems } from '../../src/fhir/codes.ts';
import { recipientActor, withdrawalUrl } from '../../src/consent/record.ts';
import { reference } from '../../src/fhir/references.ts';
import { limitContact, readLimits } from '../../src/people/record.ts';
import { smallestReferral } from '../support/referral.ts';
import { madeIn, transactionOf } from './bundle.ts';
import { caller, client, register, startPlace, until, type Caller, type Place } from './two-servers.ts';

/**
 * Two services of ours, each with a database, bodies and ids of its own. The clinic works on the first. The office works on
 * the second: on the first it is a body with a server of its own. The group that the office asks works on the first again.
 */
let one: Place;
let two: Place;
let clinic: Caller;
let office: Caller;
let group: Caller;

beforeAll(async () => {
  [one, two] = [await startPlace(), await startPlace()];
  await client(one, 'clinic', 'doctor', 'clinic');
  await client(one, 'group', 'resource', 'resource');
  await client(two, 'office', 'linkworker', 'office');
  // What each server lets the other do: as the clinic there, as the office here.
  await client(two, 'clinic of one', 'doctor', 'clinic');
  await client(one, 'office of two', 'linkworker', 'office');
  await register({
    at: one,
    ours: 'clinic',
    partner: 'office',
    way: 'push',
    address: `${two.url}/fhir`,
    client: 'clinic of one',
    there: { ours: two.bodies.clinic.id, partner: two.bodies.office.id },
  });
  await register({
    at: two,
    ours: 'office',
    partner: 'resource',
    way: 'push',
    address: `${one.url}/fhir`,
    client: 'office of two',
    there: { ours: one.bodies.office.id, partner: one.bodies.resource.id },
  });
  [clinic, office, group] = [
    await caller(one, 'clinic'),
    await caller(two, 'office'),
    await caller(one, 'group'),
  ];
}, 120_000);
afterAll(async () => {
  await one.stop();
  await two.stop();
});

type Sent = Readonly<{ task: string; consent: string; patient: string }>;

/** The clinic refers somebody to the office, who agreed that groups hear of it too. */
async function refer(): Promise<Sent> {
  const referral = smallestReferral(one.bodies);
  referral.consent.provision?.actor?.push(recipientActor('resource'));
  const made = await clinic<Bundle>('post', '', transactionOf(Object.values(referral)));
  const [task, consent, patient] = ['Task', 'Consent', 'Patient'].map((type) => madeIn(made, type));
  return { task: task ?? '', consent: consent ?? '', patient: patient ?? '' };
}

const tasks = async (who: Caller, query: string): Promise<Task[]> =>
  ((await who<Bundle>('get', `/Task?${query}`)).entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === 'Task' ? [resource] : [],
  );
const searched = async <T>(who: Caller, path: string): Promise<T[]> =>
  ((await who<Bundle>('get', path)).entry ?? []).map(({ resource }) => resource as T);

/** The task of one server on the other, by the identifier that says where it is from. */
const twin = (who: Caller, place: Place, id: string): Promise<Task> =>
  until(
    async () => (await tasks(who, `identifier=${encodeURIComponent(`${place.url}/fhir/Task|${id}`)}`))[0],
    [one, two],
  );

async function move(who: Caller, id: string, change: Partial<Task>): Promise<Task> {
  const seen = await who<Task>('get', `/Task/${id}`);
  return who<Task>(
    'put',
    `/Task/${id}`,
    { ...seen, ...change },
    { 'If-Match': `W/"${seen.meta?.versionId ?? ''}"` },
  );
}
const becomes = (who: Caller, id: string, status: Task['status']): Promise<Task> =>
  until(async () => {
    const task = await who<Task>('get', `/Task/${id}`);
    return task.status === status && task;
  }, [one, two]);
const because = (text: string) => ({ statusReason: { text } });
const outcome = (text: string) => ({
  output: [
    {
      type: concept(systems.taskOutput, 'outcome'),
      valueCodeableConcept: { ...concept(systems.outcome, 'achieved'), text },
    },
  ],
});

test('the closed loop goes over two servers: clinic, office, group and back', async () => {
  const sent = await refer();
  const atOffice = await twin(office, one, sent.task);
  expect(atOffice).toMatchObject({
    status: 'requested',
    requester: { reference: `Organization/${two.bodies.clinic.id}` },
    owner: { reference: `Organization/${two.bodies.office.id}` },
  });
  const [person] = await searched<Patient>(office, `/Patient?_id=${atOffice.for?.reference?.slice(8) ?? ''}`);
  expect(person).toMatchObject({ birthDate: '1941-03-04', name: [{ text: '試験 花子' }] });

  const id = atOffice.id ?? '';
  await move(office, id, {
    status: 'accepted',
    businessStatus: concept(systems.businessStatus, 'contacting'),
  });
  await move(office, id, { status: 'in-progress', businessStatus: concept(systems.businessStatus, 'met') });
  const moving = await becomes(clinic, sent.task, 'in-progress');
  expect(moving.businessStatus?.coding?.[0]?.code).toBe('met');

  // The office asks a group whose requests are on the clinic's server: all that it needs is there already.
  const order = await office<ServiceRequest>('get', `/${atOffice.focus?.reference ?? ''}`);
  const asked = await office<Bundle>(
    'post',
    '',
    transactionOf([
      {
        resourceType: 'ServiceRequest',
        id: '7f0e3c1a-5d3b-4c58-9d3e-0a1b2c3d4e51',
        status: 'active',
        intent: 'filler-order',
        basedOn: [reference('ServiceRequest', order.id ?? '')],
        category: order.category ?? [],
        subject: order.subject,
        requester: reference('Organization', two.bodies.office.id),
        performer: [reference('Organization', two.bodies.resource.id)],
        supportingInfo: (order.supportingInfo ?? []).filter((r) => r.reference?.startsWith('Consent/')),
      },
      {
        resourceType: 'Task',
        id: '7f0e3c1a-5d3b-4c58-9d3e-0a1b2c3d4e52',
        status: 'requested',
        intent: 'order',
        code: concept(systems.taskCode, 'fulfill'),
        partOf: [reference('Task', id)],
        focus: reference('ServiceRequest', '7f0e3c1a-5d3b-4c58-9d3e-0a1b2c3d4e51'),
        ...(order.subject ? { for: order.subject } : {}),
        requester: reference('Organization', two.bodies.office.id),
        owner: reference('Organization', two.bodies.resource.id),
        authoredOn: '2026-11-21T10:00:00+09:00',
      },
    ] as Parameters<typeof transactionOf>[0]),
  );
  const request = madeIn(asked, 'Task');
  const atGroup = await twin(group, two, request);
  expect(atGroup).toMatchObject({
    status: 'requested',
    partOf: [{ reference: `Task/${sent.task}` }],
    for: { reference: `Patient/${sent.patient}` },
  });
  const filler = await group<ServiceRequest>('get', `/${atGroup.focus?.reference ?? ''}`);
  const [first] = await searched<Task>(clinic, `/Task?_id=${sent.task}`);
  expect(filler).toMatchObject({ intent: 'filler-order', basedOn: [{ reference: first?.focus?.reference }] });

  for (const status of ['accepted', 'in-progress'] as const) await move(group, atGroup.id ?? '', { status });
  await move(group, atGroup.id ?? '', { status: 'completed', ...outcome('毎週来られています。') });
  const answered = await becomes(office, request, 'completed');
  expect(answered.output?.[0]?.valueCodeableConcept?.text).toBe('毎週来られています。');

  // The office tells the doctor and closes.
  await office<Communication>('post', '/Communication', {
    resourceType: 'Communication',
    status: 'completed',
    category: [concept(systems.communication, 'report')],
    subject: order.subject,
    basedOn: [reference('ServiceRequest', order.id ?? '')],
    sender: reference('Organization', two.bodies.office.id),
    recipient: [reference('Organization', two.bodies.clinic.id)],
    sent: '2026-12-01T10:00:00+09:00',
    payload: [{ contentString: '週に一度は外へ出るようになりました。' }],
  });
  await move(office, id, { status: 'completed', ...outcome('目標に届きました。') });
  const closed = await becomes(clinic, sent.task, 'completed');
  expect(closed.output?.[0]?.valueCodeableConcept?.text).toBe('目標に届きました。');
  const reports = await searched<Communication>(
    clinic,
    `/Communication?based-on=${closed.focus?.reference ?? ''}`,
  );
  expect(reports.map((r) => r.payload?.[0]?.contentString)).toEqual(['週に一度は外へ出るようになりました。']);

  // Who said so: the office, on its own server, in that version.
  const traces = await one.owner.query<{ system: string }>(
    `select distinct content #>> '{entity,0,what,identifier,system}' as system from provenance
     where content -> 'target' @> $1::jsonb and content ? 'entity'`,
    [JSON.stringify([{ reference: `Task/${sent.task}` }])],
  );
  expect(traces.rows).toEqual([{ system: `${two.url}/fhir/Task` }]);
  // Nothing is there twice.
  expect(await tasks(office, 'intent=order&_count=100')).toHaveLength(2);
  expect(await tasks(group, '_count=100')).toHaveLength(1);
});

test('what the clinic calls off is called off there, with its reason', async () => {
  const sent = await refer();
  const { id = '' } = await twin(office, one, sent.task);
  await move(office, id, { status: 'accepted' });
  await becomes(clinic, sent.task, 'accepted');
  await move(clinic, sent.task, { status: 'cancelled', ...because('入院されたため。') });
  expect((await becomes(office, id, 'cancelled')).statusReason?.text).toBe('入院されたため。');
});

test('what the office declines comes back with its reason, and closes the person there', async () => {
  const sent = await refer();
  const { id = '', for: person } = await twin(office, one, sent.task);
  await move(office, id, { status: 'rejected', ...because('受け入れの枠がありません。') });
  const declined = await becomes(clinic, sent.task, 'rejected');
  expect(declined.statusReason?.text).toBe('受け入れの枠がありません。');
  await expect(office('get', `/${person?.reference ?? ''}`)).rejects.toThrow('404');
});

test('a consent that is taken back is taken back there, and not a word of why', async () => {
  const sent = await refer();
  const { id = '', for: person } = await twin(office, one, sent.task);
  await move(office, id, { status: 'accepted' });
  await becomes(clinic, sent.task, 'accepted');
  const consent = await clinic<Consent>('get', `/Consent/${sent.consent}`);
  await clinic('put', `/Consent/${sent.consent}`, {
    ...consent,
    status: 'inactive',
    extension: [
      {
        url: withdrawalUrl,
        extension: [
          { url: 'reason', valueString: '息子さんに知られたくないとのこと' },
          { url: 'at', valueDateTime: one.now().toISOString() },
        ],
      },
    ],
  });
  await until(async () => {
    const { rows } = await two.owner.query<{ status: string }>('select status from task where id = $1', [id]);
    return rows[0]?.status === 'cancelled';
  }, [one, two]);
  await expect(office('get', `/${person?.reference ?? ''}`)).rejects.toThrow('404');
  const { rows } = await two.owner.query<{ content: string }>(
    `select content::text from consent_history union all select content::text from task_history`,
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((row) => row.content.includes('息子さん'))).toEqual([]);
});

test('a consent is taken back there also after the referral has ended well', async () => {
  const sent = await refer();
  const { id = '' } = await twin(office, one, sent.task);
  for (const status of ['accepted', 'in-progress'] as const) await move(office, id, { status });
  await move(office, id, { status: 'completed', ...outcome('つながりました。') });
  await becomes(clinic, sent.task, 'completed');
  const consent = await clinic<Consent>('get', `/Consent/${sent.consent}`);
  await clinic('put', `/Consent/${sent.consent}`, {
    ...consent,
    status: 'inactive',
    extension: [
      {
        url: withdrawalUrl,
        extension: [
          { url: 'reason', valueString: '本人の希望' },
          { url: 'at', valueDateTime: one.now().toISOString() },
        ],
      },
    ],
  });
  await until(async () => {
    const { rows } = await two.owner.query<{ status: string }>(
      `select c.content ->> 'status' as status from consent c join task t on t.patient_id = c.patient_id where t.id = $1`,
      [id],
    );
    return rows[0]?.status === 'inactive';
  }, [one, two]);
});

test('that a person must not be contacted goes along afterwards, too', async () => {
  const sent = await refer();
  const { id = '', for: person } = await twin(office, one, sent.task);
  await move(office, id, { status: 'accepted' });
  await becomes(clinic, sent.task, 'accepted');
  const patient = await clinic<Patient>('get', `/Patient/${sent.patient}`);
  const limited = limitContact(
    patient,
    { since: '2026-11-22', why: 'danger-at-home', how: '平日の昼に医院へ', by: undefined },
    one.now().toISOString(),
  );
  await clinic('put', `/Patient/${sent.patient}`, limited);
  const there = await until(async () => {
    const found = await office<Patient>('get', `/${person?.reference ?? ''}`);
    return readLimits(found) !== undefined && found;
  }, [one, two]);
  expect(readLimits(there)?.how).toBe('平日の昼に医院へ');
});

test('what both ended at the same moment is kept for a person', async () => {
  const sent = await refer();
  const { id = '' } = await twin(office, one, sent.task);
  await move(office, id, { status: 'accepted' });
  await becomes(clinic, sent.task, 'accepted');
  // Nobody hears of the other for a while.
  await one.owner.query(`update partner_server set disabled_at = now()`);
  await move(office, id, { status: 'completed', ...outcome('つながりました。') });
  await move(clinic, sent.task, { status: 'cancelled', ...because('転居されたため。') });
  await one.owner.query(`update partner_server set disabled_at = null, version = version + 1`);
  const kept = await until(async () => {
    const { rows } = await one.owner.query<{ kept: { ja: string } | null }>(
      'select kept from partner_task where task = $1 and told = wanted',
      [sent.task],
    );
    return rows[0]?.kept ?? undefined;
  }, [one, two]);
  expect(kept.ja).toContain('終わっています');
  expect((await office<Task>('get', `/Task/${id}`)).status).toBe('completed');
  expect((await clinic<Task>('get', `/Task/${sent.task}`)).status).toBe('cancelled');
});
