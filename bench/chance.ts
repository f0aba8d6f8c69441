/** The same numbers in every run, so that two runs measure the same data. */
export type Chance = Readonly<{
  below: (n: number) => number;
  one: <T>(of: readonly T[]) => T;
  uuid: () => string;
}>;

export function makeChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    // xorshift32: enough to spread names and days.
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  const below = (n: number): number => next() % n;
  return {
    below,
    one: (of) => of[below(of.length)] as (typeof of)[number],
    uuid: () => {
      const hex = Array.from({ length: 4 }, () => next().toString(16).padStart(8, '0')).join('');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
  };
}
