import { randomUUID } from 'node:crypto';
import { demoPassword } from '../../seeds/load.ts';
import type { Service } from '../support/service.ts';

/** Somebody who signed in and reads page after page without a browser. */
export type Reader = Readonly<{
  get: (path: string) => Promise<Response>;
  read: (path: string) => Promise<string>;
  /** Sends a form of the page that the session's token is taken from. */
  send: (from: string, to: string, values?: Readonly<Record<string, string>>) => Promise<Response>;
}>;

export async function reader(service: Service, login?: string, language = 'ja'): Promise<Reader> {
  let cookie = `language=${language}`;
  if (login !== undefined) {
    const answer = await fetch(`${service.url}/sign-in`, {
      method: 'POST',
      body: new URLSearchParams({ login, password: demoPassword }),
      redirect: 'manual',
    });
    const session = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    cookie = `${cookie}; ${session}`;
    if (session === '') throw new Error(`${login} could not sign in: ${String(answer.status)}`);
  }
  const get = (path: string): Promise<Response> =>
    fetch(new URL(path, service.url), { headers: { cookie }, redirect: 'manual' });
  const read = async (path: string): Promise<string> => {
    const answer = await get(path);
    if (answer.status !== 200) throw new Error(`${path} answered ${String(answer.status)}`);
    return answer.text();
  };
  return {
    get,
    read,
    send: async (from, to, values = {}) => {
      const token = /name="_csrf" value="([^"]+)"/.exec(await read(from))?.[1] ?? '';
      return fetch(new URL(to, service.url), {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams({ _csrf: token, _once: randomUUID(), ...values }),
        redirect: 'manual',
      });
    },
  };
}

/** Where the links of a page lead, without those to elsewhere, to files of the design and to the other language. */
export const linksOf = (page: string): string[] => [
  ...new Set(
    [...page.matchAll(/<a [^>]*?href="(\/[^"#]*)/g)]
      .map(([, href = '']) => href.replaceAll('&amp;', '&'))
      .filter((href) => !href.startsWith('/language/')),
  ),
];

/** An address without what differs from record to record: `/patients/:id/answers/:id`. Programs have names of their own. */
export const shapeOf = (path: string): string =>
  (path.split(/[?#]/)[0] ?? '')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')
    .replace(/^\/programs\/(?!new$)[^/]+/, '/programs/:id');

export type Walk = Readonly<{
  /** Pages by shape, in the order they were come across. */
  pages: ReadonlyMap<string, readonly string[]>;
  /** Files that are no pages. */
  files: readonly Readonly<{ path: string; status: number; type: string }>[];
  /** Links that lead nowhere, with the page they stand on. */
  dead: readonly string[];
}>;

/**
 * Follows every link from where somebody's work begins. Of each shape `most` addresses are opened; the `starts` are opened
 * all of them.
 */
export async function walk(who: Reader, starts: readonly string[], most = 2): Promise<Walk> {
  const pages = new Map<string, string[]>();
  const files: { path: string; status: number; type: string }[] = [];
  const dead: string[] = [];
  const seen = new Set<string>(starts);
  const ways = starts.map((path) => ({ path, from: 'the beginning' }));
  const counted = new Map<string, number>();
  for (let way = ways.shift(); way; way = ways.shift()) {
    const { path, from } = way;
    const answer = await who.get(path);
    const onward = answer.headers.get('location');
    if (onward !== null && answer.status === 303) {
      if (!seen.has(onward)) ways.push({ path: onward, from: path });
      seen.add(onward);
      continue;
    }
    const type = answer.headers.get('content-type') ?? '';
    if (answer.status !== 200) {
      dead.push(`${path} (${String(answer.status)}) on ${from}`);
      continue;
    }
    if (!type.startsWith('text/html')) {
      files.push({ path, status: answer.status, type });
      continue;
    }
    const shape = shapeOf(path);
    pages.set(shape, [...(pages.get(shape) ?? []), path]);
    for (const next of linksOf(await answer.text())) {
      const known = shapeOf(next);
      const times = counted.get(known) ?? 0;
      if (seen.has(next) || times >= most) continue;
      seen.add(next);
      counted.set(known, times + 1);
      ways.push({ path: next, from: path });
    }
  }
  return { pages, files, dead };
}
