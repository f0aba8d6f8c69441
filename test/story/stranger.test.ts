import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import { Client } from 'fhir-kit-client';
import request from 'supertest';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

/**
 * The whole way of a referral in which the clinic works with our pages, and the office and the group with programs of their
 * own that know FHIR and nothing of ours.
 */
let service: Service;
let reception: Desk;
beforeAll(async () => {
  service = await startService();
  reception = await signedIn(service, 'reception');
}, 120_000);
afterAll(() => service.stop());

async function stranger(name: string): Promise<Client> {
  const { body } = await request(service.url)
    .post('/oauth/token')
    .auth(name, 'demo-secret')
    .type('form')
    .send({ grant_type: 'client_credentials' })
    .expect(200);
  const bearerToken = (body as { access_token: string }).access_token;
  return new Client({ baseUrl: `${service.url}/fhir`, bearerToken });
}
const found = <R extends Resource>(answer: unknown, type: R['resourceType']): R[] =>
  ((answer as Bundle).entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === type ? [resource as R] : [],
  );
// What the client library answers, as R4 types it.
const asTask = (answer: unknown): Task => answer as Task;
const asBundle = (answer: unknown): Bundle => answer as Bundle;
const bodyOf = (login: string): string =>
  service.demo.accounts.find((one) => one.login === login)?.organizationId ?? '';
const text = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ');

const url = 'https://tsunagi.example/fhir/CodeSystem';
const coded = (system: string, code: string) => ({ coding: [{ system, code }] });
const outcome = (code: string, words: string) => ({
  type: coded(`${url}/task-output`, 'outcome'),
  valueCodeableConcept: { ...coded(`${url}/outcome`, code), text: words },
});

/** Moves a task in the version that was seen. */
async function move(client: Client, id: string, change: Partial<Task>): Promise<Task> {
  const seen = asTask(await client.read({ resourceType: 'Task', id }));
  const body = { ...seen, ...change };
  const headers = { 'If-Match': `W/"${seen.meta?.versionId ?? ''}"` };
  return asTask(await client.update({ resourceType: 'Task', id, body: body, options: { headers } }));
}

async function sendsReferral(): Promise<string> {
  const [clinic, office] = [bodyOf('reception'), bodyOf('linkworker')];
  const known = service.demo.cases.find(
    (one) => one.state === 'requested' && one.clinicId === clinic && one.officeId === office,
  );
  const base = `/patients/${known?.patientId ?? ''}/referrals`;
  const form = await reception.get(`${base}/new`);
  const value = (name: string): string =>
    new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]+)"`).exec(form.html)?.[1] ??
    new RegExp(`<input[^>]*value="([^"]+)"[^>]*name="${name}"`).exec(form.html)?.[1] ??
    '';
  const fields = {
    needs: value('needs'),
    office,
    urgency: 'urgent',
    reason: '夫を亡くしてから外に出なくなりました。',
  };
  const checked = await reception.send(form, `${base}/check`, fields);
  expect([checked.status, checked.status === 303 ? '' : text(checked.html)]).toEqual([303, '']);
  const sent = await reception.send(await reception.get(checked.location), base, fields);
  expect(sent.location).toMatch(/^\/referrals\/[0-9a-f-]{36}\/sent$/);
  return sent.location.split('/')[2] ?? '';
}

