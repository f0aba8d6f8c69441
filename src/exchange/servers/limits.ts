import { isDeepStrictEqual } from 'node:util';
import type { Extension, Patient } from '@medplum/fhirtypes';
import { extensions } from '../../fhir/codes.ts';
import { isLifted, readLimits } from '../../people/record.ts';

/** How contact is allowed is not for everybody: whoever asked knows. */
const askUs = '依頼元にお尋ねください。';
const isLimit = (one: Extension): boolean => one.url === extensions.contactLimits;
const isInForce = (one: Extension): boolean => isLimit(one) && !isLifted(one);
const isAskUs = (one: Extension): boolean =>
  one.extension?.some((part) => part.url === 'how' && part.valueString === askUs) === true;
const lifted = (one: Extension, at: string): Extension => ({
  ...one,
  extension: [...(one.extension ?? []), { url: 'lifted', valueDateTime: at }],
});

/**
 * The person is closed to whoever has this copy: that there is a limit is all it says, and how to reach the person is
 * removed. `since`: `YYYY-MM-DD`.
 */
export function closed<P extends Patient>(
  { telecom: _t, address: _a, contact: _c, ...copy }: P,
  since: string,
): Omit<P, 'telecom' | 'address' | 'contact'> {
  const limit: Extension = {
    url: extensions.contactLimits,
    extension: [
      { url: 'since', valueDate: since },
      { url: 'why', valueCode: 'other' },
      { url: 'how', valueString: askUs },
    ],
  };
  // One that is in force there already says more.
  const said = copy.extension ?? [];
  return { ...copy, extension: said.some(isInForce) ? said : [...said, limit] };
}

/**
 * What stays of a copy that is renewed: limits of contact that were set where it is, and numbers that the person has there.
 * Nothing that once limited contact is left out, one that is over is lifted, and the last word holds. `at`: an ISO instant.
 */
export function kept(copy: Patient, now: Patient, at: string): Pick<Patient, 'extension' | 'identifier'> {
  const [since, others] = [
    (now.extension ?? []).filter(isLimit),
    (now.extension ?? []).filter((one) => !isLimit(one)),
  ];
  const when = (one: Extension): unknown => one.extension?.slice(0, 3);
  const isSame = (one: Extension) => (other: Extension) => isDeepStrictEqual(when(other), when(one));
  const before = (copy.extension ?? []).filter(isLimit);
  const limits = [
    ...before.map(
      (one) => since.find(isSame(one)) ?? (isAskUs(one) && isInForce(one) ? lifted(one, at) : one),
    ),
    ...since.filter((one) => !before.some(isSame(one))),
  ];
  const last = limits.findLastIndex(isInForce);
  const extension = [
    ...others,
    ...limits.map((one, i) => (isInForce(one) && i !== last ? lifted(one, at) : one)),
  ];
  const ids = (now.identifier ?? []).filter(
    (one) => !(copy.identifier ?? []).some((t) => t.system === one.system && t.value === one.value),
  );
  const identifier = [...(copy.identifier ?? []), ...ids];
  return {
    ...(extension.length > 0 ? { extension } : {}),
    ...(identifier.length > 0 ? { identifier } : {}),
  };
}

/** Since when the person must not be contacted, for those who hear no more of it. */
export const limitedSince = (patient: Patient): string => readLimits(patient)?.since ?? '';
