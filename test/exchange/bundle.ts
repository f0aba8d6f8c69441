import type { Bundle, BundleEntry, QuestionnaireResponse, Resource } from '@medplum/fhirtypes';
import { reference } from '../../src/fhir/references.ts';
import type { FhirRecord } from '../../src/fhir/types.ts';
import { toResponse } from '../../src/intake/answers.ts';
import type { Program } from '../../src/programs/program.ts';
import { smallestReferral } from '../support/referral.ts';
import { filled } from './filled.ts';

type Parties = { clinic: { id: string }; office: { id: string } };

/** The smallest referral as a stranger sends it: a transaction whose entries refer to each other by `urn:uuid`. */
export function referralBundle(parties: Parties, program?: Program): Bundle & { entry: BundleEntry[] } {
  const referral = smallestReferral(parties);
  const subject = reference('Patient', referral.patient.id);
  const answers: QuestionnaireResponse & { id: string } = program
    ? {
        ...toResponse(program.screening, filled(program.screening), {
          subject,
          source: subject,
          authored: '2026-11-20T10:00:00+09:00',
          status: 'completed',
          language: 'ja',
        }),
        id: referral.answers.id,
      }
    : referral.answers;
  return transactionOf(Object.values({ ...referral, answers }));
}

/** Entries that create these records; each is called by its id as a urn, and so are the references among them. */
export function transactionOf(records: readonly (FhirRecord & { id: string })[]): Bundle & {
  entry: BundleEntry[];
} {
  const names = new Map(records.map((r) => [`${r.resourceType}/${r.id}`, `urn:uuid:${r.id}`]));
  const text = [...names].reduce(
    (all, [local, urn]) => all.replaceAll(`"reference":"${local}"`, `"reference":"${urn}"`),
    JSON.stringify(records),
  );
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: (JSON.parse(text) as (Resource & { id: string })[]).map(({ id, ...resource }) => ({
      fullUrl: `urn:uuid:${id}`,
      resource: resource as Resource,
      request: { method: 'POST', url: resource.resourceType },
    })),
  };
}

/** The id of what an entry became, from its answer. */
export const madeIn = (response: Bundle, type: string): string =>
  response.entry?.map((e) => e.response?.location?.split('/') ?? []).find(([t]) => t === type)?.[1] ?? '';
