import { readTable, type Element, type Shape } from '../../src/fhir/definitions/table.ts';

type Json = Record<string, unknown>;
/** Gives numbers from 0 to below 1, the same ones for the same seed. */
export type Dice = () => number;

export function dice(seed: number): Dice {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(from: readonly T[], roll: Dice): T => from[Math.floor(roll() * from.length)] as T;
export const table = readTable();

const words: Readonly<Record<string, readonly unknown[]>> = {
  boolean: [true, false],
  integer: [0, 1, -3],
  unsignedInt: [0, 2],
  positiveInt: [1, 2],
  decimal: [-1, 0, 1.5],
  date: ['2026-11-20', '2025-02-03', '1941'],
  dateTime: ['2026-11-20T10:00:00Z', '2025-11-20T10:00:00Z'],
  instant: ['2026-11-20T10:00:00Z', '2025-11-20T10:00:00.5Z'],
  time: ['10:30:00'],
  base64Binary: ['dHN1bmFnaQ=='],
  uri: ['https://tsunagi.example/a', 'urn:uuid:6f3d8a0e-3a45-4a7c-8f5d-0f4f7f3a1b2c'],
  oid: ['urn:oid:1.2.392'],
  uuid: ['urn:uuid:6f3d8a0e-3a45-4a7c-8f5d-0f4f7f3a1b2c'],
  xhtml: ['<div xmlns="http://www.w3.org/1999/xhtml">試験</div>'],
  code: ['one', 'two'],
  id: ['a', 'b-1'],
};

type Making = Readonly<{
  roll: Dice;
  /** How likely an element that may be left out is there. */
  chance: (shape: Shape, element: Element) => number;
  /** Texts that are to occur, such as the ones a rule speaks of. */
  literals: readonly string[];
  depth: number;
}>;

/** An invented value of a type, right in its shape; it may break an invariant. */
export function invent(shape: Shape, making: Making): Json {
  const made: Json = shape.isResource ? { resourceType: shape.name } : {};
  const needed = new Set(
    shape.required.map((r) =>
      pick(
        r.keys.filter((k) => !k.startsWith('_')),
        making.roll,
      ),
    ),
  );
  const chosen = new Set(
    [...shape.elements.keys()].filter((key) => needed.has(key)).map((key) => shape.elements.get(key)?.choice),
  );
  chosen.delete(undefined);
  for (const [key, element] of shape.elements) {
    if (!needed.has(key)) {
      if (key.startsWith('_') || element.type === 'Resource' || making.depth > 5) continue;
      if (element.name === 'id' && !shape.isResource) continue;
      if (element.choice !== undefined && chosen.has(element.choice)) continue;
      if (making.roll() > making.chance(shape, element)) continue;
    }
    if (element.choice !== undefined) chosen.add(element.choice);
    const many = element.isArray ? 1 + Math.floor(making.roll() * 3) : 1;
    const values = Array.from({ length: many }, () =>
      inventValue(element, { ...making, depth: making.depth + 1 }),
    );
    made[key] = element.isArray ? values : values[0];
  }
  if (Object.keys(made).length === 0)
    made['extension'] = [{ url: 'https://tsunagi.example/x', valueBoolean: true }];
  return made;
}

function inventValue(element: Element, making: Making): unknown {
  const { roll, literals } = making;
  if (element.type === 'Reference')
    return {
      reference: `${pick([...(element.targets ?? ['Patient'])], roll)}/6f3d8a0e-3a45-4a7c-8f5d-0f4f7f3a1b2c`,
    };
  if (element.codes && element.check) {
    const all = [...element.codes.all];
    const said = literals.filter((l) => all.includes(l));
    return pick(said.length > 0 && roll() < 0.7 ? said : all.slice(0, 3), roll);
  }
  if (element.codes && element.shape) {
    const [system, codes] = pick([...element.codes.of], roll);
    const said = literals.filter((l) => codes.has(l));
    const coding = { system, code: pick(said.length > 0 && roll() < 0.7 ? said : [...codes], roll) };
    return element.type === 'Coding' ? coding : { coding: [coding] };
  }
  if (element.check) {
    if (element.type === 'code' && element.name === 'contentType') return 'text/plain';
    const free = ['string', 'uri', 'code', 'markdown'].includes(element.type);
    if (free && literals.length > 0 && roll() < 0.5)
      return pick(literals.filter((l) => /^\S+$/.test(l)).concat('a'), roll);
    return pick(
      words[element.type] ??
        words[element.type === 'url' || element.type === 'canonical' ? 'uri' : ''] ?? ['ことば', 'a'],
      roll,
    );
  }
  return element.shape ? invent(element.shape, making) : { resourceType: 'Basic' };
}
