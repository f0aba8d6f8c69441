import type { CodeSystem, ValueSet } from '@medplum/fhirtypes';
import type { Definitions } from '../fhir/defined.ts';

/** Our value sets with every code written out, by address: for a form that takes its options from one. */
export function writtenOut({
  resources,
}: Pick<Definitions, 'resources'>): (url: string) => ValueSet | undefined {
  const systems = new Map(
    resources.flatMap((one): [string, CodeSystem][] =>
      one.resourceType === 'CodeSystem' && one.url !== undefined ? [[one.url, one]] : [],
    ),
  );
  return (url) => {
    const set = resources.find(
      (one): one is typeof one & ValueSet => one.resourceType === 'ValueSet' && one.url === url,
    );
    if (set === undefined) return undefined;
    const { id: _id, ...rest } = set;
    const include = (set.compose?.include ?? []).map(({ system, concept }) => {
      const known = systems.get(system ?? '')?.concept ?? [];
      const listed = concept ?? known;
      return {
        ...(system === undefined ? {} : { system }),
        concept: listed.map(({ code }) => {
          const named = known.find((one) => one.code === code);
          const english = named?.designation?.find((one) => one.language === 'en')?.value;
          return {
            code: code ?? '',
            ...(named?.display === undefined ? {} : { display: named.display }),
            ...(english === undefined ? {} : { designation: [{ language: 'en', value: english }] }),
          };
        }),
      };
    });
    return { ...rest, compose: { include } };
  };
}
