import type { Coverage, Extension } from '@medplum/fhirtypes';
import { extensions, systems } from '../../fhir/codes.ts';
import { idOf, reference } from '../../fhir/references.ts';

/** What stands on an insurance card (or in マイナポータル). Symbol and branch are empty where the insurer has none. */
export type Insurance = Readonly<{
  /** 保険者番号, 8 digits; the 6 of a municipality's insurance are filled with zeros. */
  insurerNumber: string;
  symbol: string;
  number: string;
  /** 枝番, two digits. */
  branch: string;
}>;

export type ReadCoverage = Insurance &
  Readonly<{ id: string; patient: string | undefined; insurerOrganization?: string; insurerName?: string }>;

/** 被保険者個人識別子 of JP-CLINS: the four parts joined by colons, of which the last is always there. */
export const memberId = (i: Insurance): string =>
  [i.insurerNumber.padStart(8, '0'), i.symbol, i.number, i.branch].join(':');

export const buildCoverage = (
  insurance: Insurance,
  given: Readonly<{ patient: string; id?: string; insurerOrganization?: string; insurerName?: string }>,
): Coverage => {
  const insurerNumber = insurance.insurerNumber.padStart(8, '0');
  const parts = [
    text(extensions.insuredSymbol, insurance.symbol),
    text(extensions.insuredNumber, insurance.number),
    text(extensions.insuredBranch, insurance.branch),
  ].flat();
  return {
    resourceType: 'Coverage',
    ...(given.id === undefined ? {} : { id: given.id }),
    ...(parts.length > 0 ? { extension: parts } : {}),
    identifier: [{ system: systems.memberId, value: memberId(insurance) }],
    status: 'active',
    beneficiary: reference('Patient', given.patient),
    payor: [
      {
        ...(given.insurerOrganization === undefined
          ? {}
          : reference('Organization', given.insurerOrganization)),
        identifier: { system: systems.insurerNumber, value: insurerNumber },
        ...(given.insurerName === undefined ? {} : { display: given.insurerName }),
      },
    ],
  };
};

const text = (url: string, valueString: string): Extension[] => (valueString ? [{ url, valueString }] : []);

/** Reads any Coverage; what the extensions lack is taken from the member's identifier. Never throws. */
export function readCoverage(coverage: Coverage): ReadCoverage {
  const member = coverage.identifier?.find((i) => i.system === systems.memberId)?.value?.split(':') ?? [];
  const said = (url: string) => coverage.extension?.find((e) => e.url === url)?.valueString;
  const payor = coverage.payor?.[0];
  const insurerOrganization = idOf(payor, 'Organization');
  const insurerNumber =
    coverage.payor?.find((p) => p.identifier?.system === systems.insurerNumber)?.identifier?.value ??
    member[0] ??
    '';
  return {
    id: coverage.id ?? '',
    patient: idOf(coverage.beneficiary, 'Patient'),
    insurerNumber: insurerNumber && insurerNumber.padStart(8, '0'),
    symbol: said(extensions.insuredSymbol) ?? member[1] ?? '',
    number: said(extensions.insuredNumber) ?? member[2] ?? coverage.subscriberId ?? '',
    branch: said(extensions.insuredBranch) ?? member[3] ?? '',
    ...(insurerOrganization === undefined ? {} : { insurerOrganization }),
    ...(payor?.display === undefined ? {} : { insurerName: payor.display }),
  };
}
