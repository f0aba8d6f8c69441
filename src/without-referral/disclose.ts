import type { Organization } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { buildLawful, isLawful, readLawful, type Lawful } from '../consent/legal-basis.ts';
import { consentItems, withdraw, type ConsentItem } from '../consent/record.ts';
import { itemsSeen } from '../consent/rules/lawful.ts';
import { sql } from '../database/sql.ts';
import { systems } from '../fhir/codes.ts';
import { buildProvenance } from '../fhir/provenance.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { conflict, notFound } from '../kernel/problem.ts';
import { readOrganization, readPatient, type ReadBody, type ReadPatient } from '../people/record.ts';
import type { disclosureSchema } from './form.ts';

export type Disclosing = z.infer<ReturnType<typeof disclosureSchema>>;

/** What one can choose from when a person is disclosed without consent. */
export type Choices = Readonly<{
  person: ReadPatient;
  items: readonly ConsentItem[];
  bodies: readonly ReadBody[];
}>;

/**
 * The items that the actor sees, and the bodies to choose from: those that receive on a legal basis as a rule, whose
 * names match `search`, and those `chosen` already.
 */
export async function readChoices(
  records: Records,
  patient: string,
  search: string,
  chosen: readonly string[] = [],
): Promise<Choices> {
  const person = readPatient(await records.read('Patient', patient));
  const seen = await itemsSeen(records, patient);
  const kind = `${systems.organizationType}|`;
  const rows = await records.rows<{ content: Stored<Organization> }>(
    'bodies',
    sql`select content from organization
      where id <> ${records.actor.organization}::uuid and coalesce(content ->> 'active', 'true') = 'true' and (
        id = any (${[...chosen]}::uuid[])
        or (${search} = '' and type && ${['meeting', 'insurer'].map((k) => kind + k)}::text[])
        or (${search} <> '' and strpos(fhir_key(content ->> 'name'), fhir_key(${search})) > 0))
      order by (id = any (${[...chosen]}::uuid[])) desc, type @> ${[`${kind}meeting`]}::text[] desc, content ->> 'name' limit 40`,
  );
  return {
    person,
    items: consentItems.filter((item) => seen.has(item)),
    bodies: rows.map((row) => readOrganization(row.content)),
  };
}

/** Records a disclosure on a legal basis; the rules say who may, and it waits for review from then on. Returns its id. */
export async function disclose(records: Records, patient: string, given: Disclosing): Promise<string> {
  const { actor, now } = records;
  const id = records.newId();
  await records.write([
    buildLawful(
      {
        patient,
        from: actor.organization,
        to: given.to,
        items: given.items,
        basis: given.basis,
        why: given.why,
        start: dayInTokyo(now),
        end: given.end,
        at: now.toISOString(),
      },
      id,
    ),
    trace(records, patient, id, 'CREATE'),
  ]);
  return id;
}

/** Ends a disclosure before its day, by the body that made it or the clinic; what was seen stays on record. */
export async function endDisclosure(
  records: Records,
  id: string,
  given: Readonly<{ reason: string; seen: string }>,
): Promise<string> {
  const consent = await records.read('Consent', id);
  if (!isLawful(consent)) throw notFound();
  if (consent.status !== 'active' || consent.meta.versionId !== given.seen)
    throw conflict('この提供は、先に終わっています。', 'This disclosure has ended meanwhile.');
  const { patient } = readLawful(consent);
  await records.write([
    withdraw(consent, given.reason, records.now.toISOString()),
    trace(records, patient, id, 'UPDATE'),
  ]);
  return patient;
}

export type ShownDisclosure = Readonly<{
  lawful: Lawful & Readonly<{ id: string; active: boolean }>;
  version: string;
  person: ReadPatient | undefined;
  from: string;
  to: readonly string[];
}>;

/** One disclosure with the names of those concerned. */
export async function readDisclosure(records: Records, id: string): Promise<ShownDisclosure> {
  const consent = await records.read('Consent', id);
  if (!isLawful(consent)) throw notFound();
  const lawful = readLawful(consent);
  const [patient] = await records.readMany('Patient', [lawful.patient]);
  const bodies = (await records.readMany('Organization', [lawful.from, ...lawful.to])).map(readOrganization);
  return {
    lawful,
    version: consent.meta.versionId,
    person: patient && readPatient(patient),
    from: bodies.find((body) => body.id === lawful.from)?.name ?? '',
    to: lawful.to.flatMap((one) => bodies.find((body) => body.id === one)?.name ?? []),
  };
}

const trace = (records: Records, patient: string, consent: string, activity: 'CREATE' | 'UPDATE') =>
  buildProvenance({
    id: records.newId(),
    targets: [reference('Consent', consent)],
    patient,
    organization: records.actor.organization,
    by: records.actor.post,
    at: records.now.toISOString(),
    activity,
  });
