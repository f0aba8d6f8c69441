/** Text in the Shift_JIS of Windows, where 髙 is FB FC; Node reads that, and writes none. */
export const windows = (text: string): Buffer => {
  const table = new Map<string, Buffer>();
  const decoder = new TextDecoder('shift_jis');
  for (let lead = 0x81; lead <= 0xfc; lead += 1)
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const bytes = Buffer.from([lead, trail]);
      const letter = decoder.decode(bytes);
      if (Array.from(letter).length === 1 && letter !== '\uFFFD') table.set(letter, bytes);
    }
  for (let code = 0xa1; code <= 0xdf; code += 1)
    table.set(decoder.decode(Buffer.from([code])), Buffer.from([code]));
  return Buffer.concat(
    Array.from(text).map((letter) =>
      letter < '\u0080' ? Buffer.from(letter) : (table.get(letter) ?? Buffer.from('?')),
    ),
  );
};
