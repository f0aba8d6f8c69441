import type { Response } from 'express';

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** What a handler answers: data, so that it can be tested without HTTP. */
export type Reply =
  | Readonly<{ kind: 'page'; html: string; status?: number; headers?: Headers }>
  | Readonly<{ kind: 'see-other'; to: string; headers?: Headers }>
  | Readonly<{ kind: 'elsewhere'; to: URL; headers?: Headers }>
  | Readonly<{
      kind: 'file';
      bytes: Buffer;
      contentType: string;
      name: string;
      inline?: boolean;
      headers?: Headers;
    }>
  | Readonly<{ kind: 'json'; body: unknown; status?: number; contentType?: string; headers?: Headers }>;

export const html = (page: string, status = 200, headers?: Headers): Reply => ({
  kind: 'page',
  html: page,
  status,
  ...(headers ? { headers } : {}),
});

/** The value when it is an address on this server (`/a/b?c#d`), undefined for anything that could lead elsewhere. */
export function localPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(value)) return undefined;
  return new URL(value, 'http://here.invalid').host === 'here.invalid' ? value : undefined;
}

/** 303 to a page of ours after an action. Throws on anything but a local path: an address that arrived goes through `localPath` first. */
export function seeOther(to: string, headers?: Headers): Reply {
  const path = localPath(to);
  if (path === undefined) throw new TypeError('A redirect must stay on this server');
  return { kind: 'see-other', to: path, ...(headers ? { headers } : {}) };
}

/** 303 to another server that an administrator has named, never to an address that arrived. */
export const leaveFor = (to: URL, headers?: Headers): Reply => ({
  kind: 'elsewhere',
  to,
  ...(headers ? { headers } : {}),
});

/** A download, or with `inline` something the browser shows itself. The name may be Japanese. */
export const file = (
  bytes: Buffer,
  contentType: string,
  name: string,
  how: Readonly<{ inline?: boolean; headers?: Headers }> = {},
): Reply => ({ kind: 'file', bytes, contentType, name, ...how });

export const json = (
  body: unknown,
  status = 200,
  how: Readonly<{ contentType?: string; headers?: Headers }> = {},
): Reply => ({
  kind: 'json',
  body,
  status,
  ...how,
});

/** Content-Disposition after RFC 6266 and RFC 5987; line breaks, quotes and folders in the name can't do anything. */
export function disposition(name: string, inline = false): string {
  // Whole characters, at most 150, and none of an unpaired surrogate, a control or format character, a slash.
  const clean = Array.from(name)
    .slice(0, 150)
    .join('')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}/\\]/gu, '_');
  const ascii = clean.replaceAll(/[^\w.\- ]/g, '_');
  const encoded = encodeURIComponent(clean).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** Writes the reply. Pages and files carry personal data, so no cache on the way keeps them. */
export function send(res: Response, reply: Reply): void {
  res.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value);
  switch (reply.kind) {
    case 'page':
      res.status(reply.status ?? 200).setHeader('Content-Type', 'text/html; charset=utf-8');
      // As bytes: of a text, Node would first count the bytes and then encode it, half a millisecond each for a list.
      res.end(Buffer.from(reply.html));
      return;
    case 'see-other':
    case 'elsewhere':
      res.status(303).setHeader('Location', String(reply.to));
      res.end();
      return;
    case 'file':
      res.status(200).setHeader('Content-Type', reply.contentType);
      res.setHeader('Content-Disposition', disposition(reply.name, reply.inline));
      res.setHeader('Content-Length', reply.bytes.length);
      res.end(reply.bytes);
      return;
    case 'json':
      res
        .status(reply.status ?? 200)
        .setHeader('Content-Type', reply.contentType ?? 'application/json; charset=utf-8');
      res.end(JSON.stringify(reply.body));
  }
}
