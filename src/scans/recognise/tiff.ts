/** Dots to a unit of length, the same for both ways. */
export type PageSize = Readonly<{ across: number; down: number }>;

const xResolution = 282;
const yResolution = 283;
const mostDirectories = 1000;

/**
 * How fine the pages of a TIFF are across and down (TIFF 6.0, section 8), which the picture library tells for one way only;
 * undefined for a page that does not say. Whatever else is wrong with the file is found out by who reads the pictures.
 */
export function pageSizes(file: Buffer): readonly (PageSize | undefined)[] {
  const order = file.subarray(0, 2).toString('latin1');
  if (order !== 'II' && order !== 'MM') return [];
  const isLittle = order === 'II';
  const short = (at: number): number => (isLittle ? file.readUInt16LE(at) : file.readUInt16BE(at));
  const long = (at: number): number => (isLittle ? file.readUInt32LE(at) : file.readUInt32BE(at));
  const ratio = (at: number): number => long(at) / long(at + 4);
  const sizes: (PageSize | undefined)[] = [];
  try {
    for (let at = long(4); at !== 0 && sizes.length < mostDirectories;) {
      const entries = short(at);
      const found = new Map<number, number>();
      for (let i = 0; i < entries; i++) {
        const entry = at + 2 + i * 12;
        const tag = short(entry);
        if (tag === xResolution || tag === yResolution) found.set(tag, ratio(long(entry + 8)));
      }
      const [across, down] = [found.get(xResolution) ?? 0, found.get(yResolution) ?? 0];
      // 1 by 1 is what some programs write who do not know.
      sizes.push(across > 1 && down > 1 && Number.isFinite(across * down) ? { across, down } : undefined);
      at = long(at + 2 + entries * 12);
    }
  } catch {
    // Points outside of the file.
  }
  return sizes;
}
