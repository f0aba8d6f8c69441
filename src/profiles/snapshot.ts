import type { ElementDefinition } from '@medplum/fhirtypes';
import { baseOf, type Placed } from './base.ts';

/**
 * All elements of a profile, in the order of its base: those of base R4, and in them what the differential says. An element
 * that the differential goes into is unfolded by its type; a slice is what its list is, none needed unless it says so.
 * Refuses a differential that would allow more than its base.
 */
export function snapshotOf(type: string, differential: readonly ElementDefinition[]): Placed[] {
  const elements = [...baseOf(type)];
  for (const said of differential) {
    const id = said.id ?? '';
    const at = placeIn(elements, id);
    elements[at] = narrowed(elements[at] as Placed, said);
  }
  return elements;
}

/** Where the element of that id stands; it and what it stands in are made if they are not there yet. */
function placeIn(elements: Placed[], id: string): number {
  const found = elements.findIndex((one) => one.id === id);
  if (found >= 0) return found;
  const slice = /:([^:.]+)$/.exec(id)?.[1];
  if (slice !== undefined) {
    const list = id.slice(0, -slice.length - 1);
    addSlice(elements, placeIn(elements, list), slice);
  } else {
    const parent = id.slice(0, id.lastIndexOf('.'));
    if (parent === '') throw new Error(`${id} is no element.`);
    const at = placeIn(elements, parent);
    if (hasParts(elements, parent)) throw new Error(`${parent} has no ${id}.`);
    elements.splice(at + 1, 0, ...partsOf(elements[at] as Placed));
  }
  const at = elements.findIndex((one) => one.id === id);
  if (at < 0) throw new Error(`There is no ${id} to say anything of.`);
  return at;
}

const hasParts = (elements: readonly Placed[], id: string): boolean =>
  elements.some((one) => one.id.startsWith(`${id}.`));

/** What is inside an element, by its one type. */
function partsOf({ id, path, type = [] }: Placed): Placed[] {
  const [only, ...more] = type;
  if (only === undefined || more.length > 0) throw new Error(`${id} is of several types.`);
  const [, ...inside] = baseOf(only.code);
  return inside.map((one) => ({
    ...one,
    id: id + one.id.slice(only.code.length),
    path: path + one.path.slice(only.code.length),
  }));
}

/** A slice stands behind its list and the slices before it, and has the same parts. */
function addSlice(elements: Placed[], at: number, slice: string): void {
  const { slicing: _s, ...list } = elements[at] as Placed;
  const renamed = (one: Placed): Placed => ({
    ...one,
    id: `${list.id}:${slice}${one.id.slice(list.id.length)}`,
  });
  const parts = elements.filter((one) => one.id.startsWith(`${list.id}.`));
  const behind = elements.findLastIndex(
    ({ id }) => id === list.id || (/^[.:]/.test(id.slice(list.id.length)) && id.startsWith(list.id)),
  );
  elements.splice(behind + 1, 0, { ...renamed(list), sliceName: slice, min: 0 }, ...parts.map(renamed));
}

const most = (max: string): number => (max === '*' ? Infinity : Number(max));

function narrowed(base: Placed, said: ElementDefinition): Placed {
  const { min = base.min, max = base.max } = said;
  if (min < base.min || most(max) > most(base.max))
    throw new Error(`${base.id} is ${String(base.min)}..${base.max} in its base.`);
  return { ...base, ...said, id: base.id, path: base.path, min, max };
}
