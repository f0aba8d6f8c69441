import type { Consent } from '@medplum/fhirtypes';
import { readConsent } from '../../consent/record.ts';
import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import type { ToldOnSheet } from '../../referral/request-sheet/read.ts';

/** A request sheet that a clinic printed for this office and that lies in its tray, as its code tells. */
export type CodedSheet = Readonly<{
  sheet: string;
  clinic: string;
  program: string;
  patient: string | null;
  told: ToldOnSheet | null;
  /** When another page of it was entered here, if one was, and as which referral. */
  before: Date | null;
  before_task: string | null;
}>;

/** A sheet is signed and sent soon after it was printed; of an older one the person is typed in. */
export const sheetDays = 90;

/** Those among the sheets; each other one is no request sheet, or not for this office. */
export function codedSheets(records: Records, sheets: readonly string[]): Promise<CodedSheet[]> {
  if (sheets.length === 0) return Promise.resolve([]);
  const mine = records.actor.organization;
  const since = new Date(records.now.getTime() - sheetDays * 86_400_000);
  return records.rows<CodedSheet>(
    'request sheet',
    sql`select r.sheet, r.clinic_id as clinic, r.program, r.patient_id as patient, r.told, b.done_at as before, b.task_id as before_task
      from request_sheet r
      left join lateral (select done_at, task_id from scan_page p where p.organization_id = ${mine}::uuid and p.sheet = r.sheet
        and p.state = 'filed' and r.patient_id is not null order by done_at desc limit 1) b on true
      where r.sheet = any (${[...new Set(sheets)]}::uuid[]) and r.office_id = ${mine}::uuid and r.printed_at > ${since}::timestamptz`,
    (row) => row.patient,
  );
}

/**
 * Whether the consent on a sheet may open this person: it was signed after the last time that they took a consent back, or
 * a part of one. Asked as the clinic that keeps the person.
 */
export async function holdsStill(there: Records, patient: string, signedOn: string): Promise<boolean> {
  const consents = await there.find('Consent', [['patient', patient]]);
  return consents.flatMap(closedAt).every((at) => at !== '' && dayInTokyo(new Date(at)) < signedOn);
}

/** Whoever took it back by another program may not have said when: it was at the latest when the record changed last. */
function closedAt(consent: Stored<Consent>): string[] {
  const { withdrawn, takenBack } = readConsent(consent);
  return [...(withdrawn === undefined ? [] : [withdrawn]), ...takenBack].map(
    ({ at }) => at || consent.meta.lastUpdated,
  );
}
