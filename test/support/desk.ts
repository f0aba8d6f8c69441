import { demoPassword } from '../../seeds/load.ts';
import type { Service } from './service.ts';

export type Seen = Readonly<{ status: number; html: string; location: string; headers: Headers }>;
type Fields = Readonly<Record<string, string | readonly string[]>>;

export type Desk = Readonly<{
  /** The cookies of this browser. */
  jar: Map<string, string>;
  get: (path: string) => Promise<Seen>;
  /** Sends the form on that page whose action ends so, with its hidden fields; `fields` fill it in. */
  send: (page: Seen, action: string, fields?: Fields) => Promise<Seen>;
  /** The same with files. */
  sendFiles: (
    page: Seen,
    action: string,
    fields: Fields,
    files: Readonly<Record<string, Blob>>,
  ) => Promise<Seen>;
}>;

/** Somebody at a screen without script: plain requests with cookies, forms sent as the browser would. */
export function desk(service: Pick<Service, 'url'>): Desk {
  const jar = new Map<string, string>();
  const ask = async (
    path: string,
    init: Readonly<{ method?: 'POST'; body?: URLSearchParams | FormData }> = {},
  ): Promise<Seen> => {
    const response = await fetch(new URL(path, service.url), {
      ...init,
      redirect: 'manual',
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; '), 'accept-language': 'ja' },
    });
    for (const one of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return {
      status: response.status,
      html: await response.text(),
      location: response.headers.get('location') ?? '',
      headers: response.headers,
    };
  };
  return {
    jar,
    get: (path) => ask(path),
    send: (page, action, fields = {}) => {
      const form = formOn(page, action);
      const body = new URLSearchParams();
      for (const [name, values] of Object.entries({ ...form.hidden, ...fields }))
        for (const value of [values].flat()) body.append(name, value);
      return ask(form.action, { method: 'POST', body });
    },
    sendFiles: (page, action, fields, files) => {
      const form = formOn(page, action);
      const body = new FormData();
      for (const [name, values] of Object.entries({ ...form.hidden, ...fields }))
        for (const value of [values].flat()) body.append(name, value);
      for (const [name, file] of Object.entries(files)) body.append(name, file, `${name}.bin`);
      return ask(form.action, { method: 'POST', body });
    },
  };
}

export async function signedIn(service: Pick<Service, 'url'>, login: string): Promise<Desk> {
  const at = desk(service);
  const answer = await at.send(await at.get('/sign-in'), '/sign-in', { login, password: demoPassword });
  if (answer.status !== 303) throw new Error(`${login} could not sign in`);
  return at;
}

const unescape = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function formOn(page: Seen, ending: string): { action: string; hidden: Fields } {
  for (const [, tag = '', inner = ''] of page.html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const action = unescape(/action="([^"]*)"/.exec(tag)?.[1] ?? '');
    if (!action.endsWith(ending)) continue;
    const hidden = [...inner.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      unescape(/name="([^"]*)"/.exec(input)?.[1] ?? ''),
      unescape(/value="([^"]*)"/.exec(input)?.[1] ?? ''),
    ]);
    return { action, hidden: Object.fromEntries(hidden) as Fields };
  }
  throw new Error(`No form leads to …${ending} on this page`);
}