test('a referral goes out by our pages, through two programs of strangers, and comes back with what became of it', async () => {
  const id = await sendsReferral();
  const [office, group] = [await stranger('demo-office'), await stranger('demo-resource')];
  const [owner, helper, clinic] = [bodyOf('linkworker'), bodyOf('resource'), bodyOf('reception')];

  // The office's program looks for what is new, and gets the request along.
  const news = await office.search({
    resourceType: 'Task',
    searchParams: {
      owner: `Organization/${owner}`,
      status: 'requested',
      _include: 'Task:focus',
      _count: '200',
    },
  });
  const task = found<Task>(news, 'Task').find((one) => one.id === id);
  const order = found<ServiceRequest>(news, 'ServiceRequest').find(
    (one) => `ServiceRequest/${one.id ?? ''}` === task?.focus?.reference,
  );
  expect(task).toMatchObject({ status: 'requested', requester: { reference: `Organization/${clinic}` } });
  if (!order) throw new Error('The request did not come along.');

  expect((await move(office, id, { status: 'accepted' })).status).toBe('accepted');
  expect((await move(office, id, { status: 'in-progress' })).status).toBe('in-progress');
  expect(text((await reception.get(`/referrals/${id}`)).html)).toContain('支援中');

  // It asks a group: an order of its own that is based on the doctor's, and a task that is part of the referral.
  const consent = order.supportingInfo?.filter(({ reference }) => reference?.startsWith('Consent/')) ?? [];
  const asked = asBundle(
    await office.transaction({
      body: {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            fullUrl: 'urn:uuid:5b1f3f2e-3f0c-4a55-9d3c-2f4d5a6b7c81',
            request: { method: 'POST', url: 'ServiceRequest' },
            resource: {
              resourceType: 'ServiceRequest',
              status: 'active',
              intent: 'filler-order',
              basedOn: [{ reference: `ServiceRequest/${order.id ?? ''}` }],
              category: order.category,
              subject: order.subject,
              requester: { reference: `Organization/${owner}` },
              performer: [{ reference: `Organization/${helper}` }],
              supportingInfo: consent,
            },
          },
          {
            fullUrl: 'urn:uuid:5b1f3f2e-3f0c-4a55-9d3c-2f4d5a6b7c82',
            request: { method: 'POST', url: 'Task' },
            resource: {
              resourceType: 'Task',
              status: 'requested',
              intent: 'order',
              code: coded('http://hl7.org/fhir/CodeSystem/task-code', 'fulfill'),
              partOf: [{ reference: `Task/${id}` }],
              focus: { reference: 'urn:uuid:5b1f3f2e-3f0c-4a55-9d3c-2f4d5a6b7c81' },
              for: order.subject,
              requester: { reference: `Organization/${owner}` },
              owner: { reference: `Organization/${helper}` },
              authoredOn: service.now().toISOString(),
            },
          },
        ],
      },
    }),
  );
  const askedTask =
    asked.entry?.find(({ resource }) => resource?.resourceType === 'Task')?.resource?.id ?? '';

  // The group's program finds it, and sees no other referral.
  const forGroup = await group.search({
    resourceType: 'Task',
    searchParams: { owner: `Organization/${helper}`, status: 'requested', _count: '200' },
  });
  expect(found<Task>(forGroup, 'Task').map((one) => one.id)).toContain(askedTask);
  await expect(group.read({ resourceType: 'Task', id })).rejects.toMatchObject({ response: { status: 404 } });
  for (const status of ['accepted', 'in-progress'] as const) await move(group, askedTask, { status });
  await expect(move(group, askedTask, { status: 'completed' })).rejects.toMatchObject({
    response: { status: 422 },
  });
  await move(group, askedTask, {
    status: 'completed',
    output: [outcome('connected', '毎週来られています。')],
  });

  // The office closes, and tells the doctor in the same transaction.
  const seen = asTask(await office.read({ resourceType: 'Task', id }));
  await office.transaction({
    body: {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          request: { method: 'PUT', url: `Task/${id}`, ifMatch: `W/"${seen.meta?.versionId ?? ''}"` },
          resource: {
            ...seen,
            status: 'completed',
            output: [outcome('achieved', '週に一度は外へ出るようになりました。')],
          },
        },
        {
          fullUrl: 'urn:uuid:5b1f3f2e-3f0c-4a55-9d3c-2f4d5a6b7c83',
          request: { method: 'POST', url: 'Communication' },
          resource: {
            resourceType: 'Communication',
            status: 'completed',
            category: [coded(`${url}/communication-category`, 'report')],
            subject: order.subject,
            basedOn: [{ reference: `ServiceRequest/${order.id ?? ''}` }],
            sender: { reference: `Organization/${owner}` },
            recipient: [{ reference: `Organization/${clinic}` }],
            sent: service.now().toISOString(),
            payload: [{ contentString: '編み物の集まりで、教える側にもなりました。' }],
          },
        },
      ],
    },
  });

  const page = text((await reception.get(`/referrals/${id}`)).html);
  expect(page).toContain('完了');
  expect(page).toContain('週に一度は外へ出るようになりました。');
  const reports = await reception.get(`/referrals/${id}`);
  const report = /href="([^"]*\/reports?\/[0-9a-f-]{36})"/.exec(reports.html)?.[1] ?? '';
  expect(report).not.toBe('');
  expect(text((await reception.get(report)).html)).toContain('編み物の集まりで、教える側にもなりました。');
});
