import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as japanese from '@zxcvbn-ts/language-ja';

/**
 * How long a password is at least (MHLW guideline for medical information systems 6.0): eight characters where something
 * else is asked for besides, thirteen where it stands alone.
 */
export const shortestFor = (secondFactor: 'required' | 'optional', guarded: boolean): number =>
  secondFactor === 'required' || guarded ? 8 : 13;
export const longest = 200;

let judge: ZxcvbnFactory | undefined;

/**
 * Whether a guesser would come to it early: among leaked passwords, common words and names, keyboard rows, dates, and
 * `own` words such as the person's login, with what people do to them. Fewer than a hundred million guesses are too few.
 */
export function isEasyToGuess(password: string, own: readonly string[]): boolean {
  // Ranking its lists takes a moment: done when the first password is chosen.
  judge ??= new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...japanese.dictionary },
    graphs: common.adjacencyGraphs,
  });
  return judge.check(password.slice(0, 100), ['tsunagi', 'つなぐ', ...own]).guesses < 1e8;
}
