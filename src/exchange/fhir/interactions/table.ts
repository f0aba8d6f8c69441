import { creating } from './create.ts';
import { histories } from './history.ts';
import type { Code, Interaction } from './interaction.ts';
import { reading } from './read.ts';
import { searching } from './search.ts';
import { updating } from './update.ts';
import { virtual } from './virtual.ts';

/** Everything that can be done with records over HTTP, in the order in which an address is compared with it. */
export const interactions: readonly Interaction[] = [
  ...virtual,
  ...reading,
  ...histories,
  ...searching,
  ...creating,
  ...updating,
];

/** What can be done with records of a type, as the CapabilityStatement claims it. */
export const claimedFor = (type: string): Code[] => [
  ...new Set(interactions.filter((one) => one.of(type)).map((one) => one.code)),
];
