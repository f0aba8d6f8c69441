import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * What a record can be found by, in one list for each row (`found`) with one index, instead of a column and an index for
 * each parameter: an insert writes one index where it wrote up to four. An entry is the name of the parameter and a value:
 * `code=system|code` and `code~code` of a token, `focus=ServiceRequest/…` of a reference. What nobody looks for first (dates,
 * numbers, texts) is compared in the content of the rows found.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, entries);
  await run(db, comparing);
  for (const index of replaced) await run(db, `drop index if exists ${index}`);
  for (const [table, parameters] of Object.entries(held)) await addFound(db, table, parameters);
  await run(db, names);
  await run(db, `create index task_of_owner on task (owner_id, status, updated_at desc, id)`);
}

/** There is no way back: columns that were dropped would have to be derived again. */
export function down(): Promise<void> {
  return Promise.reject(new Error('0031_search cannot be undone.'));
}

/** Indexes of single columns whose values are among `found` now, or which the row rules kept from being used. */
const replaced = [
  ...['identifier', 'name', 'phone'].map((c) => `patient_${c}`),
  ...['code', 'business_status', 'identifier'].map((c) => `task_${c}`),
  ...['category', 'code', 'clinical_status', 'verification_status'].map((c) => `condition_${c}`),
  ...['category', 'code'].map((c) => `observation_${c}`),
  'service_request_category',
  'consent_category',
  'coverage_identifier',
  'communication_category',
  'procedure_category',
  'document_reference_type',
  'provenance_target',
  ...['category', 'type', 'specialty', 'characteristic'].map((c) => `healthcare_service_${c}`),
  ...['identifier', 'type'].map((c) => `organization_${c}`),
  'practitioner_identifier',
  'practitioner_role_code',
];

/** Columns that nothing else reads. */
const dropped: Readonly<Record<string, readonly string[]>> = {
  task: ['business_status'],
  condition: ['clinical_status', 'verification_status'],
  healthcare_service: ['characteristic'],
};

/** The functions are in plpgsql without a query in them: such expressions cost a fraction of a statement. */
const entries = `
create function found_tokens(name text, list jsonb, key text) returns text[] language plpgsql immutable parallel safe as $$
declare
  out text[] := '{}';
  value text;
begin
  for i in 0 .. jsonb_array_length(list) - 1 loop
    value := list -> i ->> key;
    if value is not null then
      out := out || (name || '=' || coalesce(list -> i ->> 'system', '') || '|' || value) || (name || '~' || value);
    end if;
  end loop;
  return out;
end $$;
create function found_codes(name text, list jsonb) returns text[] language plpgsql immutable parallel safe as $$
declare
  out text[] := '{}';
begin
  for i in 0 .. jsonb_array_length(list) - 1 loop
    out := out || (name || '~' || (list ->> i));
  end loop;
  return out;
end $$;
-- A canonical may carry its version; asked without one, every version answers.
create function found_uris(name text, list jsonb) returns text[] language plpgsql immutable parallel safe as $$
declare
  out text[] := '{}';
  value text;
begin
  for i in 0 .. jsonb_array_length(list) - 1 loop
    value := list ->> i;
    out := out || (name || '=' || value);
    if strpos(value, '|') > 0 then out := out || (name || '=' || split_part(value, '|', 1)); end if;
  end loop;
  return out;
end $$;
-- but: references to this type have a column of their own.
create function found_references(name text, list jsonb, but text) returns text[] language plpgsql immutable parallel safe as $$
declare
  out text[] := '{}';
  value text;
begin
  for i in 0 .. jsonb_array_length(list) - 1 loop
    value := list -> i ->> 'reference';
    if value is not null and not (but <> '' and starts_with(value, but || '/')) then
      out := out || (name || '=' || split_part(value, '/_history/', 1));
    end if;
  end loop;
  return out;
end $$;
create function found_contacts(list jsonb) returns text[] language plpgsql immutable parallel safe as $$
declare
  out text[] := '{}';
  value text;
begin
  for i in 0 .. jsonb_array_length(list) - 1 loop
    value := list -> i ->> 'value';
    continue when value is null;
    case list -> i ->> 'system'
      when 'phone' then out := out || ('phone~' || regexp_replace(normalize(value, NFKC), '[^0-9]', '', 'g'));
      when 'email' then out := out || ('email~' || lower(normalize(value, NFKC)));
      else out := out || ('telecom~' || normalize(value, NFKC));
    end case;
  end loop;
  return out;
end $$;
`;

