import { crc32, deflateSync } from 'node:zlib';

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};

/** A PNG from its filtered rows. */
export function png(
  width: number,
  height: number,
  bits: number,
  colour: number,
  rows: Buffer,
  palette?: Buffer,
): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = bits;
  head[9] = colour;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...(palette ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A wave as somebody might draw it on a tablet: black on nothing. */
export function signature(width = 300, height = 100): Buffer {
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let x = 20; x < width - 20; x++) {
    const y = Math.round(height / 2 + 30 * Math.sin(x / 15));
    for (let thick = -2; thick <= 2; thick++) rows[(y + thick) * (width * 4 + 1) + 1 + x * 4 + 3] = 255;
  }
  return png(width, height, 8, 6, rows);
}
