import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A photograph as a telephone takes it, lying on its side: with its place, its camera and an upright mark. */
export const photograph = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#b0b0b0' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'SECRETMAKER', Software: 'SECRETSOFTWARE' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 43/1 0/1', GPSLongitudeRef: 'E' },
    })
    .toBuffer();

export const drawing = (): Promise<Buffer> =>
  sharp({ create: { width: 30, height: 20, channels: 4, background: '#00000080' } })
    .png()
    .toBuffer();

export const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};

/** The PNG with one more chunk behind its head. */
export const withChunk = (png: Buffer, type: string, data: Buffer): Buffer =>
  Buffer.concat([png.subarray(0, 33), chunk(type, data), png.subarray(33)]);

/** The JPEG with one more segment at its beginning: 0xfe is a comment. */
export const withSegment = (jpeg: Buffer, marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
};

/** A small PNG that says it is this large; its rows are all zero, as many as asked for. */
export function claiming(width: number, height: number, bytesOfRows = 100): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(bytesOfRows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
