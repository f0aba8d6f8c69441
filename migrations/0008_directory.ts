import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** What people search the directory by and it is sorted by, derived once instead of at every search. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create function fhir_extension(content jsonb, url text) returns jsonb language sql immutable parallel safe as $$
  select e from jsonb_path_query(content, '$.extension[*]') e where e ->> 'url' = url limit 1 $$;
alter table healthcare_service
  add column capacity text generated always as (coalesce(fhir_extension(content,
    'http://hl7.org/fhir/us/sdoh-clinicalcare/StructureDefinition/SDOHCC-ExtensionHealthcareServiceCapacityStatus') ->> 'valueCode',
    'additional-assessment-required')) stored,
  -- The first ten characters are the day, so that days and moments compare as text.
  add column assured text generated always as (left(fhir_extension(content,
    'https://tsunagi.example/fhir/StructureDefinition/assured-date') ->> 'valueDateTime', 10)) stored,
  -- Begins with the kana name: lists are sorted by it.
  add column words text generated always as (fhir_key(
    coalesce(fhir_extension(content, 'https://tsunagi.example/fhir/StructureDefinition/name-kana') ->> 'valueString' || ' ', '')
    || coalesce(content ->> 'name', '') || ' ' || coalesce(content ->> 'comment', '') || ' '
    || coalesce(content ->> 'extraDetails', '') || ' ' || coalesce(content #>> '{eligibility,0,comment}', ''))) stored;
alter table location add column words text generated always as
  (fhir_key(coalesce(content ->> 'name', '') || ' ' || coalesce(content #>> '{address,text}', ''))) stored;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `
alter table location drop column words;
alter table healthcare_service drop column capacity, drop column assured, drop column words;
drop function fhir_extension(jsonb, text);
`,
  );
}
