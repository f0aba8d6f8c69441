import { Secret, TOTP } from 'otpauth';

/** One-time codes of an authenticator app (RFC 6238): six figures, half a minute, SHA-1 as every app knows it. */
const period = 30;

const clockOf = (secret: string, login = ''): TOTP =>
  new TOTP({ issuer: 'Tsunagi', label: login, secret: Secret.fromBase32(secret), digits: 6, period });

/** 160 random bits, as RFC 4226 advises, in base 32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What an app reads from the square code. */
export const totpUri = (secret: string, login: string): string => clockOf(secret, login).toString();

/** The secret for typing in: groups of four. */
export const grouped = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

/**
 * The half minute whose code this is, counted from 1970; undefined for a code of none. The ones just before and after
 * are taken too, for telephones whose clock is off.
 */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const off = clockOf(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return off === null ? undefined : Math.floor(now.getTime() / 1000 / period) + off;
}
