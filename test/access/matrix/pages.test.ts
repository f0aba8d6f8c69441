import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readBack } from '../../documents/read.ts';
import type { Person, Row } from './people.ts';
import { grantsTo, sees, type Who } from './rules.ts';
import { startMatrix, type Caller, type Matrix } from './service.ts';

let matrix: Matrix;
let routes: readonly Route[];
beforeAll(async () => {
  matrix = await startMatrix();
  routes = routesIn((matrix.app as unknown as { router: Layered }).router);
});
afterAll(() => matrix.stop());

type Route = Readonly<{ method: 'GET' | 'POST'; path: string }>;
type Layered = Readonly<{
  stack: readonly Readonly<{ route?: { path: string; methods: Record<string, boolean> }; handle: unknown }>[];
}>;

/** Every page, sheet, file and form of the product, as the product itself has them. The API has its own matrix. */
function routesIn({ stack }: Layered): Route[] {
  if (stack.some((layer) => layer.route?.path === '/metadata')) return [];
  return stack.flatMap(({ route, handle }) => {
    if (route === undefined)
      return typeof handle === 'function' && 'stack' in handle ? routesIn(handle as unknown as Layered) : [];
    return (['GET', 'POST'] as const)
      .filter((method) => route.methods[method.toLowerCase()])
      .map((method) => ({ method, path: route.path }));
  });
}

/** Which record an address names, by its beginning; a new kind of address is said here. */
const named: Readonly<Record<string, string>> = {
  '/patients/:id/answers/:response': 'answers',
  '/patients/:id': 'person',
  '/consents/:id': 'consent',
  '/referrals/:id': 'referral task',
  '/requests/:id': 'request task',
  '/asked/:id': 'request task',
  '/reports/:id': 'report to the doctor',
  '/shared/:id': 'person',
  '/emergency/:id': 'person',
  '/disclosures/:id': 'consent',
  '/reviews/:id': 'consent',
  '/documents/:id': 'scan',
};
/**
 * Addresses with a part that names no person: entries of the directory, pages of the tray, print jobs, sessions, lists of invited
 * members (who are no patients), accounts, programs, a notice's number, languages, secrets.
 */
const ofNobody =
  /^\/(resources|scans|prints|sessions|join|invitations|accounts|programs|forms|exchange|notices|language|welcome|a|r|c|i|p|assets)\//;

const nameOf = (path: string): string | undefined =>
  Object.entries(named).find(([start]) => path.startsWith(start))?.[1];
const addressOf = (path: string, person: Person, row: Row): string =>
  path.replace(/:response/, row.id).replace(/:id/, path.includes(':response') ? person.id : row.id);

const masked = (html: string): string => html.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');

/** What a page, sheet or file says, as text. */
async function textOf(answer: Response): Promise<string> {
  if (answer.headers.get('content-type') !== 'application/pdf') return answer.text();
  return (await readBack(Buffer.from(await answer.arrayBuffer()))).pages.join('\n');
}

/** The records whose word stands in a text and which the reader does not see. */
const shownBeyond = (who: Who, text: string): string[] =>
  matrix.cast.people.flatMap((person) =>
    person.rows
      .filter((row) => row.mark !== '' && text.includes(row.mark) && !sees(person.given, who, row.what))
      .map((row) => `${person.state} | ${row.name}`),
  );

test('every address is known to name a record of a person, or nobody', () => {
  const parts = routes.filter(({ path }) => path.includes(':'));
  expect(parts.length).toBeGreaterThan(60);
  expect(parts.filter(({ path }) => nameOf(path) === undefined && !ofNobody.test(path))).toEqual([]);
});