/** What is compared in the content of rows that something else has found, or of all that an organization sees. */
const comparing = `
-- The spans that dates of any precision and periods cover; until is the first moment after. Periods without a start or
-- an end have none.
create function fhir_spans(content jsonb, path jsonpath) returns table (since timestamptz, until timestamptz)
language plpgsql immutable parallel safe as $$
declare
  item jsonb;
begin
  for item in select * from jsonb_path_query(content, path) loop
    if jsonb_typeof(item) = 'string' then
      since := fhir_start(item #>> '{}');
      until := greatest(fhir_end(item #>> '{}'), since + interval '1 ms');
      return next;
    elsif item ?| array['start', 'end'] then
      since := coalesce(fhir_start(item ->> 'start'), '-infinity');
      until := coalesce(greatest(fhir_end(item ->> 'end'), fhir_start(item ->> 'end') + interval '1 ms'), 'infinity');
      return next;
    end if;
  end loop;
end $$;
-- The texts at a path; of an address every part that people read.
create function fhir_texts(content jsonb, path jsonpath) returns setof text language plpgsql immutable parallel safe as $$
declare
  item jsonb;
begin
  for item in select * from jsonb_path_query(content, path) loop
    if jsonb_typeof(item) = 'object' then
      return query select t #>> '{}' from jsonb_path_query(item - 'use' - 'type' - 'period' - 'extension', '$.** ? (@.type() == "string")') t;
    else
      return next item #>> '{}';
    end if;
  end loop;
end $$;
-- How a name is sorted: by kana where it is given, else as it is written.
create function fhir_name_order(names jsonb) returns text language plpgsql immutable parallel safe as $$
declare
  shown jsonb := coalesce(
    jsonb_path_query_first(names, '$[*] ? (@.extension[*].valueCode == "SYL")'), jsonb_path_query_first(names, '$[*]'));
begin
  return fhir_key(coalesce((shown ->> 'family') || ' ' || coalesce(shown #>> '{given,0}', ''), shown ->> 'text'));
end $$;
`;

/**
 * The parts of persons' names in byte order, so that "starts with" is one stretch of an index, read without the records.
 * Nobody reads the table itself, which knows no row rule; the view shows the parts of those whom the actor may know.
 */
const names = `
create table patient_key (
  key text collate "C" not null,
  patient_id uuid not null,
  primary key (key, patient_id)
);
comment on table patient_key is 'Every part of every person''s name as it is searched for; kept by a trigger.';
create function patient_named() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then delete from patient_key where patient_id = old.id and key = any (string_to_array(old.name, ' ')); end if;
  if tg_op <> 'DELETE' then
    insert into patient_key select distinct word, new.id from unnest(string_to_array(new.name, ' ')) word where word <> '';
  end if;
  return null;
end $$;
create trigger zz_named after insert or delete on patient for each row execute function patient_named();
create trigger zz_renamed after update of content on patient for each row
  when (new.name is distinct from old.name) execute function patient_named();
insert into patient_key select distinct word, id from patient, unnest(string_to_array(name, ' ')) word where word <> '';
create view patient_key_found as select k.key, k.patient_id from patient_key k where
  (select 'contact' = any (actor_items())) and exists (
    select 1 from sight s where s.patient_id = k.patient_id and s.organization_id = (select actor_organization())
      and s.audience = (select actor_audience()) and (s.post_id is null or s.post_id = (select actor_post())) and s.until > now()
      and 'contact' = any (s.items))
  and ((select actor_patient()) is null or k.patient_id = (select actor_patient()))
  and ((select actor_audience()) <> 'group' or not contact_is_limited(k.patient_id));
grant select on patient_key_found to tsunagi_app;
`;

