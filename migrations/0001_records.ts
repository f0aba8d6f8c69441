import type { Knex } from 'knex';
import { recordTable, run, type Column } from './record_table.ts';

/**
 * FHIR at rest: one table a resource type. Columns that a search parameter needs are derived by PostgreSQL itself from
 * the content, so they cannot drift from it; references are foreign keys, so none dangles.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`create extension if not exists pg_trgm`);
  await run(db, functions);
  await run(db, actor);
  for (const [type, columns] of Object.entries(directory)) await run(db, recordTable(type, columns));
  for (const [type, columns] of Object.entries(aboutPersons)) await run(db, recordTable(type, columns));
  await run(db, inbox);
  await run(db, addRecords([...Object.keys(directory), ...Object.keys(aboutPersons)]));
}

export async function down(db: Knex): Promise<void> {
  const tables = [...Object.keys(directory), ...Object.keys(aboutPersons)].toReversed();
  await db.raw(`drop function if exists add_records(jsonb)`);
  for (const name of tables) await db.raw(`drop table if exists ${name}_history, ${name} cascade`);
}

/**
 * Casts of dates are not immutable in PostgreSQL because of the session's time zone; these fix it to Japan's. They are in
 * plpgsql although SQL would do: PostgreSQL reads the body of an SQL function anew in every statement that might inline
 * it, a dozen times for each row that is written, and a plpgsql function once in a session (half of the time of an insert).
 */
const functions = `
create function fhir_start(given text) returns timestamptz language plpgsql immutable parallel safe as $$
begin
  return case length(given) when 4 then given || '-01-01T00:00:00+09:00' when 7 then given || '-01T00:00:00+09:00'
    when 10 then given || 'T00:00:00+09:00' else given end::timestamptz;
end $$;
create function fhir_end(given text) returns timestamptz language plpgsql immutable parallel safe as $$
begin
  return case length(given) when 4 then fhir_start(given) + interval '1 year' when 7 then fhir_start(given) + interval '1 month'
    when 10 then fhir_start(given) + interval '1 day' else given::timestamptz end;
end $$;
create function fhir_id(reference text, type text) returns uuid language plpgsql immutable parallel safe as $$
begin
  return case when starts_with(reference, type || '/') and length(reference) = length(type) + 37
    then substr(reference, length(type) + 2)::uuid end;
end $$;
create function fhir_tokens(concepts jsonb) returns text[] language plpgsql immutable parallel safe as $$
begin
  if concepts is null then return '{}'; end if;
  return (select coalesce(array_agg(token), '{}') from jsonb_path_query(concepts, '$.coding[*]') c,
    lateral (values (coalesce(c->>'system', '') || '|' || (c->>'code')), (c->>'code')) v(token)
  where c->>'code' is not null);
end $$;
create function fhir_identifiers(identifiers jsonb) returns text[] language plpgsql immutable parallel safe as $$
begin
  if identifiers is null then return '{}'; end if;
  return (select coalesce(array_agg(token), '{}') from jsonb_path_query(identifiers, '$[*]') i,
    lateral (values (coalesce(i->>'system', '') || '|' || (i->>'value')), (i->>'value')) v(token)
  where i->>'value' is not null);
end $$;
create function fhir_references(holders jsonb, path jsonpath) returns text[] language plpgsql immutable parallel safe as $$
begin
  if holders is null then return '{}'; end if;
  return (select coalesce(array_agg(r #>> '{}'), '{}') from jsonb_path_query(holders, path) r);
end $$;
-- Names are compared without regard to width, case and kana kind; each part starts after a space, so that
-- "starts with" is a search for ' part%'.
create function fhir_key(given text) returns text language plpgsql immutable parallel safe as $$
begin
  return translate(lower(normalize(given, NFKC)),
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔ　',
    'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴ ');
end $$;
create function fhir_names(names jsonb) returns text language plpgsql immutable parallel safe as $$
begin
  return (select coalesce(' ' || fhir_key(string_agg(part, ' ')), '') from jsonb_path_query(names, '$[*]') n,
    lateral unnest(array[n ->> 'family'] || array(select g #>> '{}' from jsonb_path_query(n, '$.given[*]') g) || array[n ->> 'text']) part);
end $$;
create function fhir_phones(telecom jsonb) returns text[] language plpgsql immutable parallel safe as $$
begin
  return (select coalesce(array_agg(regexp_replace(normalize(t->>'value', NFKC), '[^0-9]', '', 'g')), '{}')
  from jsonb_path_query(telecom, '$[*] ? (@.system == "phone")') t where t->>'value' is not null);
end $$;
`;

