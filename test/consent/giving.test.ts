import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readProof, type ConsentForm, type Proof } from '../../src/consent/form.ts';
import { openedTo, readConsent } from '../../src/consent/record.ts';
import { readScan } from '../../src/consent/scan.ts';
import { give, takeBack } from '../../src/consent/service.ts';
import { lastDay } from '../../src/consent/term.ts';
import { buildReferral } from '../../src/referral/record.ts';
import { signature } from '../documents/images.ts';
import { makeScene, refusalOf, start, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(async () => {
  await scene.close();
});

const png = signature();
const form = (given: Partial<ConsentForm> = {}): ConsentForm => ({
  explainedBy: scene.bodies.actors.reception.post ?? '',
  explainedHow: 'easy-japanese',
  recipients: ['office'],
  items: ['contact', 'plan'],
  alsoResident: [],
  alsoResource: [],
  until: '2099-11-19',
  signer: 'person',
  proxyName: undefined,
  proxyRelation: undefined,
  proxyWhy: undefined,
  evidence: 'paper',
  kept: 'カルテ庫',
  ...given,
});
const giveNow = (given: Partial<ConsentForm>, proof: Proof) =>
  scene.open(scene.bodies.actors.reception, async (records) =>
    readConsent(
      await records.read('Consent', await give(records, scene.program, scene.patient, form(given), proof)),
    ),
  );

test('residents and groups get more only by name, and only of what the person agreed to at all', async () => {
  const given = await giveNow(
    {
      recipients: ['office', 'resident', 'resource'],
      items: ['contact', 'plan'],
      alsoResident: ['plan', 'answers'],
      alsoResource: [],
    },
    { kind: 'paper' },
  );
  expect(openedTo(given, { kind: 'resident' })).toEqual(['contact', 'plan']);
  expect(openedTo(given, { kind: 'resource' })).toEqual(['contact']);
  expect(openedTo(given, { kind: 'office' })).toEqual(['contact', 'plan']);
});

describe('giving consent', () => {
  test('on paper: it says where the paper is, who explained it and how', async () => {
    expect(await giveNow({}, { kind: 'paper' })).toMatchObject({
      evidence: { kind: 'paper', title: '同意書（紙、カルテ庫）' },
      explainedBy: scene.bodies.actors.reception.post,
      explainedHow: 'easy-japanese',
      items: ['contact', 'plan'],
      recipients: ['office'],
      from: '2026-11-20',
      until: '2099-11-19',
      status: 'active',
      form: `${scene.program.consent.url ?? ''}|${scene.program.consent.version ?? ''}`,
    });
  });

  test('by somebody in the person’s place: name, relation and reason are kept', async () => {
    const proxy = { proxyName: '試験 一郎', proxyRelation: '長男', proxyWhy: '手が動かないため' };
    const consent = await giveNow(
      { signer: 'proxy', ...proxy },
      { kind: 'drawn', png: png.toString('base64') },
    );
    expect(consent.proxy).toEqual({ name: '試験 一郎', relation: '長男', why: '手が動かないため' });
    expect(consent.evidence).toEqual({ kind: 'drawn', png: expect.stringMatching(/^iVBORw0KGgo/) });
  });

  test('with a copy of the paper: the bytes come back as they were kept', async () => {
    const taken = await readProof('scan', undefined, { name: 'a.png', bytes: png });
    const scan = taken && 'proof' in taken ? taken.proof : undefined;
    if (scan?.kind !== 'scan') throw new Error('not taken');
    const { id, evidence } = await giveNow({ evidence: 'scan' }, scan);
    expect(evidence.kind).toBe('scan');
    const read = await scene.open(scene.bodies.actors.doctor, async (records) =>
      readScan(records, await records.read('Consent', id)),
    );
    expect(read).toEqual({ bytes: scan.bytes, contentType: 'image/png' });
  });
});

describe('taking it back', () => {
  let own: Scene;
  beforeAll(async () => {
    own = await makeScene();
  });
  afterAll(async () => {
    await own.close();
  });

  test('closes the office’s view in the same moment, and nobody does it who does not see it', async () => {
    const { doctor, linkworker, otherDoctor } = own.bodies.actors;
    const ids = { request: randomUUID(), task: randomUUID(), provenance: randomUUID() };
    const consent = own.consent();
    const { id } = consent;
    await own.open(doctor, (records) =>
      records.write([
        consent,
        ...buildReferral(
          {
            patient: own.patient,
            from: own.bodies.clinic.id,
            to: own.bodies.office.id,
            by: doctor.post,
            urgency: 'routine',
            reason: 'ひとり暮らし',
            needs: [],
            consent: id,
            answers: undefined,
            conditions: [],
            caseNumber: 'TS-2026-000001',
            at: start,
            due: start,
          },
          ids,
        ),
      ]),
    );
    const look = () => refusalOf(own.open(linkworker, (r) => r.read('Patient', own.patient)));
    const take = (actor: typeof doctor, seen: string) =>
      refusalOf(own.open(actor, (r) => takeBack(r, id, { reason: 'ご本人の申し出', seen })));
    expect(await look()).toEqual([]);
    expect(await take(linkworker, '9')).toEqual(['conflict']);
    expect(await take(otherDoctor, '1')).toEqual(['not-found']);
    expect(await take(doctor, '1')).toEqual([]);
    expect(await look()).toEqual(['not-found']);
    expect(await take(doctor, '2')).toEqual(['conflict']);
  });
});

const asUrl = (bytes: Buffer): string => `data:image/png;base64,${bytes.toString('base64')}`;
const faultOf = async (...given: Parameters<typeof readProof>): Promise<string | undefined> => {
  const read = await readProof(...given);
  return read && 'fault' in read ? read.fault.path : undefined;
};

describe('the proof', () => {
  test('a drawn signature has to be a picture, not too large, and there', async () => {
    expect(await readProof('drawn', asUrl(png), undefined)).toMatchObject({ proof: { kind: 'drawn' } });
    expect(await faultOf('drawn', '', undefined)).toBe('signature');
    expect(await faultOf('drawn', asUrl(Buffer.from('<svg onload=alert(1)>')), undefined)).toBe('signature');
    expect(await faultOf('drawn', 'data:text/html;base64,AAAA', undefined)).toBe('signature');
    expect(await faultOf('drawn', asUrl(png.subarray(0, 60)), undefined)).toBe('signature');
    expect(await faultOf('drawn', asUrl(Buffer.concat([png, Buffer.alloc(200_000)])), undefined)).toBe(
      'signature',
    );
  });

  test('a copy is told by its bytes, whatever it calls itself', async () => {
    const pdf = Buffer.from('%PDF-1.7 …\n%%EOF');
    expect(await readProof('scan', undefined, { name: 'x.exe', bytes: pdf })).toMatchObject({
      proof: { contentType: 'application/pdf' },
    });
    expect(await faultOf('scan', undefined, { name: 'x.pdf', bytes: Buffer.from('MZ') })).toBe('scan');
    expect(await faultOf('scan', undefined, undefined)).toBe('scan');
  });
});

test.each([
  ['2026-11-21', 12, '2027-11-20'],
  ['2026-12-01', 12, '2027-11-30'],
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-02-29', 12, '2029-02-28'],
])('a consent given on %s for %i months ends on %s', (from, months, until) => {
  expect(lastDay(from, months)).toBe(until);
});
