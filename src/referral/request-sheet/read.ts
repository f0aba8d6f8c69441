import { registerSheet } from '../../documents/printed.ts';
import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import type { Language } from '../../kernel/sentence.ts';
import { personWithCard } from '../../people/queries.ts';
import {
  readCoverage,
  readOrganization,
  readPatient,
  type Insurance,
  type ReadBody,
  type ReadPatient,
} from '../../people/record.ts';
import type { Program } from '../../programs/program.ts';
import { ownPrograms, programsOf } from '../../programs/record.ts';

/** The kind under which a request sheet is known again, blank or with a person on it. */
export const requestSheet = 'fax-request';

export type SheetPerson = Readonly<{ person: ReadPatient; insurance: Insurance | undefined }>;
export type RequestSheet = Readonly<{
  sheetId: string;
  to: ReadBody | undefined;
  from: ReadBody | undefined;
  whom: SheetPerson | undefined;
}>;

/** The programs of the actor's body whose referrals may come on paper. */
export const takingPaper = async (
  records: Records,
  programs: readonly Program[],
): Promise<readonly Program[]> =>
  (await ownPrograms(records, programs)).filter((one) => one.received !== undefined);

/**
 * What a request sheet is printed with, blank or for one of the clinic's persons. An office prints it to itself; a clinic
 * from itself to the office of the program that serves where the person lives, or where the clinic is, or the only one
 * there is. What a clinic prints is noted with its code, so that the office that gets it knows whose it is.
 */
export async function readRequestSheet(
  records: Records,
  program: Program,
  given: Readonly<{ language: Language; patient?: string }>,
): Promise<RequestSheet> {
  const own = readOrganization(await records.read('Organization', records.actor.organization));
  const whom = given.patient === undefined ? undefined : await readWhom(records, given.patient);
  const { language } = given;
  const form = `${program.consent.url ?? ''}|${program.consent.version ?? ''}`;
  const blank = { kind: requestSheet, form, language };
  if (own.kind === 'office')
    return { sheetId: await registerSheet(records, blank), to: own, from: undefined, whom };
  const to = await officeFor(records, program, [
    whom?.person.municipalityCode,
    own.address?.municipalityCode,
  ]);
  const sheetId = await registerSheet(records, {
    ...blank,
    ...(whom ? { about: { type: 'Patient', id: whom.person.id } } : {}),
    between: to ? [own.id, to.id] : [own.id],
  });
  if (to) await noteFor(records, { sheetId, office: to.id, program: program.id, whom: whom?.person });
  return { sheetId, to, from: own, whom };
}

async function readWhom(records: Records, id: string): Promise<SheetPerson> {
  const person = readPatient(await records.read('Patient', id));
  const [card] = await personWithCard(records, id);
  records.note('print', 'request sheet', id);
  return { person, insurance: card?.coverage ? readCoverage(card.coverage) : undefined };
}

async function officeFor(
  records: Records,
  program: Program,
  places: readonly (string | undefined)[],
): Promise<ReadBody | undefined> {
  const offices = (await records.find('Organization', [['type', 'office']], 1000))
    .filter((one) => programsOf([program], one).length > 0)
    .map(readOrganization)
    .filter((one) => one.active);
  const near = places.flatMap((place) =>
    place === undefined || place === '' ? [] : offices.filter((one) => one.serves.includes(place)),
  );
  return near[0] ?? (offices.length === 1 ? offices[0] : undefined);
}

/** Name, kana and birth date as they stand on the paper. */
export type ToldOnSheet = Readonly<{ name: string; kana: string; birthDate: string }>;

async function noteFor(
  records: Records,
  given: Readonly<{ sheetId: string; office: string; program: string; whom: ReadPatient | undefined }>,
): Promise<void> {
  const { whom } = given;
  const told: ToldOnSheet | undefined = whom && {
    name: [whom.family, whom.given].filter(Boolean).join(' '),
    kana: [whom.familyKana, whom.givenKana].filter(Boolean).join(' '),
    birthDate: whom.birthDate,
  };
  await records.run(sql`insert into request_sheet (sheet, office_id, patient_id, program, told, printed_at)
    values (${given.sheetId}::uuid, ${given.office}::uuid, ${whom?.id ?? null}::uuid, ${given.program},
      ${told === undefined ? null : JSON.stringify(told)}::jsonb, ${records.now}::timestamptz)
    on conflict (sheet) do update set program = excluded.program, told = excluded.told, printed_at = excluded.printed_at`);
}