/** Parameter, what its elements are, where they are, and the type whose references have a column. */
const held: Readonly<Record<string, readonly string[]>> = {
  organization: [
    'identifier identifier identifier',
    'active code active',
    'type concept type',
    'address-use code address.use',
  ],
  practitioner: [
    'identifier identifier identifier',
    'active code active',
    'gender code gender',
    'communication concept communication',
    'telecom contact telecom',
    'address-use code address.use',
  ],
  practitioner_role: [
    'identifier identifier identifier',
    'active code active',
    'role concept code',
    'specialty concept specialty',
    'location reference location',
    'service reference healthcareService',
    'telecom contact telecom',
  ],
  healthcare_service: [
    'identifier identifier identifier',
    'location reference location',
    'coverage-area reference coverageArea',
    'service-category concept category',
    'service-type concept type',
    'specialty concept specialty',
    'characteristic concept characteristic',
    'program concept program',
  ],
  location: [
    'identifier identifier identifier',
    'status code status',
    'type concept type',
    'operational-status coding operationalStatus',
    'partof reference partOf',
    'address-use code address.use',
  ],
  questionnaire: [
    'identifier identifier identifier',
    'code coding item.code',
    'subject-type code subjectType',
    'jurisdiction concept jurisdiction',
    'context concept useContext.valueCodeableConcept',
    'context-type coding useContext.code',
  ],
  patient: [
    'identifier identifier identifier',
    'active code active',
    'language concept communication.language',
    'general-practitioner reference generalPractitioner',
    'link reference link.other',
    'telecom contact telecom',
    'address-use code address.use',
  ],
  related_person: [
    'identifier identifier identifier',
    'active code active',
    'relationship concept relationship',
    'gender code gender',
    'telecom contact telecom',
    'address-use code address.use',
  ],
  coverage: [
    'identifier identifier identifier',
    'type concept type',
    'payor reference payor',
    'policy-holder reference policyHolder',
    'subscriber reference subscriber',
    'class-type concept class.type',
  ],
  consent: [
    'identifier identifier identifier',
    'scope concept scope',
    'category concept category',
    'purpose coding provision.purpose',
    'action concept provision.action',
    'organization reference organization',
    'actor reference provision.actor.reference',
    'consentor reference performer',
    'data reference provision.data.reference',
    'source-reference reference sourceReference',
    'security-label coding provision.securityLabel',
  ],
  questionnaire_response: [
    'identifier identifier identifier',
    'author reference author',
    'source reference source',
    'based-on reference basedOn',
    'part-of reference partOf',
    'encounter reference encounter',
  ],
  observation: [
    'identifier identifier identifier',
    'category concept category',
    'code concept code',
    'value-concept concept valueCodeableConcept',
    'component-code concept component.code',
    'component-value-concept concept component.valueCodeableConcept',
    'data-absent-reason concept dataAbsentReason',
    'method concept method',
    'derived-from reference derivedFrom',
    'has-member reference hasMember',
    'part-of reference partOf',
    'based-on reference basedOn',
    'performer reference performer',
    'focus reference focus',
    'encounter reference encounter',
  ],
  condition: [
    'identifier identifier identifier',
    'category concept category',
    'code concept code',
    'clinical-status concept clinicalStatus',
    'verification-status concept verificationStatus',
    'severity concept severity',
    'asserter reference asserter',
    'evidence concept evidence.code',
    'evidence-detail reference evidence.detail',
    'encounter reference encounter',
  ],
  service_request: [
    'identifier identifier identifier',
    'category concept category',
    'code concept code',
    'priority code priority',
    'requester reference requester Organization',
    'performer reference performer',
    'performer-type concept performerType',
    'based-on reference basedOn',
    'replaces reference replaces',
    'requisition identifier requisition',
    'supporting-info reference supportingInfo',
    'reason-code concept reasonCode',
    'encounter reference encounter',
  ],
  task: [
    'identifier identifier identifier',
    'group-identifier identifier groupIdentifier',
    'priority code priority',
    'code concept code',
    'business-status concept businessStatus',
    'requester reference requester Organization',
    'owner reference owner Organization',
    'performer concept performerType',
    'focus reference focus ServiceRequest',
    'based-on reference basedOn',
    'part-of reference partOf',
    'output reference output.valueReference',
    'encounter reference encounter',
  ],
  goal: [
    'identifier identifier identifier',
    'achievement-status concept achievementStatus',
    'category concept category',
  ],
  care_plan: [
    'identifier identifier identifier',
    'intent code intent',
    'category concept category',
    'goal reference goal',
    'condition reference addresses',
    'based-on reference basedOn',
    'part-of reference partOf',
    'replaces reference replaces',
    'activity-code concept activity.detail.code',
    'activity-reference reference activity.reference',
    'performer reference activity.detail.performer',
    'encounter reference encounter',
  ],
  communication: [
    'identifier identifier identifier',
    'category concept category',
    'medium concept medium',
    'recipient reference recipient',
    'sender reference sender',
    'based-on reference basedOn',
    'part-of reference partOf',
    'encounter reference encounter',
    'instantiates-uri uri instantiatesUri',
  ],
  encounter: [
    'identifier identifier identifier',
    'class coding class',
    'type concept type',
    'based-on reference basedOn',
    'part-of reference partOf',
    'participant reference participant.individual',
    'participant-type concept participant.type',
    'practitioner reference participant.individual',
    'service-provider reference serviceProvider',
    'location reference location.location',
    'reason-code concept reasonCode',
    'reason-reference reference reasonReference',
    'diagnosis reference diagnosis.condition',
  ],
  procedure: [
    'identifier identifier identifier',
    'category concept category',
    'code concept code',
    'based-on reference basedOn',
    'part-of reference partOf',
    'performer reference performer.actor',
    'location reference location',
    'reason-code concept reasonCode',
    'reason-reference reference reasonReference',
    'encounter reference encounter',
  ],
  document_reference: [
    'identifier identifier masterIdentifier',
    'identifier identifier identifier',
    'type concept type',
    'category concept category',
    'author reference author',
    'authenticator reference authenticator',
    'custodian reference custodian',
    'contenttype code content.attachment.contentType',
    'location uri content.attachment.url',
    'format coding content.format',
    'facility concept context.facilityType',
    'setting concept context.practiceSetting',
    'event concept context.event',
    'encounter reference context.encounter',
    'related reference context.related',
    'relatesto reference relatesTo.target',
    'relation code relatesTo.code',
    'security-label concept securityLabel',
  ],
  binary: [],
  provenance: [
    'target reference target',
    'agent reference agent.who',
    'agent-role concept agent.role',
    'agent-type concept agent.type',
    'entity reference entity.what',
    'location reference location',
    'signature-type coding signature.type',
  ],
};

