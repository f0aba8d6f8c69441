import type { Consent, Extension } from '@medplum/fhirtypes';
import { withdrawalUrl } from '../../consent/record.ts';

/** Why is between the person and whoever took the consent. */
const withoutWhy = (one: Extension): Extension =>
  one.url !== withdrawalUrl
    ? one
    : {
        ...one,
        extension: (one.extension ?? []).map((part) =>
          part.url === 'reason' ? { url: 'reason', valueString: '（わけは、同意を受けた機関が保管）' } : part,
        ),
      };

/** A copy of a consent, with what was taken back since where it was given: nothing else of a consent ever changes. */
export function takenBack<C extends Consent>(copy: C, source: Consent): C {
  const said = (source.extension ?? []).filter((one) => one.url === withdrawalUrl).map(withoutWhy);
  const others = (copy.extension ?? []).filter((one) => one.url !== withdrawalUrl);
  const [before, now] = [copy.provision?.provision ?? [], source.provision?.provision ?? []];
  const added = now.slice(before.length).map((part) => ({
    ...part,
    ...(part.extension ? { extension: part.extension.map(withoutWhy) } : {}),
  }));
  return {
    ...copy,
    status: source.status,
    ...(others.length + said.length > 0 ? { extension: [...others, ...said] } : {}),
    ...(added.length > 0 ? { provision: { ...copy.provision, provision: [...before, ...added] } } : {}),
  };
}
