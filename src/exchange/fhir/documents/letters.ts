import type { Bundle } from '@medplum/fhirtypes';
import type { Records } from '../../../fhir/records.ts';
import type { NeedCode, Urgency } from '../../../referral/record.ts';

/** A referral as a document says it, of records that are stored; see `send` of the referrals. */
export type Referring = Readonly<{
  patient: string;
  to: string;
  urgency: Urgency;
  reason: string;
  note?: string | undefined;
  outside?: string | undefined;
  conditions: readonly string[];
  needs: readonly NeedCode[];
  /** Left open, the referral becomes a draft that waits for one. */
  consent: string | undefined;
  answers?: string | undefined;
  noContact: boolean;
  /** Canonical of the form that the answers are to. */
  questionnaire: string | undefined;
}>;

/** What the slice of the referrals does with documents; see `referral/letter/` and `referral/send.ts`. */
export type Letters = Readonly<{
  /** Reads the referral with that ServiceRequest; what comes back draws the document when the transaction is over. */
  give: (records: Records, request: string) => Promise<() => Promise<Bundle>>;
  refer: (
    records: Records,
    referring: Referring,
  ) => Promise<Readonly<{ task: string; request: string; caseNumber: string }>>;
}>;
