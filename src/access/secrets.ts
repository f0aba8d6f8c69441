import { createHash, randomBytes, randomInt } from 'node:crypto';

/** A bearer secret for a cookie or a link: 32 random bytes; only its hash is stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A code that somebody reads from a letter and says on the telephone: twelve figures. It opens nothing without a date of birth. */
export const newCode = (): string =>
  String(randomInt(1_000_000)).padStart(6, '0') + String(randomInt(1_000_000)).padStart(6, '0');
