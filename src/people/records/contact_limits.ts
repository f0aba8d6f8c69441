import type { Extension, Patient } from '@medplum/fhirtypes';
import { extensions } from '../../fhir/codes.ts';
import { idOf, reference } from '../../fhir/references.ts';

/** Why somebody may not be contacted freely. */
export const limitReasons = ['danger-at-home', 'other'] as const;
export type LimitReason = (typeof limitReasons)[number];

/** That a person must not be contacted but in one way. */
export type ContactLimits = Readonly<{
  /** `YYYY-MM-DD` */
  since: string;
  why: LimitReason;
  /** How contact is allowed, in words. */
  how: string;
  /** PractitionerRole id of whoever set it. */
  by: string | undefined;
}>;

const parts = (extension: Extension): readonly Extension[] => extension.extension ?? [];
const part = (extension: Extension, url: string): Extension | undefined =>
  parts(extension).find((one) => one.url === url);

/** All that were ever set, the lifted ones too. */
export const limitsIn = (patient: Patient): readonly Extension[] =>
  (patient.extension ?? []).filter((one) => one.url === extensions.contactLimits);
export const isLifted = (extension: Extension): boolean => part(extension, 'lifted') !== undefined;

/** What holds now, or undefined. What is not there is empty; never throws. */
export function readLimits(patient: Patient): ContactLimits | undefined {
  const now = limitsIn(patient).find((one) => !isLifted(one));
  if (now === undefined) return undefined;
  const why = part(now, 'why')?.valueCode;
  return {
    since: part(now, 'since')?.valueDate ?? '',
    why: limitReasons.find((one) => one === why) ?? 'other',
    how: part(now, 'how')?.valueString ?? '',
    by: idOf(part(now, 'by')?.valueReference, 'PractitionerRole'),
  };
}

/** The same patient with these limits in the place of those that held; `at` is an ISO instant. */
export const limitContact = <P extends Patient>(patient: P, limits: ContactLimits, at: string): P => {
  const lifted = liftLimits(patient, at, limits.by);
  return {
    ...lifted,
    extension: [
      ...(lifted.extension ?? []),
      {
        url: extensions.contactLimits,
        extension: [
          { url: 'since', valueDate: limits.since },
          { url: 'why', valueCode: limits.why },
          { url: 'how', valueString: limits.how },
          ...(limits.by === undefined
            ? []
            : [{ url: 'by', valueReference: reference('PractitionerRole', limits.by) }]),
        ],
      },
    ],
  };
};

/** The same patient without limits in force; that there were some stays on the record. */
export const liftLimits = <P extends Patient>(patient: P, at: string, by: string | undefined): P => ({
  ...patient,
  ...(patient.extension === undefined
    ? {}
    : {
        extension: patient.extension.map((one) =>
          one.url !== extensions.contactLimits || isLifted(one)
            ? one
            : {
                ...one,
                extension: [
                  ...parts(one),
                  { url: 'lifted', valueDateTime: at },
                  ...(by === undefined
                    ? []
                    : [{ url: 'lifted-by', valueReference: reference('PractitionerRole', by) }]),
                ],
              },
        ),
      }),
});

/** What a limit has to say, as paths that are missing. */
export const gapsIn = (extension: Extension): readonly string[] => [
  ...(/^\d{4}-\d{2}-\d{2}$/.test(part(extension, 'since')?.valueDate ?? '') ? [] : ['since']),
  ...(limitReasons.some((one) => one === part(extension, 'why')?.valueCode) ? [] : ['why']),
  ...((part(extension, 'how')?.valueString ?? '').trim() === '' ? ['how'] : []),
];
