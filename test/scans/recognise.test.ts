import { describe, expect, test } from '@jest/globals';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { codePlace, cornerMarks } from '../../src/documents/layout.ts';
import { referralSketch } from '../../src/documents/referral-sheet.ts';
import { questionnaireSketch } from '../../src/documents/questionnaire-sheet.ts';
import { drawAlone } from '../../src/documents/sheet.ts';
import { Refused } from '../../src/kernel/problem.ts';
import { greyOf, type Grey } from '../../src/scans/recognise/bitmap.ts';
import type { RecognisedPage } from '../../src/scans/recognise/page.ts';
import { mostPages } from '../../src/scans/recognise/limits.ts';
import { makeRecognise } from '../../src/scans/recognise/recognise.ts';
import { text } from '../../src/scans/recognise/text.ts';
import sharp from 'sharp';
import * as examples from '../documents/examples.ts';
import { png } from '../documents/images.ts';
import { arrived, jpegFile, pdfOf, pngFile, printed, sideBySide, tiffOf, type Way } from './paper.ts';

const recognise = makeRecognise();
const [first, second] = [
  '00000000-0000-8000-8aaa-000000000001',
  '00000000-0000-8000-8bbb-000000000002',
] as const;
const [form] = (await printed(
  await drawAlone(questionnaireSketch({ ...examples.questionnaire, sheetId: first })),
)) as [Grey];
const [cover, body] = (await printed(
  await drawAlone(referralSketch({ ...examples.referral, sheetId: second })),
)) as [Grey, Grey];
const codeOf = {
  form: { sheet: first, page: 1, pages: 1 },
  cover: { sheet: second, page: 1, pages: 2 },
  body: { sheet: second, page: 2, pages: 2 },
};

/** How dark the middle of each corner mark is on the page as it was laid flat, and how light it is beside it. */
async function marksOn({ png: bytes }: RecognisedPage): Promise<readonly (readonly [number, number])[]> {
  const { data, width } = await greyOf(sharp(bytes));
  const around = (x: number, y: number): number => {
    let sum = 0;
    for (let dy = -6; dy < 6; dy++)
      for (let dx = -6; dx < 6; dx++) sum += data[(y + dy) * width + x + dx] ?? 0;
    return Math.round(sum / 144);
  };
  return cornerMarks.map(({ x, y, size }) => {
    const [cx, cy] = [(x + size / 2) * 8, (y + size / 2) * 8];
    return [around(cx, cy), around(cx + (x < 100 ? 32 : -32), cy)] as const;
  });
}

const fax = { across: 204, black: 128, fed: true };
const ways: readonly (readonly [string, keyof typeof codeOf, Way])[] = [
  ['coarse fax', 'cover', { ...fax, lines: 98 }],
  ['coarse fax, askew', 'form', { ...fax, lines: 98, skew: 4 }],
  ['coarse fax, upside down', 'body', { ...fax, lines: 98, quarters: 2, skew: -2 }],
  [
    'fine fax, lying on its side, noisy',
    'cover',
    { ...fax, lines: 196, quarters: 1, specks: 0.01, broken: 8 },
  ],
  ['fine fax, on its other side', 'form', { ...fax, lines: 196, quarters: 3, skew: 1 }],
  ['coarse fax, noisy and thin', 'form', { ...fax, lines: 98, specks: 0.01, broken: 6, black: 90 }],
  ['coarse fax, fat', 'body', { ...fax, lines: 98, skew: -3, black: 190 }],
];

test('the pages of a fax are known one by one, however they lie, and come out upright and straight', async () => {
  const sheets = { form, cover, body };
  const pages = await Promise.all(
    ways.map(async ([, what, way]) => ({ ...(await arrived(sheets[what], way)), ...resolution(way) })),
  );
  const read = await recognise(await tiffOf(pages), 'tiff');
  expect(read.map((page, i) => [ways[i]?.[0], page.number, page.code, page.why])).toEqual(
    ways.map(([name, what], i) => [name, i + 1, codeOf[what], undefined]),
  );
  for (const [i, page] of read.entries()) {
    expect([page.width, page.height]).toEqual([1680, 2376]);
    // The askew ones have lost the outermost marks.
    if ((ways[i]?.[2].skew ?? 0) !== 0) continue;
    for (const [middle, beside] of await marksOn(page)) {
      expect(middle).toBeLessThan(60);
      expect(beside).toBeGreaterThan(180);
    }
  }
}, 60_000);

