import type { Request } from 'express';

/** A cookie of ours is for this host alone; over TLS its name says so, and no other host or path can plant one. */
const nameOf = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);

/** The value of a cookie; ours are plain tokens, so nothing needs decoding. */
export function cookieOf(req: Request, name: string, secure: boolean): string | undefined {
  const wanted = nameOf(name, secure);
  for (const part of req.get('cookie')?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === wanted && value) return value;
  }
  return undefined;
}

/** A header value for Set-Cookie; with 0 `seconds` it is forgotten at once. */
export function setCookie(
  name: string,
  value: string,
  options: { secure: boolean; seconds: number },
): string {
  const parts = [
    `${nameOf(name, options.secure)}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${String(options.seconds)}`,
  ];
  if (options.secure) parts.push('Secure');
  return parts.join('; ');
}
