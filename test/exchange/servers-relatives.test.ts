import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, RelatedPerson, Task } from '@medplum/fhirtypes';
import { reference } from '../../src/fhir/references.ts';
import { smallestReferral } from '../support/referral.ts';
import { madeIn, transactionOf } from './bundle.ts';
import { caller, client, register, startPlace, until, type Caller, type Place } from './two-servers.ts';

/** The clinic sends to the office's own server. Whom to call besides the person goes along, and may have to be forgotten. */
let one: Place;
let two: Place;
let clinic: Caller;

beforeAll(async () => {
  [one, two] = [await startPlace(), await startPlace()];
  await client(one, 'clinic', 'doctor', 'clinic');
  await client(two, 'clinic of one', 'doctor', 'clinic');
  await register({
    at: one,
    ours: 'clinic',
    partner: 'office',
    way: 'push',
    address: `${two.url}/fhir`,
    client: 'clinic of one',
    there: { ours: two.bodies.clinic.id, partner: two.bodies.office.id },
  });
  clinic = await caller(one, 'clinic');
}, 120_000);
afterAll(async () => {
  await one.stop();
  await two.stop();
});

const daughter = (patient: string, telephone: string): RelatedPerson => ({
  resourceType: 'RelatedPerson',
  active: true,
  patient: reference('Patient', patient),
  relationship: [{ text: '長女' }],
  name: [{ text: '試験 桃子' }],
  telecom: [{ system: 'phone', value: telephone }],
});

/** A referral of somebody with a daughter, as it has arrived there. */
async function refer(): Promise<{ task: string; patient: string; relative: string }> {
  const referral = smallestReferral(one.bodies);
  const made = await clinic<Bundle>(
    'post',
    '',
    transactionOf([
      referral.patient,
      { ...daughter(referral.patient.id, '0186-00-5555'), id: crypto.randomUUID() },
      ...Object.values(referral).slice(1),
    ] as Parameters<typeof transactionOf>[0]),
  );
  const sent = {
    task: madeIn(made, 'Task'),
    patient: madeIn(made, 'Patient'),
    relative: madeIn(made, 'RelatedPerson'),
  };
  await becomes(sent.relative, (found) => found.telecom?.[0]?.value === '0186-00-5555');
  return sent;
}
/** A relative as the office's server has it, by our id. */
async function there(id: string): Promise<RelatedPerson | undefined> {
  const { rows } = await two.owner.query<{ content: RelatedPerson }>(
    `select content from related_person where content -> 'identifier' @> $1`,
    [JSON.stringify([{ system: `${one.url}/fhir/RelatedPerson`, value: id }])],
  );
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0]?.content;
}
const becomes = (id: string, is: (found: RelatedPerson) => boolean): Promise<RelatedPerson> =>
  until(async () => {
    const found = await there(id);
    return found && is(found) && found;
  }, [one, two]);

test('another number is told, and so is a relative who comes later, once', async () => {
  const sent = await refer();
  const seen = await clinic<RelatedPerson>('get', `/RelatedPerson/${sent.relative}`);
  await clinic('put', `/RelatedPerson/${sent.relative}`, {
    ...seen,
    telecom: [{ system: 'phone', value: '0186-00-6666' }],
  });
  await becomes(sent.relative, (found) => found.telecom?.[0]?.value === '0186-00-6666');
  const later = await clinic<RelatedPerson>('post', '/RelatedPerson', daughter(sent.patient, '0186-00-7777'));
  const arrived = await becomes(later.id ?? '', (found) => found.telecom?.[0]?.value === '0186-00-7777');
  expect(arrived.patient.reference).toMatch(/^Patient\//);
});

test('who is removed here is nameless and without a number there', async () => {
  const sent = await refer();
  await clinicRemoves(`RelatedPerson/${sent.relative}`);
  const emptied = await becomes(sent.relative, (found) => found.active === false);
  expect(emptied).not.toHaveProperty('telecom');
  expect(JSON.stringify(emptied)).not.toMatch(/桃子|長女|0186-00-5555/);
  // The referral goes on, and says the same thing no second time.
  const version = emptied.meta?.versionId;
  const task = await clinic<Task>('get', `/Task/${sent.task}`);
  expect(task.status).toBe('requested');
  const patient = await clinic<object>('get', `/Patient/${sent.patient}`);
  await clinic('put', `/Patient/${sent.patient}`, {
    ...patient,
    telecom: [{ system: 'phone', value: '0186-00-8888' }],
  });
  await until(async () => {
    const { rows } = await two.owner.query(`select 1 from patient where content::text like '%0186-00-8888%'`);
    return rows.length > 0;
  }, [one, two]);
  expect((await there(sent.relative))?.meta?.versionId).toBe(version);
});

async function clinicRemoves(record: string): Promise<void> {
  await clinic<Bundle>('post', '', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method: 'DELETE', url: record } }],
  });
}

test('what is under that id there is left alone unless it says that it is ours', async () => {
  const sent = await refer();
  await two.owner.query(
    `update related_person set content = content - 'identifier', version = version + 1 where content -> 'identifier' @> $1`,
    [JSON.stringify([{ value: sent.relative }])],
  );
  await clinicRemoves(`RelatedPerson/${sent.relative}`);
  const fault = await until(async () => {
    const { rows } = await one.owner.query<{ fault: { en: string } | null }>(
      'select fault from partner_task where task = $1',
      [sent.task],
    );
    return rows[0]?.fault;
  }, [one]);
  expect(fault.en).toMatch(/not the record of this referral/);
});
