import type { Request } from 'express';

/** The value of a cookie; ours are plain tokens, so nothing needs decoding. */
export function cookieOf(req: Request, name: string): string | undefined {
  for (const part of req.get('cookie')?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return undefined;
}

/** A header value for Set-Cookie; without `seconds` it is forgotten at once. */
export function setCookie(
  name: string,
  value: string,
  options: { secure: boolean; seconds: number },
): string {
  const parts = [
    `${name}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${String(options.seconds)}`,
  ];
  if (options.secure) parts.push('Secure');
  return parts.join('; ');
}
