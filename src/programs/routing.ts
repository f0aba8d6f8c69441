import type { Program, Route } from './program.ts';

/** The first route of the program that fits; undefined when none does, which a program without a last, open route may have. */
export const routeFor = (
  program: Program,
  person: Readonly<{
    municipality: string | undefined;
    /** The medical area of that municipality. */
    medicalArea?: string | undefined;
    needs: readonly string[];
  }>,
): Route | undefined =>
  program.routing.find(({ when }) => {
    const here = when?.municipalities?.some((code) => code === person.municipality) ?? true;
    const needed = when?.needs?.some((code) => person.needs.includes(code)) ?? true;
    const around = when?.medicalAreas?.some((code) => code === person.medicalArea) ?? true;
    return here && around && needed;
  });
