import type { Definitions } from '../fhir/defined.ts';
import type { Rule } from '../fhir/records.ts';
import { recordTypes } from '../fhir/types.ts';
import { invalid } from '../kernel/problem.ts';

/** A record that claims one of our profiles (`meta.profile`) keeps to it; what it claims of others is theirs to check. */
export const profileRule = ({ named }: Pick<Definitions, 'named'>): Rule => ({
  types: recordTypes,
  check: ({ after }) => {
    const { profile }: { profile?: readonly string[] } = after.meta;
    const faults = (profile ?? []).flatMap((url) => named(url)?.check(after) ?? []);
    if (faults.length > 0) throw invalid(...faults);
  },
});
