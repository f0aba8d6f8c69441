import type { Extension, Identifier, Organization } from '@medplum/fhirtypes';
import {
  canonical,
  codesOf,
  coding,
  concept,
  extensions,
  systems,
  type OrganizationKind,
} from '../../fhir/codes.ts';
import { idOf, reference } from '../../fhir/references.ts';
import { isKana } from '../../kernel/japan/kana.ts';
import { buildAddress, buildTelecom, readAddress, readTelecom, type Postal, type Reach } from './address.ts';

/** A municipality that an organization or a community resource serves; repeated (valueCoding, `systems.municipality`). */
export const servesUrl = `${canonical}/StructureDefinition/serves`;

export const organizationKinds = [
  'clinic',
  'office',
  'resource',
  'insurer',
  'meeting',
  'council',
  'municipality',
] as const satisfies readonly OrganizationKind[];

export type MedicalArea = Readonly<{ code: string; name: string }>;

/** A clinic, a link-worker office, a community body, an insurer, a council or a municipality. */
export type Body = Reach &
  Readonly<{
    kind: OrganizationKind;
    name: string;
    kana?: string;
    address?: Postal;
    /** Codes of the municipalities it serves; an office receives referrals for people who live there. */
    serves: readonly string[];
    /** Its own code, for a municipality. */
    municipalityCode?: string;
    /** The medical area (医療圏) it belongs to, for a municipality. */
    medicalArea?: MedicalArea;
    /** 保険者番号, for an insurer. */
    insurerNumber?: string;
    /** 医療機関コード, ten digits, for a clinic. */
    medicalInstitution?: string;
    /** Id of the organization it belongs to. */
    partOf?: string;
    active: boolean;
  }>;

export type ReadBody = Omit<Body, 'kind'> & Readonly<{ id: string; kind: OrganizationKind | undefined }>;

export function buildOrganization(
  body: Omit<Body, 'serves' | 'active'> &
    Partial<Pick<Body, 'serves' | 'active'>> &
    Readonly<{ id?: string }>,
): Organization {
  const identifier: Identifier[] = identifiers.flatMap(([field, system]) =>
    body[field] ? [{ system, value: body[field] }] : [],
  );
  const telecom = buildTelecom(body);
  const { use: _home, ...address } = body.address ? buildAddress(body.address) : {};
  return {
    resourceType: 'Organization',
    ...(body.id === undefined ? {} : { id: body.id }),
    ...withArea(servedBy(body.serves ?? []), body.medicalArea),
    ...(identifier.length > 0 ? { identifier } : {}),
    active: body.active ?? true,
    type: [concept(systems.organizationType, body.kind)],
    name: body.name,
    ...(body.kana ? { alias: [body.kana] } : {}),
    ...(telecom ? { telecom } : {}),
    ...(body.address ? { address: [address] } : {}),
    ...(body.partOf === undefined ? {} : { partOf: reference('Organization', body.partOf) }),
  };
}

const withArea = (
  given: Pick<Organization, 'extension'>,
  area: MedicalArea | undefined,
): Pick<Organization, 'extension'> =>
  area === undefined
    ? given
    : {
        extension: [
          ...(given.extension ?? []),
          {
            url: extensions.medicalArea,
            valueCoding: { system: systems.medicalArea, code: area.code, display: area.name },
          },
        ],
      };

const identifiers = [
  ['municipalityCode', systems.municipality],
  ['insurerNumber', systems.insurerNumber],
  ['medicalInstitution', systems.medicalInstitution],
] as const;

/** Reads any Organization; `kind` is undefined for one that isn't of ours. Never throws. */
export function readOrganization(organization: Organization): ReadBody {
  const known = identifiers.flatMap(([field, system]) => {
    const value = organization.identifier?.find((i) => i.system === system)?.value;
    return value === undefined ? [] : [[field, value] as const];
  });
  const kana = organization.alias?.find(isKana);
  const partOf = idOf(organization.partOf, 'Organization');
  const area = organization.extension?.find((one) => one.url === extensions.medicalArea)?.valueCoding;
  return {
    id: organization.id ?? '',
    ...(area?.code === undefined
      ? {}
      : { medicalArea: { code: area.code, name: area.display ?? area.code } }),
    kind: codesOf(organization.type, systems.organizationType).find(isKind),
    name: organization.name ?? '',
    ...(kana === undefined ? {} : { kana }),
    ...readTelecom(organization.telecom),
    ...(organization.address?.length ? { address: readAddress(organization.address) } : {}),
    serves: readServed(organization.extension),
    ...Object.fromEntries(known),
    ...(partOf === undefined ? {} : { partOf }),
    active: organization.active ?? true,
  };
}

/** Who represents a body in law, where the record says so (`contact` of purpose ADMIN). */
export const representativeOf = (organization: Organization): string | undefined =>
  organization.contact?.find((one) => one.purpose?.coding?.some((c) => c.code === 'ADMIN'))?.name?.text;

const isKind = (code: string): code is OrganizationKind =>
  (organizationKinds as readonly string[]).includes(code);

/** The extension that keeps the municipalities served; nothing when there are none. */
export const servedBy = (codes: readonly string[]): { extension?: Extension[] } =>
  codes.length === 0
    ? {}
    : {
        extension: codes.map((code) => ({ url: servesUrl, valueCoding: coding(systems.municipality, code) })),
      };

export const readServed = (extension: readonly Extension[] | undefined): string[] =>
  (extension ?? []).flatMap((e) => (e.url === servesUrl && e.valueCoding?.code ? [e.valueCoding.code] : []));
