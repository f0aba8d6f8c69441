import sharp from 'sharp';
import { expect, test } from '@jest/globals';
import { consentForm } from '../../src/documents/consent-form.ts';
import { greyOnWhite } from '../../src/files/picture.ts';
import { givenConsent } from './examples.ts';
import { png, signature } from './images.ts';

/** Grey values of the picture that is printed, row by row. */
async function greys(image: Buffer): Promise<number[]> {
  const drawn = await greyOnWhite(image);
  const { data, info } = await sharp(drawn?.bytes).raw().toBuffer({ resolveWithObject: true });
  return [...data].filter((_, i) => i % info.channels === 0);
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
])('a signature in %s is printed in grey on white', async (_, image, expected) => {
  expect(await greys(image)).toEqual(expected);
});

const whole = signature();
const damaged = Buffer.from(whole);
damaged[whole.indexOf('IDAT') + 20] = 7;

test.each([
  ['that is no image', Buffer.from('hello')],
  ['cut short', whole.subarray(0, 60)],
  ['damaged on the way', damaged],
  ['with too little in it', png(10, 10, 8, 0, Buffer.alloc(20))],
  ['of an impossible size', png(100_000, 1, 8, 0, Buffer.alloc(10))],
  ['of an unknown kind', png(1, 1, 8, 5, Buffer.from([0, 0]))],
  ['with an unknown filter', png(1, 1, 8, 0, Buffer.from([9, 0]))],
])('a signature %s leaves the line to sign on, and no crash', async (_, image) => {
  const { signature: _none, ...without } = { ...givenConsent, signature: undefined };
  const pages = async (data: Parameters<typeof consentForm>[0]) =>
    (await consentForm(data)).includes('/Subtype /Image');
  expect(await pages({ ...givenConsent, signature: image })).toBe(false);
  expect(await pages({ ...without, signature: whole })).toBe(true);
});
