export type PictureKind = 'image/png' | 'image/jpeg';
export type FileKind = PictureKind | 'application/pdf';

export const isPicture = (kind: FileKind): kind is PictureKind => kind !== 'application/pdf';

/** The kinds of file we take in, told by their bytes: what a browser or a program claims is not asked. */
export function kindOfFile(bytes: Buffer): FileKind | undefined {
  const start = bytes.subarray(0, 8).toString('latin1');
  if (start === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('%PDF-')) return 'application/pdf';
  return undefined;
}

/** A picture of an iPhone's camera, or another of the same family (ISO 23008-12), which few programs can show. */
export const isHeic = (bytes: Buffer): boolean =>
  /^ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1|avif)/.test(bytes.subarray(4, 12).toString('latin1'));

/** Whether a PDF arrived whole: it says at its end where to begin reading (ISO 32000-1, 7.5.5), within its last 1024 bytes. */
export const isWholePdf = (bytes: Buffer): boolean =>
  /^%PDF-[12]\.\d/.test(bytes.subarray(0, 8).toString('latin1')) && bytes.subarray(-1024).includes('%%EOF');
