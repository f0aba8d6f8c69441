import type { Sentence } from '../kernel/sentence.ts';
import type { ReadPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { routeFor } from '../programs/routing.ts';
import type { NeedCode } from './record.ts';

/** What the program says to whoever handles a referral with such needs, such as how to call where home may not be safe. */
export const cautionOf = (
  program: Program,
  person: ReadPatient,
  needs: readonly NeedCode[],
): Sentence | undefined =>
  routeFor(program, {
    municipality: person.municipalityCode || undefined,
    needs: needs.map((need) => need.code),
  })?.note;
