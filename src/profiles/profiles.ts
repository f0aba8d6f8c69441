import type { FhirRecord } from '../fhir/types.ts';
import { canonical } from '../fhir/codes.ts';
import type { Profile } from './constraint.ts';
import { answers } from './tables/answers.ts';
import { consents } from './tables/consent.ts';
import { people } from './tables/people.ts';
import { referrals } from './tables/referral.ts';
import { support } from './tables/support.ts';

/** Every profile of ours. */
export const profiles: readonly Profile[] = [...people, ...consents, ...answers, ...referrals, ...support];

export const profileUrl = ({ id }: Pick<Profile, 'id'>): string => `${canonical}/StructureDefinition/${id}`;

/** The profile of that address, with or without a version. */
export const profileNamed = (url: string): Profile | undefined =>
  profiles.find((one) => profileUrl(one) === url.split('|')[0]);

/** The profile that a record of ours is meant to fulfil. */
export const profileFor = (record: FhirRecord): Profile | undefined =>
  profiles.find((one) => one.type === record.resourceType && one.isFor(record));
