import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  buildConsent,
  consentItems,
  openedTo,
  readConsent,
  recipientKinds,
  type Given,
} from '../../src/consent/record.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let here: TestDatabase;
beforeAll(async () => {
  here = await freshDatabase();
});
afterAll(() => here.close());

const body = '5c1f3d9e-0000-4000-8000-000000000001';
const whom = fc.constantFrom(...recipientKinds, body);
const given: fc.Arbitrary<Given> = fc.record({
  patient: fc.constant('5c1f3d9e-0000-4000-8000-0000000000aa'),
  clinic: fc.constant('5c1f3d9e-0000-4000-8000-0000000000bb'),
  recipients: fc.subarray([...recipientKinds]),
  recipientIds: fc.subarray([body]),
  items: fc.subarray([...consentItems], { minLength: 1 }),
  also: fc.array(fc.record({ recipient: whom, items: fc.subarray([...consentItems], { minLength: 1 }) }), {
    maxLength: 3,
  }),
  takenBack: fc.array(
    fc
      .record({
        recipient: fc.option(whom, { nil: undefined }),
        item: fc.option(fc.constantFrom(...consentItems), { nil: undefined }),
        reason: fc.constant('わけ'),
        at: fc.constant('2026-11-20T10:00:00+09:00'),
      })
      .filter((part) => part.recipient !== undefined || part.item !== undefined),
    { maxLength: 3 },
  ),
  from: fc.constant('2026-11-01'),
  until: fc.constant('2027-10-31'),
  at: fc.constant('2026-11-01T10:00:00+09:00'),
  explainedBy: fc.constant(undefined),
  explainedHow: fc.constant('spoken'),
  proxy: fc.constant(undefined),
  evidence: fc.constant({ kind: 'paper', title: '紙' }),
  status: fc.constant('active'),
});

test('the row rules open what the pages say a consent opens, whatever it names and whatever was taken back', async () => {
  await fc.assert(
    fc.asyncProperty(given, async (one) => {
      const consent = buildConsent(one);
      const { rows } = await here.owner.query<{ recipient: string; item: string; named: boolean }>(
        `select * from consent_openings($1)`,
        [JSON.stringify(consent)],
      );
      const read = readConsent(consent);
      for (const who of [...recipientKinds, body] as const) {
        const kind = recipientKinds.find((known) => known === who);
        const narrow = kind === 'resident' || kind === 'resource';
        const name = kind === undefined ? `Organization/${who}` : who;
        const fromRows = rows
          .filter((row) => row.recipient === name && (!narrow || row.named || row.item === 'contact'))
          .map((row) => row.item);
        const fromPages = openedTo(read, kind === undefined ? { id: who, kind: undefined } : { kind });
        expect({ who, opens: fromPages.toSorted() }).toEqual({
          who,
          opens: [...new Set(fromRows)].toSorted(),
        });
      }
    }),
    { numRuns: 200 },
  );
});
