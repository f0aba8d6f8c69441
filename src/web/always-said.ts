import helmet from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** What every answer says to a browser; none of it hangs on who asks for what, so it is made once. */
export function alwaysSaid(secure: boolean): [name: string, value: string | number | readonly string[]][] {
  const made = new ServerResponse(new IncomingMessage(new Socket()));
  const refused = (error?: unknown): void => {
    if (error !== undefined) throw error as Error;
  };
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives: policy(secure) },
    hsts: secure,
    referrerPolicy: { policy: 'same-origin' },
  })(made.req, made, refused);
  // What is not said otherwise is kept nowhere on the way; no page asks for a camera, a microphone or a place.
  made.setHeader('Cache-Control', 'no-store').setHeader('Permissions-Policy', unasked);
  return made.getHeaderNames().map((name) => [name, made.getHeader(name) ?? '']);
}

/** What of a browser no page of ours ever asks for. */
const unasked =
  'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=()';

/** No inline script or style, nothing from elsewhere, no frame. */
const policy = (secure: boolean): Record<string, string[]> => ({
  'default-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'style-src': ["'self'"],
  'script-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  ...(secure ? { 'upgrade-insecure-requests': [] } : {}),
});