/** The actor of the transaction, as the application set it at its start. */
const actor = `
create function actor_organization() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('tsunagi.organization', true), '')::uuid $$;
create function actor_role() returns text language sql stable parallel safe as $$
  select coalesce(current_setting('tsunagi.role', true), '') $$;
create function actor_items() returns text[] language sql stable parallel safe as $$
  select string_to_array(coalesce(current_setting('tsunagi.items', true), ''), ',') $$;
create function actor_patient() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('tsunagi.patient', true), '')::uuid $$;
`;

/** `fhir_id` written out: an expression of built-in functions is the cheapest to derive, and references are in every row. */
const idIn = (text: string, type: string): string =>
  `case when starts_with(${text}, '${type}/') and length(${text}) = ${String(type.length + 37)} then substr(${text}, ${String(type.length + 2)})::uuid end`;

const reference = (name: string, path: string, type: string, table: string): Column => ({
  name,
  type: 'uuid',
  from: idIn(`content #>> '{${path},reference}'`, type),
  references: table,
  index: true,
});
const code = (name: string, path: string, index = false): Column => ({
  name,
  type: 'text',
  from: `content #>> '{${path}}'`,
  index,
});
const tokens = (name: string, path: string): Column => ({
  name,
  type: 'text[]',
  from: `fhir_tokens(content #> '{${path}}')`,
  index: 'gin',
});
const identifier: Column = {
  name: 'identifier',
  type: 'text[]',
  from: `fhir_identifiers(content -> 'identifier')`,
  index: 'gin',
};
const instant = (name: string, path: string, index = false): Column => ({
  name,
  type: 'timestamptz',
  from: `fhir_start(content #>> '{${path}}')`,
  index,
});
const names: Column = { name: 'name', type: 'text', from: `fhir_names(content -> 'name')`, index: 'trigram' };
const title: Column = {
  name: 'name',
  type: 'text',
  from: `' ' || fhir_key(content ->> 'name')`,
  index: 'trigram',
};
const patient = (path: string): Column => reference('patient_id', path, 'Patient', 'patient');

/** Only a plain permit has recipients here: what it says is opened to them, without exceptions. */
const recipientsOf = (path: string): string =>
  `fhir_references(content -> 'provision', '$ ? (@.type == "permit" && !exists(@.provision)).actor[*] ? (@.role.coding[*].code == "IRCP").reference.${path}')`;

/** The order of an inbox: of one office, by urgency and deadline, the closed ones out of the way. */
const inbox = `
create index task_inbox on task (owner_id, urgency, due, id) where status in ('requested', 'accepted', 'in-progress', 'on-hold');
`;

/**
 * New rows of any tables in one journey, with the rights of whoever calls it: `{"task": [{"id", "content", "at"}]}`. In
 * the order of the tables above: the row rules of everything else look whether the person is there, and a task comes
 * after the consent that opens the person to its receiver. The plans are made once in a session.
 */
const addRecords = (tables: readonly string[]): string => `
create function add_records(given jsonb) returns void language plpgsql as $$
begin
${tables
  .map(
    (name) => `  if given ? '${name}' then
    insert into ${name === 'binary' ? '"binary"' : name} (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> '${name}') as r (id uuid, content jsonb, at timestamptz);
  end if;`,
  )
  .join('\n')}
end $$;
`;