test('a line that the machine drew through the eyes of the code does not hide it', async () => {
  const through = async (lines: number): Promise<Grey & { across: number; lines: number }> => {
    const page = await arrived(form, { ...fax, lines });
    const data = Uint8Array.from(page.data);
    const row = Math.round(((codePlace.y + 3.5 * 0.9) / 25.4) * lines);
    data.fill(0, row * page.width, (row + 1) * page.width);
    return { ...page, data, across: 204, lines };
  };
  const read = await recognise(await tiffOf([await through(196), await through(98)]), 'tiff');
  expect(read.map(({ code }) => code)).toEqual([codeOf.form, codeOf.form]);
}, 30_000);

/** A page that lies on its side went through the machine with its long side across. */
const resolution = ({ across, lines }: Way) => ({ across: across ?? 204, lines: lines ?? across ?? 204 });

test('a fax that does not say how fine its lines are is taken for a coarse one where it is broader than high', async () => {
  const { data, ...size } = await arrived(cover, { ...fax, lines: 98 });
  // The machine writes 1728 points, whatever the width of the paper.
  const wide = await greyOf(
    sharp(data, { raw: { ...size, channels: 1 } }).extend({ left: 21, right: 21, background: '#ffffff' }),
  );
  expect(wide.width).toBe(1728);
  const [page] = await recognise(await tiffOf([{ ...wide, across: 1, lines: 1 }]), 'tiff');
  expect(page).toMatchObject({ code: codeOf.cover, width: 1680, height: 2376 });
}, 30_000);

describe('what a scanner sends', () => {
  test('is told apart: ours, nothing, somebody else’s, two at once', async () => {
    const scan = { across: 200 };
    const blank = { width: 1654, height: 2339, data: new Uint8Array(1654 * 2339).fill(250) };
    const pages = [
      await arrived(body, { ...scan, skew: -5 }),
      blank,
      await strange('https://example.com/somebody-else'),
      await strange('TN1ABCDEFGHJKMNPQR01'),
      await sideBySide(form, cover),
      await sideBySide(form, form),
      await sideBySide(form, await withoutCode(cover)),
      await sideBySide(form, { ...form, data: form.data.map(() => 255) }),
      await arrived(form, { ...scan, quarters: 2 }),
    ];
    const read = await recognise(await pdfOf(pages), 'pdf');
    expect(read.map(({ code, why }) => code ?? why)).toEqual([
      codeOf.body,
      'none',
      'stranger',
      'stranger',
      'several',
      'several',
      // One of the two codes cannot be read: the page is not given to the other.
      'several',
      codeOf.form,
      codeOf.form,
    ]);
    for (const { width, height } of read) expect(Math.max(width, height)).toBeLessThanOrEqual(2700);
  }, 60_000);

  test('as a PNG, as a JPEG, as our own PDF; a photograph has no code', async () => {
    const cat = await greyOf(
      sharp({
        create: {
          width: 1200,
          height: 800,
          channels: 3,
          background: '#886644',
          noise: { type: 'gaussian', mean: 128, sigma: 40 },
        },
      }).blur(3),
    );
    const files = [
      [await pngFile(await arrived(cover, { across: 150, skew: 3 })), 'png'],
      [await jpegFile(await arrived(cover, { across: 150, quarters: 1, skew: -4 })), 'jpeg'],
      [await drawAlone(referralSketch({ ...examples.referral, sheetId: second })), 'pdf'],
      [await jpegFile(cat), 'jpeg'],
    ] as const;
    const read = await Promise.all(files.map(([file, kind]) => recognise(file, kind)));
    expect(read.map((pages) => pages.map(({ code, why }) => code ?? why))).toEqual([
      [codeOf.cover],
      [codeOf.cover],
      [codeOf.cover, codeOf.body],
      ['none'],
    ]);
  }, 60_000);
});

