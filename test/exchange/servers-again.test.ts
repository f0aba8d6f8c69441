import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Consent, Patient, Task } from '@medplum/fhirtypes';
import { withdrawalUrl } from '../../src/consent/record.ts';
import { concept, systems } from '../../src/fhir/codes.ts';
import { liftLimits, limitContact, readLimits } from '../../src/people/record.ts';
import { startFetching, type Fetching } from './fetching.ts';
import { caller, client, until, type Caller } from './two-servers.ts';

/** What was fetched is looked at again where it came from: how the person is reached, limits of contact, withdrawals. */
let here: Fetching;
let clinicHere: Caller;
beforeAll(async () => {
  here = await startFetching();
  await client(here.one, 'clinic here', 'doctor', 'clinic');
  clinicHere = await caller(here.one, 'clinic here');
}, 120_000);
beforeEach(() => {
  here.on(() => false);
});
afterAll(() => here.stop());

type Taken = Readonly<{ task: string; patient: string; consent: string; ours: Task; person: string }>;
const outcome = {
  type: concept(systems.taskOutput, 'outcome'),
  valueCodeableConcept: { ...concept(systems.outcome, 'achieved'), text: 'つながりました。' },
};

/** A referral that the office has fetched, and has brought to its good end on both sides. */
async function ended(): Promise<Taken> {
  const sent = await here.refer();
  const ours = await here.fetched(sent.task);
  const id = ours.id ?? '';
  for (const status of ['accepted', 'in-progress'] as const) await here.move(here.office, id, { status });
  await here.move(here.office, id, { status: 'completed', output: [outcome] });
  await here.becomes(here.two, sent.task, 'completed');
  return { ...sent, ours, person: ours.for?.reference?.slice('Patient/'.length) ?? '' };
}
/** The present version of a person or consent where the office works, whoever may see it. */
async function stored<T>(table: 'patient' | 'consent', id: string): Promise<T | undefined> {
  const { rows } = await here.one.owner.query<{ content: T }>(`select content from ${table} where id = $1`, [
    id,
  ]);
  return rows[0]?.content;
}
async function consentOf({ person }: Taken): Promise<Consent | undefined> {
  const { rows } = await here.one.owner.query<{ content: Consent }>(
    'select content from consent where patient_id = $1',
    [person],
  );
  return rows[0]?.content;
}
const keptOf = async ({ ours }: Taken): Promise<string | undefined> => {
  const { rows } = await here.one.owner.query<{ kept: { en: string } | null }>(
    'select kept from partner_task where task = $1',
    [ours.id],
  );
  return rows[0]?.kept?.en;
};
const changeThere = async (patient: string, change: (seen: Patient) => Patient): Promise<void> => {
  await here.clinic(
    'put',
    `/Patient/${patient}`,
    change(await here.clinic<Patient>('get', `/Patient/${patient}`)),
  );
};
const becomes = (person: string, is: (patient: Patient) => boolean): Promise<Patient> =>
  until(async () => {
    const found = await stored<Patient>('patient', person);
    return found && is(found) && found;
  }, [here.one, here.two]);
/** Two looks later nothing more comes of the first. */
async function looked(person: string): Promise<void> {
  for (let n = 0; n < 2; n += 1) {
    await here.one.owner.query(`update partner_record set looked_at = null where id = $1`, [person]);
    await here.askNow();
    await until(async () => {
      const { rows } = await here.one.owner.query(
        `select 1 from partner_record r join partner_server s on s.id = r.server
         where r.id = $1 and r.looked_at is not null and s.heard_at >= r.looked_at`,
        [person],
      );
      return rows.length > 0;
    }, [here.one]);
  }
}

test('a telephone number and a limit of contact that come after the end are taken over, and so is that it was lifted', async () => {
  const taken = await ended();
  await changeThere(taken.patient, (seen) => ({
    ...limitContact(
      seen,
      { since: '2026-11-25', why: 'danger-at-home', how: '平日の昼に医院へ', by: undefined },
      here.two.now().toISOString(),
    ),
    telecom: [{ system: 'phone', value: '0186-00-2222' }],
  }));
  const limited = await becomes(taken.person, (one) => readLimits(one) !== undefined);
  expect(readLimits(limited)?.how).toBe('平日の昼に医院へ');
  expect(limited.telecom?.[0]?.value).toBe('0186-00-2222');
  expect(limited.managingOrganization?.reference).toBe(`Organization/${here.one.bodies.clinic.id}`);
  await changeThere(taken.patient, (seen) => liftLimits(seen, here.two.now().toISOString(), undefined));
  await becomes(taken.person, (one) => readLimits(one) === undefined);

  // Who changed it: the clinic, and nothing is written again while nothing changes there.
  const versions = () =>
    here.one.owner.query<{ n: number }>('select count(*)::int as n from patient_history where id = $1', [
      taken.person,
    ]);
  const before = (await versions()).rows[0]?.n;
  await looked(taken.person);
  expect((await versions()).rows[0]?.n).toBe(before);
});