const directory: Record<string, Column[]> = {
  organization: [
    identifier,
    title,
    tokens('type', 'type'),
    reference('part_of_id', 'partOf', 'Organization', 'organization'),
    {
      name: 'serves',
      type: 'text[]',
      from: `fhir_references(content -> 'extension', '$[*] ? (@.url == "https://tsunagi.example/fhir/StructureDefinition/serves").valueCoding.code')`,
      index: 'gin',
    },
  ],
  practitioner: [identifier, names],
  practitioner_role: [
    reference('practitioner_id', 'practitioner', 'Practitioner', 'practitioner'),
    reference('organization_id', 'organization', 'Organization', 'organization'),
    tokens('code', 'code'),
  ],
  location: [title, reference('organization_id', 'managingOrganization', 'Organization', 'organization')],
  healthcare_service: [
    title,
    reference('organization_id', 'providedBy', 'Organization', 'organization'),
    reference('location_id', 'location,0', 'Location', 'location'),
    tokens('category', 'category'),
    tokens('type', 'type'),
    tokens('specialty', 'specialty'),
    tokens('characteristic', 'characteristic'),
    code('active', 'active'),
    {
      name: 'serves',
      type: 'text[]',
      from: `fhir_references(content -> 'extension', '$[*] ? (@.url == "https://tsunagi.example/fhir/StructureDefinition/serves").valueCoding.code')`,
      index: 'gin',
    },
  ],
  questionnaire: [
    code('url', 'url', true),
    code('business_version', 'version'),
    code('status', 'status'),
    title,
  ],
};

