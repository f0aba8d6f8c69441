/** A source of numbers that a seed fixes: the same seed and name give the same demo on every machine. */
export type Dice = Readonly<{
  /** 0 ≤ x < 1 */
  fraction: () => number;
  /** A whole number from `low` to `high`, both included. */
  whole: (low: number, high: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(from: readonly T[]) => T;
  /** `count` different ones, in random order; fewer when there are fewer. */
  some: <T>(from: readonly T[], count: number) => T[];
  /** Shaped like a random UUID (version 4). */
  id: () => string;
}>;

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** xoshiro128** started from the seed and the name of what it is for, so that one part can grow without moving others. */
export function dice(seed: number, name: string): Dice {
  const state = new Uint32Array(4);
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < 4; i += 1) {
    for (const letter of `${name}/${String(i)}`)
      hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    state[i] = (hash ^ (hash >>> 15)) | 1;
  }
  const at = (i: number): number => state[i] ?? 0;
  const word = (): number => {
    const result = Math.imul(rotate(Math.imul(at(1), 5), 7), 9) >>> 0;
    const shifted = at(1) << 9;
    state[2] = at(2) ^ at(0);
    state[3] = at(3) ^ at(1);
    state[1] = at(1) ^ at(2);
    state[0] = at(0) ^ at(3);
    state[2] = at(2) ^ shifted;
    state[3] = rotate(at(3), 11);
    return result;
  };
  for (let i = 0; i < 16; i += 1) word();

  const fraction = () => word() / 2 ** 32;
  const whole = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new RangeError('Nothing to pick from');
    return from[whole(0, from.length - 1)] as T;
  };
  const some = <T>(from: readonly T[], count: number): T[] => {
    const left = [...from];
    return Array.from({ length: Math.min(count, left.length) }, () =>
      left.splice(whole(0, left.length - 1), 1),
    ).flat();
  };
  const id = () => {
    const hex = Array.from({ length: 4 }, () => word().toString(16).padStart(8, '0')).join('');
    const variant = '89ab'[whole(0, 3)] ?? '8';
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  return { fraction, whole, chance: (p) => fraction() < p, pick, some, id };
}