const withoutCode = (page: Grey): Promise<Grey> =>
  greyOf(
    sharp(page.data, { raw: { width: page.width, height: page.height, channels: 1 } }).composite([
      {
        input: { create: { width: 500, height: 400, channels: 3, background: '#ffffff' } },
        left: page.width - 500,
        top: page.height - 400,
      },
    ]),
  );

async function strange(words: string): Promise<Grey> {
  const code = await QRCode.toBuffer(words, { width: 400 });
  return greyOf(
    sharp({ create: { width: 1654, height: 2339, channels: 3, background: '#ffffff' } }).composite([
      { input: code, left: 700, top: 900 },
    ]),
  );
}

describe('what is no scan is refused with a sentence', () => {
  const locked = async (): Promise<Buffer> => {
    const doc = new PDFDocument({ userPassword: 'secret', ownerPassword: 'secret' });
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    const done = new Promise<void>((resolve) => doc.on('end', resolve));
    doc.end();
    await done;
    return Buffer.concat(chunks);
  };
  const many = () =>
    tiffOf(
      Array.from({ length: mostPages + 1 }, () => ({
        data: new Uint8Array(64).fill(255),
        width: 8,
        height: 8,
      })),
    );
  const huge = () => Promise.resolve(png(20_000, 20_000, 8, 0, Buffer.alloc(10)));
  const halfTiff = async () => (await tiffOf([await arrived(form, fax)])).subarray(0, 60);
  test.each([
    ['pdf', () => Promise.resolve(Buffer.from('%PDF-1.7\nno such thing\n%%EOF')), text.broken],
    ['pdf', locked, text.password],
    ['tiff', () => Promise.resolve(Buffer.from('II*\0\u0008\0\0\0')), text.broken],
    ['tiff', halfTiff, text.broken],
    ['tiff', many, text.pages],
    ['png', huge, text.pixels],
    ['png', () => pngFile(form).then((one) => one.subarray(0, 30)), text.broken],
    ['jpeg', () => Promise.resolve(Buffer.from('not a picture')), text.broken],
    [
      'jpeg',
      () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
      text.broken,
    ],
  ] as const)(
    '%s %#',
    async (kind, file, says) => {
      const refused = await recognise(await file(), kind).catch((error: unknown) => error);
      expect((refused as Refused).problem).toEqual({ kind: 'invalid', issues: [{ path: '', says }] });
    },
    30_000,
  );

  test('is let go at once when the service stops, and is not what is wrong with the file', async () => {
    const page = await pngFile(form);
    const stopping = new AbortController();
    const reading = recognise(page, 'png', stopping.signal);
    stopping.abort(new Error('stopping'));
    await expect(reading).rejects.toThrow('stopping');
    await expect(recognise(page, 'png', stopping.signal)).rejects.toThrow('stopping');
    expect(await recognise(page, 'png')).toHaveLength(1);
  }, 30_000);

  test('too large, too slow, or too many at once', async () => {
    const page = await pngFile(form);
    const why = (bounds: Parameters<typeof makeRecognise>[0]) =>
      makeRecognise(bounds)(page, 'png').catch((error: unknown) => (error as Refused).problem);
    expect(await why({ largest: 1000 })).toMatchObject({ issues: [{ says: text.size }] });
    expect(await why({ page: 1 })).toMatchObject({ issues: [{ says: text.slow }] });
    expect(await why({ file: 1 })).toMatchObject({ issues: [{ says: text.slow }] });
    const narrow = makeRecognise({ waiting: 1 });
    const all = await Promise.allSettled([narrow(page, 'png'), narrow(page, 'png'), narrow(page, 'png')]);
    expect(
      all.map((one) => (one.status === 'rejected' ? (one.reason as Refused).problem.kind : one.value.length)),
    ).toEqual([1, 1, 'too-many']);
  }, 30_000);
});
