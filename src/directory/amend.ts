import type { CodeableConcept, HealthcareService, Location } from '@medplum/fhirtypes';
import { extensions, systems } from '../fhir/codes.ts';
import type { Stored } from '../fhir/types.ts';
import { servesUrl } from '../people/record.ts';
import { buildResource, kanaUrl, type Resource } from './record.ts';

const ourExtensions: readonly string[] = [
  servesUrl,
  extensions.capacity,
  extensions.assured,
  extensions.fee,
  kanaUrl,
];
const ourSystems: readonly string[] = [
  systems.sdohCategory,
  systems.need,
  systems.interest,
  systems.resourceKind,
  systems.resourceView,
];

/** The same record with what is known now; keeps whatever else it carries, such as identifiers and codes of others. */
export function amendService(
  stored: Stored<HealthcareService>,
  resource: Resource,
): Stored<HealthcareService> {
  const {
    extension,
    category,
    specialty,
    characteristic,
    telecom,
    location: _location,
    comment: _comment,
    extraDetails: _details,
    eligibility: _eligibility,
    appointmentRequired: _appointment,
    ...kept
  } = stored;
  const built = builtOf(resource, 'HealthcareService');
  const others = (telecom ?? []).filter((t) => !['phone', 'fax', 'email'].includes(t.system ?? ''));
  return {
    ...kept,
    ...built,
    id: stored.id,
    meta: stored.meta,
    extension: [
      ...(extension ?? []).filter((e) => !ourExtensions.includes(e.url)),
      ...(built.extension ?? []),
    ],
    ...list('category', [...foreign(category), ...(built.category ?? [])]),
    ...list('specialty', [...foreign(specialty), ...(built.specialty ?? [])]),
    ...list('characteristic', [...foreign(characteristic), ...(built.characteristic ?? [])]),
    ...list('telecom', [...(built.telecom ?? []), ...others]),
  };
}

/** The place as it is known now; undefined when nothing about it changed. */
export function amendLocation(stored: Stored<Location>, resource: Resource): Stored<Location> | undefined {
  const { address, position, ...kept } = stored;
  const built = builtOf(resource, 'Location');
  const same =
    stored.name === built.name &&
    stored.status === 'active' &&
    address?.text === built.address?.text &&
    position?.latitude === built.position?.latitude &&
    position?.longitude === built.position?.longitude;
  return same ? undefined : { ...kept, ...built, id: stored.id, meta: stored.meta };
}

type Built = HealthcareService | Location;

function builtOf<T extends Built['resourceType']>(
  resource: Resource,
  type: T,
): Extract<Built, { resourceType: T }> {
  const found = buildResource(resource).find((record) => record.resourceType === type);
  if (!found) throw new Error(`A resource without ${type}`);
  return found as Extract<Built, { resourceType: T }>;
}

/** Concepts in which nothing is ours. */
const foreign = (concepts: readonly CodeableConcept[] | undefined): CodeableConcept[] =>
  (concepts ?? []).filter((c) => !(c.coding ?? []).some((one) => ourSystems.includes(one.system ?? '')));

/** FHIR has no empty lists. */
const list = <K extends string, T>(name: K, values: readonly T[]): Partial<Record<K, T[]>> =>
  values.length === 0 ? {} : ({ [name]: values } as Record<K, T[]>);
