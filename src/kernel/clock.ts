import { randomUUID } from 'node:crypto';

/** Time and randomness are handed in, so that a test, the demo data and a PDF can fix them. */
export type Surroundings = Readonly<{ now: () => Date; newId: () => string }>;

export const realSurroundings: Surroundings = { now: () => new Date(), newId: () => randomUUID() };
