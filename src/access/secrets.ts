import { createHash, randomBytes } from 'node:crypto';

/** A bearer secret for a cookie or a link: 32 random bytes; only its hash is stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
