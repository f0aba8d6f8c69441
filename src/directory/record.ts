import type {
  CodeableConcept,
  Extension,
  HealthcareService,
  Location,
  Organization,
} from '@medplum/fhirtypes';
import { canonical, codesOf, coding, concept, extensions, systems } from '../fhir/codes.ts';
import { idOf, reference } from '../fhir/references.ts';
import { buildOrganization, readServed, servedBy, type Body } from '../people/record.ts';

export const views = ['join', 'use', 'place', 'body'] as const;
export type View = (typeof views)[number];
export const capacities = ['capacity', 'no-capacity', 'waitlist', 'additional-assessment-required'] as const;
export type Capacity = (typeof capacities)[number];
export type Need = Readonly<{ system: string; code: string }>;

/** Where it happens. `id` is the Location's; latitude and longitude come together or not at all (WGS 84). */
export type Place = Readonly<{ id: string; name: string; address: string; lat?: number; lon?: number }>;

/** A community resource 社会資源: an activity to join, a service to use, a place to go to, a body that runs things. */
export type Resource = Readonly<{
  id: string;
  /** Whoever provides it and answers requests. */
  organizationId: string;
  name: string;
  kana?: string;
  summary: string;
  /** Troubles it helps with, in the SDOH guide's system or in ours. */
  needs: readonly Need[];
  /** Codes of `systems.interest`. */
  interests: readonly string[];
  views: readonly View[];
  /** Rules and fees, or private ties. */
  kind: 'formal' | 'informal';
  /** Codes of the municipalities whose people it takes; empty when it takes everybody. */
  areas: readonly string[];
  place?: Place;
  fee?: string;
  contact: Readonly<{ phone?: string; fax?: string; email?: string }>;
  /** When it happens, in words. */
  availability: string;
  /** Who can come, in words. */
  eligibility: string;
  capacity: Capacity;
  /** The day on which somebody last said that the entry is right, `YYYY-MM-DD`. */
  assured?: string;
  active: boolean;
  appointmentRequired?: boolean;
}>;

export const kanaUrl = `${canonical}/StructureDefinition/name-kana`;

/** The records of a resource in the order in which they can be written; with `body`, its new provider comes first. */
export function buildResource(
  resource: Resource,
  given: Readonly<{ body?: Omit<Body, 'kind' | 'serves' | 'active'> }> = {},
): (Organization | Location | HealthcareService)[] {
  return [
    ...(given.body === undefined
      ? []
      : [
          buildOrganization({
            ...given.body,
            kind: 'resource',
            id: resource.organizationId,
            serves: resource.areas,
          }),
        ]),
    ...(resource.place === undefined ? [] : [buildLocation(resource.place, resource.organizationId)]),
    buildService(resource),
  ];
}

const buildLocation = (place: Place, organization: string): Location => ({
  resourceType: 'Location',
  id: place.id,
  status: 'active',
  name: place.name,
  mode: 'instance',
  ...(place.address ? { address: { text: place.address } } : {}),
  ...(place.lat === undefined || place.lon === undefined
    ? {}
    : { position: { latitude: place.lat, longitude: place.lon } }),
  managingOrganization: reference('Organization', organization),
});

function buildService(r: Resource): HealthcareService {
  const extension: Extension[] = [
    ...(servedBy(r.areas).extension ?? []),
    { url: extensions.capacity, valueCode: r.capacity },
    ...(r.assured ? [{ url: extensions.assured, valueDateTime: r.assured }] : []),
    ...(r.fee ? [{ url: extensions.fee, valueString: r.fee }] : []),
    ...(r.kana ? [{ url: kanaUrl, valueString: r.kana }] : []),
  ];
  const telecom = (['phone', 'fax', 'email'] as const).flatMap((system) =>
    r.contact[system] ? [{ system, value: r.contact[system] }] : [],
  );
  const characteristic = [
    concept(systems.resourceKind, r.kind),
    ...r.views.map((view) => concept(systems.resourceView, view)),
  ];
  return {
    resourceType: 'HealthcareService',
    id: r.id,
    extension,
    active: r.active,
    providedBy: reference('Organization', r.organizationId),
    ...(r.needs.length > 0 ? { category: r.needs.map((n) => ({ coding: [coding(n.system, n.code)] })) } : {}),
    ...(r.interests.length > 0 ? { specialty: r.interests.map((i) => concept(systems.interest, i)) } : {}),
    ...(r.place === undefined ? {} : { location: [reference('Location', r.place.id)] }),
    name: r.name,
    ...(r.summary ? { comment: r.summary } : {}),
    ...(r.availability ? { extraDetails: r.availability } : {}),
    ...(telecom.length > 0 ? { telecom } : {}),
    ...(r.eligibility ? { eligibility: [{ comment: r.eligibility }] } : {}),
    characteristic,
    ...(r.appointmentRequired === undefined ? {} : { appointmentRequired: r.appointmentRequired }),
  };
}

/**
 * Reads any HealthcareService; give its Location where there is one. Never throws; what is missing is empty, and a
 * capacity nobody told counts as `additional-assessment-required`: ask before sending somebody.
 */
export function readResource(service: HealthcareService, location?: Location): Resource {
  const said = (url: string) => service.extension?.find((e) => e.url === url);
  const reach = (system: string) => service.telecom?.find((t) => t.system === system)?.value;
  const [phone, fax, email] = [reach('phone'), reach('fax'), reach('email')];
  const place = location === undefined ? undefined : readPlace(location);
  const kana = said(kanaUrl)?.valueString;
  const fee = said(extensions.fee)?.valueString;
  const assured = said(extensions.assured)?.valueDateTime?.slice(0, 10);
  return {
    id: service.id ?? '',
    organizationId: idOf(service.providedBy, 'Organization') ?? '',
    name: service.name ?? '',
    ...(kana ? { kana } : {}),
    summary: service.comment ?? '',
    needs: needsOf(service.category),
    interests: codesOf(service.specialty, systems.interest),
    views: codesOf(service.characteristic, systems.resourceView).filter(isView),
    kind: codesOf(service.characteristic, systems.resourceKind).includes('informal') ? 'informal' : 'formal',
    areas: readServed(service.extension),
    ...(place === undefined ? {} : { place }),
    ...(fee ? { fee } : {}),
    contact: { ...(phone ? { phone } : {}), ...(fax ? { fax } : {}), ...(email ? { email } : {}) },
    availability: service.extraDetails ?? '',
    eligibility: service.eligibility?.[0]?.comment ?? '',
    capacity:
      capacities.find((c) => c === said(extensions.capacity)?.valueCode) ?? 'additional-assessment-required',
    ...(assured ? { assured } : {}),
    active: service.active ?? true,
    ...(service.appointmentRequired === undefined
      ? {}
      : { appointmentRequired: service.appointmentRequired }),
  };
}

const needsOf = (category: readonly CodeableConcept[] | undefined): Need[] =>
  (category ?? []).flatMap((c) =>
    (c.coding ?? []).flatMap(({ system, code }) =>
      code && (system === systems.sdohCategory || system === systems.need) ? [{ system, code }] : [],
    ),
  );

function readPlace(location: Location): Place {
  const { latitude: lat, longitude: lon } = location.position ?? {};
  return {
    id: location.id ?? '',
    name: location.name ?? '',
    address: location.address?.text ?? '',
    ...(lat === undefined || lon === undefined ? {} : { lat, lon }),
  };
}

const isView = (code: string): code is View => (views as readonly string[]).includes(code);
