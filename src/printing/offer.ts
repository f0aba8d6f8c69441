import { variantTag } from '../documents/variant.ts';
import type { Records } from '../fhir/records.ts';
import type { Program } from '../programs/program.ts';
import { ownPrograms } from '../programs/record.ts';
import { variantsOf, type FormVariant } from '../programs/variants.ts';
import { sheetsFor, type SheetName } from './names.ts';

/** What there is to choose from for the actor: sheets, and the ways in which the forms of its programs can be printed. */
export type Offer = Readonly<{ offered: readonly SheetName[]; variants: readonly FormVariant[] }>;

/** What each sheet needs of a program that the actor's body runs; the others are in every program. */
const needs: Readonly<Partial<Record<SheetName, (program: Program) => boolean>>> = {
  'request-sheet': ({ received }) => received !== undefined,
  'hand-over-blank': ({ handOver }) => handOver !== undefined,
  'hand-over': ({ handOver }) => handOver !== undefined,
};

export async function readOffer(records: Records, programs: readonly Program[]): Promise<Offer> {
  const own = await ownPrograms(records, programs);
  const variants = own.flatMap(({ screening, consent }) => [screening, consent]).flatMap(variantsOf);
  return {
    offered: (sheetsFor[records.actor.role] ?? []).filter((name) => own.some(needs[name] ?? (() => true))),
    variants: [...new Map(variants.map((one) => [variantTag(one), one])).values()],
  };
}