test('a limit that was set here stays when the clinic changes the person on its server', async () => {
  const taken = await ended();
  const before = await clinicHere<Patient>('get', `/Patient/${taken.person}`);
  const limits = { since: '2026-11-20', why: 'other', how: '事業所へ', by: undefined } as const;
  await clinicHere(
    'put',
    `/Patient/${taken.person}`,
    limitContact(before, limits, here.one.now().toISOString()),
  );
  await changeThere(taken.patient, (seen) => ({
    ...seen,
    telecom: [{ system: 'phone', value: '0186-00-3333' }],
  }));
  const now = await becomes(taken.person, (one) => one.telecom?.[0]?.value === '0186-00-3333');
  expect(readLimits(now)?.how).toBe('事業所へ');
});

test('a consent that is taken back there after the end closes the person here, and a person is asked to look', async () => {
  const taken = await ended();
  expect((await here.office<Patient>('get', `/Patient/${taken.person}`)).id).toBe(taken.person);
  const consent = await here.clinic<object>('get', `/Consent/${taken.consent}`);
  const why = [
    { url: 'reason', valueString: '息子さんに知られたくないとのこと' },
    { url: 'at', valueDateTime: here.two.now().toISOString() },
  ];
  await here.clinic('put', `/Consent/${taken.consent}`, {
    ...consent,
    status: 'inactive',
    extension: [{ url: withdrawalUrl, extension: why }],
  });
  await until(async () => (await consentOf(taken))?.status === 'inactive', [here.one, here.two]);
  await expect(here.office('get', `/Patient/${taken.person}`)).rejects.toThrow('404');
  expect(await keptOf(taken)).toMatch(/taken to be withdrawn/);
  // What has ended well on both sides has; there is no quarrel about it.
  await until(async () => {
    const { rows } = await here.one.owner.query(
      'select 1 from partner_task where task = $1 and told = wanted',
      [taken.ours.id],
    );
    return rows.length > 0;
  }, [here.one]);
  expect(await keptOf(taken)).toMatch(/taken to be withdrawn/);
});

/** Answers a search for consents as another server would: they stay readable, with this said of them. */
const shownAs = (consent: string, change: (seen: Consent) => Consent): void => {
  here.on((req, res) => {
    if (!(req.url ?? '').startsWith(`/fhir/Consent?_id=`)) return false;
    void (async () => {
      const { rows } = await here.two.owner.query<{ content: Consent }>(
        'select content from consent where id = $1',
        [consent],
      );
      const entry = [{ resource: change(rows[0]?.content as Consent) }];
      res
        .writeHead(200, { 'Content-Type': 'application/fhir+json' })
        .end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry }));
    })();
    return true;
  });
};

test('a server that goes on showing the consent says that it is over, and not a word of why comes here', async () => {
  const taken = await ended();
  shownAs(taken.consent, (seen) => ({
    ...seen,
    meta: { ...seen.meta, versionId: '9' },
    status: 'inactive',
    extension: [
      { url: withdrawalUrl, extension: [{ url: 'reason', valueString: '息子さんに知られたくない' }] },
    ],
  }));
  const over = await until(async () => {
    const found = await consentOf(taken);
    return found?.status === 'inactive' && found;
  }, [here.one, here.two]);
  expect(JSON.stringify(over)).not.toContain('息子さん');
  expect(await keptOf(taken)).toBeUndefined();
});

test('so does one that says only that the status is another', async () => {
  const taken = await ended();
  shownAs(taken.consent, (seen) => ({
    ...seen,
    meta: { ...seen.meta, versionId: '9' },
    status: 'entered-in-error',
  }));
  await until(async () => (await consentOf(taken))?.status === 'inactive', [here.one, here.two]);
});

const outcomeOf = (code: string): string =>
  JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] });
const isAbout =
  (...ids: string[]) =>
  (url = ''): boolean =>
    ids.some((id) => url.startsWith(`/fhir/Patient/${id}`) || url.startsWith(`/fhir/Consent/${id}`)) ||
    /^\/fhir\/(Patient|Consent)\?_id=/.test(url);

