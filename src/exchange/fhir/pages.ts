import type { BundleLink } from '@medplum/fhirtypes';
import { z } from 'zod';
import type { Seal } from '../../access/seal.ts';
import type { Given } from '../../fhir/search.ts';
import { turnAway } from './refusal.ts';
import { shapeParameters } from './shape.ts';
import { text } from './text.ts';

/** One page of what was asked. */
export type Paged = Readonly<{
  /** What is asked, in clear: as it came, or as the link to this page carries it. */
  given: Given;
  /** `self` with what was understood; with `next`, the place where the page ended, the link that leads on. */
  links: (next: string | undefined, understood?: Given) => BundleLink[];
}>;

/** `path`: from the base of the API, `Patient` or `Goal/…/_history`. */
export type Turn = (path: string, asked: Given) => Paged;

const Inside = z.tuple([z.array(z.tuple([z.string(), z.string()])), z.string()]);

/**
 * Links from page to page. The place where a page ended holds a value of its last row, and what was asked may hold a name:
 * the link carries both sealed, so that it tells nothing to whoever reads it on the way, and leads on with every process
 * that has the same secret, for whoever acts for that organization. One that is not of our making, or was made for another
 * address, is refused (400).
 */
export const makeTurn =
  (seal: Seal, base: string, organization: string): Turn =>
  (path, asked) => {
    const about = `page ${organization} ${path}`;
    const shape = asked.filter(([name]) => shapeParameters.includes(name));
    const [cursor, ...more] = asked.filter(([name]) => name === '_cursor');
    const url = (parameters: Given): string => {
      const query = new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString();
      return `${base}/${path}${query === '' ? '' : `?${query}`}`;
    };
    const inside = cursor && opened(seal, cursor[1], about);
    if (cursor && (!inside || more.length > 0)) throw turnAway(400, 'value', 'http._cursor', text.badCursor);
    const [which, place] = inside ?? [asked.filter(([name]) => !shapeParameters.includes(name)), undefined];
    const carried = new Set(which.map(([name, value]) => `${name}=${value}`));
    // What would be asked otherwise than the link says.
    const other = asked.find(
      ([name, value]) => inside && !outside.includes(name) && !carried.has(`${name}=${value}`),
    );
    if (other)
      throw turnAway(400, 'value', `http.${other[0].slice(0, 40)}`, text.besideCursor(other[0].slice(0, 40)));
    return {
      given: place === undefined ? asked : [...shape, ...which, ['_cursor', place]],
      links: (next, understood = asked) => {
        const kept = understood.filter(([name]) => !outside.includes(name));
        const sealed =
          next === undefined
            ? undefined
            : seal.close(JSON.stringify([kept, next]), about).toString('base64url');
        return [
          { relation: 'self', url: url(inside ? asked : understood) },
          ...(sealed === undefined ? [] : [{ relation: 'next', url: url([...shape, ['_cursor', sealed]]) }]),
        ];
      },
    };
  };

/** What stands in a link beside what it carries sealed. */
const outside = ['_cursor', ...shapeParameters];

function opened(seal: Seal, sealed: string, about: string): z.infer<typeof Inside> | undefined {
  const found = seal.open(Buffer.from(sealed, 'base64url'), about);
  // What opens was sealed here, by this version of the program or another.
  return found && Inside.safeParse(JSON.parse(found.plain)).data;
}
