import { randomInt } from 'node:crypto';

/** Without the letters and figures that people take for each other on paper: i, l, o, 0, 1. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to write down and hand over, such as `k7mq-w3xp-…`: four groups of four, 79 bits. */
export const newPassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join(''),
  ).join('-');

export const shortest = 12;
export const longest = 200;