test.each([
  ['a page that is missing', 404, 'text/html', () => '<h1>Not Found</h1>'],
  ['that we may not read', 403, 'application/fhir+json', () => outcomeOf('forbidden')],
  ['a fault of theirs', 500, 'text/plain', () => 'Error'],
])('%s takes nothing back and removes nothing', async (_name, status, type, body) => {
  const taken = await ended();
  const about = isAbout(taken.patient, taken.consent);
  let asked = 0;
  here.on((req, res) => {
    if (!about(req.url)) return false;
    asked += 1;
    res.writeHead(status, { 'Content-Type': type }).end(body());
    return true;
  });
  await here.askNow();
  await until(() => Promise.resolve(asked > (status === 500 ? 0 : 1)), [here.one]);
  here.on(() => false);
  await looked(taken.person);
  expect((await consentOf(taken))?.status).toBe('active');
  expect(await stored('patient', taken.person)).toHaveProperty('birthDate', '1941-03-04');
  expect(await keptOf(taken)).toBeUndefined();
});

test('another server at that address, which knows neither the person nor our body, takes nothing back', async () => {
  const taken = await ended();
  let asked = 0;
  here.on((req, res) => {
    const url = req.url ?? '';
    if (/^\/fhir\/(Patient|Consent|Task)\?/.test(url)) {
      asked += url.startsWith('/fhir/Consent') ? 1 : 0;
      const none = JSON.stringify({ resourceType: 'Bundle', type: 'searchset' });
      res.writeHead(200, { 'Content-Type': 'application/fhir+json' }).end(none);
      return true;
    }
    if (!/^\/fhir\/(Patient|Consent|Organization)\//.test(url)) return false;
    res.writeHead(404, { 'Content-Type': 'application/fhir+json' }).end(outcomeOf('not-found'));
    return true;
  });
  await here.askNow();
  await until(() => Promise.resolve(asked > 1), [here.one]);
  expect((await consentOf(taken))?.status).toBe('active');
});

test('somebody else under the same id is not written over the person', async () => {
  const taken = await ended();
  const before = await stored<Patient>('patient', taken.person);
  here.on((req, res) => {
    if (!(req.url ?? '').startsWith('/fhir/Patient?_id=')) return false;
    const resource: Patient = {
      resourceType: 'Patient',
      id: taken.patient,
      meta: { versionId: '7' },
      name: [{ text: '別の 太郎' }],
      birthDate: '1990-01-01',
    };
    const found = { resourceType: 'Bundle', type: 'searchset', entry: [{ resource }] };
    res.writeHead(200, { 'Content-Type': 'application/fhir+json' }).end(JSON.stringify(found));
    return true;
  });
  const kept = await until(() => keptOf(taken), [here.one]);
  expect(kept).toMatch(/seems to be somebody else/);
  expect(await stored('patient', taken.person)).toEqual(before);
});

test('a person who is hidden while the consent is shown cannot be reached from here any more, until it is shown again', async () => {
  const taken = await ended();
  await changeThere(taken.patient, (seen) => ({
    ...seen,
    telecom: [{ system: 'phone', value: '0186-00-4444' }],
  }));
  await becomes(taken.person, (one) => one.telecom?.[0]?.value === '0186-00-4444');
  here.on((req, res) => {
    const url = req.url ?? '';
    const isOne = url === `/fhir/Patient/${taken.patient}`;
    if (!isOne && !url.startsWith('/fhir/Patient?_id=')) return false;
    const none = JSON.stringify({ resourceType: 'Bundle', type: 'searchset' });
    res
      .writeHead(isOne ? 404 : 200, { 'Content-Type': 'application/fhir+json' })
      .end(isOne ? outcomeOf('not-found') : none);
    return true;
  });
  const hidden = await becomes(taken.person, (one) => readLimits(one) !== undefined);
  expect(JSON.stringify(hidden)).not.toContain('0186-00-4444');
  expect(await keptOf(taken)).toMatch(/taken for a limit of contact/);
  here.on(() => false);
  const again = await becomes(taken.person, (one) => one.telecom?.[0]?.value === '0186-00-4444');
  expect(readLimits(again)).toBeUndefined();
});

test('whom nobody here sees any more is not asked about', async () => {
  const sent = await here.refer();
  const ours = await here.fetched(sent.task);
  await here.move(here.office, ours.id ?? '', {
    status: 'rejected',
    statusReason: { text: '枠がありません。' },
  });
  await here.becomes(here.two, sent.task, 'rejected');
  const person = ours.for?.reference?.slice('Patient/'.length) ?? '';
  await until(async () => {
    const { rows } = await here.one.owner.query(
      `select 1 from partner_record where id = $1 and looked_at = 'infinity'`,
      [person],
    );
    return rows.length > 0;
  }, [here.one]);
  const { rows } = await here.one.owner.query<{ status: string }>(
    `select status from consent where patient_id = $1`,
    [person],
  );
  expect(rows).toEqual([{ status: 'active' }]);
});
