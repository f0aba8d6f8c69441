import { creating } from './create.ts';
import { deleting } from './delete.ts';
import { histories } from './history.ts';
import type { Code, Interaction } from './interaction.ts';
import { patching } from './patch.ts';
import { reading } from './read.ts';
import { searching } from './search.ts';
import { updating } from './update.ts';
import { virtual } from './virtual.ts';

/** Everything that can be done with records over HTTP, in the order in which an address is compared with it. */
export const interactions: readonly Interaction[] = [
  ...virtual,
  ...histories,
  ...reading,
  ...searching,
  ...creating,
  ...updating,
  ...patching,
  ...deleting,
];

/** Whether it is there for a type at all, under any criteria. */
export const isClaimed = (type: string, code: Code, path: string): boolean =>
  interactions.some((one) => one.code === code && one.path === path && one.of(type));

/** What can be done with records of a type, as the CapabilityStatement claims it. */
export const claimedFor = (type: string): Code[] => [
  ...new Set(interactions.filter((one) => one.of(type)).map((one) => one.code)),
];
