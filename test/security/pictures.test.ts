import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from '@jest/globals';
import { checkedFile, type Checked } from '../../src/files/checked.ts';
import { drawnAnew } from '../../src/files/picture.ts';
import { chunk, claiming, drawing, photograph, withChunk, withSegment } from './pictures.ts';

const redrawn = async (bytes: Buffer, kind: 'image/png' | 'image/jpeg'): Promise<Buffer> => {
  const made = await drawnAnew(bytes, kind);
  if (typeof made === 'string') throw new Error(made);
  return made.bytes;
};
const faultOf = async (checked: Promise<Checked>): Promise<string> => {
  const it = await checked;
  return 'says' in it ? it.kind : 'taken';
};

describe('a picture that is sent to us', () => {
  test('loses where and with what it was taken, and stands upright', async () => {
    const before = await photograph();
    expect(before.includes('SECRETMAKER')).toBe(true);
    expect((await sharp(before).metadata()).exif).toBeDefined();
    const after = await redrawn(before, 'image/jpeg');
    const { exif, icc, xmp, iptc, orientation, width, height } = await sharp(after).metadata();
    expect({ exif, icc, xmp, iptc, orientation }).toEqual({});
    expect([width, height]).toEqual([40, 60]);
    for (const trace of ['SECRET', 'Exif', 'GPS']) expect(after.includes(trace)).toBe(false);
  });

  const page = Buffer.from('<html><script>alert(1)</script>POLYGLOT');
  const zip = Buffer.from('PK\x03\x04POLYGLOT');
  test.each<[string, 'image/png' | 'image/jpeg', () => Promise<Buffer>]>([
    ['a page behind a JPEG', 'image/jpeg', async () => Buffer.concat([await photograph(), page])],
    [
      'a page in the comment of a JPEG',
      'image/jpeg',
      async () => withSegment(await photograph(), 0xfe, page),
    ],
    [
      'a script in a JPEG’s own segment',
      'image/jpeg',
      async () => withSegment(await photograph(), 0xed, page),
    ],
    ['an archive behind a PNG', 'image/png', async () => Buffer.concat([await drawing(), zip])],
    [
      'a comment of a PNG',
      'image/png',
      async () => withChunk(await drawing(), 'tEXt', Buffer.from('Comment\0POLYGLOT')),
    ],
    [
      'a packed comment of a PNG',
      'image/png',
      async () =>
        withChunk(await drawing(), 'zTXt', Buffer.concat([Buffer.from('C\0\0'), deflateSync(page)])),
    ],
    [
      'the place in a PNG',
      'image/png',
      async () => withChunk(await drawing(), 'eXIf', Buffer.from('MM\0*POLYGLOT')),
    ],
    ['a chunk that nobody knows', 'image/png', async () => withChunk(await drawing(), 'shOw', page)],
  ])('loses %s', async (_, kind, make) => {
    const before = await make();
    const after = await redrawn(before, kind);
    for (const trace of ['POLYGLOT', '<html', 'PK\x03\x04', 'tEXt', 'zTXt', 'eXIf', 'shOw'])
      expect(after.includes(trace)).toBe(false);
    const end = kind === 'image/png' ? chunk('IEND', Buffer.alloc(0)) : Buffer.from([0xff, 0xd9]);
    expect(after.subarray(-end.length)).toEqual(end);
  });

  test('is drawn the same each time, and not again when it was drawn here', async () => {
    const before = await photograph();
    const once = await redrawn(before, 'image/jpeg');
    expect(await redrawn(before, 'image/jpeg')).toEqual(once);
    expect(await redrawn(once, 'image/jpeg')).toEqual(once);
  });

  test('is made no larger than a page needs', async () => {
    const wide = await sharp({ create: { width: 9000, height: 30, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const { width, height } = await sharp(await redrawn(wide, 'image/png')).metadata();
    expect([width, height]).toEqual([4000, 13]);
  });
});

describe('a picture that would do harm by being read', () => {
  test('is refused by what its head says, before anything is unpacked', async () => {
    const bomb = claiming(10_000, 5_000);
    expect(bomb.length).toBeLessThan(1000);
    expect(await drawnAnew(bomb, 'image/png')).toBe('too-many-pixels');
    expect(await drawnAnew(claiming(2 ** 31 - 1, 2 ** 31 - 1), 'image/png')).not.toHaveProperty('bytes');
    const jpeg = Buffer.from(await photograph());
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(65_000, frame + 5);
    jpeg.writeUInt16BE(65_000, frame + 7);
    expect(await drawnAnew(jpeg, 'image/jpeg')).toBe('too-many-pixels');
  });

  test('is refused when there is less in it than it says', async () => {
    expect(await drawnAnew(claiming(1000, 1000), 'image/png')).toBe('broken');
    const whole = await photograph();
    expect(await drawnAnew(whole.subarray(0, whole.length - 60), 'image/jpeg')).toBe('broken');
  });

  test('with more in it than it says, or a packed comment that would fill the memory, costs nothing', async () => {
    const before = process.memoryUsage().rss;
    const fat = claiming(4, 4, 200_000_000);
    const comment = withChunk(
      await drawing(),
      'zTXt',
      Buffer.concat([Buffer.from('C\0\0'), deflateSync(Buffer.alloc(200_000_000))]),
    );
    const profile = withChunk(
      await drawing(),
      'iCCP',
      Buffer.concat([Buffer.from('p\0\0'), deflateSync(Buffer.alloc(200_000_000))]),
    );
    const made = process.memoryUsage().rss;
    for (const bomb of [fat, comment, profile]) await drawnAnew(bomb, 'image/png');
    expect(process.memoryUsage().rss - Math.max(made, before)).toBeLessThan(150_000_000);
  });

  test('goes on being refused when it calls itself another kind', async () => {
    expect(await faultOf(checkedFile(await drawing(), 'image/jpeg'))).toBe('mismatch');
    expect(await faultOf(checkedFile(await photograph(), 'application/pdf'))).toBe('mismatch');
    expect(await faultOf(checkedFile(await photograph(), 'text/plain'))).toBe('mismatch');
    // The decoders of other kinds are shut, whatever the file calls itself.
    const webp = Buffer.from('RIFF\x24\0\0\0WEBPVP8 ', 'latin1');
    expect(await drawnAnew(webp, 'image/png')).toBe('broken');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    expect(await drawnAnew(svg, 'image/png')).toBe('broken');
  });
});

describe('another file', () => {
  const text = Buffer.from('メモ');
  test.each<[string, Buffer, string, string]>([
    ['text', text, 'text/plain; charset=utf-8', 'taken'],
    ['JSON', Buffer.from('{}'), 'application/fhir+json', 'taken'],
    ['text that is none', Buffer.from([0xff, 0xfe, 0]), 'text/plain', 'mismatch'],
    ['text with a NUL', Buffer.from('a\0b'), 'text/plain', 'mismatch'],
    ['a page', text, 'text/html', 'not-taken'],
    ['a drawing with scripts', Buffer.from('<svg/>'), 'image/svg+xml', 'not-taken'],
    ['a program', Buffer.from('MZ'), 'application/octet-stream', 'not-taken'],
    ['no word for what it is', text, '', 'not-taken'],
    ['a whole PDF', Buffer.from('%PDF-1.7\n1 0 obj\n%%EOF\n'), 'application/pdf', 'taken'],
    ['half a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'application/pdf', 'broken'],
    ['a page that begins like a PDF', Buffer.from('%PDF-<script>%%EOF'), 'application/pdf', 'broken'],
  ])('%s', async (_, bytes, claimed, is) => {
    expect(await faultOf(checkedFile(bytes, claimed))).toBe(is);
  });

  test('of an iPhone: is told how to send it', async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(20)]);
    const checked = await checkedFile(heic, 'image/heic');
    expect('says' in checked && checked.says.en).toMatch(/HEIC.*JPEG/);
  });
});
