import type { Address, ContactPoint } from '@medplum/fhirtypes';
import { coding, extensions, systems } from '../../fhir/codes.ts';

export type Postal = Readonly<{
  /** `123-4567`, or empty. */
  postalCode: string;
  prefecture: string;
  /** 全国地方公共団体コード, six digits; empty when it isn't known. */
  municipalityCode: string;
  municipality: string;
  /** Everything after the municipality. */
  line: string;
}>;

export type Reach = Readonly<{ phone?: string; fax?: string; email?: string }>;

export const buildAddress = (at: Postal): Address => ({
  ...(at.municipalityCode
    ? {
        extension: [
          {
            url: extensions.municipality,
            valueCoding: coding(systems.municipality, at.municipalityCode, at.municipality || undefined),
          },
        ],
      }
    : {}),
  use: 'home',
  ...(at.prefecture || at.municipality || at.line
    ? { text: `${at.prefecture}${at.municipality}${at.line}` }
    : {}),
  ...(at.line ? { line: [at.line] } : {}),
  ...(at.municipality ? { city: at.municipality } : {}),
  ...(at.prefecture ? { state: at.prefecture } : {}),
  ...(at.postalCode ? { postalCode: at.postalCode } : {}),
  country: 'JP',
});

/** Never throws. An address that is a text alone becomes the line. */
export function readAddress(addresses: readonly Address[] | undefined): Postal {
  const address = addresses?.find((a) => a.use === 'home') ?? addresses?.find((a) => a.use !== 'old');
  const structured = address?.city ?? address?.state ?? address?.line?.length;
  return {
    postalCode: address?.postalCode ?? '',
    prefecture: address?.state ?? '',
    municipalityCode:
      address?.extension?.find((e) => e.url === extensions.municipality)?.valueCoding?.code ?? '',
    municipality: address?.city ?? '',
    line: structured ? (address?.line?.join(' ') ?? '') : (address?.text ?? ''),
  };
}

/** Undefined when there is nothing to reach anybody by, since FHIR allows no empty list. */
export function buildTelecom(reach: Reach): ContactPoint[] | undefined {
  const telecom = (['phone', 'fax', 'email'] as const).flatMap((system): ContactPoint[] =>
    reach[system] ? [{ system, value: reach[system] }] : [],
  );
  return telecom.length > 0 ? telecom : undefined;
}

export function readTelecom(telecom: readonly ContactPoint[] | undefined): Reach {
  const first = (system: string) =>
    telecom?.find((t) => t.system === system && t.use !== 'old' && t.value)?.value;
  const [phone, fax, email] = [first('phone') ?? first('sms'), first('fax'), first('email')];
  return { ...(phone ? { phone } : {}), ...(fax ? { fax } : {}), ...(email ? { email } : {}) };
}
