import { inflateSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { consentForm } from '../../src/documents/consent-form.ts';
import { inkOf } from '../../src/documents/png.ts';
import { givenConsent } from './examples.ts';
import { png, signature } from './images.ts';

/** Grey values of the rewritten image, row by row. */
function greys(image: Buffer): number[] {
  const { png: written, width, height } = inkOf(image);
  const at = written.indexOf('IDAT');
  const rows = inflateSync(written.subarray(at + 4, at + 4 + written.readUInt32BE(at - 4)));
  return Array.from({ length: height }, (_, y) => [
    ...rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)),
  ]).flat();
}

test.each([
  ['grey', png(2, 1, 8, 0, Buffer.from([0, 0, 200])), [0, 200]],
  ['one bit a pixel', png(4, 1, 1, 0, Buffer.from([0, 0b0101_0000])), [0, 255, 0, 255]],
  ['sixteen bits', png(2, 1, 16, 0, Buffer.from([0, 255, 255, 0, 9])), [255, 0]],
  ['colour', png(2, 1, 8, 2, Buffer.from([0, 255, 255, 255, 0, 0, 0])), [255, 0]],
  ['a palette', png(2, 1, 8, 3, Buffer.from([0, 1, 0]), Buffer.from([0, 0, 0, 255, 255, 255])), [255, 0]],
  ['grey with transparency', png(2, 1, 8, 4, Buffer.from([0, 0, 255, 0, 0])), [0, 255]],
  ['colour with transparency', png(2, 1, 8, 6, Buffer.from([0, 0, 0, 0, 255, 0, 0, 0, 0])), [0, 255]],
  [
    'rows told by difference',
    png(2, 3, 8, 0, Buffer.from([1, 10, 10, 2, 5, 5, 4, 1, 1])),
    [10, 20, 15, 25, 16, 26],
  ],
  ['rows told by average', png(2, 1, 8, 0, Buffer.from([3, 10, 10])), [10, 15]],
])('a signature in %s is printed in grey on white', (_, image, expected) => {
  expect(greys(image)).toEqual(expected);
});

const whole = signature();
const damaged = Buffer.from(whole);
damaged[whole.indexOf('IDAT') + 20] = 7;

test.each([
  ['that is no image', Buffer.from('hello')],
  ['cut short', whole.subarray(0, 60)],
  ['damaged on the way', damaged],
  ['with too little in it', png(10, 10, 8, 0, Buffer.alloc(20))],
  ['that would fill the memory', png(4, 4, 8, 0, Buffer.alloc(50_000_000))],
  ['of an impossible size', png(100_000, 1, 8, 0, Buffer.alloc(10))],
  ['of an unknown kind', png(1, 1, 8, 5, Buffer.from([0, 0]))],
  ['with an unknown filter', png(1, 1, 8, 0, Buffer.from([9, 0]))],
])('a signature %s is refused with a sentence, not with a crash', async (_, image) => {
  await expect(consentForm({ ...givenConsent, signature: image })).rejects.toMatchObject({
    problem: { kind: 'invalid', issues: [{ path: 'signature' }] },
  });
});