const aboutPersons: Record<string, Column[]> = {
  patient: [
    identifier,
    names,
    { name: 'birth_date', type: 'text', from: `content ->> 'birthDate'`, index: true },
    code('gender', 'gender'),
    { name: 'phone', type: 'text[]', from: `fhir_phones(content -> 'telecom')`, index: 'gin' },
    reference('organization_id', 'managingOrganization', 'Organization', 'organization'),
    {
      name: 'municipality',
      type: 'text',
      from: `jsonb_path_query_first(content, '$.address[*].extension[*] ? (@.url == "https://tsunagi.example/fhir/StructureDefinition/municipality-code").valueCoding.code') #>> '{}'`,
    },
    { name: 'patient_id', type: 'uuid', from: 'id', index: false },
    { name: 'item', type: 'text', from: `'contact'` },
  ],
  related_person: [patient('patient'), { name: 'item', type: 'text', from: `'contact'` }],
  coverage: [
    patient('beneficiary'),
    identifier,
    code('status', 'status'),
    { name: 'item', type: 'text', from: `'insurance'` },
  ],
  consent: [
    patient('patient'),
    code('status', 'status'),
    tokens('category', 'category'),
    instant('date_time', 'dateTime'),
    reference('organization_id', 'organization,0', 'Organization', 'organization'),
    instant('period_start', 'provision,period,start'),
    { name: 'period_end', type: 'timestamptz', from: `fhir_end(content #>> '{provision,period,end}')` },
    {
      name: 'recipients',
      type: 'text[]',
      from: recipientsOf('reference'),
    },
    {
      name: 'recipient_kinds',
      type: 'text[]',
      from: recipientsOf(
        'identifier ? (@.system == "https://tsunagi.example/fhir/CodeSystem/organization-type").value',
      ),
    },
    // Null where no item is named: that is every item, and not the same as items we do not know.
    {
      name: 'items',
      type: 'text[]',
      from: `case when content #> '{provision,code}' is not null then fhir_tokens(content #> '{provision,code}') end`,
    },
    { name: 'item', type: 'text', from: `'request'` },
  ],
  questionnaire_response: [
    patient('subject'),
    code('status', 'status'),
    code('questionnaire', 'questionnaire', true),
    instant('authored', 'authored'),
    {
      name: 'item',
      type: 'text',
      from: `case when content ->> 'questionnaire' like '%assessment%' then 'assessment' else 'answers' end`,
    },
  ],
  observation: [
    patient('subject'),
    code('status', 'status'),
    tokens('category', 'category'),
    tokens('code', 'code'),
    instant('date', 'effectiveDateTime'),
    {
      name: 'item',
      type: 'text',
      from: `case when 'survey' = any (fhir_tokens(content -> 'category')) then 'answers' else 'assessment' end`,
    },
  ],
  condition: [
    patient('subject'),
    tokens('category', 'category'),
    tokens('code', 'code'),
    tokens('clinical_status', 'clinicalStatus'),
    tokens('verification_status', 'verificationStatus'),
    { name: 'item', type: 'text', from: `'answers'` },
  ],
  service_request: [
    patient('subject'),
    code('status', 'status'),
    code('intent', 'intent'),
    tokens('category', 'category'),
    instant('authored', 'authoredOn'),
    reference('requester_id', 'requester', 'Organization', 'organization'),
    { ...reference('addressee', 'performer,0', 'Organization', 'organization') },
    reference('based_on_id', 'basedOn,0', 'ServiceRequest', 'service_request'),
    {
      name: 'supporting_info',
      type: 'text[]',
      from: `fhir_references(content -> 'supportingInfo', '$[*].reference')`,
    },
    { name: 'item', type: 'text', from: `'request'` },
  ],
  task: [
    patient('for'),
    code('status', 'status'),
    code('intent', 'intent'),
    tokens('code', 'code'),
    tokens('business_status', 'businessStatus'),
    instant('authored_on', 'authoredOn'),
    instant('modified', 'lastModified'),
    reference('requester_id', 'requester', 'Organization', 'organization'),
    reference('owner_id', 'owner', 'Organization', 'organization'),
    { name: 'addressee', type: 'uuid', from: idIn(`content #>> '{owner,reference}'`, 'Organization') },
    reference('focus_id', 'focus', 'ServiceRequest', 'service_request'),
    reference('part_of_id', 'partOf,0', 'Task', 'task'),
    {
      name: 'assignee_id',
      type: 'uuid',
      from: `fhir_id(jsonb_path_query_first(content, '$.extension[*] ? (@.url == "https://tsunagi.example/fhir/StructureDefinition/task-assignee").valueReference.reference') #>> '{}', 'PractitionerRole')`,
    },
    {
      name: 'urgency',
      type: 'smallint',
      from: `case content ->> 'priority' when 'stat' then 0 when 'asap' then 1 when 'urgent' then 2 else 3 end`,
    },
    { name: 'due', type: 'timestamptz', from: `fhir_end(content #>> '{restriction,period,end}')` },
    identifier,
    { name: 'item', type: 'text', from: `'request'` },
  ],
  goal: [
    patient('subject'),
    code('lifecycle_status', 'lifecycleStatus'),
    { name: 'item', type: 'text', from: `'plan'` },
  ],
  care_plan: [patient('subject'), code('status', 'status'), { name: 'item', type: 'text', from: `'plan'` }],
  communication: [
    patient('subject'),
    code('status', 'status'),
    tokens('category', 'category'),
    instant('sent', 'sent', true),
    { ...reference('addressee', 'recipient,0', 'Organization', 'organization') },
    reference('based_on_id', 'basedOn,0', 'ServiceRequest', 'service_request'),
    {
      name: 'item',
      type: 'text',
      from: `case when 'medical-note' = any (fhir_tokens(content -> 'category')) then 'medical-note' when 'report' = any (fhir_tokens(content -> 'category')) then 'plan' else 'request' end`,
    },
  ],
  encounter: [
    patient('subject'),
    code('status', 'status'),
    instant('date', 'period,start'),
    reference('based_on_id', 'basedOn,0', 'ServiceRequest', 'service_request'),
    { name: 'item', type: 'text', from: `'request'` },
  ],
  procedure: [
    patient('subject'),
    code('status', 'status'),
    tokens('category', 'category'),
    reference('based_on_id', 'basedOn,0', 'ServiceRequest', 'service_request'),
    { name: 'item', type: 'text', from: `'plan'` },
  ],
  // Nobody has read what is on a scan, so it is opened as the most guarded item.
  document_reference: [
    patient('subject'),
    code('status', 'status'),
    tokens('type', 'type'),
    instant('date', 'date'),
    { name: 'item', type: 'text', from: `'medical-note'` },
  ],
  binary: [patient('securityContext'), { name: 'item', type: 'text', from: `'medical-note'` }],
  provenance: [
    {
      name: 'patient_id',
      type: 'uuid',
      from: `fhir_id(jsonb_path_query_first(content, '$.target[*].reference ? (@ starts with "Patient/")') #>> '{}', 'Patient')`,
      references: 'patient',
      index: true,
    },
    {
      name: 'target',
      type: 'text[]',
      from: `fhir_references(content -> 'target', '$[*].reference')`,
      index: 'gin',
    },
    instant('recorded', 'recorded'),
    { name: 'item', type: 'text', from: `'request'` },
  ],
};
