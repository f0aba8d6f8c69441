import { v7 } from 'uuid';

/** Time and randomness are handed in, so that a test, the demo data and a PDF can fix them. */
export type Surroundings = Readonly<{ now: () => Date; newId: () => string }>;

/**
 * Ids begin with the moment (RFC 9562, version 7): what is written together lies together in every index, whatever the size
 * of the tables. The other 74 bits are random, so nobody comes upon an id; no secret is made of one.
 */
export const realSurroundings: Surroundings = { now: () => new Date(), newId: () => v7() };