const quoted = (path: string): string => path.replaceAll(/\w+/g, '"$&"');
const listAt = (path: string): string => `jsonb_path_query_array(content, '$.${quoted(path)}[*]')`;

function entriesOf(parameter: string): string {
  const [name = '', kind = '', path = '', but = ''] = parameter.split(' ');
  const made: Readonly<Record<string, string>> = {
    concept: `found_tokens('${name}', ${listAt(`${path}.coding`)}, 'code')`,
    coding: `found_tokens('${name}', ${listAt(path)}, 'code')`,
    identifier: `found_tokens('${name}', ${listAt(path)}, 'value')`,
    code: `found_codes('${name}', ${listAt(path)})`,
    uri: `found_uris('${name}', ${listAt(path)})`,
    reference: `found_references('${name}', ${listAt(path)}, '${but}')`,
    contact: `found_contacts(${listAt(path)})`,
  };
  // Most references lead to what has a column, and then there is nothing to add.
  const isWanted =
    but === ''
      ? `content ? '${path.split('.')[0] ?? ''}'`
      : `not starts_with(content #>> '{${path},reference}', '${but}/')`;
  return `  if ${isWanted} then out := out || ${made[kind] ?? ''}; end if;`;
}

/** The list of a table's rows, its index, and the view through which searches reach it past the row rules' closed doors. */
async function addFound(db: Knex, name: string, parameters: readonly string[]): Promise<void> {
  const table = name === 'binary' ? '"binary"' : name;
  await run(
    db,
    `create function found_in_${name}(content jsonb) returns text[] language plpgsql immutable parallel safe as $$
declare
  out text[] := '{}';
begin
${parameters.map(entriesOf).join('\n')}
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', ${listAt('meta.profile')})
      || found_tokens('_tag', ${listAt('meta.tag')}, 'code') || found_tokens('_security', ${listAt('meta.security')}, 'code');
  end if;
  return out;
end $$`,
  );
  const view = await viewOf(db, name);
  const gone = dropped[name] ?? [];
  await run(
    db,
    [
      `drop view if exists ${name}_found`,
      `alter table ${table} ${[...gone.map((column) => `drop column ${column}`), `add column found text[] generated always as (found_in_${name}(content)) stored`].join(', ')}`,
      `create index ${name}_found_by on ${table} using gin (found) with (gin_pending_list_limit = 512)`,
      `create view ${name}_found as ${gone.reduce((text, column) => text.replaceAll(new RegExp(String.raw`\s(?:\w+\.)?${column},`, 'g'), ''), view)}`,
      `grant select on ${name}_found to tsunagi_app`,
    ].join(';\n'),
  );
}

/** The view with the row rule of a table as it is now, and `found` in it; the directory gets one made of its policy. */
async function viewOf(db: Knex, name: string): Promise<string> {
  const { rows } = await db.raw<{ rows: { definition: string | null; rule: string | null }[] }>(
    `select pg_get_viewdef(to_regclass('${name}_found')) as definition,
      (select pg_get_expr(polqual, polrelid) from pg_policy where polrelid = '"${name}"'::regclass and polname = '${name}_see') as rule`,
  );
  const [{ definition, rule } = { definition: null, rule: null }] = rows;
  return definition === null
    ? `select * from ${name} where ${rule ?? 'false'}`
    : definition
        .replaceAll(/;\s*$/g, '')
        .replaceAll(/(SELECT ((?:"?\w+"?\.)?)id,[^()]*?)(\s+FROM\s)/g, '$1, $2found$3');
}
