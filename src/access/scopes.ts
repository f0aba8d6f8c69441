/**
 * What a program may do with a token: SMART App Launch 2 scopes for systems, `system/Task.rs`. The type is one of ours or
 * `*`; the letters stand for create, read, update, delete, search, in that order. Whose records those are, the row rules say.
 */
export type Letter = 'c' | 'r' | 'u' | 'd' | 's';

type Scope = Readonly<{ type: string; letters: string }>;

const read = (scope: string): Scope | undefined => {
  const [, type, letters] = /^system\/(\*|[A-Z][A-Za-z]{1,60})\.(?=.)(c?r?u?d?s?)$/.exec(scope) ?? [];
  return type === undefined || letters === undefined ? undefined : { type, letters };
};
const scopesIn = (text: string): Scope[] =>
  text
    .split(' ')
    .slice(0, 100)
    .flatMap((one) => read(one) ?? []);
const written = ({ type, letters }: Scope): string => `system/${type}.${letters}`;

/** What both allow: the narrower type, the letters that are in each. */
function both(a: Scope, b: Scope): Scope | undefined {
  if (a.type !== b.type && a.type !== '*' && b.type !== '*') return undefined;
  const letters = Array.from(a.letters)
    .filter((letter) => b.letters.includes(letter))
    .join('');
  return letters === '' ? undefined : { type: a.type === '*' ? b.type : a.type, letters };
}

/**
 * The scopes to grant: of what was asked for, what the client may have; everything it may have when nothing was asked
 * for; undefined when nothing is left.
 */
export function granted(asked: string | undefined, allowed: string): string | undefined {
  if (asked === undefined || asked.trim() === '') return allowed;
  const found = scopesIn(asked).flatMap((one) =>
    scopesIn(allowed).flatMap((other) => both(one, other) ?? []),
  );
  return found.length === 0 ? undefined : [...new Set(found.map(written))].join(' ');
}

/** Whether a token's scopes let its bearer do that with that type of record. */
export const allows = (scope: string, type: string, letter: Letter): boolean =>
  scopesIn(scope).some((one) => (one.type === '*' || one.type === type) && one.letters.includes(letter));
