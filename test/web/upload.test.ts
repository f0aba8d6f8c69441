import { expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { Refused } from '../../src/kernel/problem.ts';
import { kindOfFile } from '../../src/files/kind.ts';
import { uploadIn, uploads } from '../../src/web/upload.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n0123456789', 'latin1');

const refused: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  if (!(error instanceof Refused)) throw error;
  res.status(422).json(error.problem);
};
const app = express()
  .post('/', uploads(1000), (req, res) => {
    const scan = uploadIn(req, 'scan');
    res.json({ body: req.body as unknown, name: scan?.name, kind: scan && kindOfFile(scan.bytes) });
  })
  .use(refused);

test('a form with a scan gives its fields and the file, with its Japanese name', async () => {
  const answer = await request(app)
    .post('/')
    .field('_csrf', 'token')
    .field('many', ['a', 'b'])
    .attach('scan', png, '同意書.png');
  expect(answer.body).toEqual({
    body: { _csrf: 'token', many: ['a', 'b'] },
    name: '同意書.png',
    kind: 'image/png',
  });
});

test('a form whose file was left out is a form without a file', async () => {
  const answer = await request(app).post('/').field('a', '1').attach('scan', Buffer.alloc(0), '');
  expect(answer.body).toEqual({ body: expect.objectContaining({ a: '1' }) });
});

test('a file that is too large is refused at its field, a broken one altogether', async () => {
  const large = await request(app).post('/').attach('scan', Buffer.alloc(2000), 'a.png');
  expect(large.body).toMatchObject({ kind: 'invalid', issues: [{ path: 'scan' }] });
  const broken = await request(app)
    .post('/')
    .set('Content-Type', 'multipart/form-data; boundary=x')
    .send('--x\r\nnothing');
  expect(broken.body).toMatchObject({ kind: 'invalid', issues: [{ path: '' }] });
});

test('what a file is, its first bytes say', () => {
  expect(kindOfFile(Buffer.from('%PDF-1.7'))).toBe('application/pdf');
  expect(kindOfFile(Buffer.from('\xff\xd8\xff\xe0', 'latin1'))).toBe('image/jpeg');
  expect(kindOfFile(Buffer.from('<script>'))).toBeUndefined();
});
