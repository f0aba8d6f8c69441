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

/** What an address means that stands in a Bundle, with its parts by name. */
export function interactionFor(
  method: Interaction['method'],
  path: string,
): { interaction: Interaction; params: Readonly<Record<string, string>> } | undefined {
  const given = path.split('/');
  for (const interaction of interactions) {
    if (interaction.method !== method) continue;
    const parts = interaction.path.split('/');
    const fits = (part: string, i: number): boolean =>
      part.startsWith(':') ? given[i] !== '' : part === given[i];
    if (parts.length === given.length && parts.every(fits))
      return {
        interaction,
        params: Object.fromEntries(
          parts.flatMap((part, i) => (part.startsWith(':') ? [[part.slice(1), given[i] ?? '']] : [])),
        ),
      };
  }
  return undefined;
}