test('lists and start pages name nobody whom the reader does not see', async () => {
  const isList = ({ method, path }: Route): boolean =>
    method === 'GET' && !path.includes(':') && !path.startsWith('/assets/');
  const tabs = [
    '/inbox?tab=mine',
    '/inbox?tab=waiting',
    '/inbox?tab=closed',
    '/asked?tab=open',
    '/asked?tab=closed',
  ];
  const lists = [...routes.filter(isList).map(({ path }) => path), ...tabs];
  const wrong: string[] = [];
  const naming = new Set<string>();
  for (const { name, who, ask } of matrix.visitors)
    for (const path of lists) {
      const answer = await ask(path);
      if (answer.status >= 500) wrong.push(`${path} broke`);
      if (answer.status !== 200) continue;
      const text = await textOf(answer);
      if (/Zq\w+?qZ/.test(text)) naming.add(path);
      wrong.push(...shownBeyond(who, text).map((what) => `${name} | ${path} | ${what}`));
    }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect([...naming].toSorted()).toEqual(
    expect.arrayContaining(['/patients', '/referrals', '/requests', '/reviews', '/shared']),
  );
}, 240_000);

/** Whether somebody is told why a record is closed: their body saw the person before. */
const saw = (person: Person, who: Who): boolean =>
  grantsTo(person.given, who, person.given.before ?? person.given.consents).length > 0;

/** At every page somebody who agreed to everything; at every third address one person more, at each another. */
function whomAt({ method }: Route, k: number, n: number): Person[] {
  const { people } = matrix.cast;
  const some = [
    ...(method === 'GET' ? [people[1]] : []),
    ...((k + n) % 3 === 0 ? [people[(n * 5 + k * 7) % people.length]] : []),
  ];
  return some.filter((one) => one !== undefined);
}

/** What comes of an address whose record is hidden: the same as of one that never was, or who saw it before is told. */
async function faultOf(caller: Caller, method: string, address: string, absent: string, person: Person) {
  const got = await caller.ask(address, { method });
  // A role that has no such page, and who saw the person before.
  if (got.status === 403 || (got.status === 410 && saw(person, caller.who))) return undefined;
  const had = await caller.ask(absent, { method });
  const isSame = got.status === had.status && masked(await got.text()) === masked(await had.text());
  return got.status !== 200 && isSame ? undefined : `${String(got.status)} but ${String(had.status)}`;
}

test('pages, sheets and files show what the reader sees, and nothing for what they do not', async () => {
  const wrong: string[] = [];
  const shown = new Map<string, number>();
  const pages = routes.filter(({ path }) => nameOf(path) !== undefined);
  for (const [k, route] of pages.entries())
    for (const [n, caller] of matrix.visitors.entries())
      for (const person of whomAt(route, k, n)) {
        const { method, path } = route;
        const row = person.rows.find((one) => one.name === nameOf(path));
        if (!row) continue;
        const address = addressOf(path, person, row);
        const where = `${caller.name} | ${method} ${path} | ${person.state}`;
        if (!sees(person.given, caller.who, row.what)) {
          const nobody = path.includes(':response') ? person.id : randomUUID();
          const absent = addressOf(path, { ...person, id: nobody }, { ...row, id: randomUUID() });
          const fault = await faultOf(caller, method, address, absent, person);
          if (fault !== undefined) wrong.push(`${where} | ${fault}`);
          continue;
        }
        if (method === 'POST') continue;
        const answer = await caller.ask(address);
        if (answer.status >= 500) wrong.push(`${where} | ${String(answer.status)}`);
        if (answer.status !== 200) continue;
        const text = await textOf(answer);
        if (/Zq\w+?qZ/.test(text)) shown.set(path, (shown.get(path) ?? 0) + 1);
        wrong.push(...shownBeyond(caller.who, text).map((what) => `${where} | ${what}`));
      }
  expect(wrong.slice(0, 20)).toEqual([]);
  // They do show something: every one of these did to somebody.
  expect([...shown.keys()].toSorted()).toEqual(
    expect.arrayContaining([
      '/asked/:id',
      '/patients/:id',
      '/patients/:id/everything.json',
      '/patients/:id/everything.pdf',
      '/patients/:id/provided.pdf',
      '/referrals/:id',
      '/referrals/:id/document.json',
      '/referrals/:id/sheet.pdf',
      '/reports/:id',
      '/reports/:id/letter.pdf',
      '/requests/:id',
      '/shared/:id',
    ]),
  );
}, 240_000);
