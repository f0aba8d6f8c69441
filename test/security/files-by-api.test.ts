import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { expectRefusal, startApi, type Api } from '../exchange/api.ts';
import { claiming, drawing, photograph } from './pictures.ts';

let api: Api;
let patient: { reference: string };
beforeAll(async () => {
  api = await startApi();
  const made = await api.send('clinic', 'post', '/Patient', person());
  patient = { reference: `Patient/${(made.body as { id: string }).id}` };
});
afterAll(() => api.stop());

const person = (more: object = {}) => ({
  resourceType: 'Patient',
  name: [{ text: '試験 花子' }],
  managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
  ...more,
});
const base64 = (bytes: Buffer): string => bytes.toString('base64');
const binary = (contentType: string, bytes: Buffer) => ({
  resourceType: 'Binary',
  contentType,
  securityContext: patient,
  data: base64(bytes),
});
const document = (attachment: object) => ({
  resourceType: 'DocumentReference',
  status: 'current',
  subject: patient,
  content: [{ attachment }],
});
const post = (body: { resourceType: string }) => api.send('clinic', 'post', `/${body.resourceType}`, body);
const isBare = async (data: unknown): Promise<boolean> => {
  const bytes = Buffer.from(String(data), 'base64');
  return !bytes.includes('SECRET') && (await sharp(bytes).metadata()).exif === undefined;
};

test('what was taken as text is not called something else afterwards', async () => {
  const made = await post(binary('text/plain', Buffer.from('<html><script>alert(1)</script></html>')));
  expect(made.status).toBe(201);
  const kept = made.body as { id: string };
  for (const contentType of ['text/html', 'image/svg+xml', 'application/pdf'])
    expectRefusal(await api.send('clinic', 'put', `/Binary/${kept.id}`, { ...kept, contentType }), 422);
});

describe('a program that sends a picture', () => {
  test('gets back the one that is kept, without its place and camera, wherever in a record it stands', async () => {
    const photo = { contentType: 'image/jpeg', data: base64(await photograph()) };
    const sent: [{ resourceType: string }, (body: never) => unknown][] = [
      [binary('image/jpeg', await photograph()), (b: { data: string }) => b.data],
      [
        document(photo),
        (b: { content: { attachment: { data: string } }[] }) => b.content[0]?.attachment.data,
      ],
      [person({ photo: [photo] }), (b: { photo: { data: string }[] }) => b.photo[0]?.data],
      [
        {
          ...document({ title: 'x' }),
          extension: [{ url: 'https://x.example', valueAttachment: photo }],
        } as never,
        (b: { extension: { valueAttachment: { data: string } }[] }) => b.extension[0]?.valueAttachment.data,
      ],
      [
        {
          ...document({ title: 'x' }),
          author: [{ reference: '#p' }],
          contained: [person({ id: 'p', photo: [photo] })],
        } as never,
        (b: { contained: { photo: { data: string }[] }[] }) => b.contained[0]?.photo[0]?.data,
      ],
    ];
    for (const [record, dataIn] of sent) {
      const answer = await post(record);
      expect([record.resourceType, answer.status, answer.status === 201 ? '' : answer.text]).toEqual([
        record.resourceType,
        201,
        '',
      ]);
      expect(await isBare(dataIn(answer.body as never))).toBe(true);
      const again = await api.send(
        'clinic',
        'get',
        `/${record.resourceType}/${(answer.body as { id: string }).id}`,
      );
      expect(dataIn(again.body as never)).toBe(dataIn(answer.body as never));
    }
  });

  test('is told size and digest of what is kept', async () => {
    const bytes = await photograph();
    const hash = createHash('sha1').update(bytes).digest('base64');
    const answer = await post(
      document({ contentType: 'image/jpeg', data: base64(bytes), size: bytes.length, hash }),
    );
    type Kept = { content: { attachment: { data: string; size: number; hash: string } }[] };
    const kept = (answer.body as Kept).content[0]?.attachment;
    const now = Buffer.from(kept?.data ?? '', 'base64');
    expect(kept).toMatchObject({
      size: now.length,
      hash: createHash('sha1').update(now).digest('base64'),
    });
    expect(now.equals(bytes)).toBe(false);
  });

  test('changes the record beside it without the picture being drawn again', async () => {
    const made = (await post(binary('image/jpeg', await photograph()))).body as { id: string; data: string };
    const changed = await api.send('clinic', 'put', `/Binary/${made.id}`, { ...made, language: 'ja' });
    expect([changed.status, (changed.body as { data: string }).data]).toEqual([200, made.data]);
  });

  test.each<[string, () => Promise<object>, string]>([
    ['of another kind than it says', async () => binary('image/png', await photograph()), 'Binary.data'],
    ['of too many pixels', async () => binary('image/png', claiming(10_000, 5_000)), 'Binary.data'],
    ['with nothing in it', async () => binary('image/png', claiming(100, 100)), 'Binary.data'],
    ['that is a page', async () => binary('text/html', Buffer.from('<script>')), 'Binary.data'],
    [
      'that is a drawing with scripts',
      async () => binary('image/svg+xml', Buffer.from('<svg/>')),
      'Binary.data',
    ],
    [
      'in an attachment that lies',
      async () => document({ contentType: 'application/pdf', data: base64(await drawing()) }),
      'DocumentReference.content[0].attachment.data',
    ],
  ])('%s is refused', async (_, make, where) => {
    expectRefusal(await post((await make()) as { resourceType: string }), 422, where);
  });

  test('sends no more pictures at once than can be drawn', async () => {
    const large = await sharp({ create: { width: 6000, height: 6000, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const entry = Array.from({ length: 3 }, (_, i) => ({
      fullUrl: `urn:uuid:${randomUUID()}`,
      resource: { ...binary('image/png', Buffer.concat([large, Buffer.from([i])])) },
      request: { method: 'POST', url: 'Binary' },
    }));
    const answer = await api.send('clinic', 'post', '', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry,
    });
    const outcome = expectRefusal(answer, 422);
    expect(outcome.issue.map(({ code }) => code)).toEqual(['too-costly']);
  });
});
