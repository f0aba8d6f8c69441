import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeSeal } from '../../src/access/seal.ts';
import { findAuditEvents, readAuditEvent } from '../../src/exchange/fhir/audit_event.ts';
import { makeTurn } from '../../src/exchange/fhir/pages.ts';
import { smallestReferral } from '../support/referral.ts';
import { makePlace, outcomeOf, type Place } from './place.ts';

const served = { base: '', turn: makeTurn(makeSeal(['a secret']), '', 'anybody') };
let here: Place;
beforeAll(async () => {
  here = await makePlace();
});
afterAll(() => here.close());

describe('the log of a person', () => {
  test('tells the clinic that an office looked, and not at whom else of other clinics', async () => {
    const { office, otherClinic, actors } = here.bodies;
    const ours = await here.refer();
    const theirs = smallestReferral({ clinic: otherClinic, office });
    await here.open(actors.otherDoctor, (r) => r.write(Object.values(theirs)));
    await here.open(actors.linkworker, (r) => r.find('Task', [['owner', office.id]]));

    const found = await here.open(actors.doctor, (r) =>
      findAuditEvents(r, [['patient', ours.patient.id]], served),
    );
    const text = JSON.stringify(found);
    expect(text).toContain(`PractitionerRole/${actors.linkworker.post ?? ''}`);
    expect(text).toContain(ours.patient.id);
    for (const record of Object.values(theirs)) expect(text).not.toContain(record.id);

    const { rows } = await here.owner.query<{ id: string }>(
      `select id from access_log where patients @> array[$1, $2]::uuid[]`,
      [ours.patient.id, theirs.patient.id],
    );
    const one = await here.open(actors.doctor, (r) => readAuditEvent(r, rows[0]?.id ?? ''));
    expect(JSON.stringify(one)).not.toContain(theirs.patient.id);
  });

  test('is no way to a person for another clinic, a group or a council', async () => {
    const { patient } = await here.refer();
    const { otherDoctor, otherLinkworker, resource, council, coordinator, admin } = here.bodies.actors;
    const { rows } = await here.owner.query<{ id: string }>(
      `select id from access_log where $1 = any (patients)`,
      [patient.id],
    );
    for (const actor of [otherDoctor, otherLinkworker, resource, council, coordinator, admin]) {
      const found = await here.open(actor, (r) => findAuditEvents(r, [['patient', patient.id]], served));
      expect(found.entry).toEqual([]);
      for (const { id } of rows)
        expect(await outcomeOf(here.open(actor, (r) => readAuditEvent(r, id)))).toBe('not-found');
    }
  });
});
