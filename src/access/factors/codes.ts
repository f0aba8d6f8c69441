import { randomBytes, randomInt } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';

/** Recovery codes: for the day on which the telephone is lost. Printed, each good for one time. */
const howMany = 10;

/** Without the letters and figures that people take for each other on paper: i, l, o, 0, 1. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const group = (): string =>
  Array.from({ length: 5 }, () => letters.charAt(randomInt(letters.length))).join('');

/** A sheet of codes such as `k7mqw-3xp9z`: 49 bits each. */
export const newCodes = (): string[] => Array.from({ length: howMany }, () => `${group()}-${group()}`);
export const newSalt = (): Buffer => randomBytes(16);

/** A code as it may have been typed, without what does not count; undefined for what cannot be one. */
export function asCode(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').toLowerCase().replaceAll(/[\s-]/g, '');
  return /^[a-z2-9]{10}$/.test(plain) ? plain : undefined;
}

/** Slow (argon2id), since 49 bits would not withstand a copy of the table otherwise. */
export const hashCode = (code: string, salt: Buffer): Promise<Buffer> =>
  hashRaw(code.replace('-', ''), { salt });
