-- Written by npm run schema.

-- Tables
create table access_log (
  id bigint generated as identity not null,
  at timestamp with time zone default clock_timestamp() not null,
  account uuid,
  post uuid,
  organization uuid default actor_organization(),
  role text default actor_role() not null,
  via text not null,
  action text not null,
  what text not null,
  records text[] not null,
  patients uuid[] not null,
  request text not null,
  client text,
  address text,
  why text default ''::text not null
); -- row rules
create table access_log_handover (
  old text not null,
  new text not null,
  seal bigint not null,
  head bytea not null,
  by_old bytea not null,
  by_new bytea not null,
  at timestamp with time zone default clock_timestamp() not null
);
create table access_log_key (
  fingerprint text not null,
  public_key text not null,
  since timestamp with time zone default clock_timestamp() not null
);
create table access_log_seal (
  number bigint not null,
  after_id bigint not null,
  until_id bigint not null,
  rows integer not null,
  sealed_at timestamp with time zone not null,
  key text not null,
  marks bytea not null,
  head bytea not null,
  signature bytea not null
);
create table account (
  id uuid not null,
  login text not null,
  password_hash text,
  name text not null,
  role text not null,
  organization_id uuid not null,
  post_id uuid,
  language text default 'ja'::text not null,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  email text
);
create table answer_fact (
  patient_id uuid not null,
  fiscal_year integer not null,
  program text not null,
  municipality text not null,
  area text not null,
  answers text[] not null
); -- row rules
create table api_client (
  id text not null,
  secret_hash text,
  public_keys jsonb,
  role text not null,
  organization_id uuid not null,
  disabled_at timestamp with time zone,
  scopes text default 'system/*.cruds'::text not null,
  version integer default 1 not null,
  name text default ''::text not null,
  purpose text default ''::text not null,
  contact text,
  created_at timestamp with time zone default now() not null,
  ends_at timestamp with time zone,
  secret_made_at timestamp with time zone,
  secret_before_hash text,
  secret_before_until timestamp with time zone,
  generation integer default 0 not null
); -- row rules
create table attempt (
  key bytea not null,
  count integer not null,
  until timestamp with time zone not null
);
create table binary (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{securityContext,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{securityContext,reference}'::text[])) = 44)) THEN (substr((content #>> '{securityContext,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  item text,
  found text[] generated always as (found_in_binary(content)) stored,
  restricted boolean generated always as (labelled_restricted(content)) stored
); -- row rules
create table binary_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table care_plan (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{subject,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{subject,reference}'::text[])) = 44)) THEN (substr((content #>> '{subject,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  item text generated always as ('plan'::text) stored,
  found text[] generated always as (found_in_care_plan(content)) stored
); -- row rules
create table care_plan_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table communication (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{subject,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{subject,reference}'::text[])) = 44)) THEN (substr((content #>> '{subject,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  category text[] generated always as (fhir_tokens((content #> '{category}'::text[]))) stored,
  sent timestamp with time zone generated always as (fhir_start((content #>> '{sent}'::text[]))) stored,
  addressee uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{recipient,0,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{recipient,0,reference}'::text[])) = 49)) THEN (substr((content #>> '{recipient,0,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  based_on_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{basedOn,0,reference}'::text[]), 'ServiceRequest/'::text) AND (length((content #>> '{basedOn,0,reference}'::text[])) = 51)) THEN (substr((content #>> '{basedOn,0,reference}'::text[]), 16))::uuid
    ELSE NULL::uuid
END) stored,
  item text generated always as (
CASE
    WHEN ('medical-note'::text = ANY (fhir_tokens((content -> 'category'::text)))) THEN 'medical-note'::text
    WHEN ('report'::text = ANY (fhir_tokens((content -> 'category'::text)))) THEN 'plan'::text
    ELSE 'request'::text
END) stored,
  found text[] generated always as (found_in_communication(content)) stored
); -- row rules
create table communication_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table condition (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{subject,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{subject,reference}'::text[])) = 44)) THEN (substr((content #>> '{subject,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  category text[] generated always as (fhir_tokens((content #> '{category}'::text[]))) stored,
  code text[] generated always as (fhir_tokens((content #> '{code}'::text[]))) stored,
  item text generated always as ('answers'::text) stored,
  found text[] generated always as (found_in_condition(content)) stored
); -- row rules
create table condition_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table consent (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{patient,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{patient,reference}'::text[])) = 44)) THEN (substr((content #>> '{patient,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  category text[] generated always as (fhir_tokens((content #> '{category}'::text[]))) stored,
  date_time timestamp with time zone generated always as (fhir_start((content #>> '{dateTime}'::text[]))) stored,
  organization_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{organization,0,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{organization,0,reference}'::text[])) = 49)) THEN (substr((content #>> '{organization,0,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  period_start timestamp with time zone generated always as (fhir_start((content #>> '{provision,period,start}'::text[]))) stored,
  period_end timestamp with time zone generated always as (fhir_end((content #>> '{provision,period,end}'::text[]))) stored,
  recipients text[] generated always as (fhir_references((content -> 'provision'::text), '$?(@."type" == "permit" && !(exists (@."provision")))."actor"[*]?(@."role"."coding"[*]."code" == "IRCP")."reference"."reference"'::jsonpath)) stored,
  recipient_kinds text[] generated always as (fhir_references((content -> 'provision'::text), '$?(@."type" == "permit" && !(exists (@."provision")))."actor"[*]?(@."role"."coding"[*]."code" == "IRCP")."reference"."identifier"?(@."system" == "https://tsunagi.example/fhir/CodeSystem/organization-type")."value"'::jsonpath)) stored,
  items text[] generated always as (
CASE
    WHEN ((content #> '{provision,code}'::text[]) IS NOT NULL) THEN fhir_tokens((content #> '{provision,code}'::text[]))
    ELSE NULL::text[]
END) stored,
  item text generated always as ('request'::text) stored,
  found text[] generated always as (found_in_consent(content)) stored
); -- row rules
create table consent_end (
  consent_id uuid not null,
  stage text not null,
  organization_id uuid default actor_organization() not null,
  at timestamp with time zone not null
); -- row rules
create table consent_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table coverage (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{beneficiary,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{beneficiary,reference}'::text[])) = 44)) THEN (substr((content #>> '{beneficiary,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  identifier text[] generated always as (fhir_identifiers((content -> 'identifier'::text))) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  item text generated always as ('insurance'::text) stored,
  insurer_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{payor,0,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{payor,0,reference}'::text[])) = 49)) THEN (substr((content #>> '{payor,0,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  found text[] generated always as (found_in_coverage(content)) stored
); -- row rules
create table coverage_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table deletion (
  type text not null,
  id uuid not null,
  version integer not null,
  at timestamp with time zone not null,
  patient_id uuid,
  item text,
  keeper uuid not null,
  addressee uuid
); -- row rules
create table disclosure (
  id bigint generated as identity not null,
  patient_id uuid not null,
  organization_id uuid not null,
  audience text not null,
  post_id uuid,
  items text[] not null,
  basis uuid,
  opened_at timestamp with time zone default clock_timestamp() not null,
  closed_at timestamp with time zone,
  closed_because text
); -- row rules
create table disclosure_review (
  id uuid not null,
  kind text not null,
  patient_id uuid not null,
  organization_id uuid not null,
  by_post uuid,
  at timestamp with time zone default clock_timestamp() not null,
  reviewed_at timestamp with time zone,
  reviewed_by uuid,
  verdict text,
  remark text,
  reviewed_as text default 'colleague'::text not null
); -- row rules
create table document_reference (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{subject,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{subject,reference}'::text[])) = 44)) THEN (substr((content #>> '{subject,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  type text[] generated always as (fhir_tokens((content #> '{type}'::text[]))) stored,
  date timestamp with time zone generated always as (fhir_start((content #>> '{date}'::text[]))) stored,
  item text generated always as ('medical-note'::text) stored,
  found text[] generated always as (found_in_document_reference(content)) stored,
  restricted boolean generated always as (labelled_restricted(content)) stored
); -- row rules
create table document_reference_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table draft (
  id uuid not null,
  link_hash bytea,
  answers jsonb,
  updated_at timestamp with time zone not null,
  wishes jsonb default '{}'::jsonb not null,
  taken text[] default '{}'::text[] not null
);
create table drop_in (
  id uuid not null,
  gathering_id uuid not null,
  organization_id uuid default actor_organization() not null,
  at timestamp with time zone not null,
  topics text[] not null,
  minutes integer not null,
  age_band text not null,
  post_id uuid,
  task_id uuid
); -- row rules
create table drop_in_fact (
  drop_in_id uuid not null,
  fiscal_year integer not null,
  month text not null,
  municipality text not null,
  area text not null,
  topics text[] not null,
  age_band text not null,
  program text not null
); -- row rules
create table emergency_access (
  id uuid default gen_random_uuid() not null,
  patient_id uuid not null,
  organization_id uuid not null,
  account uuid,
  post_id uuid not null,
  because text not null,
  note text not null,
  at timestamp with time zone default clock_timestamp() not null,
  until timestamp with time zone not null
); -- row rules
create table emergency_try (
  id bigint generated as identity not null,
  organization_id uuid default actor_organization() not null,
  account uuid,
  post_id uuid default actor_post() not null,
  role text default actor_role() not null,
  at timestamp with time zone default clock_timestamp() not null,
  looked_for text not null,
  found uuid
); -- row rules
create table encounter (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{subject,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{subject,reference}'::text[])) = 44)) THEN (substr((content #>> '{subject,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  date timestamp with time zone generated always as (fhir_start((content #>> '{period,start}'::text[]))) stored,
  based_on_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{basedOn,0,reference}'::text[]), 'ServiceRequest/'::text) AND (length((content #>> '{basedOn,0,reference}'::text[])) = 51)) THEN (substr((content #>> '{basedOn,0,reference}'::text[]), 16))::uuid
    ELSE NULL::uuid
END) stored,
  item text generated always as ('request'::text) stored,
  found text[] generated always as (found_in_encounter(content)) stored
); -- row rules
create table encounter_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table entry_question (
  token_hash bytea not null,
  purpose text not null,
  content jsonb not null,
  expires_at timestamp with time zone not null
);
create table export_job (
  id uuid not null,
  client text not null,
  organization_id uuid not null,
  role text not null,
  request text not null,
  asked text not null,
  types text[] not null,
  since timestamp with time zone,
  started_at timestamp with time zone not null,
  stage integer default 1 not null,
  after uuid,
  part integer default 0 not null,
  records bigint default 0 not null,
  taken_until timestamp with time zone default now() not null,
  attempts integer default 0 not null,
  status text default 'running'::text not null,
  fault text,
  ended_at timestamp with time zone
); -- row rules
create table export_part (
  job uuid not null,
  type text not null,
  file integer not null,
  part integer not null,
  records uuid[] not null,
  patients uuid[] not null,
  content bytea not null,
  size integer generated always as (octet_length(content)) stored not null
); -- row rules
create table fax_sent (
  id uuid not null,
  report_id uuid not null,
  organization_id uuid default actor_organization() not null,
  number text not null,
  at timestamp with time zone not null,
  by_post uuid default actor_post()
); -- row rules
create table figure_question (
  program text not null,
  question text not null,
  turn integer not null,
  options text[] not null,
  repeats boolean not null
);
create table form_failure (
  form text not null,
  item text not null,
  kind text not null,
  fault text not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null
);
create table gathering (
  id uuid not null,
  organization_id uuid default actor_organization() not null,
  program text not null,
  series uuid,
  kind text not null,
  title text not null,
  note text,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  municipality text,
  area text default ''::text not null,
  place text,
  location_id uuid,
  room integer,
  room_online integer,
  drop_in boolean not null,
  leader_kind text,
  leader text,
  phone text,
  status text default 'planned'::text not null,
  cancelled_because text,
  version integer default 1 not null,
  created_at timestamp with time zone not null
); -- row rules
create table gathering_contact (
  place_id uuid not null,
  mail text,
  phone text
); -- row rules
create table gathering_fact (
  gathering_id uuid not null,
  fiscal_year integer not null,
  municipality text not null,
  area text not null,
  program text not null
); -- row rules
create table gathering_link (
  gathering_id uuid not null,
  url text not null
); -- row rules
create table gathering_place (
  id uuid not null,
  gathering_id uuid not null,
  organization_id uuid default actor_organization() not null,
  turn bigint generated as identity not null,
  way text not null,
  state text not null,
  name text,
  patient_id uuid,
  task_id uuid,
  walk_in boolean default false not null,
  attended text,
  encounter_id uuid,
  contact_id uuid,
  key_hash bytea,
  code_hash bytea,
  language text default 'ja'::text not null,
  created_at timestamp with time zone not null,
  reminded_at timestamp with time zone
); -- row rules
create table given_file (
  id uuid not null,
  organization_id uuid default actor_organization() not null,
  patient_id uuid not null,
  link_hash bytea,
  account_id uuid,
  name text not null,
  kind text not null,
  bytes bytea not null,
  digest bytea not null,
  at timestamp with time zone not null
); -- row rules
create table goal (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{subject,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{subject,reference}'::text[])) = 44)) THEN (substr((content #>> '{subject,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  lifecycle_status text generated always as ((content #>> '{lifecycleStatus}'::text[])) stored,
  item text generated always as ('plan'::text) stored,
  found text[] generated always as (found_in_goal(content)) stored
); -- row rules
create table goal_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table healthcare_service (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  name text generated always as ((' '::text || fhir_key((content ->> 'name'::text)))) stored,
  organization_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{providedBy,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{providedBy,reference}'::text[])) = 49)) THEN (substr((content #>> '{providedBy,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  location_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{location,0,reference}'::text[]), 'Location/'::text) AND (length((content #>> '{location,0,reference}'::text[])) = 45)) THEN (substr((content #>> '{location,0,reference}'::text[]), 10))::uuid
    ELSE NULL::uuid
END) stored,
  category text[] generated always as (fhir_tokens((content #> '{category}'::text[]))) stored,
  type text[] generated always as (fhir_tokens((content #> '{type}'::text[]))) stored,
  specialty text[] generated always as (fhir_tokens((content #> '{specialty}'::text[]))) stored,
  active text generated always as ((content #>> '{active}'::text[])) stored,
  serves text[] generated always as (fhir_references((content -> 'extension'::text), '$[*]?(@."url" == "https://tsunagi.example/fhir/StructureDefinition/serves")."valueCoding"."code"'::jsonpath)) stored,
  capacity text generated always as (COALESCE((fhir_extension(content, 'http://hl7.org/fhir/us/sdoh-clinicalcare/StructureDefinition/SDOHCC-ExtensionHealthcareServiceCapacityStatus'::text) ->> 'valueCode'::text), 'additional-assessment-required'::text)) stored,
  assured text generated always as ("left"((fhir_extension(content, 'https://tsunagi.example/fhir/StructureDefinition/assured-date'::text) ->> 'valueDateTime'::text), 10)) stored,
  words text generated always as (fhir_key((((((((COALESCE(((fhir_extension(content, 'https://tsunagi.example/fhir/StructureDefinition/name-kana'::text) ->> 'valueString'::text) || ' '::text), ''::text) || COALESCE((content ->> 'name'::text), ''::text)) || ' '::text) || COALESCE((content ->> 'comment'::text), ''::text)) || ' '::text) || COALESCE((content ->> 'extraDetails'::text), ''::text)) || ' '::text) || COALESCE((content #>> '{eligibility,0,comment}'::text[]), ''::text)))) stored,
  found text[] generated always as (found_in_healthcare_service(content)) stored
); -- row rules
create table healthcare_service_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table invitation (
  id uuid not null,
  list_id uuid not null,
  insurer_id uuid not null,
  line integer not null,
  symbol text not null,
  number text not null,
  branch text not null,
  name text not null,
  kana text not null,
  birth_date text not null,
  postal_code text not null,
  address text not null,
  phone text not null,
  reason text not null,
  code text not null,
  sent_on date,
  agreed_at timestamp with time zone,
  agreed_by text,
  contacts integer default 0 not null,
  due_on date,
  been_at timestamp with time zone,
  been_by text,
  been_on date,
  been_where text,
  due_held date
); -- row rules
create table invitation_contact (
  id bigint generated as identity not null,
  invitation_id uuid not null,
  at timestamp with time zone not null,
  kind text not null,
  by_post uuid
); -- row rules
create table invitation_list (
  id uuid not null,
  insurer_id uuid not null,
  program text not null,
  title text not null,
  made_at timestamp with time zone not null,
  made_by uuid,
  ends_on date not null,
  taken integer not null,
  ended integer default 0 not null,
  lapsed integer default 0 not null
); -- row rules
create table invitation_visit (
  id uuid not null,
  list_id uuid not null,
  insurer_id uuid not null,
  patient_id uuid not null,
  clinic_id uuid not null,
  came_on date not null
); -- row rules
create table known_device (
  token_hash bytea not null,
  account_id uuid not null,
  seen_at timestamp with time zone not null
);
create table location (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  name text generated always as ((' '::text || fhir_key((content ->> 'name'::text)))) stored,
  organization_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{managingOrganization,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{managingOrganization,reference}'::text[])) = 49)) THEN (substr((content #>> '{managingOrganization,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  words text generated always as (fhir_key(((COALESCE((content ->> 'name'::text), ''::text) || ' '::text) || COALESCE((content #>> '{address,text}'::text[]), ''::text)))) stored,
  found text[] generated always as (found_in_location(content)) stored
); -- row rules
create table location_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table notice (
  id uuid default gen_random_uuid() not null,
  organization_id uuid default actor_organization() not null,
  at timestamp with time zone not null,
  kind text not null,
  case_number text not null,
  seen_at timestamp with time zone,
  seen_by uuid
); -- row rules
create table observation (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{subject,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{subject,reference}'::text[])) = 44)) THEN (substr((content #>> '{subject,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  category text[] generated always as (fhir_tokens((content #> '{category}'::text[]))) stored,
  code text[] generated always as (fhir_tokens((content #> '{code}'::text[]))) stored,
  date timestamp with time zone generated always as (fhir_start((content #>> '{effectiveDateTime}'::text[]))) stored,
  item text generated always as (
CASE
    WHEN ('survey'::text = ANY (fhir_tokens((content -> 'category'::text)))) THEN 'answers'::text
    ELSE 'assessment'::text
END) stored,
  found text[] generated always as (found_in_observation(content)) stored
); -- row rules
create table observation_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table once (
  key text not null,
  organization_id uuid not null,
  actor text not null,
  answer jsonb,
  at timestamp with time zone default now() not null
); -- row rules
create table one_time_link (
  token_hash bytea not null,
  purpose text not null,
  organization_id uuid not null,
  patient_id uuid,
  task_id uuid,
  questionnaire text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  consent_id uuid,
  made_by uuid default actor_organization(),
  account_id uuid
);
create table organization (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  identifier text[] generated always as (fhir_identifiers((content -> 'identifier'::text))) stored,
  name text generated always as ((' '::text || fhir_key((content ->> 'name'::text)))) stored,
  type text[] generated always as (fhir_tokens((content #> '{type}'::text[]))) stored,
  part_of_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{partOf,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{partOf,reference}'::text[])) = 49)) THEN (substr((content #>> '{partOf,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  serves text[] generated always as (fhir_references((content -> 'extension'::text), '$[*]?(@."url" == "https://tsunagi.example/fhir/StructureDefinition/serves")."valueCoding"."code"'::jsonpath)) stored,
  found text[] generated always as (found_in_organization(content)) stored
); -- row rules
create table organization_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table outbox (
  id bigint generated as identity not null,
  recipient text not null,
  subject text not null,
  body text not null,
  queued_at timestamp with time zone default now() not null,
  sent_at timestamp with time zone,
  attempts integer default 0 not null,
  fault text
);
create table outside_identity (
  issuer text not null,
  subject text not null,
  account_id uuid not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone
);
create table participation_fact (
  place_id uuid not null,
  gathering_id uuid not null,
  way text not null
); -- row rules
create table partner_record (
  server uuid not null,
  type text not null,
  id uuid not null,
  their_id text not null,
  version integer,
  their_version text,
  looked_at timestamp with time zone
); -- row rules
create table partner_server (
  id uuid not null,
  version integer default 1 not null,
  organization_id uuid not null,
  partner_id uuid not null,
  way text not null,
  address text not null,
  client text not null,
  secret bytea not null,
  our_id text not null,
  their_id text not null,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null,
  seen_until text,
  heard_at timestamp with time zone,
  failures integer default 0 not null,
  fault jsonb,
  next_at timestamp with time zone default now() not null,
  taken_until timestamp with time zone default now() not null,
  proof text default 'secret'::text not null,
  rung_at timestamp with time zone,
  subscription text,
  subscribe_at timestamp with time zone default now() not null
); -- row rules
create table partner_task (
  id uuid default gen_random_uuid() not null,
  server uuid not null,
  task uuid,
  case_number text not null,
  wanted bigint default 1 not null,
  told bigint default 0 not null,
  their_id text,
  their_version text,
  noticed_version text,
  their_status text,
  attempts integer default 0 not null,
  next_at timestamp with time zone default now() not null,
  taken_until timestamp with time zone default now() not null,
  fault jsonb,
  stopped_at timestamp with time zone,
  kept jsonb,
  queued_at timestamp with time zone default now() not null,
  told_at timestamp with time zone
); -- row rules
create table passkey (
  id text not null,
  account_id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone
);
create table patient (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  identifier text[] generated always as (fhir_identifiers((content -> 'identifier'::text))) stored,
  name text generated always as (fhir_names((content -> 'name'::text))) stored,
  birth_date text generated always as ((content ->> 'birthDate'::text)) stored,
  gender text generated always as ((content #>> '{gender}'::text[])) stored,
  phone text[] generated always as (fhir_phones((content -> 'telecom'::text))) stored,
  organization_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{managingOrganization,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{managingOrganization,reference}'::text[])) = 49)) THEN (substr((content #>> '{managingOrganization,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  municipality text generated always as ((jsonb_path_query_first(content, '$."address"[*]."extension"[*]?(@."url" == "https://tsunagi.example/fhir/StructureDefinition/municipality-code")."valueCoding"."code"'::jsonpath) #>> '{}'::text[])) stored,
  patient_id uuid generated always as (id) stored,
  item text generated always as ('contact'::text) stored,
  limited boolean generated always as (contact_limited(content)) stored,
  found text[] generated always as (found_in_patient(content)) stored
); -- row rules
create table patient_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table practitioner (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  identifier text[] generated always as (fhir_identifiers((content -> 'identifier'::text))) stored,
  name text generated always as (fhir_names((content -> 'name'::text))) stored,
  found text[] generated always as (found_in_practitioner(content)) stored
); -- row rules
create table practitioner_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table practitioner_role (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  practitioner_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{practitioner,reference}'::text[]), 'Practitioner/'::text) AND (length((content #>> '{practitioner,reference}'::text[])) = 49)) THEN (substr((content #>> '{practitioner,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  organization_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{organization,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{organization,reference}'::text[])) = 49)) THEN (substr((content #>> '{organization,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  code text[] generated always as (fhir_tokens((content #> '{code}'::text[]))) stored,
  found text[] generated always as (found_in_practitioner_role(content)) stored
); -- row rules
create table practitioner_role_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table print_file (
  job uuid not null,
  content bytea not null,
  size integer generated always as (octet_length(content)) stored not null
); -- row rules
create table print_job (
  id uuid not null,
  account_id uuid not null,
  organization_id uuid not null,
  role text not null,
  post_id uuid,
  request text not null,
  language text not null,
  sheets text[] not null,
  people integer not null,
  started_at timestamp with time zone not null,
  gathered integer default 0 not null,
  drawn integer default 0 not null,
  taken_until timestamp with time zone default now() not null,
  attempts integer default 0 not null,
  status text default 'running'::text not null,
  fault text,
  ended_at timestamp with time zone
); -- row rules
create table print_person (
  job uuid not null,
  nth integer not null,
  patient_id uuid not null,
  task_id uuid,
  name text not null,
  included boolean,
  content jsonb,
  standing text
); -- row rules
create table printed_sheet (
  id uuid not null,
  kind text not null,
  about_type text,
  about_id uuid,
  patient_id uuid,
  form text,
  language text not null,
  organization_id uuid default actor_organization() not null,
  post_id uuid default actor_post(),
  printed_at timestamp with time zone not null
); -- row rules
create table procedure (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{subject,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{subject,reference}'::text[])) = 44)) THEN (substr((content #>> '{subject,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  category text[] generated always as (fhir_tokens((content #> '{category}'::text[]))) stored,
  based_on_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{basedOn,0,reference}'::text[]), 'ServiceRequest/'::text) AND (length((content #>> '{basedOn,0,reference}'::text[])) = 51)) THEN (substr((content #>> '{basedOn,0,reference}'::text[]), 16))::uuid
    ELSE NULL::uuid
END) stored,
  item text generated always as ('plan'::text) stored,
  found text[] generated always as (found_in_procedure(content)) stored
); -- row rules
create table procedure_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table program_terms (
  program text not null,
  resident_items text[] not null
);
create table provenance (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (fhir_id((jsonb_path_query_first(content, '$."target"[*]."reference"?(@ starts with "Patient/")'::jsonpath) #>> '{}'::text[]), 'Patient'::text)) stored,
  target text[] generated always as (fhir_references((content -> 'target'::text), '$[*]."reference"'::jsonpath)) stored,
  recorded timestamp with time zone generated always as (fhir_start((content #>> '{recorded}'::text[]))) stored,
  item text generated always as ('request'::text) stored,
  found text[] generated always as (found_in_provenance(content)) stored
); -- row rules
create table provenance_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table questionnaire (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  url text generated always as ((content #>> '{url}'::text[])) stored,
  business_version text generated always as ((content #>> '{version}'::text[])) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  name text generated always as ((' '::text || fhir_key((content ->> 'name'::text)))) stored,
  found text[] generated always as (found_in_questionnaire(content)) stored
); -- row rules
create table questionnaire_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table questionnaire_response (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{subject,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{subject,reference}'::text[])) = 44)) THEN (substr((content #>> '{subject,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  questionnaire text generated always as ((content #>> '{questionnaire}'::text[])) stored,
  authored timestamp with time zone generated always as (fhir_start((content #>> '{authored}'::text[]))) stored,
  item text generated always as (
CASE
    WHEN ((content ->> 'questionnaire'::text) ~~ '%assessment%'::text) THEN 'assessment'::text
    ELSE 'answers'::text
END) stored,
  found text[] generated always as (found_in_questionnaire_response(content)) stored
); -- row rules
create table questionnaire_response_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table recovery_code (
  account_id uuid not null,
  hash bytea not null,
  salt bytea not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone
);
create table referral_fact (
  task_id uuid not null,
  sent_on date not null,
  fiscal_year integer not null,
  month text not null,
  municipality text not null,
  age_band text not null,
  needs text[] not null,
  clinic uuid not null,
  contacted_on date,
  contact_band text not null,
  result text not null,
  program text default ''::text not null
); -- row rules
create table related_person (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{patient,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{patient,reference}'::text[])) = 44)) THEN (substr((content #>> '{patient,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  item text generated always as ('contact'::text) stored,
  found text[] generated always as (found_in_related_person(content)) stored
); -- row rules
create table related_person_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table request_sheet (
  sheet uuid not null,
  clinic_id uuid default actor_organization() not null,
  office_id uuid not null,
  patient_id uuid,
  program text not null,
  told jsonb,
  printed_at timestamp with time zone not null
); -- row rules
create table returned_page (
  id uuid not null,
  organization_id uuid default actor_organization() not null,
  invitation_id uuid,
  gathering_id uuid,
  number smallint not null,
  png bytea not null,
  at timestamp with time zone not null,
  done_at timestamp with time zone,
  done_by uuid
); -- row rules
create table revoked_token (
  jti text not null,
  expires_at timestamp with time zone not null
);
create table scan (
  id uuid not null,
  organization_id uuid default actor_organization() not null,
  name text not null,
  kind text not null,
  bytes bytea,
  size integer not null,
  digest bytea,
  state text default 'waiting'::text not null,
  fault jsonb,
  by_post uuid,
  account uuid,
  attempts smallint default 0 not null,
  claimed_at timestamp with time zone,
  at timestamp with time zone not null
); -- row rules
create table scan_page (
  id uuid not null,
  scan_id uuid not null,
  organization_id uuid default actor_organization() not null,
  number integer not null,
  png bytea,
  width integer not null,
  height integer not null,
  turn smallint default 0 not null,
  state text default 'tray'::text not null,
  why text,
  sheet uuid,
  sheet_page smallint,
  patient_id uuid,
  task_id uuid,
  document_id uuid,
  reason text,
  done_by uuid,
  done_at timestamp with time zone
); -- row rules
create table seal (
  patient_id uuid not null,
  address jsonb,
  telecom jsonb,
  named uuid[] not null,
  since integer not null,
  why text not null,
  sealed_by uuid not null,
  at timestamp with time zone default clock_timestamp() not null,
  contact jsonb,
  revision integer default 1 not null
); -- row rules
create table seal_before (
  patient_id uuid not null,
  sealed_at timestamp with time zone not null,
  revision integer not null,
  address jsonb,
  telecom jsonb,
  contact jsonb,
  ended_by uuid not null,
  ended_at timestamp with time zone default clock_timestamp() not null
); -- row rules
create table seen_name (
  organization_id uuid not null,
  audience text not null,
  key text not null,
  updated_at timestamp with time zone not null,
  patient_id uuid not null
);
create table service_request (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{subject,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{subject,reference}'::text[])) = 44)) THEN (substr((content #>> '{subject,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  intent text generated always as ((content #>> '{intent}'::text[])) stored,
  category text[] generated always as (fhir_tokens((content #> '{category}'::text[]))) stored,
  authored timestamp with time zone generated always as (fhir_start((content #>> '{authoredOn}'::text[]))) stored,
  requester_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{requester,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{requester,reference}'::text[])) = 49)) THEN (substr((content #>> '{requester,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  addressee uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{performer,0,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{performer,0,reference}'::text[])) = 49)) THEN (substr((content #>> '{performer,0,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  based_on_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{basedOn,0,reference}'::text[]), 'ServiceRequest/'::text) AND (length((content #>> '{basedOn,0,reference}'::text[])) = 51)) THEN (substr((content #>> '{basedOn,0,reference}'::text[]), 16))::uuid
    ELSE NULL::uuid
END) stored,
  supporting_info text[] generated always as (fhir_references((content -> 'supportingInfo'::text), '$[*]."reference"'::jsonpath)) stored,
  item text generated always as ('request'::text) stored,
  found text[] generated always as (found_in_service_request(content)) stored
); -- row rules
create table service_request_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table session (
  token_hash bytea not null,
  account_id uuid not null,
  csrf text not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  id uuid default gen_random_uuid() not null,
  waits_for text,
  proved_at timestamp with time zone,
  device text
);
create table sight (
  patient_id uuid not null,
  organization_id uuid not null,
  items text[] not null,
  until timestamp with time zone not null,
  audience text not null,
  post_id uuid,
  works_until timestamp with time zone not null,
  basis uuid,
  withheld text[] default '{}'::text[] not null
); -- row rules
create table subscription (
  id uuid not null,
  version integer default 1 not null,
  client text not null,
  organization_id uuid not null,
  role text not null,
  request text not null,
  status text not null,
  content jsonb not null,
  headers bytea,
  type text not null,
  statuses text[],
  owners uuid[],
  requesters uuid[],
  updated_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  heartbeat integer,
  events bigint default 0 not null,
  failures integer default 0 not null,
  fault text,
  undelivered integer default 0 not null,
  told_at timestamp with time zone,
  next_at timestamp with time zone default now() not null,
  taken_until timestamp with time zone default now() not null
); -- row rules
create table subscription_notice (
  id bigint generated as identity not null,
  subscription uuid not null,
  type text not null,
  record uuid not null,
  at timestamp with time zone default clock_timestamp() not null,
  number bigint,
  sent_at timestamp with time zone
); -- row rules
create table task (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null,
  keeper uuid default actor_organization() not null,
  patient_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{for,reference}'::text[]), 'Patient/'::text) AND (length((content #>> '{for,reference}'::text[])) = 44)) THEN (substr((content #>> '{for,reference}'::text[]), 9))::uuid
    ELSE NULL::uuid
END) stored,
  status text generated always as ((content #>> '{status}'::text[])) stored,
  intent text generated always as ((content #>> '{intent}'::text[])) stored,
  code text[] generated always as (fhir_tokens((content #> '{code}'::text[]))) stored,
  authored_on timestamp with time zone generated always as (fhir_start((content #>> '{authoredOn}'::text[]))) stored,
  modified timestamp with time zone generated always as (fhir_start((content #>> '{lastModified}'::text[]))) stored,
  requester_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{requester,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{requester,reference}'::text[])) = 49)) THEN (substr((content #>> '{requester,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  owner_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{owner,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{owner,reference}'::text[])) = 49)) THEN (substr((content #>> '{owner,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  addressee uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{owner,reference}'::text[]), 'Organization/'::text) AND (length((content #>> '{owner,reference}'::text[])) = 49)) THEN (substr((content #>> '{owner,reference}'::text[]), 14))::uuid
    ELSE NULL::uuid
END) stored,
  focus_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{focus,reference}'::text[]), 'ServiceRequest/'::text) AND (length((content #>> '{focus,reference}'::text[])) = 51)) THEN (substr((content #>> '{focus,reference}'::text[]), 16))::uuid
    ELSE NULL::uuid
END) stored,
  part_of_id uuid generated always as (
CASE
    WHEN (starts_with((content #>> '{partOf,0,reference}'::text[]), 'Task/'::text) AND (length((content #>> '{partOf,0,reference}'::text[])) = 41)) THEN (substr((content #>> '{partOf,0,reference}'::text[]), 6))::uuid
    ELSE NULL::uuid
END) stored,
  assignee_id uuid generated always as (fhir_id((jsonb_path_query_first(content, '$."extension"[*]?(@."url" == "https://tsunagi.example/fhir/StructureDefinition/task-assignee")."valueReference"."reference"'::jsonpath) #>> '{}'::text[]), 'PractitionerRole'::text)) stored,
  urgency smallint generated always as (
CASE (content ->> 'priority'::text)
    WHEN 'stat'::text THEN 0
    WHEN 'asap'::text THEN 1
    WHEN 'urgent'::text THEN 2
    ELSE 3
END) stored,
  due timestamp with time zone generated always as (fhir_end((content #>> '{restriction,period,end}'::text[]))) stored,
  identifier text[] generated always as (fhir_identifiers((content -> 'identifier'::text))) stored,
  item text generated always as ('request'::text) stored,
  found text[] generated always as (found_in_task(content)) stored
); -- row rules
create table task_history (
  id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamp with time zone not null
); -- row rules
create table totp (
  account_id uuid not null,
  sealed bytea not null,
  last_step bigint not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone
);
create table typed_form (
  account_id uuid not null,
  page text not null,
  sealed bytea not null,
  kept_at timestamp with time zone not null
);
create table urgent_answers (
  response_id uuid not null,
  patient_id uuid not null,
  organization_id uuid default actor_organization() not null,
  at timestamp with time zone not null,
  opened_at timestamp with time zone,
  opened_by uuid
); -- row rules

-- Constraints
access_log: CHECK ((action = ANY (ARRAY['read'::text, 'search'::text, 'history'::text, 'write'::text, 'delete'::text, 'print'::text, 'export'::text, 'sign-in'::text, 'sign-in-refused'::text, 'sign-out'::text, 'account'::text, 'token'::text, 'token-refused'::text, 'refused'::text, 'log-read'::text, 'reviewed'::text, 'emergency'::text])))
access_log: PRIMARY KEY (id)
access_log_handover: CHECK ((old <> new))
access_log_handover: FOREIGN KEY (new) REFERENCES access_log_key(fingerprint)
access_log_handover: FOREIGN KEY (old) REFERENCES access_log_key(fingerprint)
access_log_handover: FOREIGN KEY (seal) REFERENCES access_log_seal(number)
access_log_handover: PRIMARY KEY (old, new)
access_log_key: PRIMARY KEY (fingerprint)
access_log_seal: CHECK (((until_id >= after_id) AND (length(marks) = (rows * 8))))
access_log_seal: FOREIGN KEY (key) REFERENCES access_log_key(fingerprint)
access_log_seal: PRIMARY KEY (number)
account: CHECK ((email ~ '^[^@\s]+@[^@\s]+$'::text))
account: CHECK ((language = ANY (ARRAY['ja'::text, 'en'::text])))
account: CHECK ((login = lower(login)))
account: FOREIGN KEY (organization_id) REFERENCES organization(id)
account: FOREIGN KEY (post_id) REFERENCES practitioner_role(id)
account: PRIMARY KEY (id)
account: UNIQUE (login)
answer_fact: PRIMARY KEY (patient_id, fiscal_year, program)
api_client: FOREIGN KEY (organization_id) REFERENCES organization(id)
api_client: PRIMARY KEY (id)
attempt: CHECK ((octet_length(key) = 32))
attempt: PRIMARY KEY (key)
binary: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
binary: PRIMARY KEY (id)
binary_history: PRIMARY KEY (id, version)
care_plan: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
care_plan: PRIMARY KEY (id)
care_plan_history: PRIMARY KEY (id, version)
communication: FOREIGN KEY (addressee) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
communication: FOREIGN KEY (based_on_id) REFERENCES service_request(id) DEFERRABLE INITIALLY DEFERRED
communication: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
communication: PRIMARY KEY (id)
communication_history: PRIMARY KEY (id, version)
condition: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
condition: PRIMARY KEY (id)
condition_history: PRIMARY KEY (id, version)
consent: FOREIGN KEY (organization_id) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
consent: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
consent: PRIMARY KEY (id)
consent_end: CHECK ((stage = ANY (ARRAY['ends'::text, 'expired'::text, 'over'::text])))
consent_end: FOREIGN KEY (consent_id) REFERENCES consent(id)
consent_end: PRIMARY KEY (consent_id, stage)
consent_history: PRIMARY KEY (id, version)
coverage: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
coverage: PRIMARY KEY (id)
coverage_history: PRIMARY KEY (id, version)
deletion: PRIMARY KEY (type, id)
disclosure: CHECK ((closed_because = ANY (ARRAY['withdrawn'::text, 'expired'::text, 'ended'::text, 'changed'::text])))
disclosure: FOREIGN KEY (patient_id) REFERENCES patient(id)
disclosure: PRIMARY KEY (id)
disclosure_review: CHECK ((kind = ANY (ARRAY['legal-basis'::text, 'emergency'::text])))
disclosure_review: CHECK ((reviewed_as = ANY (ARRAY['colleague'::text, 'administrator'::text])))
disclosure_review: CHECK ((verdict = ANY (ARRAY['justified'::text, 'not-justified'::text])))
disclosure_review: FOREIGN KEY (patient_id) REFERENCES patient(id)
disclosure_review: PRIMARY KEY (id)
document_reference: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
document_reference: PRIMARY KEY (id)
document_reference_history: PRIMARY KEY (id, version)
draft: FOREIGN KEY (link_hash) REFERENCES one_time_link(token_hash) ON DELETE CASCADE
draft: PRIMARY KEY (id)
drop_in: CHECK (((cardinality(topics) >= 1) AND (cardinality(topics) <= 12)))
drop_in: CHECK (((minutes >= 1) AND (minutes <= 240)))
drop_in: CHECK ((age_band = ANY (ARRAY['0-19'::text, '20-39'::text, '40-64'::text, '65-74'::text, '75-84'::text, '85+'::text, 'unknown'::text])))
drop_in: FOREIGN KEY (gathering_id) REFERENCES gathering(id)
drop_in: FOREIGN KEY (task_id) REFERENCES task(id) DEFERRABLE INITIALLY DEFERRED
drop_in: PRIMARY KEY (id)
drop_in_fact: PRIMARY KEY (drop_in_id)
emergency_access: CHECK ((because = ANY (ARRAY['danger-to-life'::text, 'cannot-be-asked'::text, 'other'::text])))
emergency_access: CHECK ((length(TRIM(BOTH FROM note)) >= 10))
emergency_access: FOREIGN KEY (patient_id) REFERENCES patient(id)
emergency_access: PRIMARY KEY (id)
emergency_try: FOREIGN KEY (found) REFERENCES patient(id)
emergency_try: PRIMARY KEY (id)
encounter: FOREIGN KEY (based_on_id) REFERENCES service_request(id) DEFERRABLE INITIALLY DEFERRED
encounter: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
encounter: PRIMARY KEY (id)
encounter_history: PRIMARY KEY (id, version)
entry_question: PRIMARY KEY (token_hash)
export_job: CHECK ((status = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))
export_job: FOREIGN KEY (client) REFERENCES api_client(id) ON DELETE CASCADE
export_job: PRIMARY KEY (id)
export_part: FOREIGN KEY (job) REFERENCES export_job(id) ON DELETE CASCADE
export_part: PRIMARY KEY (job, type, file, part)
fax_sent: PRIMARY KEY (id)
figure_question: PRIMARY KEY (program, question)
form_failure: CHECK ((fault = ANY (ARRAY['syntax'::text, 'time'::text, 'size'::text, 'failed'::text, 'unfit'::text])))
form_failure: CHECK ((kind = ANY (ARRAY['initial'::text, 'calculated'::text, 'enableWhen'::text, 'answer'::text, 'extract'::text])))
form_failure: PRIMARY KEY (form, item, kind, fault)
gathering: CHECK (((length(title) >= 1) AND (length(title) <= 100)))
gathering: CHECK (((room >= 1) AND (room <= 500)))
gathering: CHECK (((room IS NOT NULL) OR (room_online IS NOT NULL) OR drop_in))
gathering: CHECK (((room_online >= 1) AND (room_online <= 500)))
gathering: CHECK ((ends_at > starts_at))
gathering: CHECK ((length(area) <= 50))
gathering: CHECK ((length(leader) <= 100))
gathering: CHECK ((length(note) <= 1000))
gathering: CHECK ((length(phone) <= 30))
gathering: CHECK ((length(place) <= 200))
gathering: CHECK ((municipality ~ '^[0-9]{6}$'::text))
gathering: CHECK ((status = ANY (ARRAY['planned'::text, 'cancelled'::text])))
gathering: FOREIGN KEY (location_id) REFERENCES location(id) DEFERRABLE INITIALLY DEFERRED
gathering: FOREIGN KEY (organization_id) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
gathering: PRIMARY KEY (id)
gathering_contact: CHECK (((mail IS NOT NULL) OR (phone IS NOT NULL)))
gathering_contact: CHECK ((length(mail) <= 254))
gathering_contact: CHECK ((length(phone) <= 30))
gathering_contact: FOREIGN KEY (place_id) REFERENCES gathering_place(id) ON DELETE CASCADE
gathering_contact: PRIMARY KEY (place_id)
gathering_fact: PRIMARY KEY (gathering_id)
gathering_link: CHECK (((url ~ '^https://[^[:space:]]+$'::text) AND (length(url) <= 500)))
gathering_link: FOREIGN KEY (gathering_id) REFERENCES gathering(id) ON DELETE CASCADE
gathering_link: PRIMARY KEY (gathering_id)
gathering_place: CHECK (((length(name) >= 1) AND (length(name) <= 60)))
gathering_place: CHECK (((patient_id IS NULL) = (task_id IS NULL)))
gathering_place: CHECK (((task_id IS NULL) = (name IS NOT NULL)))
gathering_place: CHECK ((attended = ANY (ARRAY['present'::text, 'online'::text, 'absent'::text])))
gathering_place: CHECK ((language = ANY (ARRAY['ja'::text, 'en'::text])))
gathering_place: CHECK ((state = ANY (ARRAY['booked'::text, 'waiting'::text, 'cancelled'::text])))
gathering_place: CHECK ((way = ANY (ARRAY['site'::text, 'online'::text])))
gathering_place: FOREIGN KEY (contact_id) REFERENCES communication(id) DEFERRABLE INITIALLY DEFERRED
gathering_place: FOREIGN KEY (encounter_id) REFERENCES encounter(id) DEFERRABLE INITIALLY DEFERRED
gathering_place: FOREIGN KEY (gathering_id) REFERENCES gathering(id)
gathering_place: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
gathering_place: FOREIGN KEY (task_id) REFERENCES task(id) DEFERRABLE INITIALLY DEFERRED
gathering_place: PRIMARY KEY (id)
gathering_place: UNIQUE (key_hash)
given_file: CHECK (((link_hash IS NULL) <> (account_id IS NULL)))
given_file: CHECK ((kind = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'application/pdf'::text])))
given_file: FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
given_file: FOREIGN KEY (link_hash) REFERENCES one_time_link(token_hash) ON DELETE CASCADE
given_file: FOREIGN KEY (patient_id) REFERENCES patient(id) ON DELETE CASCADE
given_file: PRIMARY KEY (id)
goal: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
goal: PRIMARY KEY (id)
goal_history: PRIMARY KEY (id, version)
healthcare_service: FOREIGN KEY (location_id) REFERENCES location(id) DEFERRABLE INITIALLY DEFERRED
healthcare_service: FOREIGN KEY (organization_id) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
healthcare_service: PRIMARY KEY (id)
healthcare_service_history: PRIMARY KEY (id, version)
invitation: CHECK ((((been_at IS NULL) = (been_by IS NULL)) AND ((been_at IS NOT NULL) OR ((been_on IS NULL) AND (been_where IS NULL) AND (due_held IS NULL)))))
invitation: CHECK (((length(been_where) >= 1) AND (length(been_where) <= 100)))
invitation: CHECK ((agreed_by = ANY (ARRAY['themselves'::text, 'telephone'::text, 'slip'::text])))
invitation: CHECK ((been_by = ANY (ARRAY['themselves'::text, 'telephone'::text, 'slip'::text])))
invitation: CHECK ((code ~ '^[0-9]{12}$'::text))
invitation: FOREIGN KEY (list_id) REFERENCES invitation_list(id) ON DELETE CASCADE
invitation: PRIMARY KEY (id)
invitation: UNIQUE (code)
invitation: UNIQUE (insurer_id, symbol, number, branch)
invitation_contact: CHECK ((kind = ANY (ARRAY['letter'::text, 'reminder'::text, 'reached'::text, 'no-answer'::text])))
invitation_contact: FOREIGN KEY (invitation_id) REFERENCES invitation(id) ON DELETE CASCADE
invitation_contact: PRIMARY KEY (id)
invitation_list: CHECK (((length(title) >= 1) AND (length(title) <= 100)))
invitation_list: FOREIGN KEY (insurer_id) REFERENCES organization(id)
invitation_list: PRIMARY KEY (id)
invitation_visit: FOREIGN KEY (list_id) REFERENCES invitation_list(id)
invitation_visit: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
invitation_visit: PRIMARY KEY (id)
invitation_visit: UNIQUE (list_id, patient_id)
known_device: FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
known_device: PRIMARY KEY (token_hash, account_id)
location: FOREIGN KEY (organization_id) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
location: PRIMARY KEY (id)
location_history: PRIMARY KEY (id, version)
notice: CHECK ((kind = ANY (ARRAY['consent-withdrawn'::text, 'consent-narrowed'::text, 'consent-ends'::text, 'consent-expired'::text, 'consent-closed'::text, 'emergency-opened'::text])))
notice: PRIMARY KEY (id)
observation: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
observation: PRIMARY KEY (id)
observation_history: PRIMARY KEY (id, version)
once: PRIMARY KEY (key, organization_id, actor)
one_time_link: CHECK (((purpose = 'set-password'::text) = (account_id IS NOT NULL)))
one_time_link: CHECK ((purpose = ANY (ARRAY['answer-questionnaire'::text, 'answer-request'::text, 'own-consent'::text, 'set-password'::text])))
one_time_link: FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
one_time_link: FOREIGN KEY (consent_id) REFERENCES consent(id)
one_time_link: FOREIGN KEY (made_by) REFERENCES organization(id)
one_time_link: FOREIGN KEY (organization_id) REFERENCES organization(id)
one_time_link: FOREIGN KEY (patient_id) REFERENCES patient(id)
one_time_link: FOREIGN KEY (task_id) REFERENCES task(id)
one_time_link: PRIMARY KEY (token_hash)
organization: FOREIGN KEY (part_of_id) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
organization: PRIMARY KEY (id)
organization_history: PRIMARY KEY (id, version)
outbox: PRIMARY KEY (id)
outside_identity: FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
outside_identity: PRIMARY KEY (issuer, subject)
outside_identity: UNIQUE (account_id, issuer)
participation_fact: PRIMARY KEY (place_id)
partner_record: FOREIGN KEY (server) REFERENCES partner_server(id)
partner_record: PRIMARY KEY (server, type, id)
partner_record: UNIQUE (server, type, their_id)
partner_server: CHECK ((organization_id <> partner_id))
partner_server: CHECK ((proof = ANY (ARRAY['secret'::text, 'key'::text])))
partner_server: CHECK ((way = ANY (ARRAY['push'::text, 'poll'::text])))
partner_server: FOREIGN KEY (organization_id) REFERENCES organization(id)
partner_server: FOREIGN KEY (partner_id) REFERENCES organization(id)
partner_server: PRIMARY KEY (id)
partner_server: UNIQUE (organization_id, partner_id, way)
partner_task: CHECK (((task IS NOT NULL) OR (their_id IS NOT NULL)))
partner_task: FOREIGN KEY (server) REFERENCES partner_server(id)
partner_task: PRIMARY KEY (id)
partner_task: UNIQUE (server, task)
partner_task: UNIQUE (server, their_id)
passkey: FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
passkey: PRIMARY KEY (id)
patient: FOREIGN KEY (organization_id) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
patient: PRIMARY KEY (id)
patient_history: PRIMARY KEY (id, version)
practitioner: PRIMARY KEY (id)
practitioner_history: PRIMARY KEY (id, version)
practitioner_role: FOREIGN KEY (organization_id) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
practitioner_role: FOREIGN KEY (practitioner_id) REFERENCES practitioner(id) DEFERRABLE INITIALLY DEFERRED
practitioner_role: PRIMARY KEY (id)
practitioner_role_history: PRIMARY KEY (id, version)
print_file: FOREIGN KEY (job) REFERENCES print_job(id) ON DELETE CASCADE
print_file: PRIMARY KEY (job)
print_job: CHECK (((people >= 1) AND (people <= 500)))
print_job: CHECK ((language = ANY (ARRAY['ja'::text, 'en'::text])))
print_job: CHECK ((status = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))
print_job: FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
print_job: PRIMARY KEY (id)
print_person: FOREIGN KEY (job) REFERENCES print_job(id) ON DELETE CASCADE
print_person: FOREIGN KEY (patient_id) REFERENCES patient(id) ON DELETE CASCADE
print_person: PRIMARY KEY (job, nth)
printed_sheet: CHECK ((((about_type IS NULL) = (about_id IS NULL)) AND ((patient_id IS NOT NULL) = ((about_type IS NOT NULL) AND (about_type <> ALL (ARRAY['invitation'::text, 'gathering'::text]))))))
printed_sheet: CHECK ((about_type = ANY (ARRAY['Patient'::text, 'ServiceRequest'::text, 'Task'::text, 'QuestionnaireResponse'::text, 'Consent'::text, 'Communication'::text, 'CarePlan'::text, 'Encounter'::text, 'invitation'::text, 'gathering'::text])))
printed_sheet: CHECK ((kind ~ '^[a-z]+(-[a-z]+)*$'::text))
printed_sheet: CHECK ((language ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}$'::text))
printed_sheet: PRIMARY KEY (id)
procedure: FOREIGN KEY (based_on_id) REFERENCES service_request(id) DEFERRABLE INITIALLY DEFERRED
procedure: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
procedure: PRIMARY KEY (id)
procedure_history: PRIMARY KEY (id, version)
program_terms: PRIMARY KEY (program)
provenance: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
provenance: PRIMARY KEY (id)
provenance_history: PRIMARY KEY (id, version)
questionnaire: PRIMARY KEY (id)
questionnaire_history: PRIMARY KEY (id, version)
questionnaire_response: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
questionnaire_response: PRIMARY KEY (id)
questionnaire_response_history: PRIMARY KEY (id, version)
recovery_code: FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
recovery_code: PRIMARY KEY (account_id, hash)
referral_fact: PRIMARY KEY (task_id)
related_person: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
related_person: PRIMARY KEY (id)
related_person_history: PRIMARY KEY (id, version)
request_sheet: CHECK (((patient_id IS NULL) = (told IS NULL)))
request_sheet: FOREIGN KEY (patient_id) REFERENCES patient(id) ON DELETE CASCADE
request_sheet: PRIMARY KEY (sheet)
returned_page: CHECK ((num_nonnulls(invitation_id, gathering_id) = 1))
returned_page: CHECK ((number > 0))
returned_page: FOREIGN KEY (gathering_id) REFERENCES gathering(id) ON DELETE CASCADE
returned_page: FOREIGN KEY (id) REFERENCES scan_page(id)
returned_page: FOREIGN KEY (invitation_id) REFERENCES invitation(id) ON DELETE CASCADE
returned_page: PRIMARY KEY (id)
revoked_token: PRIMARY KEY (jti)
scan: CHECK ((kind = ANY (ARRAY['pdf'::text, 'tiff'::text, 'png'::text, 'jpeg'::text])))
scan: CHECK ((state = ANY (ARRAY['waiting'::text, 'reading'::text, 'read'::text, 'refused'::text])))
scan: PRIMARY KEY (id)
scan_page: CHECK ((state = ANY (ARRAY['tray'::text, 'filed'::text, 'thrown'::text])))
scan_page: CHECK ((turn = ANY (ARRAY[0, 90, 180, 270])))
scan_page: CHECK ((why = ANY (ARRAY['none'::text, 'stranger'::text, 'several'::text, 'unseen'::text, 'again'::text, 'blank'::text, 'request'::text])))
scan_page: FOREIGN KEY (scan_id) REFERENCES scan(id)
scan_page: PRIMARY KEY (id)
scan_page: UNIQUE (scan_id, number)
seal: CHECK ((cardinality(named) > 0))
seal: FOREIGN KEY (patient_id) REFERENCES patient(id)
seal: PRIMARY KEY (patient_id)
seal_before: FOREIGN KEY (patient_id) REFERENCES patient(id)
seal_before: PRIMARY KEY (patient_id, sealed_at, revision)
service_request: FOREIGN KEY (addressee) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
service_request: FOREIGN KEY (based_on_id) REFERENCES service_request(id) DEFERRABLE INITIALLY DEFERRED
service_request: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
service_request: FOREIGN KEY (requester_id) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
service_request: PRIMARY KEY (id)
service_request_history: PRIMARY KEY (id, version)
session: CHECK ((waits_for = ANY (ARRAY['second-factor'::text, 'enrolment'::text])))
session: FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
session: PRIMARY KEY (token_hash)
session: UNIQUE (id)
sight: CHECK ((audience = ANY (ARRAY['staff'::text, 'resident'::text, 'group'::text, 'insurer'::text, 'meeting'::text])))
sight: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
subscription: CHECK ((status = ANY (ARRAY['requested'::text, 'active'::text, 'error'::text, 'off'::text])))
subscription: CHECK ((type = ANY (ARRAY['Task'::text, 'ServiceRequest'::text])))
subscription: FOREIGN KEY (client) REFERENCES api_client(id) ON DELETE CASCADE
subscription: PRIMARY KEY (id)
subscription_notice: FOREIGN KEY (subscription) REFERENCES subscription(id) ON DELETE CASCADE
subscription_notice: PRIMARY KEY (id)
task: FOREIGN KEY (focus_id) REFERENCES service_request(id) DEFERRABLE INITIALLY DEFERRED
task: FOREIGN KEY (owner_id) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
task: FOREIGN KEY (part_of_id) REFERENCES task(id) DEFERRABLE INITIALLY DEFERRED
task: FOREIGN KEY (patient_id) REFERENCES patient(id) DEFERRABLE INITIALLY DEFERRED
task: FOREIGN KEY (requester_id) REFERENCES organization(id) DEFERRABLE INITIALLY DEFERRED
task: PRIMARY KEY (id)
task_history: PRIMARY KEY (id, version)
totp: FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
totp: PRIMARY KEY (account_id)
typed_form: FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
typed_form: PRIMARY KEY (account_id, page)
urgent_answers: FOREIGN KEY (patient_id) REFERENCES patient(id) ON DELETE CASCADE
urgent_answers: FOREIGN KEY (response_id) REFERENCES questionnaire_response(id) ON DELETE CASCADE
urgent_answers: PRIMARY KEY (response_id)

-- Indexes
CREATE INDEX access_log_events ON public.access_log USING btree (action, at) WHERE (action <> ALL (ARRAY['read'::text, 'search'::text, 'history'::text, 'write'::text, 'print'::text]));
CREATE INDEX access_log_organization ON public.access_log USING btree (organization, at);
CREATE INDEX access_log_patients ON public.access_log USING gin (patients);
CREATE INDEX access_log_time ON public.access_log USING brin (at) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX access_log_token ON public.access_log USING btree (client, at) WHERE (action = 'token'::text);
CREATE INDEX account_email ON public.account USING btree (lower(email));
CREATE INDEX answer_fact_year ON public.answer_fact USING btree (fiscal_year, municipality);
CREATE INDEX attempt_until ON public.attempt USING btree (until);
CREATE INDEX binary_found_by ON public."binary" USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX binary_history_latest ON public.binary_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX binary_patient_id ON public."binary" USING btree (patient_id, updated_at DESC);
CREATE INDEX binary_updated_at ON public."binary" USING btree (updated_at DESC, id);
CREATE INDEX care_plan_found_by ON public.care_plan USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX care_plan_history_latest ON public.care_plan_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX care_plan_patient_id ON public.care_plan USING btree (patient_id, updated_at DESC);
CREATE INDEX care_plan_updated_at ON public.care_plan USING btree (updated_at DESC, id);
CREATE INDEX communication_addressee ON public.communication USING btree (addressee, updated_at DESC);
CREATE INDEX communication_based_on_id ON public.communication USING btree (based_on_id, updated_at DESC);
CREATE INDEX communication_found_by ON public.communication USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX communication_history_latest ON public.communication_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX communication_patient_id ON public.communication USING btree (patient_id, updated_at DESC);
CREATE INDEX communication_sent ON public.communication USING btree (sent, updated_at DESC);
CREATE INDEX communication_updated_at ON public.communication USING btree (updated_at DESC, id);
CREATE INDEX condition_found_by ON public.condition USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX condition_history_latest ON public.condition_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX condition_patient_id ON public.condition USING btree (patient_id, updated_at DESC);
CREATE INDEX condition_updated_at ON public.condition USING btree (updated_at DESC, id);
CREATE INDEX consent_found_by ON public.consent USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX consent_history_latest ON public.consent_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX consent_lawful ON public.consent USING btree (patient_id) WHERE ((NOT (category @> ARRAY['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL'::text])) AND (status = 'active'::text));
CREATE INDEX consent_organization_id ON public.consent USING btree (organization_id, updated_at DESC);
CREATE INDEX consent_patient_id ON public.consent USING btree (patient_id, updated_at DESC);
CREATE INDEX consent_period_end ON public.consent USING btree (period_end) WHERE (status = 'active'::text);
CREATE INDEX consent_updated_at ON public.consent USING btree (updated_at DESC, id);
CREATE INDEX coverage_found_by ON public.coverage USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX coverage_history_latest ON public.coverage_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX coverage_insurer ON public.coverage USING btree (insurer_id);
CREATE INDEX coverage_patient_id ON public.coverage USING btree (patient_id, updated_at DESC);
CREATE INDEX coverage_updated_at ON public.coverage USING btree (updated_at DESC, id);
CREATE INDEX deletion_latest ON public.deletion USING btree (type, at DESC, id);
CREATE INDEX deletion_patient ON public.deletion USING btree (patient_id);
CREATE INDEX disclosure_organization ON public.disclosure USING btree (organization_id, closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX disclosure_patient ON public.disclosure USING btree (patient_id, organization_id);
CREATE INDEX disclosure_review_open ON public.disclosure_review USING btree (organization_id, reviewed_at, at DESC);
CREATE INDEX disclosure_review_waiting ON public.disclosure_review USING btree (at) WHERE (reviewed_at IS NULL);
CREATE INDEX document_reference_found_by ON public.document_reference USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX document_reference_history_latest ON public.document_reference_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX document_reference_patient_id ON public.document_reference USING btree (patient_id, updated_at DESC);
CREATE INDEX document_reference_updated_at ON public.document_reference USING btree (updated_at DESC, id);
CREATE INDEX drop_in_fact_year ON public.drop_in_fact USING btree (fiscal_year, municipality);
CREATE INDEX drop_in_of ON public.drop_in USING btree (gathering_id, at);
CREATE INDEX drop_in_task ON public.drop_in USING btree (task_id) WHERE (task_id IS NOT NULL);
CREATE INDEX emergency_access_patient ON public.emergency_access USING btree (patient_id);
CREATE INDEX emergency_try_account ON public.emergency_try USING btree (account, at DESC);
CREATE INDEX encounter_based_on_id ON public.encounter USING btree (based_on_id, updated_at DESC);
CREATE INDEX encounter_found_by ON public.encounter USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX encounter_history_latest ON public.encounter_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX encounter_patient_id ON public.encounter USING btree (patient_id, updated_at DESC);
CREATE INDEX encounter_updated_at ON public.encounter USING btree (updated_at DESC, id);
CREATE INDEX entry_question_expires ON public.entry_question USING btree (expires_at);
CREATE INDEX fax_sent_report ON public.fax_sent USING btree (report_id);
CREATE INDEX gathering_calendar ON public.gathering USING btree (organization_id, starts_at);
CREATE INDEX gathering_contact_mail ON public.gathering_contact USING btree (lower(mail)) WHERE (mail IS NOT NULL);
CREATE INDEX gathering_contact_phone ON public.gathering_contact USING btree (phone) WHERE (phone IS NOT NULL);
CREATE INDEX gathering_fact_year ON public.gathering_fact USING btree (fiscal_year, municipality);
CREATE INDEX gathering_place_code ON public.gathering_place USING btree (gathering_id, code_hash) WHERE (code_hash IS NOT NULL);
CREATE INDEX gathering_place_of ON public.gathering_place USING btree (gathering_id, turn);
CREATE INDEX gathering_place_patient ON public.gathering_place USING btree (patient_id) WHERE (patient_id IS NOT NULL);
CREATE INDEX gathering_place_task ON public.gathering_place USING btree (task_id) WHERE (task_id IS NOT NULL);
CREATE INDEX gathering_series ON public.gathering USING btree (series) WHERE (series IS NOT NULL);
CREATE INDEX gathering_starts ON public.gathering USING btree (starts_at) WHERE (status = 'planned'::text);
CREATE INDEX given_file_at ON public.given_file USING btree (at) WHERE (account_id IS NOT NULL);
CREATE INDEX given_file_patient ON public.given_file USING btree (patient_id);
CREATE INDEX goal_found_by ON public.goal USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX goal_history_latest ON public.goal_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX goal_patient_id ON public.goal USING btree (patient_id, updated_at DESC);
CREATE INDEX goal_updated_at ON public.goal USING btree (updated_at DESC, id);
CREATE INDEX healthcare_service_found_by ON public.healthcare_service USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX healthcare_service_history_latest ON public.healthcare_service_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX healthcare_service_location_id ON public.healthcare_service USING btree (location_id, updated_at DESC);
CREATE INDEX healthcare_service_name ON public.healthcare_service USING gin (name gin_trgm_ops);
CREATE INDEX healthcare_service_organization_id ON public.healthcare_service USING btree (organization_id, updated_at DESC);
CREATE INDEX healthcare_service_serves ON public.healthcare_service USING gin (serves);
CREATE INDEX healthcare_service_updated_at ON public.healthcare_service USING btree (updated_at DESC, id);
CREATE INDEX invitation_card ON public.invitation USING btree (number, birth_date);
CREATE INDEX invitation_contact_of ON public.invitation_contact USING btree (invitation_id, at);
CREATE INDEX invitation_due ON public.invitation USING btree (list_id, due_on) WHERE (due_on IS NOT NULL);
CREATE INDEX invitation_list_insurer ON public.invitation_list USING btree (insurer_id, made_at DESC);
CREATE INDEX invitation_page ON public.invitation USING btree (list_id, line);
CREATE INDEX invitation_visit_patient ON public.invitation_visit USING btree (patient_id);
CREATE INDEX known_device_account ON public.known_device USING btree (account_id);
CREATE INDEX location_found_by ON public.location USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX location_history_latest ON public.location_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX location_latitude ON public.location USING btree ((((content #>> '{position,latitude}'::text[]))::double precision));
CREATE INDEX location_name ON public.location USING gin (name gin_trgm_ops);
CREATE INDEX location_organization_id ON public.location USING btree (organization_id, updated_at DESC);
CREATE INDEX location_updated_at ON public.location USING btree (updated_at DESC, id);
CREATE INDEX notice_unseen ON public.notice USING btree (organization_id, at DESC) WHERE (seen_at IS NULL);
CREATE INDEX observation_found_by ON public.observation USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX observation_history_latest ON public.observation_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX observation_patient_id ON public.observation USING btree (patient_id, updated_at DESC);
CREATE INDEX observation_updated_at ON public.observation USING btree (updated_at DESC, id);
CREATE INDEX once_at ON public.once USING btree (at);
CREATE INDEX one_time_link_account ON public.one_time_link USING btree (account_id);
CREATE INDEX one_time_link_patient ON public.one_time_link USING btree (patient_id);
CREATE INDEX one_time_link_task ON public.one_time_link USING btree (task_id);
CREATE INDEX organization_found_by ON public.organization USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX organization_history_latest ON public.organization_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX organization_name ON public.organization USING gin (name gin_trgm_ops);
CREATE INDEX organization_part_of_id ON public.organization USING btree (part_of_id, updated_at DESC);
CREATE INDEX organization_serves ON public.organization USING gin (serves);
CREATE INDEX organization_updated_at ON public.organization USING btree (updated_at DESC, id);
CREATE INDEX outbox_waiting ON public.outbox USING btree (id) WHERE (sent_at IS NULL);
CREATE INDEX participation_fact_of ON public.participation_fact USING btree (gathering_id);
CREATE INDEX partner_record_looked ON public.partner_record USING btree (server, looked_at NULLS FIRST) WHERE ((type = 'Patient'::text) AND (version IS NULL));
CREATE INDEX partner_server_partner ON public.partner_server USING btree (partner_id);
CREATE INDEX partner_task_lying ON public.partner_task USING btree (server) WHERE ((stopped_at IS NOT NULL) OR (kept IS NOT NULL));
CREATE INDEX partner_task_task ON public.partner_task USING btree (task);
CREATE INDEX partner_task_waiting ON public.partner_task USING btree (next_at) WHERE ((told < wanted) AND (stopped_at IS NULL));
CREATE INDEX passkey_account ON public.passkey USING btree (account_id);
CREATE INDEX patient_birth_date ON public.patient USING btree (birth_date, updated_at DESC);
CREATE INDEX patient_found_by ON public.patient USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX patient_history_latest ON public.patient_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX patient_organization_id ON public.patient USING btree (organization_id, updated_at DESC);
CREATE INDEX patient_updated_at ON public.patient USING btree (updated_at DESC, id);
CREATE INDEX practitioner_found_by ON public.practitioner USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX practitioner_history_latest ON public.practitioner_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX practitioner_name ON public.practitioner USING gin (name gin_trgm_ops);
CREATE INDEX practitioner_role_found_by ON public.practitioner_role USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX practitioner_role_history_latest ON public.practitioner_role_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX practitioner_role_organization_id ON public.practitioner_role USING btree (organization_id, updated_at DESC);
CREATE INDEX practitioner_role_practitioner_id ON public.practitioner_role USING btree (practitioner_id, updated_at DESC);
CREATE INDEX practitioner_role_updated_at ON public.practitioner_role USING btree (updated_at DESC, id);
CREATE INDEX practitioner_updated_at ON public.practitioner USING btree (updated_at DESC, id);
CREATE INDEX print_job_account ON public.print_job USING btree (account_id, started_at);
CREATE INDEX print_person_patient ON public.print_person USING btree (patient_id);
CREATE INDEX printed_sheet_paper ON public.printed_sheet USING btree (about_id) WHERE (about_type = ANY (ARRAY['invitation'::text, 'gathering'::text]));
CREATE INDEX procedure_based_on_id ON public.procedure USING btree (based_on_id, updated_at DESC);
CREATE INDEX procedure_found_by ON public.procedure USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX procedure_history_latest ON public.procedure_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX procedure_patient_id ON public.procedure USING btree (patient_id, updated_at DESC);
CREATE INDEX procedure_updated_at ON public.procedure USING btree (updated_at DESC, id);
CREATE INDEX provenance_found_by ON public.provenance USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX provenance_history_latest ON public.provenance_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX provenance_patient_id ON public.provenance USING btree (patient_id, updated_at DESC);
CREATE INDEX provenance_updated_at ON public.provenance USING btree (updated_at DESC, id);
CREATE INDEX questionnaire_found_by ON public.questionnaire USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX questionnaire_history_latest ON public.questionnaire_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX questionnaire_name ON public.questionnaire USING gin (name gin_trgm_ops);
CREATE INDEX questionnaire_response_found_by ON public.questionnaire_response USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX questionnaire_response_history_latest ON public.questionnaire_response_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX questionnaire_response_keeper ON public.questionnaire_response USING btree (keeper, updated_at DESC);
CREATE INDEX questionnaire_response_patient_id ON public.questionnaire_response USING btree (patient_id, updated_at DESC);
CREATE INDEX questionnaire_response_questionnaire ON public.questionnaire_response USING btree (questionnaire, updated_at DESC);
CREATE INDEX questionnaire_response_updated_at ON public.questionnaire_response USING btree (updated_at DESC, id);
CREATE INDEX questionnaire_updated_at ON public.questionnaire USING btree (updated_at DESC, id);
CREATE INDEX questionnaire_url ON public.questionnaire USING btree (url, updated_at DESC);
CREATE INDEX referral_fact_year ON public.referral_fact USING btree (fiscal_year, municipality);
CREATE INDEX related_person_found_by ON public.related_person USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX related_person_history_latest ON public.related_person_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX related_person_patient_id ON public.related_person USING btree (patient_id, updated_at DESC);
CREATE INDEX related_person_updated_at ON public.related_person USING btree (updated_at DESC, id);
CREATE INDEX request_sheet_patient ON public.request_sheet USING btree (patient_id);
CREATE INDEX returned_page_gathering ON public.returned_page USING btree (gathering_id, number) WHERE (gathering_id IS NOT NULL);
CREATE INDEX returned_page_invitation ON public.returned_page USING btree (invitation_id, at) WHERE (invitation_id IS NOT NULL);
CREATE INDEX returned_page_waiting ON public.returned_page USING btree (organization_id, at) WHERE (done_at IS NULL);
CREATE INDEX revoked_token_expires ON public.revoked_token USING btree (expires_at);
CREATE INDEX scan_newest ON public.scan USING btree (organization_id, at DESC);
CREATE INDEX scan_page_document ON public.scan_page USING btree (document_id);
CREATE INDEX scan_page_done ON public.scan_page USING btree (organization_id, done_at DESC) WHERE (state <> 'tray'::text);
CREATE INDEX scan_page_sheet ON public.scan_page USING btree (organization_id, sheet, sheet_page) WHERE (state = 'filed'::text);
CREATE INDEX scan_page_tray ON public.scan_page USING btree (organization_id, id DESC) WHERE (state = 'tray'::text);
CREATE INDEX scan_page_waiting ON public.scan_page USING btree (sheet) WHERE ((state = 'tray'::text) AND (sheet IS NOT NULL));
CREATE INDEX scan_waiting ON public.scan USING btree (at) WHERE (state = ANY (ARRAY['waiting'::text, 'reading'::text]));
CREATE INDEX service_request_addressee ON public.service_request USING btree (addressee, updated_at DESC);
CREATE INDEX service_request_based_on_id ON public.service_request USING btree (based_on_id, updated_at DESC);
CREATE INDEX service_request_found_by ON public.service_request USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX service_request_history_latest ON public.service_request_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX service_request_patient_id ON public.service_request USING btree (patient_id, updated_at DESC);
CREATE INDEX service_request_requester_id ON public.service_request USING btree (requester_id, updated_at DESC);
CREATE INDEX service_request_updated_at ON public.service_request USING btree (updated_at DESC, id);
CREATE INDEX session_account ON public.session USING btree (account_id);
CREATE INDEX session_csrf ON public.session USING btree (csrf);
CREATE INDEX sight_of_body ON public.sight USING btree (organization_id, audience, patient_id) INCLUDE (until, post_id, items);
CREATE INDEX sight_of_patient ON public.sight USING btree (patient_id, organization_id, audience) INCLUDE (until, works_until, post_id, items);
CREATE INDEX subscription_client ON public.subscription USING btree (client);
CREATE INDEX subscription_notice_at ON public.subscription_notice USING btree (at);
CREATE INDEX subscription_notice_waiting ON public.subscription_notice USING btree (subscription, id) WHERE (sent_at IS NULL);
CREATE INDEX task_closed ON public.task USING btree (owner_id, updated_at, id) WHERE ((part_of_id IS NULL) AND (status = ANY (ARRAY['rejected'::text, 'completed'::text, 'failed'::text, 'cancelled'::text, 'entered-in-error'::text])));
CREATE INDEX task_focus_id ON public.task USING btree (focus_id, updated_at DESC);
CREATE INDEX task_found_by ON public.task USING gin (found) WITH (gin_pending_list_limit='512');
CREATE INDEX task_history_latest ON public.task_history USING btree (updated_at DESC, id, version DESC);
CREATE INDEX task_inbox ON public.task USING btree (owner_id, urgency, (
CASE
    WHEN (due IS NULL) THEN 'infinity'::timestamp with time zone
    ELSE due
END), id) WHERE ((part_of_id IS NULL) AND (status = ANY (ARRAY['requested'::text, 'accepted'::text, 'in-progress'::text, 'on-hold'::text])));
CREATE INDEX task_of_assignee ON public.task USING btree (assignee_id, urgency, (
CASE
    WHEN (due IS NULL) THEN 'infinity'::timestamp with time zone
    ELSE due
END), id) WHERE ((part_of_id IS NULL) AND (status = ANY (ARRAY['requested'::text, 'accepted'::text, 'in-progress'::text, 'on-hold'::text])));
CREATE INDEX task_of_owner ON public.task USING btree (owner_id, status, updated_at DESC, id);
CREATE INDEX task_of_status ON public.task USING btree (owner_id, status, urgency, (
CASE
    WHEN (due IS NULL) THEN 'infinity'::timestamp with time zone
    ELSE due
END), id) WHERE ((part_of_id IS NULL) AND (status = ANY (ARRAY['requested'::text, 'on-hold'::text])));
CREATE INDEX task_owner_id ON public.task USING btree (owner_id, updated_at DESC);
CREATE INDEX task_part_of_id ON public.task USING btree (part_of_id, updated_at DESC);
CREATE INDEX task_patient_id ON public.task USING btree (patient_id, updated_at DESC);
CREATE INDEX task_requester_id ON public.task USING btree (requester_id, updated_at DESC);
CREATE INDEX task_updated_at ON public.task USING btree (updated_at DESC, id);
CREATE INDEX typed_form_kept ON public.typed_form USING btree (kept_at);
CREATE INDEX urgent_answers_of_body ON public.urgent_answers USING btree (organization_id, at DESC) WHERE (opened_at IS NULL);
CREATE INDEX urgent_answers_of_person ON public.urgent_answers USING btree (patient_id, at DESC) WHERE (opened_at IS NULL);
CREATE UNIQUE INDEX draft_link ON public.draft USING btree (link_hash);
CREATE UNIQUE INDEX export_job_running ON public.export_job USING btree (client) WHERE (status = 'running'::text);
CREATE UNIQUE INDEX gathering_place_once ON public.gathering_place USING btree (gathering_id, task_id) WHERE ((task_id IS NOT NULL) AND (state <> 'cancelled'::text));
CREATE UNIQUE INDEX given_file_of_account ON public.given_file USING btree (account_id, patient_id, digest) WHERE (account_id IS NOT NULL);
CREATE UNIQUE INDEX given_file_of_link ON public.given_file USING btree (link_hash, digest) WHERE (link_hash IS NOT NULL);
CREATE UNIQUE INDEX print_job_running ON public.print_job USING btree (account_id) WHERE (status = 'running'::text);
CREATE UNIQUE INDEX scan_once ON public.scan USING btree (organization_id, digest);
CREATE UNIQUE INDEX scan_page_code ON public.scan_page USING btree (organization_id, sheet, sheet_page) WHERE ((state = 'filed'::text) AND (done_by IS NULL));
CREATE UNIQUE INDEX seen_name_of_body ON public.seen_name USING btree (organization_id, audience, key, updated_at DESC, patient_id);

-- Views
create view access_log_seen as  SELECT id,
    at,
    account,
    post,
    organization,
    role,
    via,
    action,
    what,
    records,
    patients,
    request,
    client,
    address,
    why
   FROM access_log l
  WHERE ( SELECT actor_patient() IS NULL) AND (organization = (( SELECT actor_organization() AS actor_organization)) AND (patients = '{}'::uuid[] OR ((( SELECT actor_audience() AS actor_audience)) <> ALL (ARRAY['resident'::text, 'nobody'::text])) OR post = (( SELECT actor_post() AS actor_post))) OR ( SELECT 'contact'::text = ANY (actor_items())) AND (EXISTS ( SELECT 1
           FROM patient p
          WHERE (p.id = ANY (l.patients)) AND p.organization_id = (( SELECT actor_organization() AS actor_organization)))));
create view binary_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    item,
    found
   FROM "binary"
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = "binary".patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND (("binary".item = ANY (s.items)) OR ("binary".item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND "binary".keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient))) AND (NOT restricted OR keeper = (( SELECT actor_organization() AS actor_organization))) AND NOT files_sealed(patient_id);
create view care_plan_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    status,
    item,
    found
   FROM care_plan
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = care_plan.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((care_plan.item = ANY (s.items)) OR (care_plan.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND care_plan.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view communication_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    status,
    category,
    sent,
    addressee,
    based_on_id,
    item,
    found
   FROM communication
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = communication.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((communication.item = ANY (s.items)) OR (communication.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND (communication.keeper = (( SELECT actor_organization() AS actor_organization)) OR communication.addressee = (( SELECT actor_organization() AS actor_organization))))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view condition_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    category,
    code,
    item,
    found
   FROM condition
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = condition.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((condition.item = ANY (s.items)) OR (condition.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND condition.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view consent_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    status,
    category,
    date_time,
    organization_id,
    period_start,
    period_end,
    recipients,
    recipient_kinds,
    items,
    item,
    found
   FROM consent
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = consent.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((consent.item = ANY (s.items)) OR (consent.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND consent.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view coverage_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    identifier,
    status,
    item,
    insurer_id,
    found
   FROM coverage
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = coverage.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((coverage.item = ANY (s.items)) OR (coverage.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND coverage.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view document_reference_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    status,
    type,
    date,
    item,
    found
   FROM document_reference
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = document_reference.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((document_reference.item = ANY (s.items)) OR (document_reference.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND document_reference.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient))) AND (NOT restricted OR keeper = (( SELECT actor_organization() AS actor_organization))) AND
        CASE
            WHEN files_sealed(patient_id) THEN NOT content @? '$."content"[*]."attachment"."data"'::jsonpath
            ELSE true
        END;
create view encounter_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    status,
    date,
    based_on_id,
    item,
    found
   FROM encounter
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = encounter.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((encounter.item = ANY (s.items)) OR (encounter.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND encounter.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view goal_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    lifecycle_status,
    item,
    found
   FROM goal
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = goal.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((goal.item = ANY (s.items)) OR (goal.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND goal.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view healthcare_service_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    name,
    organization_id,
    location_id,
    category,
    type,
    specialty,
    active,
    serves,
    capacity,
    assured,
    words,
    found
   FROM healthcare_service
  WHERE (( SELECT actor_role() AS actor_role)) <> ALL (ARRAY[''::text, 'council'::text]);
create view location_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    name,
    organization_id,
    words,
    found
   FROM location
  WHERE (( SELECT actor_role() AS actor_role)) <> ALL (ARRAY[''::text, 'council'::text]);
create view observation_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    status,
    category,
    code,
    date,
    item,
    found
   FROM observation
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = observation.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((observation.item = ANY (s.items)) OR (observation.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND observation.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view organization_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    identifier,
    name,
    type,
    part_of_id,
    serves,
    found
   FROM organization
  WHERE (( SELECT actor_role() AS actor_role)) <> ''::text;
create view patient_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    identifier,
    name,
    birth_date,
    gender,
    phone,
    organization_id,
    municipality,
    patient_id,
    item,
    found
   FROM ( SELECT seen_1.id,
            seen_1.version,
            seen_1.content,
            seen_1.updated_at,
            seen_1.keeper,
            seen_1.identifier,
            seen_1.name,
            seen_1.birth_date,
            seen_1.gender,
            seen_1.phone,
            seen_1.organization_id,
            seen_1.municipality,
            seen_1.patient_id,
            seen_1.item,
            seen_1.found
           FROM ( SELECT patient.id,
                    patient.version,
                    patient.content,
                    patient.updated_at,
                    patient.keeper,
                    patient.identifier,
                    patient.name,
                    patient.birth_date,
                    patient.gender,
                    patient.phone,
                    patient.organization_id,
                    patient.municipality,
                    patient.patient_id,
                    patient.item,
                    patient.found
                   FROM patient
                  WHERE (patient.item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
                           FROM sight s
                          WHERE s.patient_id = patient.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((patient.item = ANY (s.items)) OR (patient.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND patient.keeper = (( SELECT actor_organization() AS actor_organization)))
                         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient.patient_id = (( SELECT actor_patient() AS actor_patient))) AND ((( SELECT actor_audience() AS actor_audience)) <> 'group'::text OR NOT patient.limited)) seen_1) seen
  WHERE (( SELECT actor_audience() AS actor_audience)) <> 'resident'::text OR (EXISTS ( SELECT 1
           FROM sight s
          WHERE s.patient_id = seen.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = 'resident'::text AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND NOT ('contact'::text = ANY (s.withheld))));
create view practitioner_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    identifier,
    name,
    found
   FROM practitioner
  WHERE (( SELECT actor_role() AS actor_role)) <> ALL (ARRAY[''::text, 'council'::text]);
create view practitioner_role_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    practitioner_id,
    organization_id,
    code,
    found
   FROM practitioner_role
  WHERE (( SELECT actor_role() AS actor_role)) <> ALL (ARRAY[''::text, 'council'::text]);
create view procedure_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    status,
    category,
    based_on_id,
    item,
    found
   FROM procedure
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = procedure.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((procedure.item = ANY (s.items)) OR (procedure.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND procedure.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view provenance_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    target,
    recorded,
    item,
    found
   FROM provenance
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = provenance.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((provenance.item = ANY (s.items)) OR (provenance.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND provenance.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view questionnaire_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    url,
    business_version,
    status,
    name,
    found
   FROM questionnaire
  WHERE (( SELECT actor_role() AS actor_role)) <> ''::text;
create view questionnaire_response_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    status,
    questionnaire,
    authored,
    item,
    found
   FROM questionnaire_response
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = questionnaire_response.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((questionnaire_response.item = ANY (s.items)) OR (questionnaire_response.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND questionnaire_response.keeper = (( SELECT actor_organization() AS actor_organization)))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view related_person_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    item,
    found
   FROM ( SELECT seen_1.id,
            seen_1.version,
            seen_1.content,
            seen_1.updated_at,
            seen_1.keeper,
            seen_1.patient_id,
            seen_1.item,
            seen_1.found
           FROM ( SELECT related_person.id,
                    related_person.version,
                    related_person.content,
                    related_person.updated_at,
                    related_person.keeper,
                    related_person.patient_id,
                    related_person.item,
                    related_person.found
                   FROM related_person
                  WHERE (related_person.item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
                           FROM sight s
                          WHERE s.patient_id = related_person.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((related_person.item = ANY (s.items)) OR (related_person.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND related_person.keeper = (( SELECT actor_organization() AS actor_organization)))
                         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR related_person.patient_id = (( SELECT actor_patient() AS actor_patient)))) seen_1
          WHERE (( SELECT actor_audience() AS actor_audience)) <> 'group'::text OR NOT (EXISTS ( SELECT 1
                   FROM patient p
                  WHERE p.id = seen_1.patient_id AND p.limited))) seen
  WHERE (( SELECT actor_audience() AS actor_audience)) <> 'resident'::text OR (EXISTS ( SELECT 1
           FROM sight s
          WHERE s.patient_id = seen.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = 'resident'::text AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND NOT ('contact'::text = ANY (s.withheld))));
create view service_request_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    status,
    intent,
    category,
    authored,
    requester_id,
    addressee,
    based_on_id,
    supporting_info,
    item,
    found
   FROM service_request
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = service_request.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((service_request.item = ANY (s.items)) OR (service_request.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND (service_request.keeper = (( SELECT actor_organization() AS actor_organization)) OR service_request.addressee = (( SELECT actor_organization() AS actor_organization))))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));
create view sight_found as  SELECT patient_id
   FROM sight s
  WHERE organization_id = actor_organization() AND audience = actor_audience() AND (post_id IS NULL OR post_id = actor_post()) AND until > now() AND COALESCE(patient_id = (( SELECT actor_patient() AS actor_patient)), true);
create view task_found as  SELECT id,
    version,
    content,
    updated_at,
    keeper,
    patient_id,
    status,
    intent,
    code,
    authored_on,
    modified,
    requester_id,
    owner_id,
    addressee,
    focus_id,
    part_of_id,
    assignee_id,
    urgency,
    due,
    identifier,
    item,
    found
   FROM task
  WHERE (item = ANY ((( SELECT actor_items() AS actor_items))::text[])) AND ( SELECT true
           FROM sight s
          WHERE s.patient_id = task.patient_id AND s.organization_id = (( SELECT actor_organization() AS actor_organization)) AND s.audience = (( SELECT actor_audience() AS actor_audience)) AND (s.post_id IS NULL OR s.post_id = (( SELECT actor_post() AS actor_post))) AND s.until > now() AND ((task.item = ANY (s.items)) OR (task.item = ANY ((( SELECT actor_own() AS actor_own))::text[])) AND (task.keeper = (( SELECT actor_organization() AS actor_organization)) OR task.addressee = (( SELECT actor_organization() AS actor_organization))))
         LIMIT 1) AND (( SELECT actor_patient() IS NULL) OR patient_id = (( SELECT actor_patient() AS actor_patient)));

-- Row rules
access_log access_log_add permissive for insert to tsunagi_app
  with check (organization = ( SELECT actor_organization() AS actor_organization))
access_log access_log_read permissive for select to tsunagi_app
  using ((( SELECT (actor_patient() IS NULL)) OR (( SELECT actor_patient() AS actor_patient) = ANY (patients))) AND (((organization = ( SELECT actor_organization() AS actor_organization)) AND ((patients = '{}'::uuid[]) OR (( SELECT actor_audience() AS actor_audience) <> ALL (ARRAY['resident'::text, 'nobody'::text])) OR (post = ( SELECT actor_post() AS actor_post)))) OR (( SELECT ('contact'::text = ANY (actor_items()))) AND (EXISTS ( SELECT 1
   FROM patient p
  WHERE ((p.id = ANY (access_log.patients)) AND (p.organization_id = ( SELECT actor_organization() AS actor_organization))))))))
answer_fact answer_fact_count permissive for select to tsunagi_app
  using (municipality = ANY (( SELECT actor_area() AS actor_area)::text[]))
api_client api_client_added permissive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) = 'admin'::text)
api_client api_client_changed permissive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) = 'admin'::text)
  with check (( SELECT actor_role() AS actor_role) = 'admin'::text)
api_client api_client_known permissive for select to tsunagi_app
  using true
binary binary_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = "binary".patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
binary binary_add_part restrictive for insert to tsunagi_app
  with check ((( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text])) OR ((( SELECT actor_role() AS actor_role) = 'patient'::text) AND (item = 'answers'::text) AND (patient_id = ( SELECT actor_patient() AS actor_patient))))
binary binary_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
binary binary_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = "binary".patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (("binary".item = ANY (s.items)) OR (("binary".item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ("binary".keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
binary binary_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
binary binary_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
binary binary_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = "binary".patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (("binary".item = ANY (s.items)) OR (("binary".item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ("binary".keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
binary binary_restricted restrictive for select to tsunagi_app
  using ((NOT restricted) OR (keeper = ( SELECT actor_organization() AS actor_organization)))
binary binary_sealed restrictive for select to tsunagi_app
  using (NOT files_sealed(patient_id))
binary binary_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = "binary".patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND (("binary".item = ANY (s.items)) OR (("binary".item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ("binary".keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
binary_history binary_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Binary'::text) AND (d.id = binary_history.id))))
binary_history binary_history_sealed restrictive for select to tsunagi_app
  using (NOT files_sealed(fhir_id((content #>> '{securityContext,reference}'::text[]), 'Patient'::text)))
binary_history binary_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM "binary" now
  WHERE (now.id = binary_history.id)))
care_plan care_plan_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = care_plan.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
care_plan care_plan_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
care_plan care_plan_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
care_plan care_plan_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = care_plan.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((care_plan.item = ANY (s.items)) OR ((care_plan.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (care_plan.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
care_plan care_plan_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
care_plan care_plan_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
care_plan care_plan_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = care_plan.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((care_plan.item = ANY (s.items)) OR ((care_plan.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (care_plan.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
care_plan care_plan_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = care_plan.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((care_plan.item = ANY (s.items)) OR ((care_plan.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (care_plan.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
care_plan_history care_plan_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'CarePlan'::text) AND (d.id = care_plan_history.id))))
care_plan_history care_plan_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM care_plan now
  WHERE (now.id = care_plan_history.id)))
communication communication_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = communication.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
communication communication_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text]))
communication communication_add_report permissive for insert to tsunagi_app
  with check ((( SELECT actor_role() AS actor_role) = 'neighbour'::text) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND ('https://tsunagi.example/fhir/CodeSystem/communication-category|report'::text = ANY (category)) AND (addressee <> ( SELECT actor_organization() AS actor_organization)) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = communication.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
communication communication_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = communication.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((communication.item = ANY (s.items)) OR ((communication.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((communication.keeper = ( SELECT actor_organization() AS actor_organization)) OR (communication.addressee = ( SELECT actor_organization() AS actor_organization)))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
communication communication_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text]))
communication communication_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
communication communication_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = communication.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((communication.item = ANY (s.items)) OR ((communication.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((communication.keeper = ( SELECT actor_organization() AS actor_organization)) OR (communication.addressee = ( SELECT actor_organization() AS actor_organization)))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
communication communication_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = communication.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((communication.item = ANY (s.items)) OR ((communication.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((communication.keeper = ( SELECT actor_organization() AS actor_organization)) OR (communication.addressee = ( SELECT actor_organization() AS actor_organization)))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
communication_history communication_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Communication'::text) AND (d.id = communication_history.id))))
communication_history communication_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM communication now
  WHERE (now.id = communication_history.id)))
condition condition_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = condition.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
condition condition_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['resource'::text, 'neighbour'::text]))
condition condition_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
condition condition_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = condition.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((condition.item = ANY (s.items)) OR ((condition.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (condition.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
condition condition_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['resource'::text, 'neighbour'::text]))
condition condition_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
condition condition_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = condition.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((condition.item = ANY (s.items)) OR ((condition.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (condition.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
condition condition_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = condition.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((condition.item = ANY (s.items)) OR ((condition.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (condition.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
condition_history condition_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Condition'::text) AND (d.id = condition_history.id))))
condition_history condition_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM condition now
  WHERE (now.id = condition_history.id)))
consent consent_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((EXISTS ( SELECT 1
   FROM patient p
  WHERE ((p.id = consent.patient_id) AND (p.organization_id = ( SELECT actor_organization() AS actor_organization))))) OR ((NOT (category @> ARRAY['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL'::text])) AND (EXISTS ( SELECT 1
   FROM unnest(consent.category) t(t)
  WHERE starts_with(t.t, 'https://tsunagi.example/fhir/CodeSystem/legal-basis|'::text))) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = consent.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))))
consent consent_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
consent consent_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
consent consent_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = consent.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((consent.item = ANY (s.items)) OR ((consent.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (consent.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND true)
  with check true
consent consent_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text]))
consent consent_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
consent consent_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = consent.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((consent.item = ANY (s.items)) OR ((consent.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (consent.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
consent_end consent_end_service permissive for all to tsunagi_app
  using ((( SELECT actor_role() AS actor_role) = 'system'::text) AND (organization_id = ( SELECT actor_organization() AS actor_organization)))
  with check ((( SELECT actor_role() AS actor_role) = 'system'::text) AND (organization_id = ( SELECT actor_organization() AS actor_organization)))
consent_history consent_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM consent now
  WHERE (now.id = consent_history.id)))
coverage coverage_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = coverage.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
coverage coverage_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
coverage coverage_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
coverage coverage_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = coverage.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((coverage.item = ANY (s.items)) OR ((coverage.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (coverage.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
coverage coverage_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
coverage coverage_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
coverage coverage_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = coverage.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((coverage.item = ANY (s.items)) OR ((coverage.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (coverage.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
coverage coverage_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = coverage.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((coverage.item = ANY (s.items)) OR ((coverage.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (coverage.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
coverage_history coverage_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Coverage'::text) AND (d.id = coverage_history.id))))
coverage_history coverage_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM coverage now
  WHERE (now.id = coverage_history.id)))
deletion deletion_directory permissive for select to tsunagi_app
  using ((item IS NULL) AND (( SELECT actor_role() AS actor_role) <> ALL (ARRAY[''::text, 'council'::text])))
deletion deletion_kept permissive for select to tsunagi_app
  using ((type = 'Patient'::text) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_audience() AS actor_audience) = 'staff'::text) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])))
deletion deletion_person permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = deletion.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((deletion.item = ANY (s.items)) OR ((deletion.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((deletion.keeper = ( SELECT actor_organization() AS actor_organization)) OR (deletion.addressee = ( SELECT actor_organization() AS actor_organization)))))))) AND ((( SELECT actor_patient() AS actor_patient) IS NULL) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND ((type <> 'RelatedPerson'::text) OR (( SELECT actor_audience() AS actor_audience) <> 'group'::text)))
disclosure disclosure_read permissive for select to tsunagi_app
  using ((( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND ((EXISTS ( SELECT 1
   FROM patient p
  WHERE ((p.id = disclosure.patient_id) AND (p.organization_id = ( SELECT actor_organization() AS actor_organization))))) OR ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND ((( SELECT actor_audience() AS actor_audience) = 'staff'::text) OR ((audience = ( SELECT actor_audience() AS actor_audience)) AND ((post_id IS NULL) OR (post_id = ( SELECT actor_post() AS actor_post))))))))
disclosure_review disclosure_review_give permissive for update to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_audience() AS actor_audience) = 'staff'::text) AND ( SELECT (actor_patient() IS NULL)) AND (reviewed_at IS NULL) AND (by_post IS DISTINCT FROM ( SELECT actor_post() AS actor_post)))
  with check ((reviewed_by = ( SELECT actor_post() AS actor_post)) AND (reviewed_at IS NOT NULL) AND (verdict IS NOT NULL))
disclosure_review disclosure_review_read permissive for select to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_audience() AS actor_audience) = 'staff'::text) AND ( SELECT (actor_patient() IS NULL)))
document_reference document_reference_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = document_reference.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
document_reference document_reference_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
document_reference document_reference_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
document_reference document_reference_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = document_reference.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((document_reference.item = ANY (s.items)) OR ((document_reference.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (document_reference.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
document_reference document_reference_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
document_reference document_reference_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
document_reference document_reference_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = document_reference.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((document_reference.item = ANY (s.items)) OR ((document_reference.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (document_reference.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
document_reference document_reference_restricted restrictive for select to tsunagi_app
  using ((NOT restricted) OR (keeper = ( SELECT actor_organization() AS actor_organization)))
document_reference document_reference_sealed restrictive for select to tsunagi_app
  using 
CASE
    WHEN files_sealed(patient_id) THEN (NOT (content @? '$."content"[*]."attachment"."data"'::jsonpath))
    ELSE true
END
document_reference document_reference_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = document_reference.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((document_reference.item = ANY (s.items)) OR ((document_reference.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (document_reference.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
document_reference_history document_reference_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'DocumentReference'::text) AND (d.id = document_reference_history.id))))
document_reference_history document_reference_history_sealed restrictive for select to tsunagi_app
  using 
CASE
    WHEN files_sealed(fhir_id((content #>> '{subject,reference}'::text[]), 'Patient'::text)) THEN (NOT (content @? '$."content"[*]."attachment"."data"'::jsonpath))
    ELSE true
END
document_reference_history document_reference_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM document_reference now
  WHERE (now.id = document_reference_history.id)))
drop_in drop_in_add permissive for insert to tsunagi_app
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'neighbour'::text, 'coordinator'::text, 'resource'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (task_id IS NULL) AND (EXISTS ( SELECT 1
   FROM gathering g
  WHERE (g.id = drop_in.gathering_id))))
drop_in drop_in_link permissive for update to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = 'linkworker'::text) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (task_id IS NULL))
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (EXISTS ( SELECT 1
   FROM task t
  WHERE (t.id = drop_in.task_id))))
drop_in drop_in_see permissive for select to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'neighbour'::text, 'coordinator'::text, 'resource'::text, 'system'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL))
drop_in_fact drop_in_fact_count permissive for select to tsunagi_app
  using (municipality = ANY (( SELECT actor_area() AS actor_area)::text[]))
emergency_access emergency_access_read permissive for select to tsunagi_app
  using ((( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND ((EXISTS ( SELECT 1
   FROM patient p
  WHERE ((p.id = emergency_access.patient_id) AND (p.organization_id = ( SELECT actor_organization() AS actor_organization))))) OR ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_audience() AS actor_audience) = 'staff'::text))))
emergency_try emergency_try_own permissive for all to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_audience() AS actor_audience) = 'staff'::text) AND ( SELECT (actor_patient() IS NULL)))
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (post_id = ( SELECT actor_post() AS actor_post)) AND (role = ( SELECT actor_role() AS actor_role)))
encounter encounter_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = encounter.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
encounter encounter_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text]))
encounter encounter_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
encounter encounter_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = encounter.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((encounter.item = ANY (s.items)) OR ((encounter.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (encounter.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
encounter encounter_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text]))
encounter encounter_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
encounter encounter_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = encounter.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((encounter.item = ANY (s.items)) OR ((encounter.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (encounter.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
encounter encounter_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = encounter.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((encounter.item = ANY (s.items)) OR ((encounter.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (encounter.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
encounter_history encounter_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Encounter'::text) AND (d.id = encounter_history.id))))
encounter_history encounter_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM encounter now
  WHERE (now.id = encounter_history.id)))
export_job export_job_own permissive for all to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (role = ( SELECT actor_role() AS actor_role)) AND (( SELECT actor_patient() AS actor_patient) IS NULL))
export_part export_part_own permissive for all to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM export_job j
  WHERE (j.id = export_part.job)))
fax_sent fax_sent_add permissive for insert to tsunagi_app
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = 'linkworker'::text) AND (NOT (by_post IS DISTINCT FROM ( SELECT actor_post() AS actor_post))) AND (EXISTS ( SELECT 1
   FROM communication c
  WHERE ((c.id = fax_sent.report_id) AND (c.keeper = ( SELECT actor_organization() AS actor_organization))))))
fax_sent fax_sent_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM communication c
  WHERE (c.id = fax_sent.report_id)))
gathering gathering_add permissive for insert to tsunagi_app
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'coordinator'::text, 'resource'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL))
gathering gathering_change permissive for update to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'coordinator'::text, 'resource'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL))
  with check (organization_id = ( SELECT actor_organization() AS actor_organization))
gathering gathering_see permissive for select to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'neighbour'::text, 'coordinator'::text, 'resource'::text, 'system'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL))
gathering_contact gathering_contact_add permissive for insert to tsunagi_app
  with check (EXISTS ( SELECT 1
   FROM gathering_place p
  WHERE (p.id = gathering_contact.place_id)))
gathering_contact gathering_contact_see permissive for select to tsunagi_app
  using ((( SELECT actor_role() AS actor_role) <> 'neighbour'::text) AND (EXISTS ( SELECT 1
   FROM gathering_place p
  WHERE (p.id = gathering_contact.place_id))))
gathering_fact gathering_fact_count permissive for select to tsunagi_app
  using (municipality = ANY (( SELECT actor_area() AS actor_area)::text[]))
gathering_link gathering_link_keep permissive for all to tsunagi_app
  using ((( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'coordinator'::text, 'resource'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (EXISTS ( SELECT 1
   FROM gathering g
  WHERE (g.id = gathering_link.gathering_id))))
  with check ((( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'coordinator'::text, 'resource'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (EXISTS ( SELECT 1
   FROM gathering g
  WHERE (g.id = gathering_link.gathering_id))))
gathering_link gathering_link_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM gathering g
  WHERE (g.id = gathering_link.gathering_id)))
gathering_place gathering_place_add permissive for insert to tsunagi_app
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'neighbour'::text, 'coordinator'::text, 'resource'::text, 'system'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (EXISTS ( SELECT 1
   FROM gathering g
  WHERE (g.id = gathering_place.gathering_id))) AND ((task_id IS NULL) OR (EXISTS ( SELECT 1
   FROM task t
  WHERE ((t.id = gathering_place.task_id) AND (t.patient_id = gathering_place.patient_id) AND (t.owner_id = ( SELECT actor_organization() AS actor_organization)) AND (t.part_of_id IS NULL))))))
gathering_place gathering_place_change permissive for update to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'neighbour'::text, 'coordinator'::text, 'resource'::text, 'system'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND ((task_id IS NULL) OR (EXISTS ( SELECT 1
   FROM task t
  WHERE ((t.id = gathering_place.task_id) AND (t.patient_id = gathering_place.patient_id) AND (t.owner_id = ( SELECT actor_organization() AS actor_organization)) AND (t.part_of_id IS NULL))))))
  with check (organization_id = ( SELECT actor_organization() AS actor_organization))
gathering_place gathering_place_see permissive for select to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'neighbour'::text, 'coordinator'::text, 'resource'::text, 'system'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND ((task_id IS NULL) OR (EXISTS ( SELECT 1
   FROM task t
  WHERE ((t.id = gathering_place.task_id) AND (t.patient_id = gathering_place.patient_id) AND (t.owner_id = ( SELECT actor_organization() AS actor_organization)) AND (t.part_of_id IS NULL))))))
given_file given_file_own permissive for all to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (((link_hash IS NOT NULL) AND (patient_id = ( SELECT actor_patient() AS actor_patient))) OR ((account_id = ( SELECT actor_account() AS actor_account)) AND (( SELECT actor_patient() AS actor_patient) IS NULL))))
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (((link_hash IS NOT NULL) AND (patient_id = ( SELECT actor_patient() AS actor_patient))) OR ((account_id = ( SELECT actor_account() AS actor_account)) AND (( SELECT actor_patient() AS actor_patient) IS NULL))))
goal goal_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = goal.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
goal goal_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
goal goal_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
goal goal_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = goal.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((goal.item = ANY (s.items)) OR ((goal.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (goal.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
goal goal_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
goal goal_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
goal goal_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = goal.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((goal.item = ANY (s.items)) OR ((goal.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (goal.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
goal goal_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = goal.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((goal.item = ANY (s.items)) OR ((goal.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (goal.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
goal_history goal_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Goal'::text) AND (d.id = goal_history.id))))
goal_history goal_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM goal now
  WHERE (now.id = goal_history.id)))
healthcare_service healthcare_service_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (((( SELECT actor_role() AS actor_role) = 'resource'::text) AND (organization_id = ( SELECT actor_organization() AS actor_organization))) OR (( SELECT actor_role() AS actor_role) = ANY (ARRAY['coordinator'::text, 'linkworker'::text])) OR (( SELECT actor_role() AS actor_role) = 'system'::text)))
healthcare_service healthcare_service_change permissive for update to tsunagi_app
  using (((( SELECT actor_role() AS actor_role) = 'resource'::text) AND (organization_id = ( SELECT actor_organization() AS actor_organization))) OR ((( SELECT actor_role() AS actor_role) = ANY (ARRAY['coordinator'::text, 'linkworker'::text])) AND ((serves = '{}'::text[]) OR (serves && ( SELECT actor_municipalities() AS actor_municipalities)))) OR (( SELECT actor_role() AS actor_role) = 'system'::text))
  with check true
healthcare_service healthcare_service_remove permissive for delete to tsunagi_app
  using ((((( SELECT actor_role() AS actor_role) = 'resource'::text) AND (organization_id = ( SELECT actor_organization() AS actor_organization))) OR ((( SELECT actor_role() AS actor_role) = ANY (ARRAY['coordinator'::text, 'linkworker'::text])) AND ((serves = '{}'::text[]) OR (serves && ( SELECT actor_municipalities() AS actor_municipalities)))) OR (( SELECT actor_role() AS actor_role) = 'system'::text)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['coordinator'::text, 'linkworker'::text, 'resource'::text])))
healthcare_service healthcare_service_see permissive for select to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY[''::text, 'council'::text]))
healthcare_service_history healthcare_service_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'HealthcareService'::text) AND (d.id = healthcare_service_history.id))))
healthcare_service_history healthcare_service_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM healthcare_service now
  WHERE (now.id = healthcare_service_history.id)))
invitation invitation_own permissive for all to tsunagi_app
  using ((( SELECT actor_role() AS actor_role) = 'insurer'::text) AND (insurer_id = ( SELECT actor_organization() AS actor_organization)))
  with check ((( SELECT actor_role() AS actor_role) = 'insurer'::text) AND (insurer_id = ( SELECT actor_organization() AS actor_organization)) AND (EXISTS ( SELECT 1
   FROM invitation_list l
  WHERE (l.id = invitation.list_id))))
invitation_contact invitation_contact_own permissive for all to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM invitation i
  WHERE (i.id = invitation_contact.invitation_id)))
  with check (EXISTS ( SELECT 1
   FROM invitation i
  WHERE (i.id = invitation_contact.invitation_id)))
invitation_list invitation_list_own permissive for all to tsunagi_app
  using ((( SELECT actor_role() AS actor_role) = 'insurer'::text) AND (insurer_id = ( SELECT actor_organization() AS actor_organization)))
  with check ((( SELECT actor_role() AS actor_role) = 'insurer'::text) AND (insurer_id = ( SELECT actor_organization() AS actor_organization)))
invitation_visit invitation_visit_see permissive for select to tsunagi_app
  using ((((( SELECT actor_role() AS actor_role) = 'insurer'::text) AND (insurer_id = ( SELECT actor_organization() AS actor_organization))) OR ((( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text])) AND (clinic_id = ( SELECT actor_organization() AS actor_organization)))) AND (EXISTS ( SELECT 1
   FROM patient p
  WHERE (p.id = invitation_visit.patient_id))))
location location_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (((( SELECT actor_role() AS actor_role) = 'resource'::text) AND (organization_id = ( SELECT actor_organization() AS actor_organization))) OR (( SELECT actor_role() AS actor_role) = ANY (ARRAY['coordinator'::text, 'linkworker'::text])) OR (( SELECT actor_role() AS actor_role) = 'system'::text)))
location location_change permissive for update to tsunagi_app
  using (((( SELECT actor_role() AS actor_role) = 'resource'::text) AND (organization_id = ( SELECT actor_organization() AS actor_organization))) OR (( SELECT actor_role() AS actor_role) = 'system'::text) OR ((( SELECT actor_role() AS actor_role) = ANY (ARRAY['coordinator'::text, 'linkworker'::text])) AND (EXISTS ( SELECT 1
   FROM healthcare_service s
  WHERE ((s.location_id = location.id) AND ((s.serves = '{}'::text[]) OR (s.serves && ( SELECT actor_municipalities() AS actor_municipalities))))))))
  with check true
location location_remove permissive for delete to tsunagi_app
  using ((((( SELECT actor_role() AS actor_role) = 'resource'::text) AND (organization_id = ( SELECT actor_organization() AS actor_organization))) OR (( SELECT actor_role() AS actor_role) = 'system'::text) OR ((( SELECT actor_role() AS actor_role) = ANY (ARRAY['coordinator'::text, 'linkworker'::text])) AND (EXISTS ( SELECT 1
   FROM healthcare_service s
  WHERE ((s.location_id = location.id) AND ((s.serves = '{}'::text[]) OR (s.serves && ( SELECT actor_municipalities() AS actor_municipalities)))))))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['coordinator'::text, 'linkworker'::text, 'resource'::text])))
location location_see permissive for select to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY[''::text, 'council'::text]))
location_history location_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Location'::text) AND (d.id = location_history.id))))
location_history location_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM location now
  WHERE (now.id = location_history.id)))
notice notice_own permissive for all to tsunagi_app
  using (organization_id = ( SELECT actor_organization() AS actor_organization))
  with check (organization_id = ( SELECT actor_organization() AS actor_organization))
observation observation_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = observation.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
observation observation_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['resource'::text, 'neighbour'::text]))
observation observation_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
observation observation_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = observation.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((observation.item = ANY (s.items)) OR ((observation.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (observation.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
observation observation_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['resource'::text, 'neighbour'::text]))
observation observation_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
observation observation_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = observation.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((observation.item = ANY (s.items)) OR ((observation.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (observation.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
observation observation_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = observation.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((observation.item = ANY (s.items)) OR ((observation.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (observation.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
observation_history observation_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Observation'::text) AND (d.id = observation_history.id))))
observation_history observation_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM observation now
  WHERE (now.id = observation_history.id)))
once once_own permissive for all to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) OR (answer IS NULL))
  with check true
organization organization_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['coordinator'::text, 'linkworker'::text, 'resource'::text, 'admin'::text, 'system'::text])))
organization organization_change permissive for update to tsunagi_app
  using ((keeper = ( SELECT actor_organization() AS actor_organization)) OR (id = ( SELECT actor_organization() AS actor_organization)) OR (( SELECT actor_role() AS actor_role) = ANY (ARRAY['coordinator'::text, 'admin'::text])))
  with check true
organization organization_see permissive for select to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ''::text)
organization_history organization_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM organization now
  WHERE (now.id = organization_history.id)))
participation_fact participation_fact_count permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM gathering_fact f
  WHERE (f.gathering_id = participation_fact.gathering_id)))
partner_record partner_record_own permissive for all to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM partner_server s
  WHERE ((s.id = partner_record.server) AND (( SELECT actor_role() AS actor_role) <> 'admin'::text))))
partner_server partner_server_administered permissive for all to tsunagi_app
  using (( SELECT actor_role() AS actor_role) = 'admin'::text)
partner_server partner_server_own permissive for select to tsunagi_app
  using (((( SELECT actor_organization() AS actor_organization) = organization_id) OR (( SELECT actor_organization() AS actor_organization) = partner_id)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text, 'resource'::text])) AND (( SELECT actor_patient() AS actor_patient) IS NULL))
partner_task partner_task_administered permissive for select to tsunagi_app
  using (( SELECT actor_role() AS actor_role) = 'admin'::text)
partner_task partner_task_own permissive for all to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM partner_server s
  WHERE ((s.id = partner_task.server) AND (( SELECT actor_role() AS actor_role) <> 'admin'::text))))
partner_task partner_task_restart permissive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) = 'admin'::text)
patient patient_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (organization_id = ( SELECT actor_organization() AS actor_organization)))
patient patient_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
patient patient_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
patient patient_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = patient.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((patient.item = ANY (s.items)) OR ((patient.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (patient.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (organization_id = ( SELECT actor_organization() AS actor_organization)))
patient patient_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text, 'neighbour'::text]))
patient patient_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
patient patient_limited restrictive for select to tsunagi_app
  using ((( SELECT actor_audience() AS actor_audience) <> 'group'::text) OR (NOT limited))
patient patient_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = patient.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((patient.item = ANY (s.items)) OR ((patient.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (patient.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
patient patient_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = patient.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((patient.item = ANY (s.items)) OR ((patient.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (patient.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
patient patient_withheld restrictive for select to tsunagi_app
  using ((( SELECT actor_audience() AS actor_audience) <> 'resident'::text) OR (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = patient.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = 'resident'::text) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND (NOT ('contact'::text = ANY (s.withheld)))))))
patient_history patient_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Patient'::text) AND (d.id = patient_history.id))))
patient_history patient_history_see permissive for select to tsunagi_app
  using ((EXISTS ( SELECT 1
   FROM patient now
  WHERE (now.id = patient_history.id))) AND (NOT sealed_from_actor(id, version)))
practitioner practitioner_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['admin'::text, 'system'::text])))
practitioner practitioner_change permissive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) = ANY (ARRAY['admin'::text, 'system'::text]))
  with check true
practitioner practitioner_see permissive for select to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY[''::text, 'council'::text]))
practitioner_history practitioner_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM practitioner now
  WHERE (now.id = practitioner_history.id)))
practitioner_role practitioner_role_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['admin'::text, 'system'::text])))
practitioner_role practitioner_role_change permissive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) = ANY (ARRAY['admin'::text, 'system'::text]))
  with check true
practitioner_role practitioner_role_see permissive for select to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY[''::text, 'council'::text]))
practitioner_role_history practitioner_role_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM practitioner_role now
  WHERE (now.id = practitioner_role_history.id)))
print_file print_file_own permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM print_job j
  WHERE (j.id = print_file.job)))
print_job print_job_own permissive for all to tsunagi_app
  using ((account_id = ( SELECT actor_account() AS actor_account)) AND (organization_id = ( SELECT actor_organization() AS actor_organization)) AND (role = ( SELECT actor_role() AS actor_role)) AND (( SELECT actor_patient() AS actor_patient) IS NULL))
print_person print_person_own permissive for all to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM print_job j
  WHERE (j.id = print_person.job)))
printed_sheet printed_sheet_add permissive for insert to tsunagi_app
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (NOT (post_id IS DISTINCT FROM ( SELECT actor_post() AS actor_post))) AND ((about_id IS NULL) OR (patient_id = sheet_patient(about_type, about_id)) OR ((about_type = ANY (ARRAY['invitation'::text, 'gathering'::text])) AND own_paper(about_type, about_id))))
printed_sheet printed_sheet_see permissive for select to tsunagi_app
  using 
CASE
    WHEN (about_id IS NULL) THEN ((( SELECT actor_role() AS actor_role) <> ''::text) AND (( SELECT actor_patient() AS actor_patient) IS NULL))
    WHEN (about_type = ANY (ARRAY['invitation'::text, 'gathering'::text])) THEN own_paper(about_type, about_id)
    ELSE (patient_id = sheet_patient(about_type, about_id))
END
procedure procedure_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = procedure.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
procedure procedure_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'neighbour'::text]))
procedure procedure_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
procedure procedure_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = procedure.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((procedure.item = ANY (s.items)) OR ((procedure.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (procedure.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
procedure procedure_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'neighbour'::text]))
procedure procedure_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
procedure procedure_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = procedure.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((procedure.item = ANY (s.items)) OR ((procedure.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (procedure.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
procedure procedure_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = procedure.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((procedure.item = ANY (s.items)) OR ((procedure.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (procedure.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
procedure_history procedure_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Procedure'::text) AND (d.id = procedure_history.id))))
procedure_history procedure_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM procedure now
  WHERE (now.id = procedure_history.id)))
provenance provenance_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = provenance.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
provenance provenance_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = provenance.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((provenance.item = ANY (s.items)) OR ((provenance.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (provenance.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
provenance provenance_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
provenance provenance_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = provenance.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((provenance.item = ANY (s.items)) OR ((provenance.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (provenance.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
provenance_history provenance_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM provenance now
  WHERE (now.id = provenance_history.id)))
questionnaire questionnaire_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['admin'::text, 'system'::text])))
questionnaire questionnaire_change permissive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) = ANY (ARRAY['admin'::text, 'system'::text]))
  with check true
questionnaire questionnaire_see permissive for select to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ''::text)
questionnaire_history questionnaire_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM questionnaire now
  WHERE (now.id = questionnaire_history.id)))
questionnaire_response questionnaire_response_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = questionnaire_response.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
questionnaire_response questionnaire_response_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['resource'::text, 'neighbour'::text]))
questionnaire_response questionnaire_response_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
questionnaire_response questionnaire_response_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = questionnaire_response.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((questionnaire_response.item = ANY (s.items)) OR ((questionnaire_response.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (questionnaire_response.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
questionnaire_response questionnaire_response_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['resource'::text, 'neighbour'::text]))
questionnaire_response questionnaire_response_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
questionnaire_response questionnaire_response_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = questionnaire_response.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((questionnaire_response.item = ANY (s.items)) OR ((questionnaire_response.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (questionnaire_response.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
questionnaire_response questionnaire_response_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = questionnaire_response.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((questionnaire_response.item = ANY (s.items)) OR ((questionnaire_response.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (questionnaire_response.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
questionnaire_response_history questionnaire_response_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'QuestionnaireResponse'::text) AND (d.id = questionnaire_response_history.id))))
questionnaire_response_history questionnaire_response_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM questionnaire_response now
  WHERE (now.id = questionnaire_response_history.id)))
referral_fact referral_fact_count permissive for select to tsunagi_app
  using (municipality = ANY (( SELECT actor_area() AS actor_area)::text[]))
related_person related_person_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = related_person.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
related_person related_person_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text]))
related_person related_person_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
related_person related_person_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = related_person.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((related_person.item = ANY (s.items)) OR ((related_person.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (related_person.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)))
  with check (keeper = ( SELECT actor_organization() AS actor_organization))
related_person related_person_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text, 'resource'::text]))
related_person related_person_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
related_person related_person_limited restrictive for select to tsunagi_app
  using ((( SELECT actor_audience() AS actor_audience) <> 'group'::text) OR (EXISTS ( SELECT 1
   FROM patient p
  WHERE (p.id = related_person.patient_id))))
related_person related_person_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = related_person.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((related_person.item = ANY (s.items)) OR ((related_person.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (related_person.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
related_person related_person_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = related_person.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((related_person.item = ANY (s.items)) OR ((related_person.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (related_person.keeper = ( SELECT actor_organization() AS actor_organization))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
related_person related_person_withheld restrictive for select to tsunagi_app
  using ((( SELECT actor_audience() AS actor_audience) <> 'resident'::text) OR (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = related_person.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = 'resident'::text) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND (NOT ('contact'::text = ANY (s.withheld)))))))
related_person_history related_person_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'RelatedPerson'::text) AND (d.id = related_person_history.id))))
related_person_history related_person_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM related_person now
  WHERE (now.id = related_person_history.id)))
request_sheet request_sheet_came permissive for select to tsunagi_app
  using ((office_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'system'::text])) AND (EXISTS ( SELECT 1
   FROM scan_page p
  WHERE ((p.sheet = request_sheet.sheet) AND (p.state = 'tray'::text) AND (p.organization_id = ( SELECT actor_organization() AS actor_organization))))))
request_sheet request_sheet_own permissive for all to tsunagi_app
  using ((clinic_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text])))
  with check ((clinic_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text])) AND ((patient_id IS NULL) OR (EXISTS ( SELECT 1
   FROM patient p
  WHERE ((p.id = request_sheet.patient_id) AND (p.organization_id = request_sheet.clinic_id))))))
returned_page returned_page_own permissive for all to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'insurer'::text, 'system'::text])))
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['linkworker'::text, 'insurer'::text, 'system'::text])) AND (((invitation_id IS NOT NULL) AND own_paper('invitation'::text, invitation_id)) OR ((gathering_id IS NOT NULL) AND own_paper('gathering'::text, gathering_id))))
scan scan_own permissive for all to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text, 'insurer'::text, 'system'::text])))
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text, 'insurer'::text, 'system'::text])))
scan_page scan_page_own permissive for all to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text, 'insurer'::text, 'system'::text])))
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text, 'insurer'::text, 'system'::text])))
seal seal_add permissive for insert to tsunagi_app
  with check ((( SELECT actor_post() AS actor_post) = ANY (named)) AND (sealed_by = ( SELECT actor_post() AS actor_post)) AND (EXISTS ( SELECT 1
   FROM patient p
  WHERE ((p.id = seal.patient_id) AND (p.organization_id = ( SELECT actor_organization() AS actor_organization))))))
seal seal_change permissive for update to tsunagi_app
  using ((( SELECT actor_post() AS actor_post) = ANY (named)) AND (EXISTS ( SELECT 1
   FROM patient p
  WHERE ((p.id = seal.patient_id) AND (p.organization_id = ( SELECT actor_organization() AS actor_organization))))))
  with check (( SELECT actor_post() AS actor_post) = ANY (named))
seal seal_end permissive for delete to tsunagi_app
  using ((( SELECT actor_post() AS actor_post) = ANY (named)) AND (EXISTS ( SELECT 1
   FROM patient p
  WHERE ((p.id = seal.patient_id) AND (p.organization_id = ( SELECT actor_organization() AS actor_organization))))))
seal seal_see permissive for select to tsunagi_app
  using ((( SELECT actor_post() AS actor_post) = ANY (named)) AND (EXISTS ( SELECT 1
   FROM patient p
  WHERE (p.id = seal.patient_id))))
seal_before seal_before_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM seal s
  WHERE ((s.patient_id = seal_before.patient_id) AND (( SELECT actor_post() AS actor_post) = ANY (s.named)))))
service_request service_request_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = service_request.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))))
service_request service_request_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text]))
service_request service_request_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
service_request service_request_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = service_request.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((service_request.item = ANY (s.items)) OR ((service_request.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((service_request.keeper = ( SELECT actor_organization() AS actor_organization)) OR (service_request.addressee = ( SELECT actor_organization() AS actor_organization)))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND ((keeper = ( SELECT actor_organization() AS actor_organization)) OR (addressee = ( SELECT actor_organization() AS actor_organization))))
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) OR (addressee = ( SELECT actor_organization() AS actor_organization)))
service_request service_request_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text]))
service_request service_request_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
service_request service_request_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = service_request.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((service_request.item = ANY (s.items)) OR ((service_request.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((service_request.keeper = ( SELECT actor_organization() AS actor_organization)) OR (service_request.addressee = ( SELECT actor_organization() AS actor_organization)))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND ((keeper = ( SELECT actor_organization() AS actor_organization)) OR (addressee = ( SELECT actor_organization() AS actor_organization))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
service_request service_request_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = service_request.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((service_request.item = ANY (s.items)) OR ((service_request.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((service_request.keeper = ( SELECT actor_organization() AS actor_organization)) OR (service_request.addressee = ( SELECT actor_organization() AS actor_organization)))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
service_request_history service_request_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'ServiceRequest'::text) AND (d.id = service_request_history.id))))
service_request_history service_request_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM service_request now
  WHERE (now.id = service_request_history.id)))
sight sight_own permissive for select to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (audience = ( SELECT actor_audience() AS actor_audience)) AND ((post_id IS NULL) OR (post_id = ( SELECT actor_post() AS actor_post))))
subscription subscription_look permissive for select to tsunagi_app
  using (( SELECT actor_role() AS actor_role) = 'admin'::text)
subscription subscription_own permissive for all to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (role = ( SELECT actor_role() AS actor_role)) AND (( SELECT actor_patient() AS actor_patient) IS NULL))
subscription subscription_restart permissive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) = 'admin'::text)
subscription_notice subscription_notice_own permissive for all to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM subscription s
  WHERE ((s.id = subscription_notice.subscription) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.role = ( SELECT actor_role() AS actor_role)))))
task task_add permissive for insert to tsunagi_app
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) AND (item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND (requester_id = ( SELECT actor_organization() AS actor_organization)) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = task.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND (s.items <> ARRAY['past'::text])))) AND ((part_of_id IS NOT NULL) OR (EXISTS ( SELECT 1
   FROM patient p
  WHERE ((p.id = task.patient_id) AND (p.organization_id = ( SELECT actor_organization() AS actor_organization)))))))
task task_add_part restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text]))
task task_add_shared restrictive for insert to tsunagi_app
  with check (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
task task_change permissive for update to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = task.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((task.item = ANY (s.items)) OR ((task.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((task.keeper = ( SELECT actor_organization() AS actor_organization)) OR (task.addressee = ( SELECT actor_organization() AS actor_organization)))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND ((keeper = ( SELECT actor_organization() AS actor_organization)) OR (addressee = ( SELECT actor_organization() AS actor_organization))))
  with check ((keeper = ( SELECT actor_organization() AS actor_organization)) OR (addressee = ( SELECT actor_organization() AS actor_organization)))
task task_change_part restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['patient'::text]))
task task_change_shared restrictive for update to tsunagi_app
  using (( SELECT actor_role() AS actor_role) <> ALL (ARRAY['insurer'::text, 'meeting'::text]))
task task_remove permissive for delete to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = task.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.works_until > now()) AND ((task.item = ANY (s.items)) OR ((task.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((task.keeper = ( SELECT actor_organization() AS actor_organization)) OR (task.addressee = ( SELECT actor_organization() AS actor_organization)))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))) AND ((keeper = ( SELECT actor_organization() AS actor_organization)) OR (addressee = ( SELECT actor_organization() AS actor_organization))) AND (keeper = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'linkworker'::text])))
task task_see permissive for select to tsunagi_app
  using ((item = ANY (( SELECT actor_items() AS actor_items)::text[])) AND (EXISTS ( SELECT 1
   FROM sight s
  WHERE ((s.patient_id = task.patient_id) AND (s.organization_id = ( SELECT actor_organization() AS actor_organization)) AND (s.audience = ( SELECT actor_audience() AS actor_audience)) AND ((s.post_id IS NULL) OR (s.post_id = ( SELECT actor_post() AS actor_post))) AND (s.until > now()) AND ((task.item = ANY (s.items)) OR ((task.item = ANY (( SELECT actor_own() AS actor_own)::text[])) AND ((task.keeper = ( SELECT actor_organization() AS actor_organization)) OR (task.addressee = ( SELECT actor_organization() AS actor_organization)))))))) AND (( SELECT (actor_patient() IS NULL)) OR (patient_id = ( SELECT actor_patient() AS actor_patient))))
task_history task_history_removed permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM deletion d
  WHERE ((d.type = 'Task'::text) AND (d.id = task_history.id))))
task_history task_history_see permissive for select to tsunagi_app
  using (EXISTS ( SELECT 1
   FROM task now
  WHERE (now.id = task_history.id)))
urgent_answers urgent_answers_own permissive for all to tsunagi_app
  using ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'system'::text])))
  with check ((organization_id = ( SELECT actor_organization() AS actor_organization)) AND (( SELECT actor_patient() AS actor_patient) IS NULL) AND (( SELECT actor_role() AS actor_role) = ANY (ARRAY['doctor'::text, 'reception'::text, 'system'::text])))

-- Triggers
CREATE TRIGGER only_added BEFORE DELETE OR UPDATE OR TRUNCATE ON public.access_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER only_added BEFORE DELETE OR UPDATE OR TRUNCATE ON public.access_log_handover FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER only_added BEFORE DELETE OR UPDATE OR TRUNCATE ON public.access_log_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER only_added BEFORE DELETE OR UPDATE OR TRUNCATE ON public.access_log_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ended AFTER UPDATE OF disabled_at, scopes ON public.api_client FOR EACH ROW WHEN (((new.disabled_at IS DISTINCT FROM old.disabled_at) OR (new.scopes IS DISTINCT FROM old.scopes))) EXECUTE FUNCTION end_running();
CREATE TRIGGER aa_item BEFORE INSERT OR UPDATE ON public."binary" FOR EACH ROW EXECUTE FUNCTION binary_item();
CREATE TRIGGER binary_keep AFTER INSERT OR UPDATE ON public."binary" FOR EACH ROW EXECUTE FUNCTION binary_keep();
CREATE TRIGGER binary_removed AFTER DELETE ON public."binary" FOR EACH ROW EXECUTE FUNCTION keep_deletion('Binary');
CREATE TRIGGER binary_stays AFTER UPDATE OF content ON public."binary" FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER care_plan_keep AFTER INSERT OR UPDATE ON public.care_plan FOR EACH ROW EXECUTE FUNCTION care_plan_keep();
CREATE TRIGGER care_plan_removed AFTER DELETE ON public.care_plan FOR EACH ROW EXECUTE FUNCTION keep_deletion('CarePlan');
CREATE TRIGGER care_plan_stays AFTER UPDATE OF content ON public.care_plan FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER communication_keep AFTER INSERT OR UPDATE ON public.communication FOR EACH ROW EXECUTE FUNCTION communication_keep();
CREATE TRIGGER communication_removed AFTER DELETE ON public.communication FOR EACH ROW EXECUTE FUNCTION keep_deletion('Communication');
CREATE TRIGGER communication_stays AFTER UPDATE OF content ON public.communication FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER zz_count AFTER INSERT ON public.communication FOR EACH ROW EXECUTE FUNCTION count_contact();
CREATE TRIGGER condition_keep AFTER INSERT OR UPDATE ON public.condition FOR EACH ROW EXECUTE FUNCTION condition_keep();
CREATE TRIGGER condition_removed AFTER DELETE ON public.condition FOR EACH ROW EXECUTE FUNCTION keep_deletion('Condition');
CREATE TRIGGER condition_stays AFTER UPDATE OF content ON public.condition FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER consent_keep AFTER INSERT OR UPDATE ON public.consent FOR EACH ROW EXECUTE FUNCTION consent_keep();
CREATE TRIGGER consent_stays AFTER UPDATE OF content ON public.consent FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER zz_partner_changed AFTER UPDATE OF content ON public.consent FOR EACH ROW WHEN ((new.content IS DISTINCT FROM old.content)) EXECUTE FUNCTION note_partner_person();
CREATE TRIGGER zz_sight AFTER INSERT OR UPDATE OF content ON public.consent FOR EACH ROW EXECUTE FUNCTION consent_changed();
CREATE TRIGGER coverage_keep AFTER INSERT OR UPDATE ON public.coverage FOR EACH ROW EXECUTE FUNCTION coverage_keep();
CREATE TRIGGER coverage_removed AFTER DELETE ON public.coverage FOR EACH ROW EXECUTE FUNCTION keep_deletion('Coverage');
CREATE TRIGGER coverage_stays AFTER UPDATE OF content ON public.coverage FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER zz_sight AFTER INSERT OR UPDATE OF content ON public.coverage FOR EACH ROW EXECUTE FUNCTION coverage_changed();
CREATE TRIGGER zz_sight_removed AFTER DELETE ON public.coverage FOR EACH ROW EXECUTE FUNCTION coverage_removed();
CREATE TRIGGER document_reference_keep AFTER INSERT OR UPDATE ON public.document_reference FOR EACH ROW EXECUTE FUNCTION document_reference_keep();
CREATE TRIGGER document_reference_removed AFTER DELETE ON public.document_reference FOR EACH ROW EXECUTE FUNCTION keep_deletion('DocumentReference');
CREATE TRIGGER document_reference_stays AFTER UPDATE OF content ON public.document_reference FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER zz_count AFTER INSERT ON public.drop_in FOR EACH ROW EXECUTE FUNCTION count_drop_in();
CREATE TRIGGER encounter_keep AFTER INSERT OR UPDATE ON public.encounter FOR EACH ROW EXECUTE FUNCTION encounter_keep();
CREATE TRIGGER encounter_removed AFTER DELETE ON public.encounter FOR EACH ROW EXECUTE FUNCTION keep_deletion('Encounter');
CREATE TRIGGER encounter_stays AFTER UPDATE OF content ON public.encounter FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER wake_jobs AFTER INSERT ON public.export_job FOR EACH STATEMENT EXECUTE FUNCTION wake_jobs();
CREATE TRIGGER zz_count AFTER INSERT OR UPDATE ON public.gathering FOR EACH ROW EXECUTE FUNCTION count_gathering();
CREATE TRIGGER zz_count AFTER INSERT OR UPDATE OF attended ON public.gathering_place FOR EACH ROW EXECUTE FUNCTION count_participation();
CREATE TRIGGER goal_keep AFTER INSERT OR UPDATE ON public.goal FOR EACH ROW EXECUTE FUNCTION goal_keep();
CREATE TRIGGER goal_removed AFTER DELETE ON public.goal FOR EACH ROW EXECUTE FUNCTION keep_deletion('Goal');
CREATE TRIGGER goal_stays AFTER UPDATE OF content ON public.goal FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER healthcare_service_keep AFTER INSERT OR UPDATE ON public.healthcare_service FOR EACH ROW EXECUTE FUNCTION healthcare_service_keep();
CREATE TRIGGER healthcare_service_removed AFTER DELETE ON public.healthcare_service FOR EACH ROW EXECUTE FUNCTION keep_deletion('HealthcareService');
CREATE TRIGGER invitation_paper AFTER DELETE ON public.invitation FOR EACH ROW EXECUTE FUNCTION forget_paper();
CREATE TRIGGER location_keep AFTER INSERT OR UPDATE ON public.location FOR EACH ROW EXECUTE FUNCTION location_keep();
CREATE TRIGGER location_removed AFTER DELETE ON public.location FOR EACH ROW EXECUTE FUNCTION keep_deletion('Location');
CREATE TRIGGER observation_keep AFTER INSERT OR UPDATE ON public.observation FOR EACH ROW EXECUTE FUNCTION observation_keep();
CREATE TRIGGER observation_removed AFTER DELETE ON public.observation FOR EACH ROW EXECUTE FUNCTION keep_deletion('Observation');
CREATE TRIGGER observation_stays AFTER UPDATE OF content ON public.observation FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER organization_keep AFTER INSERT OR UPDATE ON public.organization FOR EACH ROW EXECUTE FUNCTION organization_keep();
CREATE TRIGGER partner_server_moved AFTER UPDATE OF address ON public.partner_server FOR EACH ROW WHEN ((new.address IS DISTINCT FROM old.address)) EXECUTE FUNCTION forget_partner_ids();
CREATE TRIGGER wake_jobs AFTER INSERT OR UPDATE OF version ON public.partner_server FOR EACH STATEMENT EXECUTE FUNCTION wake_jobs();
CREATE TRIGGER wake_jobs AFTER INSERT ON public.partner_task FOR EACH STATEMENT EXECUTE FUNCTION wake_jobs();
CREATE TRIGGER patient_keep AFTER INSERT OR UPDATE ON public.patient FOR EACH ROW EXECUTE FUNCTION patient_keep();
CREATE TRIGGER patient_removed AFTER DELETE ON public.patient FOR EACH ROW EXECUTE FUNCTION keep_deletion('Patient');
CREATE TRIGGER patient_stays AFTER UPDATE OF content ON public.patient FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER zz_named AFTER UPDATE OF content ON public.patient FOR EACH ROW EXECUTE FUNCTION person_named();
CREATE TRIGGER zz_partner_changed AFTER UPDATE OF content ON public.patient FOR EACH ROW WHEN ((new.content IS DISTINCT FROM old.content)) EXECUTE FUNCTION note_partner_person();
CREATE TRIGGER zz_sight AFTER INSERT ON public.patient FOR EACH ROW EXECUTE FUNCTION person_added();
CREATE TRIGGER zz_sight_moved AFTER UPDATE OF content ON public.patient FOR EACH ROW WHEN ((new.organization_id IS DISTINCT FROM old.organization_id)) EXECUTE FUNCTION person_changed();
CREATE TRIGGER zz_sight_removed AFTER DELETE ON public.patient FOR EACH ROW EXECUTE FUNCTION person_removed();
CREATE TRIGGER practitioner_keep AFTER INSERT OR UPDATE ON public.practitioner FOR EACH ROW EXECUTE FUNCTION practitioner_keep();
CREATE TRIGGER practitioner_role_keep AFTER INSERT OR UPDATE ON public.practitioner_role FOR EACH ROW EXECUTE FUNCTION practitioner_role_keep();
CREATE TRIGGER wake_jobs AFTER INSERT ON public.print_job FOR EACH STATEMENT EXECUTE FUNCTION wake_jobs();
CREATE TRIGGER procedure_keep AFTER INSERT OR UPDATE ON public.procedure FOR EACH ROW EXECUTE FUNCTION procedure_keep();
CREATE TRIGGER procedure_removed AFTER DELETE ON public.procedure FOR EACH ROW EXECUTE FUNCTION keep_deletion('Procedure');
CREATE TRIGGER procedure_stays AFTER UPDATE OF content ON public.procedure FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER provenance_keep AFTER INSERT OR UPDATE ON public.provenance FOR EACH ROW EXECUTE FUNCTION provenance_keep();
CREATE TRIGGER provenance_stays AFTER UPDATE OF content ON public.provenance FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER questionnaire_keep AFTER INSERT OR UPDATE ON public.questionnaire FOR EACH ROW EXECUTE FUNCTION questionnaire_keep();
CREATE TRIGGER questionnaire_response_keep AFTER INSERT OR UPDATE ON public.questionnaire_response FOR EACH ROW EXECUTE FUNCTION questionnaire_response_keep();
CREATE TRIGGER questionnaire_response_removed AFTER DELETE ON public.questionnaire_response FOR EACH ROW EXECUTE FUNCTION keep_deletion('QuestionnaireResponse');
CREATE TRIGGER questionnaire_response_stays AFTER UPDATE OF content ON public.questionnaire_response FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE CONSTRAINT TRIGGER zz_count AFTER INSERT OR DELETE OR UPDATE ON public.questionnaire_response DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_questionnaire_response();
CREATE TRIGGER related_person_keep AFTER INSERT OR UPDATE ON public.related_person FOR EACH ROW EXECUTE FUNCTION related_person_keep();
CREATE TRIGGER related_person_removed AFTER DELETE ON public.related_person FOR EACH ROW EXECUTE FUNCTION keep_deletion('RelatedPerson');
CREATE TRIGGER related_person_stays AFTER UPDATE OF content ON public.related_person FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER zz_partner_changed AFTER INSERT OR DELETE OR UPDATE OF content ON public.related_person FOR EACH ROW EXECUTE FUNCTION note_partner_relative();
CREATE TRIGGER zz_forget_name AFTER UPDATE OF state ON public.scan FOR EACH ROW WHEN (((old.state = 'refused'::text) AND (new.state = 'read'::text))) EXECUTE FUNCTION forget_scan_name('id');
CREATE TRIGGER zz_forget_name AFTER UPDATE OF state ON public.scan_page FOR EACH ROW WHEN (((new.state <> 'tray'::text) AND (old.state = 'tray'::text))) EXECUTE FUNCTION forget_scan_name('scan_id');
CREATE TRIGGER keep_sealed BEFORE UPDATE OF address, telecom, contact ON public.seal FOR EACH ROW EXECUTE FUNCTION keep_sealed();
CREATE TRIGGER service_request_keep AFTER INSERT OR UPDATE ON public.service_request FOR EACH ROW EXECUTE FUNCTION service_request_keep();
CREATE TRIGGER service_request_removed AFTER DELETE ON public.service_request FOR EACH ROW EXECUTE FUNCTION keep_deletion('ServiceRequest');
CREATE TRIGGER service_request_stays AFTER UPDATE OF content ON public.service_request FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER zz_changed AFTER UPDATE OF content ON public.service_request FOR EACH ROW WHEN ((new.status IS DISTINCT FROM old.status)) EXECUTE FUNCTION note_change('ServiceRequest');
CREATE TRIGGER zz_noted AFTER INSERT ON public.service_request FOR EACH ROW EXECUTE FUNCTION note_change('ServiceRequest');
CREATE TRIGGER wake_jobs AFTER INSERT OR UPDATE OF version ON public.subscription FOR EACH STATEMENT EXECUTE FUNCTION wake_jobs();
CREATE TRIGGER task_keep AFTER INSERT OR UPDATE ON public.task FOR EACH ROW EXECUTE FUNCTION task_keep();
CREATE TRIGGER task_removed AFTER DELETE ON public.task FOR EACH ROW EXECUTE FUNCTION keep_deletion('Task');
CREATE TRIGGER task_stays AFTER UPDATE OF content ON public.task FOR EACH ROW WHEN (((new.patient_id IS DISTINCT FROM old.patient_id) OR (new.item IS DISTINCT FROM old.item))) EXECUTE FUNCTION refuse_other();
CREATE TRIGGER zz_changed AFTER UPDATE OF content ON public.task FOR EACH ROW WHEN ((new.status IS DISTINCT FROM old.status)) EXECUTE FUNCTION note_change('Task');
CREATE TRIGGER zz_count AFTER INSERT OR UPDATE OF content ON public.task FOR EACH ROW EXECUTE FUNCTION count_referral();
CREATE TRIGGER zz_noted AFTER INSERT ON public.task FOR EACH ROW EXECUTE FUNCTION note_change('Task');
CREATE TRIGGER zz_partner_changed AFTER UPDATE OF content ON public.task FOR EACH ROW WHEN ((new.content IS DISTINCT FROM old.content)) EXECUTE FUNCTION note_partner_task();
CREATE TRIGGER zz_partner_noted AFTER INSERT ON public.task FOR EACH ROW EXECUTE FUNCTION note_partner_task();
CREATE TRIGGER zz_sight AFTER INSERT ON public.task FOR EACH ROW WHEN ((new.status <> 'draft'::text)) EXECUTE FUNCTION task_changed();
CREATE TRIGGER zz_sight_moved AFTER UPDATE ON public.task REFERENCING OLD TABLE AS was NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION tasks_moved();
CREATE TRIGGER zzz_passed_on AFTER INSERT ON public.task FOR EACH ROW WHEN ((new.part_of_id IS NULL)) EXECUTE FUNCTION count_passed_on();

-- Functions
CREATE OR REPLACE FUNCTION public.access_review_accounts(before timestamp with time zone, since timestamp with time zone, until timestamp with time zone, body uuid, who uuid, closed date[])
 RETURNS TABLE(account uuid, client text, name text, role text, organization text, looks bigint, persons bigint, usual integer, days integer, most integer, most_on date, unusual bigint, unusual_days bigint, prints bigint, exports bigint, refused bigint, sign_in_refused bigint, emergencies bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with lines as materialized (
    select coalesce(l.account::text, l.client) as actor, l.account, l.client, l.organization, l.role, l.action, l.patients,
      l.at >= since as recent, (l.at at time zone 'Asia/Tokyo')::date as day,
      extract(hour from l.at at time zone 'Asia/Tokyo') as hour,
      l.action in ('read', 'search', 'history', 'write', 'delete', 'print', 'export') and l.patients <> '{}' as look
    from access_log l
    where actor_role() = 'admin' and l.at >= before and l.at < until and (l.account is not null or l.client is not null)
      and (body is null or l.organization = body) and (who is null or l.account = who)
  ),
  seen as materialized (select actor, day, recent, person from lines, unnest(patients) person
    where look and (action <> 'search' or client is not null) group by 1, 2, 3, 4),
  days as (select actor, day, recent, count(*)::integer as persons from seen group by 1, 2, 3),
  usual as (
    select actor, (percentile_disc(0.5) within group (order by persons)) as usual, count(*)::integer as days,
      max(persons) filter (where recent) as most,
      (array_agg(day order by persons desc, day) filter (where recent))[1] as most_on
    from days group by actor
  ),
  persons as (select actor, count(distinct person) as persons from seen where recent group by actor),
  counted as (
    select actor, account, client, (array_agg(organization))[1] as organization, (array_agg(role))[1] as role,
      count(*) filter (where look) as looks,
      count(*) filter (where look and (hour < 7 or hour >= 20 or day = any (closed))) as unusual,
      count(distinct day) filter (where look and (hour < 7 or hour >= 20 or day = any (closed))) as unusual_days,
      count(*) filter (where action = 'print') as prints, count(*) filter (where action = 'export') as exports,
      count(*) filter (where action = 'refused') as refused, count(*) filter (where action in ('sign-in-refused', 'token-refused')) as failed,
      count(*) filter (where action = 'emergency') as emergencies
    from lines where recent group by actor, account, client
  )
  select c.account, c.client, coalesce(a.name, c.client), c.role, o.content ->> 'name', c.looks, coalesce(p.persons, 0),
    u.usual, u.days, u.most, u.most_on, c.unusual, c.unusual_days, c.prints, c.exports, c.refused, c.failed, c.emergencies
  from counted c left join usual u using (actor) left join persons p using (actor)
  left join account a on a.id = c.account left join organization o on o.id = c.organization
  order by c.looks desc, c.actor $function$
;
CREATE OR REPLACE FUNCTION public.access_review_counts(since timestamp with time zone, until timestamp with time zone, body uuid, who uuid, closed date[])
 RETURNS TABLE(action text, hour integer, holiday boolean, count bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select l.action, extract(hour from l.at at time zone 'Asia/Tokyo')::integer,
    (l.at at time zone 'Asia/Tokyo')::date = any (closed), count(*)
  from access_log l
  where actor_role() = 'admin' and l.at >= since and l.at < until
    and (body is null or l.organization = body) and (who is null or l.account = who)
  group by 1, 2, 3 $function$
;
CREATE OR REPLACE FUNCTION public.access_review_events(since timestamp with time zone, until timestamp with time zone, body uuid, who uuid, kinds text[], most integer)
 RETURNS TABLE(id bigint, at timestamp with time zone, action text, name text, organization text, role text, what text, records text[], address text, why text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select l.id, l.at, l.action, coalesce(a.name, l.client), o.content ->> 'name', l.role, l.what,
    case when l.action = 'account' then l.records else '{}' end, l.address, l.why
  from unnest(kinds) kind, lateral (
    select * from access_log e where e.action = kind and e.action not in ('read', 'search', 'history', 'write', 'delete', 'print')
      and e.at >= since and e.at < until and (body is null or e.organization = body) and (who is null or e.account = who)
    order by e.at desc limit most
  ) l left join account a on a.id = l.account left join organization o on o.id = l.organization
  where actor_role() = 'admin'
  order by l.at desc, l.id desc $function$
;
CREATE OR REPLACE FUNCTION public.actor_account()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select nullif(current_setting('tsunagi.account', true), '')::uuid $function$
;
CREATE OR REPLACE FUNCTION public.actor_area()
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select case actor_role()
    when 'council' then (select serves from organization where id = actor_organization())
    when 'coordinator' then (
      select array_agg(split_part(code, '|', 2)) from organization, unnest(identifier) code
      where id = actor_organization() and code like 'https://tsunagi.example/fhir/Id/municipality|%')
    end $function$
;
CREATE OR REPLACE FUNCTION public.actor_audience()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select coalesce(current_setting('tsunagi.audience', true), '') $function$
;
CREATE OR REPLACE FUNCTION public.actor_items()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select string_to_array(coalesce(current_setting('tsunagi.items', true), ''), ',') $function$
;
CREATE OR REPLACE FUNCTION public.actor_municipalities()
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(array_agg(code), '{}') from (
    select unnest(serves) as code from organization where id = actor_organization()
    union
    select split_part(token, '|', 2) from organization, unnest(identifier) token
    where id = actor_organization() and starts_with(token, 'https://tsunagi.example/fhir/Id/municipality|')
  ) mine $function$
;
CREATE OR REPLACE FUNCTION public.actor_organization()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select nullif(current_setting('tsunagi.organization', true), '')::uuid $function$
;
CREATE OR REPLACE FUNCTION public.actor_own()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select string_to_array(coalesce(current_setting('tsunagi.own', true), ''), ',') $function$
;
CREATE OR REPLACE FUNCTION public.actor_patient()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select nullif(current_setting('tsunagi.patient', true), '')::uuid $function$
;
CREATE OR REPLACE FUNCTION public.actor_post()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select nullif(current_setting('tsunagi.post', true), '')::uuid $function$
;
CREATE OR REPLACE FUNCTION public.actor_role()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select coalesce(current_setting('tsunagi.role', true), '') $function$
;
CREATE OR REPLACE FUNCTION public.add_records(given jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if given ? 'organization' then
    insert into organization (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'organization') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'practitioner' then
    insert into practitioner (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'practitioner') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'practitioner_role' then
    insert into practitioner_role (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'practitioner_role') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'location' then
    insert into location (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'location') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'healthcare_service' then
    insert into healthcare_service (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'healthcare_service') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'questionnaire' then
    insert into questionnaire (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'questionnaire') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'patient' then
    insert into patient (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'patient') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'related_person' then
    insert into related_person (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'related_person') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'coverage' then
    insert into coverage (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'coverage') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'consent' then
    insert into consent (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'consent') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'questionnaire_response' then
    insert into questionnaire_response (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'questionnaire_response') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'observation' then
    insert into observation (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'observation') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'condition' then
    insert into condition (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'condition') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'service_request' then
    insert into service_request (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'service_request') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'task' then
    insert into task (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'task') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'goal' then
    insert into goal (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'goal') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'care_plan' then
    insert into care_plan (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'care_plan') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'communication' then
    insert into communication (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'communication') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'encounter' then
    insert into encounter (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'encounter') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'procedure' then
    insert into procedure (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'procedure') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'document_reference' then
    insert into document_reference (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'document_reference') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'binary' then
    insert into "binary" (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'binary') as r (id uuid, content jsonb, at timestamptz);
  end if;
  if given ? 'provenance' then
    insert into provenance (id, version, content, updated_at)
    select id, 1, content, at from jsonb_to_recordset(given -> 'provenance') as r (id uuid, content jsonb, at timestamptz);
  end if;
end $function$
;
CREATE OR REPLACE FUNCTION public.age_band(born text, at date)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when born is null then 'unknown' when age < 20 then '0-19' when age < 40 then '20-39' when age < 65 then '40-64'
    when age < 75 then '65-74' when age < 85 then '75-84' else '85+' end
  from (select extract(year from age(at, (fhir_start(born) at time zone 'Asia/Tokyo')::date)) as age) a $function$
;
CREATE OR REPLACE FUNCTION public.binary_item()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.item := file_item(new.content);
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION public.binary_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into binary_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.body_of_place(which uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select organization_id from gathering_place where id = which $function$
;
CREATE OR REPLACE FUNCTION public.care_plan_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into care_plan_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.closed_to_actor(which uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  who uuid := coalesce(
    (select id from patient where id = which), (select patient_id from task where id = which),
    (select patient_id from consent where id = which), (select patient_id from communication where id = which),
    (select patient_id from questionnaire_response where id = which), (select patient_id from goal where id = which));
begin
  return (
    select d.closed_because from disclosure d
    where d.patient_id = who and d.organization_id = actor_organization() and d.audience = actor_audience()
      and (d.post_id is null or d.post_id = actor_post()) and d.closed_at > now() - interval '90 days'
      and not exists (
        select 1 from disclosure o where o.patient_id = who and o.organization_id = d.organization_id and o.audience = d.audience
          and (o.post_id is null or o.post_id = actor_post()) and o.closed_at is null)
    order by d.closed_at desc limit 1);
end $function$
;
CREATE OR REPLACE FUNCTION public.communication_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into communication_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.condition_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into condition_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.consent_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  lawful boolean := exists (select 1 from unnest(new.category) t where starts_with(t, 'https://tsunagi.example/fhir/CodeSystem/legal-basis|'));
begin
  perform 1 from patient where id = new.patient_id for no key update;
  if lawful and tg_op = 'INSERT' then
    insert into disclosure_review (id, kind, patient_id, organization_id, by_post)
    values (new.id, 'legal-basis', new.patient_id, coalesce(actor_organization(), new.keeper), actor_post());
  end if;
  if lawful or exists (select 1 from task where patient_id = new.patient_id and status <> 'draft')
    or exists (select 1 from coverage where patient_id = new.patient_id and insurer_id is not null) then
    perform refresh_sights(new.patient_id);
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.consent_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into consent_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.consent_openings(content jsonb)
 RETURNS TABLE(recipient text, item text, named boolean)
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  kind constant text := 'https://tsunagi.example/fhir/CodeSystem/organization-type';
begin
  return query
  with part as (
    select p -> 'actor' as actors, p -> 'code' as codes, p ->> 'type' as type, n
    from (
      select content -> 'provision' as p, 0 as n
      union all
      select e.value, e.ordinality::integer from jsonb_array_elements(coalesce(content #> '{provision,provision}', '[]')) with ordinality e
    ) parts
  ), pair as (
    select part.n, part.type, part.codes, r.who, i.what
    from part
    -- Codes count only in our own systems: anybody may write 'office' or 'answers' in theirs.
    left join lateral (
      select coalesce(a #>> '{reference,reference}', a #>> '{reference,identifier,value}') as who
      from jsonb_array_elements(coalesce(part.actors, '[]')) a
      where a @? '$.role.coding[*] ? (@.code == "IRCP")'
        and (a #>> '{reference,reference}' is not null or a #>> '{reference,identifier,system}' = kind)
    ) r on true
    left join lateral (
      select c #>> '{}' as what from jsonb_path_query(part.codes,
        '$[*].coding[*] ? (@.system == "https://tsunagi.example/fhir/CodeSystem/consent-item").code') c
      union all
      select unnest(array['contact', 'answers', 'assessment', 'plan', 'medical-note']) where part.codes is null
    ) i on true
  )
  select o.who, coalesce(o.what, ''), bool_or(o.n > 0)
  from pair o
  where o.type = 'permit' and o.who is not null
    and content #>> '{provision,type}' = 'permit'
    and not exists (
      select 1 from pair d where d.type = 'deny' and d.n > 0
        and (d.who is null or d.who = o.who) and (d.what = o.what or o.what is null and d.codes is null)
    )
  group by 1, 2;
end $function$
;
CREATE OR REPLACE FUNCTION public.contact_band(sent date, contacted date, status text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when contacted is null and status in ('rejected', 'cancelled', 'failed', 'entered-in-error', 'completed') then 'none'
    when contacted is null then 'waiting' when contacted - sent <= 3 then '0-3' when contacted - sent <= 7 then '4-7'
    when contacted - sent <= 14 then '8-14' else '15+' end $function$
;
CREATE OR REPLACE FUNCTION public.contact_is_limited(who uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from patient p where p.id = who and p.limited
    and exists (select 1 from sight s where s.patient_id = who and s.organization_id = actor_organization()
      and s.audience = actor_audience() and s.until > now())) $function$
;
CREATE OR REPLACE FUNCTION public.contact_limited(content jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select content @? '$.extension[*] ? (@.url == "https://tsunagi.example/fhir/StructureDefinition/contact-limits"
    && !exists(@.extension[*] ? (@.url == "lifted")))' $function$
;
CREATE OR REPLACE FUNCTION public.count_answers(named text, who uuid, year integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- Two answers at once of the same person: the second waits and then sees the first.
  perform pg_advisory_xact_lock(hashtextextended(who::text || named || year, 66));
  delete from answer_fact f where f.patient_id = who and f.fiscal_year = year and f.program = named;
  insert into answer_fact (patient_id, fiscal_year, program, municipality, area, answers)
  select who, year, named, coalesce(p.municipality, 'unknown'),
    coalesce(
      (select g.area from task t join drop_in d on d.task_id = t.id join gathering g on g.id = d.gathering_id
        where t.patient_id = who and g.municipality = p.municipality and g.area <> '' order by d.at desc limit 1),
      (select g.area from gathering_place s join gathering g on g.id = s.gathering_id
        where s.patient_id = who and s.state <> 'cancelled' and g.municipality = p.municipality and g.area <> ''
        order by g.starts_at desc limit 1), ''),
    coalesce((select array_agg(distinct q.question || '=' || said.code) from figure_question q
      cross join lateral jsonb_path_query(r.content, 'strict $.** ? (@.linkId == $asked)', jsonb_build_object('asked', q.question)) i
      cross join lateral jsonb_path_query(i, '$.answer[*]') a
      cross join lateral (select coalesce(a #>> '{valueCoding,code}', a ->> 'valueBoolean') as code) said
      where q.program = named and said.code = any (q.options)), '{}')
  from (select content from questionnaire_response
      where patient_id = who and status in ('completed', 'amended') and counted_program(questionnaire) = named
        and fiscal_year(coalesce(authored, updated_at)) = year
      order by coalesce(authored, updated_at) desc, updated_at desc limit 1) r, patient p
  where p.id = who;
end $function$
;
CREATE OR REPLACE FUNCTION public.count_attempt(keys bytea[], limits integer[], OUT beyond integer, OUT wait_seconds integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  counted attempt;
begin
  beyond := 0;
  wait_seconds := 0;
  for i in 1 .. cardinality(keys) loop
    insert into attempt as a values (keys[i], 1, clock_timestamp() + interval '15 minutes')
    on conflict (key) do update set
      count = case when a.until <= clock_timestamp() then 1 else least(a.count + 1, 1000000000) end,
      until = case when a.until <= clock_timestamp() then excluded.until else a.until end
    returning a.* into counted;
    if counted.count > limits[i] then
      beyond := counted.count - limits[i];
      wait_seconds := greatest(1, ceil(extract(epoch from counted.until - clock_timestamp())));
      return;
    end if;
  end loop;
end $function$
;
CREATE OR REPLACE FUNCTION public.count_contact()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not new.category && array['contact'] or not new.category && array['reached', 'visited'] then return null; end if;
  update referral_fact f set
    contacted_on = least(f.contacted_on, (new.sent at time zone 'Asia/Tokyo')::date),
    contact_band = contact_band(f.sent_on, least(f.contacted_on, (new.sent at time zone 'Asia/Tokyo')::date), t.status)
  from task t where t.focus_id = new.based_on_id and f.task_id = t.id;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.count_drop_in()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into drop_in_fact
  select new.id, extract(year from (new.at at time zone 'Asia/Tokyo')::date - interval '3 months')::int, to_char(new.at at time zone 'Asia/Tokyo', 'YYYY-MM'),
    coalesce(g.municipality, 'unknown'), g.area, new.topics, new.age_band, g.program
  from gathering g where g.id = new.gathering_id;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.count_gathering()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  day date := (new.starts_at at time zone 'Asia/Tokyo')::date;
begin
  delete from gathering_fact where gathering_id = new.id;
  if new.status = 'planned' then
    insert into gathering_fact values (new.id, extract(year from day - interval '3 months')::int, coalesce(new.municipality, 'unknown'), new.area, new.program);
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.count_participation()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  delete from participation_fact where place_id = new.id;
  if new.attended in ('present', 'online') then
    insert into participation_fact values (new.id, new.gathering_id, case new.attended when 'online' then 'online' else 'site' end);
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.count_passed_on()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  earlier uuid[] := (select array_agg(t.id) from task t, service_request s
    where s.id = new.focus_id and t.focus_id = any (replaced_requests(s.content)) and t.patient_id = new.patient_id);
  first date;
begin
  if earlier is null then return null; end if;
  first := (select min(sent_on) from referral_fact where task_id = any (earlier));
  delete from referral_fact where task_id = any (earlier);
  if first is not null then
    update referral_fact set sent_on = first, fiscal_year = extract(year from first - interval '3 months')::int,
      month = to_char(first, 'YYYY-MM') where task_id = new.id;
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.count_questionnaire_response()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  named text;
begin
  if tg_op <> 'INSERT' and old.status in ('completed', 'amended') and old.patient_id is not null then
    named := counted_program(old.questionnaire);
    if exists (select 1 from figure_question where program = named) then
      perform count_answers(named, old.patient_id, fiscal_year(coalesce(old.authored, old.updated_at)));
    end if;
  end if;
  if tg_op <> 'DELETE' and new.status in ('completed', 'amended') and new.patient_id is not null then
    named := counted_program(new.questionnaire);
    if exists (select 1 from figure_question where program = named) then
      perform count_answers(named, new.patient_id, fiscal_year(coalesce(new.authored, new.updated_at)));
    end if;
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.count_referral()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  sent date := (new.authored_on at time zone 'Asia/Tokyo')::date;
  ended text;
begin
  if new.part_of_id is not null or new.status = 'draft' or new.owner_id is null or sent is null then return null; end if;
  if new.status = 'entered-in-error' then
    delete from referral_fact where task_id = new.id;
    return null;
  end if;
  ended := case when new.status = 'completed' then coalesce(
      jsonb_path_query_first(new.content, '$.output[*].valueCodeableConcept.coding[*] ? (@.system == "https://tsunagi.example/fhir/CodeSystem/outcome").code') #>> '{}', 'completed')
    when new.status in ('rejected', 'cancelled', 'failed') then new.status else 'open' end;
  if tg_op = 'UPDATE' then
    perform 1 from referral_fact f where f.task_id = new.id;
    if found then
      update referral_fact f set result = ended, contact_band = contact_band(f.sent_on, f.contacted_on, new.status)
        where f.task_id = new.id and (f.result, f.contact_band) is distinct from (ended, contact_band(f.sent_on, f.contacted_on, new.status));
      return null;
    end if;
  end if;
  insert into referral_fact as f (task_id, sent_on, fiscal_year, month, municipality, age_band, needs, clinic, contacted_on, contact_band, result, program)
  select new.id, sent, extract(year from sent - interval '3 months')::int, to_char(sent, 'YYYY-MM'), coalesce(p.municipality, 'unknown'),
    age_band(p.birth_date, sent),
    coalesce((select array_agg(distinct c ->> 'code') from jsonb_path_query(s.content, '$.category[*].coding[*]') c
      where c ->> 'code' <> 'sdoh-category-unspecified'), '{}'),
    new.requester_id, null, contact_band(sent, null, new.status), ended, program_of(s.content)
  from patient p, service_request s where p.id = new.patient_id and s.id = new.focus_id
  on conflict (task_id) do update set result = excluded.result,
    contact_band = contact_band(f.sent_on, f.contacted_on, new.status);
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.counted_program(questionnaire text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select substring(questionnaire from '/Questionnaire/([^|/]+)-screening(?:[|].*)?$') $function$
;
CREATE OR REPLACE FUNCTION public.coverage_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.insurer_id is not null and exists (select 1 from consent where patient_id = new.patient_id) then
    perform refresh_sights(new.patient_id);
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.coverage_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into coverage_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.coverage_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if old.insurer_id is not null then perform refresh_sights(old.patient_id); end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.document_reference_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into document_reference_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.emergency_person(kana text, born text, phone_or_card text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  found uuid[];
  digits text := regexp_replace(normalize(phone_or_card, NFKC), '[^0-9]', '', 'g');
begin
  if actor_audience() <> 'staff' or actor_post() is null then return null; end if;
  select array_agg(p.id) into found from patient p
  where p.birth_date = born and position(replace(fhir_key(kana), ' ', '') in replace(p.name, ' ', '')) > 0 and length(replace(kana, ' ', '')) >= 2
    and (length(digits) >= 9 and p.phone @> array[digits] or exists (
      select 1 from coverage c where c.patient_id = p.id and length(phone_or_card) >= 8 and c.identifier @> array[phone_or_card]));
  return case when cardinality(found) = 1 then found[1] end;
end $function$
;
CREATE OR REPLACE FUNCTION public.encounter_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into encounter_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.end_running()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.disabled_at is not null then
    update subscription set status = 'off', version = version + 1, fault = 'The program was switched off.'
      where client = new.id and status <> 'off';
    delete from export_job where client = new.id;
  else
    update subscription set status = 'off', version = version + 1, fault = 'The program may not read ' || type || ' any more.'
      where client = new.id and status <> 'off' and not scopes_allow(new.scopes, type, 'r');
    update export_job set status = 'failed', fault = 'The program may not read all of it any more.', ended_at = now()
      where client = new.id and status = 'running'
        and exists (select 1 from unnest(types) kind where not scopes_allow(new.scopes, kind, 'r'));
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_end(given text)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  return case length(given) when 4 then fhir_start(given) + interval '1 year' when 7 then fhir_start(given) + interval '1 month'
    when 10 then fhir_start(given) + interval '1 day' else given::timestamptz end;
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_extension(content jsonb, url text)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select e from jsonb_path_query(content, '$.extension[*]') e where e ->> 'url' = url limit 1 $function$
;
CREATE OR REPLACE FUNCTION public.fhir_id(reference text, type text)
 RETURNS uuid
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  return case when starts_with(reference, type || '/') and length(reference) = length(type) + 37
    then substr(reference, length(type) + 2)::uuid end;
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_identifiers(identifiers jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  if identifiers is null then return '{}'; end if;
  return (select coalesce(array_agg(token), '{}') from jsonb_path_query(identifiers, '$[*]') i,
    lateral (values (coalesce(i->>'system', '') || '|' || (i->>'value')), (i->>'value')) v(token)
  where i->>'value' is not null);
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_key(given text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  return translate(lower(normalize(given, NFKC)),
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔ　',
    'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴ ');
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_name_order(names jsonb)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  shown jsonb := coalesce(
    jsonb_path_query_first(names, '$[*] ? (@.extension[*].valueCode == "SYL")'), jsonb_path_query_first(names, '$[*]'));
begin
  return fhir_key(coalesce((shown ->> 'family') || ' ' || coalesce(shown #>> '{given,0}', ''), shown ->> 'text'));
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_names(names jsonb)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  return (select coalesce(' ' || fhir_key(string_agg(part, ' ')), '') from jsonb_path_query(names, '$[*]') n,
    lateral unnest(array[n ->> 'family'] || array(select g #>> '{}' from jsonb_path_query(n, '$.given[*]') g) || array[n ->> 'text']) part);
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_phones(telecom jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  return (select coalesce(array_agg(regexp_replace(normalize(t->>'value', NFKC), '[^0-9]', '', 'g')), '{}')
  from jsonb_path_query(telecom, '$[*] ? (@.system == "phone")') t where t->>'value' is not null);
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_references(holders jsonb, path jsonpath)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  if holders is null then return '{}'; end if;
  return (select coalesce(array_agg(r #>> '{}'), '{}') from jsonb_path_query(holders, path) r);
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_spans(content jsonb, path jsonpath)
 RETURNS TABLE(since timestamp with time zone, until timestamp with time zone)
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_start(given text)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  return case length(given) when 4 then given || '-01-01T00:00:00+09:00' when 7 then given || '-01T00:00:00+09:00'
    when 10 then given || 'T00:00:00+09:00' else given end::timestamptz;
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_texts(content jsonb, path jsonpath)
 RETURNS SETOF text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.fhir_tokens(concepts jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  if concepts is null then return '{}'; end if;
  return (select coalesce(array_agg(token), '{}') from jsonb_path_query(concepts, '$.coding[*]') c,
    lateral (values (coalesce(c->>'system', '') || '|' || (c->>'code')), (c->>'code')) v(token)
  where c->>'code' is not null);
end $function$
;
CREATE OR REPLACE FUNCTION public.file_item(content jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case
    when content #> '{meta,tag}' @> '[{"system": "https://tsunagi.example/fhir/CodeSystem/consent-item", "code": "answers"}]' then 'answers'
    when content #> '{meta,tag}' @> '[{"system": "https://tsunagi.example/fhir/CodeSystem/consent-item", "code": "assessment"}]' then 'assessment'
    else 'medical-note' end $function$
;
CREATE OR REPLACE FUNCTION public.files_sealed(who uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from seal s where s.patient_id = who
      and not (s.named @> array[(select actor_post())] and (select actor_post()) is not null))
    -- Of whom the actor does not see, it says nothing.
    or not exists (select 1 from sight o where o.patient_id = who and o.organization_id = actor_organization()
      and o.audience = actor_audience() and (o.post_id is null or o.post_id = actor_post()) and o.until > now()) $function$
;
CREATE OR REPLACE FUNCTION public.fiscal_year(at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select extract(year from (at at time zone 'Asia/Tokyo')::date - interval '3 months')::int $function$
;
CREATE OR REPLACE FUNCTION public.forget_paper()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update scan_page set sheet = null, sheet_page = null, png = null, why = null, done_at = coalesce(done_at, now()),
      reason = case state when 'tray' then 'ご案内を終えた方の紙' else reason end, state = case state when 'tray' then 'thrown' else state end
    where sheet in (select id from printed_sheet where about_type = 'invitation' and about_id = old.id);
  delete from printed_sheet where about_type = 'invitation' and about_id = old.id;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.forget_partner_ids()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update partner_server set seen_until = null, subscription = null, subscribe_at = now() where id = new.id;
  update partner_record set their_version = null, looked_at = null where server = new.id and version is null;
  if new.way = 'push' then
    delete from partner_record where server = new.id;
    update partner_task p set their_id = null, their_version = null, noticed_version = null, their_status = null,
        wanted = wanted + 1, attempts = 0, next_at = now(), queued_at = now(), stopped_at = null
      where server = new.id;
  end if;
  notify outbox;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.forget_scan_name()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  which uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  update scan s set name = '' where s.id = which and s.name <> '' and s.state = 'read'
    and not exists (select 1 from scan_page p where p.scan_id = s.id and p.state = 'tray');
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.forgive_attempt(keys bytea[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  for i in 1 .. cardinality(keys) loop
    update attempt set count = greatest(count - 1, 0) where key = keys[i];
  end loop;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_codes(name text, list jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  for i in 0 .. jsonb_array_length(list) - 1 loop
    out := out || (name || '~' || (list ->> i));
  end loop;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_contacts(list jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_binary(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin

  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_care_plan(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'intent' then out := out || found_codes('intent', jsonb_path_query_array(content, '$."intent"[*]')); end if;
  if content ? 'category' then out := out || found_tokens('category', jsonb_path_query_array(content, '$."category"."coding"[*]'), 'code'); end if;
  if content ? 'goal' then out := out || found_references('goal', jsonb_path_query_array(content, '$."goal"[*]'), ''); end if;
  if content ? 'addresses' then out := out || found_references('condition', jsonb_path_query_array(content, '$."addresses"[*]'), ''); end if;
  if content ? 'basedOn' then out := out || found_references('based-on', jsonb_path_query_array(content, '$."basedOn"[*]'), ''); end if;
  if content ? 'partOf' then out := out || found_references('part-of', jsonb_path_query_array(content, '$."partOf"[*]'), ''); end if;
  if content ? 'replaces' then out := out || found_references('replaces', jsonb_path_query_array(content, '$."replaces"[*]'), ''); end if;
  if content ? 'activity' then out := out || found_tokens('activity-code', jsonb_path_query_array(content, '$."activity"."detail"."code"."coding"[*]'), 'code'); end if;
  if content ? 'activity' then out := out || found_references('activity-reference', jsonb_path_query_array(content, '$."activity"."reference"[*]'), ''); end if;
  if content ? 'activity' then out := out || found_references('performer', jsonb_path_query_array(content, '$."activity"."detail"."performer"[*]'), ''); end if;
  if content ? 'encounter' then out := out || found_references('encounter', jsonb_path_query_array(content, '$."encounter"[*]'), ''); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_communication(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'category' then out := out || found_tokens('category', jsonb_path_query_array(content, '$."category"."coding"[*]'), 'code'); end if;
  if content ? 'medium' then out := out || found_tokens('medium', jsonb_path_query_array(content, '$."medium"."coding"[*]'), 'code'); end if;
  if content ? 'recipient' then out := out || found_references('recipient', jsonb_path_query_array(content, '$."recipient"[*]'), ''); end if;
  if content ? 'sender' then out := out || found_references('sender', jsonb_path_query_array(content, '$."sender"[*]'), ''); end if;
  if content ? 'basedOn' then out := out || found_references('based-on', jsonb_path_query_array(content, '$."basedOn"[*]'), ''); end if;
  if content ? 'partOf' then out := out || found_references('part-of', jsonb_path_query_array(content, '$."partOf"[*]'), ''); end if;
  if content ? 'encounter' then out := out || found_references('encounter', jsonb_path_query_array(content, '$."encounter"[*]'), ''); end if;
  if content ? 'instantiatesUri' then out := out || found_uris('instantiates-uri', jsonb_path_query_array(content, '$."instantiatesUri"[*]')); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_condition(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'category' then out := out || found_tokens('category', jsonb_path_query_array(content, '$."category"."coding"[*]'), 'code'); end if;
  if content ? 'code' then out := out || found_tokens('code', jsonb_path_query_array(content, '$."code"."coding"[*]'), 'code'); end if;
  if content ? 'clinicalStatus' then out := out || found_tokens('clinical-status', jsonb_path_query_array(content, '$."clinicalStatus"."coding"[*]'), 'code'); end if;
  if content ? 'verificationStatus' then out := out || found_tokens('verification-status', jsonb_path_query_array(content, '$."verificationStatus"."coding"[*]'), 'code'); end if;
  if content ? 'severity' then out := out || found_tokens('severity', jsonb_path_query_array(content, '$."severity"."coding"[*]'), 'code'); end if;
  if content ? 'asserter' then out := out || found_references('asserter', jsonb_path_query_array(content, '$."asserter"[*]'), ''); end if;
  if content ? 'evidence' then out := out || found_tokens('evidence', jsonb_path_query_array(content, '$."evidence"."code"."coding"[*]'), 'code'); end if;
  if content ? 'evidence' then out := out || found_references('evidence-detail', jsonb_path_query_array(content, '$."evidence"."detail"[*]'), ''); end if;
  if content ? 'encounter' then out := out || found_references('encounter', jsonb_path_query_array(content, '$."encounter"[*]'), ''); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_consent(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'scope' then out := out || found_tokens('scope', jsonb_path_query_array(content, '$."scope"."coding"[*]'), 'code'); end if;
  if content ? 'category' then out := out || found_tokens('category', jsonb_path_query_array(content, '$."category"."coding"[*]'), 'code'); end if;
  if content ? 'provision' then out := out || found_tokens('purpose', jsonb_path_query_array(content, '$."provision"."purpose"[*]'), 'code'); end if;
  if content ? 'provision' then out := out || found_tokens('action', jsonb_path_query_array(content, '$."provision"."action"."coding"[*]'), 'code'); end if;
  if content ? 'organization' then out := out || found_references('organization', jsonb_path_query_array(content, '$."organization"[*]'), ''); end if;
  if content ? 'provision' then out := out || found_references('actor', jsonb_path_query_array(content, '$."provision"."actor"."reference"[*]'), ''); end if;
  if content ? 'performer' then out := out || found_references('consentor', jsonb_path_query_array(content, '$."performer"[*]'), ''); end if;
  if content ? 'provision' then out := out || found_references('data', jsonb_path_query_array(content, '$."provision"."data"."reference"[*]'), ''); end if;
  if content ? 'sourceReference' then out := out || found_references('source-reference', jsonb_path_query_array(content, '$."sourceReference"[*]'), ''); end if;
  if content ? 'provision' then out := out || found_tokens('security-label', jsonb_path_query_array(content, '$."provision"."securityLabel"[*]'), 'code'); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_coverage(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'type' then out := out || found_tokens('type', jsonb_path_query_array(content, '$."type"."coding"[*]'), 'code'); end if;
  if content ? 'payor' then out := out || found_references('payor', jsonb_path_query_array(content, '$."payor"[*]'), ''); end if;
  if content ? 'policyHolder' then out := out || found_references('policy-holder', jsonb_path_query_array(content, '$."policyHolder"[*]'), ''); end if;
  if content ? 'subscriber' then out := out || found_references('subscriber', jsonb_path_query_array(content, '$."subscriber"[*]'), ''); end if;
  if content ? 'class' then out := out || found_tokens('class-type', jsonb_path_query_array(content, '$."class"."type"."coding"[*]'), 'code'); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_document_reference(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'masterIdentifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."masterIdentifier"[*]'), 'value'); end if;
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'type' then out := out || found_tokens('type', jsonb_path_query_array(content, '$."type"."coding"[*]'), 'code'); end if;
  if content ? 'category' then out := out || found_tokens('category', jsonb_path_query_array(content, '$."category"."coding"[*]'), 'code'); end if;
  if content ? 'author' then out := out || found_references('author', jsonb_path_query_array(content, '$."author"[*]'), ''); end if;
  if content ? 'authenticator' then out := out || found_references('authenticator', jsonb_path_query_array(content, '$."authenticator"[*]'), ''); end if;
  if content ? 'custodian' then out := out || found_references('custodian', jsonb_path_query_array(content, '$."custodian"[*]'), ''); end if;
  if content ? 'content' then out := out || found_codes('contenttype', jsonb_path_query_array(content, '$."content"."attachment"."contentType"[*]')); end if;
  if content ? 'content' then out := out || found_uris('location', jsonb_path_query_array(content, '$."content"."attachment"."url"[*]')); end if;
  if content ? 'content' then out := out || found_tokens('format', jsonb_path_query_array(content, '$."content"."format"[*]'), 'code'); end if;
  if content ? 'context' then out := out || found_tokens('facility', jsonb_path_query_array(content, '$."context"."facilityType"."coding"[*]'), 'code'); end if;
  if content ? 'context' then out := out || found_tokens('setting', jsonb_path_query_array(content, '$."context"."practiceSetting"."coding"[*]'), 'code'); end if;
  if content ? 'context' then out := out || found_tokens('event', jsonb_path_query_array(content, '$."context"."event"."coding"[*]'), 'code'); end if;
  if content ? 'context' then out := out || found_references('encounter', jsonb_path_query_array(content, '$."context"."encounter"[*]'), ''); end if;
  if content ? 'context' then out := out || found_references('related', jsonb_path_query_array(content, '$."context"."related"[*]'), ''); end if;
  if content ? 'relatesTo' then out := out || found_references('relatesto', jsonb_path_query_array(content, '$."relatesTo"."target"[*]'), ''); end if;
  if content ? 'relatesTo' then out := out || found_codes('relation', jsonb_path_query_array(content, '$."relatesTo"."code"[*]')); end if;
  if content ? 'securityLabel' then out := out || found_tokens('security-label', jsonb_path_query_array(content, '$."securityLabel"."coding"[*]'), 'code'); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_encounter(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'class' then out := out || found_tokens('class', jsonb_path_query_array(content, '$."class"[*]'), 'code'); end if;
  if content ? 'type' then out := out || found_tokens('type', jsonb_path_query_array(content, '$."type"."coding"[*]'), 'code'); end if;
  if content ? 'basedOn' then out := out || found_references('based-on', jsonb_path_query_array(content, '$."basedOn"[*]'), ''); end if;
  if content ? 'partOf' then out := out || found_references('part-of', jsonb_path_query_array(content, '$."partOf"[*]'), ''); end if;
  if content ? 'participant' then out := out || found_references('participant', jsonb_path_query_array(content, '$."participant"."individual"[*]'), ''); end if;
  if content ? 'participant' then out := out || found_tokens('participant-type', jsonb_path_query_array(content, '$."participant"."type"."coding"[*]'), 'code'); end if;
  if content ? 'participant' then out := out || found_references('practitioner', jsonb_path_query_array(content, '$."participant"."individual"[*]'), ''); end if;
  if content ? 'serviceProvider' then out := out || found_references('service-provider', jsonb_path_query_array(content, '$."serviceProvider"[*]'), ''); end if;
  if content ? 'location' then out := out || found_references('location', jsonb_path_query_array(content, '$."location"."location"[*]'), ''); end if;
  if content ? 'reasonCode' then out := out || found_tokens('reason-code', jsonb_path_query_array(content, '$."reasonCode"."coding"[*]'), 'code'); end if;
  if content ? 'reasonReference' then out := out || found_references('reason-reference', jsonb_path_query_array(content, '$."reasonReference"[*]'), ''); end if;
  if content ? 'diagnosis' then out := out || found_references('diagnosis', jsonb_path_query_array(content, '$."diagnosis"."condition"[*]'), ''); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_goal(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'achievementStatus' then out := out || found_tokens('achievement-status', jsonb_path_query_array(content, '$."achievementStatus"."coding"[*]'), 'code'); end if;
  if content ? 'category' then out := out || found_tokens('category', jsonb_path_query_array(content, '$."category"."coding"[*]'), 'code'); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_healthcare_service(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'location' then out := out || found_references('location', jsonb_path_query_array(content, '$."location"[*]'), ''); end if;
  if content ? 'coverageArea' then out := out || found_references('coverage-area', jsonb_path_query_array(content, '$."coverageArea"[*]'), ''); end if;
  if content ? 'category' then out := out || found_tokens('service-category', jsonb_path_query_array(content, '$."category"."coding"[*]'), 'code'); end if;
  if content ? 'type' then out := out || found_tokens('service-type', jsonb_path_query_array(content, '$."type"."coding"[*]'), 'code'); end if;
  if content ? 'specialty' then out := out || found_tokens('specialty', jsonb_path_query_array(content, '$."specialty"."coding"[*]'), 'code'); end if;
  if content ? 'characteristic' then out := out || found_tokens('characteristic', jsonb_path_query_array(content, '$."characteristic"."coding"[*]'), 'code'); end if;
  if content ? 'program' then out := out || found_tokens('program', jsonb_path_query_array(content, '$."program"."coding"[*]'), 'code'); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_location(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'status' then out := out || found_codes('status', jsonb_path_query_array(content, '$."status"[*]')); end if;
  if content ? 'type' then out := out || found_tokens('type', jsonb_path_query_array(content, '$."type"."coding"[*]'), 'code'); end if;
  if content ? 'operationalStatus' then out := out || found_tokens('operational-status', jsonb_path_query_array(content, '$."operationalStatus"[*]'), 'code'); end if;
  if content ? 'partOf' then out := out || found_references('partof', jsonb_path_query_array(content, '$."partOf"[*]'), ''); end if;
  if content ? 'address' then out := out || found_codes('address-use', jsonb_path_query_array(content, '$."address"."use"[*]')); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_observation(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'category' then out := out || found_tokens('category', jsonb_path_query_array(content, '$."category"."coding"[*]'), 'code'); end if;
  if content ? 'code' then out := out || found_tokens('code', jsonb_path_query_array(content, '$."code"."coding"[*]'), 'code'); end if;
  if content ? 'valueCodeableConcept' then out := out || found_tokens('value-concept', jsonb_path_query_array(content, '$."valueCodeableConcept"."coding"[*]'), 'code'); end if;
  if content ? 'component' then out := out || found_tokens('component-code', jsonb_path_query_array(content, '$."component"."code"."coding"[*]'), 'code'); end if;
  if content ? 'component' then out := out || found_tokens('component-value-concept', jsonb_path_query_array(content, '$."component"."valueCodeableConcept"."coding"[*]'), 'code'); end if;
  if content ? 'dataAbsentReason' then out := out || found_tokens('data-absent-reason', jsonb_path_query_array(content, '$."dataAbsentReason"."coding"[*]'), 'code'); end if;
  if content ? 'method' then out := out || found_tokens('method', jsonb_path_query_array(content, '$."method"."coding"[*]'), 'code'); end if;
  if content ? 'derivedFrom' then out := out || found_references('derived-from', jsonb_path_query_array(content, '$."derivedFrom"[*]'), ''); end if;
  if content ? 'hasMember' then out := out || found_references('has-member', jsonb_path_query_array(content, '$."hasMember"[*]'), ''); end if;
  if content ? 'partOf' then out := out || found_references('part-of', jsonb_path_query_array(content, '$."partOf"[*]'), ''); end if;
  if content ? 'basedOn' then out := out || found_references('based-on', jsonb_path_query_array(content, '$."basedOn"[*]'), ''); end if;
  if content ? 'performer' then out := out || found_references('performer', jsonb_path_query_array(content, '$."performer"[*]'), ''); end if;
  if content ? 'focus' then out := out || found_references('focus', jsonb_path_query_array(content, '$."focus"[*]'), ''); end if;
  if content ? 'encounter' then out := out || found_references('encounter', jsonb_path_query_array(content, '$."encounter"[*]'), ''); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_organization(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'active' then out := out || found_codes('active', jsonb_path_query_array(content, '$."active"[*]')); end if;
  if content ? 'type' then out := out || found_tokens('type', jsonb_path_query_array(content, '$."type"."coding"[*]'), 'code'); end if;
  if content ? 'address' then out := out || found_codes('address-use', jsonb_path_query_array(content, '$."address"."use"[*]')); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_patient(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'active' then out := out || found_codes('active', jsonb_path_query_array(content, '$."active"[*]')); end if;
  if content ? 'communication' then out := out || found_tokens('language', jsonb_path_query_array(content, '$."communication"."language"."coding"[*]'), 'code'); end if;
  if content ? 'generalPractitioner' then out := out || found_references('general-practitioner', jsonb_path_query_array(content, '$."generalPractitioner"[*]'), ''); end if;
  if content ? 'link' then out := out || found_references('link', jsonb_path_query_array(content, '$."link"."other"[*]'), ''); end if;
  if content ? 'telecom' then out := out || found_contacts(jsonb_path_query_array(content, '$."telecom"[*]')); end if;
  if content ? 'address' then out := out || found_codes('address-use', jsonb_path_query_array(content, '$."address"."use"[*]')); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_practitioner(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'active' then out := out || found_codes('active', jsonb_path_query_array(content, '$."active"[*]')); end if;
  if content ? 'gender' then out := out || found_codes('gender', jsonb_path_query_array(content, '$."gender"[*]')); end if;
  if content ? 'communication' then out := out || found_tokens('communication', jsonb_path_query_array(content, '$."communication"."coding"[*]'), 'code'); end if;
  if content ? 'telecom' then out := out || found_contacts(jsonb_path_query_array(content, '$."telecom"[*]')); end if;
  if content ? 'address' then out := out || found_codes('address-use', jsonb_path_query_array(content, '$."address"."use"[*]')); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_practitioner_role(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'active' then out := out || found_codes('active', jsonb_path_query_array(content, '$."active"[*]')); end if;
  if content ? 'code' then out := out || found_tokens('role', jsonb_path_query_array(content, '$."code"."coding"[*]'), 'code'); end if;
  if content ? 'specialty' then out := out || found_tokens('specialty', jsonb_path_query_array(content, '$."specialty"."coding"[*]'), 'code'); end if;
  if content ? 'location' then out := out || found_references('location', jsonb_path_query_array(content, '$."location"[*]'), ''); end if;
  if content ? 'healthcareService' then out := out || found_references('service', jsonb_path_query_array(content, '$."healthcareService"[*]'), ''); end if;
  if content ? 'telecom' then out := out || found_contacts(jsonb_path_query_array(content, '$."telecom"[*]')); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_procedure(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'category' then out := out || found_tokens('category', jsonb_path_query_array(content, '$."category"."coding"[*]'), 'code'); end if;
  if content ? 'code' then out := out || found_tokens('code', jsonb_path_query_array(content, '$."code"."coding"[*]'), 'code'); end if;
  if content ? 'basedOn' then out := out || found_references('based-on', jsonb_path_query_array(content, '$."basedOn"[*]'), ''); end if;
  if content ? 'partOf' then out := out || found_references('part-of', jsonb_path_query_array(content, '$."partOf"[*]'), ''); end if;
  if content ? 'performer' then out := out || found_references('performer', jsonb_path_query_array(content, '$."performer"."actor"[*]'), ''); end if;
  if content ? 'location' then out := out || found_references('location', jsonb_path_query_array(content, '$."location"[*]'), ''); end if;
  if content ? 'reasonCode' then out := out || found_tokens('reason-code', jsonb_path_query_array(content, '$."reasonCode"."coding"[*]'), 'code'); end if;
  if content ? 'reasonReference' then out := out || found_references('reason-reference', jsonb_path_query_array(content, '$."reasonReference"[*]'), ''); end if;
  if content ? 'encounter' then out := out || found_references('encounter', jsonb_path_query_array(content, '$."encounter"[*]'), ''); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_provenance(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'target' then out := out || found_references('target', jsonb_path_query_array(content, '$."target"[*]'), ''); end if;
  if content ? 'agent' then out := out || found_references('agent', jsonb_path_query_array(content, '$."agent"."who"[*]'), ''); end if;
  if content ? 'agent' then out := out || found_tokens('agent-role', jsonb_path_query_array(content, '$."agent"."role"."coding"[*]'), 'code'); end if;
  if content ? 'agent' then out := out || found_tokens('agent-type', jsonb_path_query_array(content, '$."agent"."type"."coding"[*]'), 'code'); end if;
  if content ? 'entity' then out := out || found_references('entity', jsonb_path_query_array(content, '$."entity"."what"[*]'), ''); end if;
  if content ? 'location' then out := out || found_references('location', jsonb_path_query_array(content, '$."location"[*]'), ''); end if;
  if content ? 'signature' then out := out || found_tokens('signature-type', jsonb_path_query_array(content, '$."signature"."type"[*]'), 'code'); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_questionnaire(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'item' then out := out || found_tokens('code', jsonb_path_query_array(content, '$."item"."code"[*]'), 'code'); end if;
  if content ? 'subjectType' then out := out || found_codes('subject-type', jsonb_path_query_array(content, '$."subjectType"[*]')); end if;
  if content ? 'jurisdiction' then out := out || found_tokens('jurisdiction', jsonb_path_query_array(content, '$."jurisdiction"."coding"[*]'), 'code'); end if;
  if content ? 'useContext' then out := out || found_tokens('context', jsonb_path_query_array(content, '$."useContext"."valueCodeableConcept"."coding"[*]'), 'code'); end if;
  if content ? 'useContext' then out := out || found_tokens('context-type', jsonb_path_query_array(content, '$."useContext"."code"[*]'), 'code'); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_questionnaire_response(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'author' then out := out || found_references('author', jsonb_path_query_array(content, '$."author"[*]'), ''); end if;
  if content ? 'source' then out := out || found_references('source', jsonb_path_query_array(content, '$."source"[*]'), ''); end if;
  if content ? 'basedOn' then out := out || found_references('based-on', jsonb_path_query_array(content, '$."basedOn"[*]'), ''); end if;
  if content ? 'partOf' then out := out || found_references('part-of', jsonb_path_query_array(content, '$."partOf"[*]'), ''); end if;
  if content ? 'encounter' then out := out || found_references('encounter', jsonb_path_query_array(content, '$."encounter"[*]'), ''); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_related_person(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'active' then out := out || found_codes('active', jsonb_path_query_array(content, '$."active"[*]')); end if;
  if content ? 'relationship' then out := out || found_tokens('relationship', jsonb_path_query_array(content, '$."relationship"."coding"[*]'), 'code'); end if;
  if content ? 'gender' then out := out || found_codes('gender', jsonb_path_query_array(content, '$."gender"[*]')); end if;
  if content ? 'telecom' then out := out || found_contacts(jsonb_path_query_array(content, '$."telecom"[*]')); end if;
  if content ? 'address' then out := out || found_codes('address-use', jsonb_path_query_array(content, '$."address"."use"[*]')); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_service_request(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'category' then out := out || found_tokens('category', jsonb_path_query_array(content, '$."category"."coding"[*]'), 'code'); end if;
  if content ? 'code' then out := out || found_tokens('code', jsonb_path_query_array(content, '$."code"."coding"[*]'), 'code'); end if;
  if content ? 'priority' then out := out || found_codes('priority', jsonb_path_query_array(content, '$."priority"[*]')); end if;
  if not starts_with(content #>> '{requester,reference}', 'Organization/') then out := out || found_references('requester', jsonb_path_query_array(content, '$."requester"[*]'), 'Organization'); end if;
  if content ? 'performer' then out := out || found_references('performer', jsonb_path_query_array(content, '$."performer"[*]'), ''); end if;
  if content ? 'performerType' then out := out || found_tokens('performer-type', jsonb_path_query_array(content, '$."performerType"."coding"[*]'), 'code'); end if;
  if content ? 'basedOn' then out := out || found_references('based-on', jsonb_path_query_array(content, '$."basedOn"[*]'), ''); end if;
  if content ? 'replaces' then out := out || found_references('replaces', jsonb_path_query_array(content, '$."replaces"[*]'), ''); end if;
  if content ? 'requisition' then out := out || found_tokens('requisition', jsonb_path_query_array(content, '$."requisition"[*]'), 'value'); end if;
  if content ? 'supportingInfo' then out := out || found_references('supporting-info', jsonb_path_query_array(content, '$."supportingInfo"[*]'), ''); end if;
  if content ? 'reasonCode' then out := out || found_tokens('reason-code', jsonb_path_query_array(content, '$."reasonCode"."coding"[*]'), 'code'); end if;
  if content ? 'encounter' then out := out || found_references('encounter', jsonb_path_query_array(content, '$."encounter"[*]'), ''); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_in_task(content jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  out text[] := '{}';
begin
  if content ? 'identifier' then out := out || found_tokens('identifier', jsonb_path_query_array(content, '$."identifier"[*]'), 'value'); end if;
  if content ? 'groupIdentifier' then out := out || found_tokens('group-identifier', jsonb_path_query_array(content, '$."groupIdentifier"[*]'), 'value'); end if;
  if content ? 'priority' then out := out || found_codes('priority', jsonb_path_query_array(content, '$."priority"[*]')); end if;
  if content ? 'code' then out := out || found_tokens('code', jsonb_path_query_array(content, '$."code"."coding"[*]'), 'code'); end if;
  if content ? 'businessStatus' then out := out || found_tokens('business-status', jsonb_path_query_array(content, '$."businessStatus"."coding"[*]'), 'code'); end if;
  if not starts_with(content #>> '{requester,reference}', 'Organization/') then out := out || found_references('requester', jsonb_path_query_array(content, '$."requester"[*]'), 'Organization'); end if;
  if not starts_with(content #>> '{owner,reference}', 'Organization/') then out := out || found_references('owner', jsonb_path_query_array(content, '$."owner"[*]'), 'Organization'); end if;
  if content ? 'performerType' then out := out || found_tokens('performer', jsonb_path_query_array(content, '$."performerType"."coding"[*]'), 'code'); end if;
  if not starts_with(content #>> '{focus,reference}', 'ServiceRequest/') then out := out || found_references('focus', jsonb_path_query_array(content, '$."focus"[*]'), 'ServiceRequest'); end if;
  if content ? 'basedOn' then out := out || found_references('based-on', jsonb_path_query_array(content, '$."basedOn"[*]'), ''); end if;
  if content ? 'partOf' then out := out || found_references('part-of', jsonb_path_query_array(content, '$."partOf"[*]'), ''); end if;
  if content ? 'output' then out := out || found_references('output', jsonb_path_query_array(content, '$."output"."valueReference"[*]'), ''); end if;
  if content ? 'encounter' then out := out || found_references('encounter', jsonb_path_query_array(content, '$."encounter"[*]'), ''); end if;
  if content -> 'meta' ?| array['profile', 'tag', 'security'] then
    out := out || found_uris('_profile', jsonb_path_query_array(content, '$."meta"."profile"[*]'))
      || found_tokens('_tag', jsonb_path_query_array(content, '$."meta"."tag"[*]'), 'code') || found_tokens('_security', jsonb_path_query_array(content, '$."meta"."security"[*]'), 'code');
  end if;
  return out;
end $function$
;
CREATE OR REPLACE FUNCTION public.found_references(name text, list jsonb, but text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.found_tokens(name text, list jsonb, key text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.found_uris(name text, list jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.free_places(referral uuid, since timestamp with time zone)
 RETURNS TABLE(place_id uuid, gathering_id uuid, way text, mail text, language text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if actor_role() <> 'system' then return; end if;
  perform 1 from gathering g where g.organization_id = actor_organization() and g.starts_at > since
    and g.id in (select p.gathering_id from gathering_place p where p.task_id = referral and p.state <> 'cancelled')
    order by g.id for update;
  return query
  with freed as (
    update gathering_place p set state = 'cancelled' from gathering g
    where p.task_id = referral and p.state <> 'cancelled' and p.organization_id = actor_organization()
      and g.id = p.gathering_id and g.starts_at > since and g.status = 'planned'
    returning p.id, p.gathering_id, p.way, p.language, p.patient_id, p.task_id
  )
  select f.id, f.gathering_id, f.way, case when no_letters(f.patient_id, f.task_id) then null else c.mail end, f.language
  from freed f left join gathering_contact c on c.place_id = f.id order by f.id;
end $function$
;
CREATE OR REPLACE FUNCTION public.gathering_counts(which uuid[])
 RETURNS TABLE(gathering_id uuid, way text, booked integer, waiting integer, attended integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p.gathering_id, p.way, (count(*) filter (where p.state = 'booked' and not p.walk_in))::integer,
    (count(*) filter (where p.state = 'waiting'))::integer, (count(*) filter (where p.attended in ('present', 'online')))::integer
  from gathering_place p where p.gathering_id = any (which) and p.organization_id = actor_organization() group by 1, 2 $function$
;
CREATE OR REPLACE FUNCTION public.goal_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into goal_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.healthcare_service_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into healthcare_service_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.hold_gathering(which uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform 1 from gathering where id = which and organization_id = actor_organization() and status = 'planned' for update;
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION public.invitation_answer(code text, born text, answer text, at timestamp with time zone, due date, request text, day date, place text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one invitation;
begin
  select i.* into one from invitation i where i.code = invitation_answer.code and i.birth_date = invitation_answer.born for update;
  if one.id is null or answer not in ('yes', 'no', 'been', 'not-been') then return false; end if;
  if answer = 'no' then
    delete from invitation where id = one.id;
    update invitation_list set ended = ended + 1 where id = one.list_id;
  elsif answer = 'been' then
    update invitation set been_at = coalesce(been_at, at), been_by = coalesce(been_by, 'themselves'), been_on = day, been_where = place,
      due_held = case when been_at is null then due_on else due_held end, due_on = null where id = one.id;
  else
    -- Who says that they will go has not been there.
    update invitation set been_at = null, been_by = null, been_on = null, been_where = null, due_held = null,
      due_on = greatest(coalesce(due_on, due_held), case when coalesce(due_on, due_held) is null then null else due end) where id = one.id;
    if answer = 'yes' then
      update invitation set agreed_at = coalesce(agreed_at, at), agreed_by = coalesce(agreed_by, 'themselves') where id = one.id;
    end if;
  end if;
  insert into access_log (organization, role, via, action, what, records, patients, request)
  values (one.insurer_id, 'patient', 'link', 'write', case answer when 'no' then 'invitation ended' else 'invitation answered' end,
    array['invitation_list/' || one.list_id], '{}', request);
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION public.invitation_at_clinic(programs text[], given_code text, given_symbol text, given_number text, born text)
 RETURNS TABLE(id uuid, list_id uuid, program text, code text, insurer_id uuid, insurer text, insurer_number text, symbol text, number text, branch text, name text, kana text, birth_date text, postal_code text, address text, phone text, reason text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  matches uuid[];
begin
  if actor_role() not in ('doctor', 'reception') or actor_post() is null then return; end if;
  select array_agg(i.id) into matches from invitation i join invitation_list l on l.id = i.list_id
  where l.program = any (programs) and i.birth_date = born and l.ends_on >= (now() at time zone 'Asia/Tokyo')::date
    and (i.code = given_code or given_code is null and i.number = given_number and i.symbol = coalesce(given_symbol, ''));
  if cardinality(matches) is distinct from 1 then return; end if;
  return query select i.id, i.list_id, l.program, i.code, i.insurer_id, o.content ->> 'name',
    jsonb_path_query_first(o.content, '$.identifier[*] ? (@.system == "http://jpfhir.jp/fhir/core/mhlw/IdSystem/InsurerNumber").value') #>> '{}',
    i.symbol, i.number, i.branch, i.name, i.kana, i.birth_date, i.postal_code, i.address, i.phone, i.reason
  from invitation i join invitation_list l on l.id = i.list_id join organization o on o.id = i.insurer_id where i.id = matches[1];
end $function$
;
CREATE OR REPLACE FUNCTION public.invitation_came(which uuid, patient uuid, day date, told boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one invitation;
begin
  if actor_role() not in ('doctor', 'reception') or not exists (
    select 1 from patient p where p.id = invitation_came.patient and p.organization_id = actor_organization()) then
    raise exception 'not a patient of this clinic' using errcode = 'insufficient_privilege';
  end if;
  delete from invitation i where i.id = which returning * into one;
  if one.id is null then return false; end if;
  if told then
    insert into invitation_visit (id, list_id, insurer_id, patient_id, clinic_id, came_on)
    values (one.id, one.list_id, one.insurer_id, invitation_came.patient, actor_organization(), day) on conflict (list_id, patient_id) do nothing;
  else
    update invitation_list set ended = ended + 1 where id = one.list_id;
  end if;
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION public.invitation_known(code text, born text)
 RETURNS TABLE(insurer text, phone text, program text, agreed boolean, been boolean, been_on text, been_where text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select o.content ->> 'name', jsonb_path_query_first(o.content, '$.telecom[*] ? (@.system == "phone").value') #>> '{}', l.program,
    i.agreed_at is not null, i.been_at is not null, to_char(i.been_on, 'YYYY-MM-DD'), i.been_where
  from invitation i join invitation_list l on l.id = i.list_id join organization o on o.id = i.insurer_id
  where i.code = invitation_known.code and i.birth_date = invitation_known.born and l.ends_on >= (now() at time zone 'Asia/Tokyo')::date $function$
;
CREATE OR REPLACE FUNCTION public.invitation_refused_at_clinic(programs text[], code text, born text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  list uuid;
begin
  if actor_role() not in ('doctor', 'reception') or actor_post() is null then return false; end if;
  delete from invitation i using invitation_list l
    where l.id = i.list_id and l.program = any (programs) and i.code = invitation_refused_at_clinic.code and i.birth_date = born
    returning i.list_id into list;
  if list is null then return false; end if;
  update invitation_list set ended = ended + 1 where id = list;
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION public.is_overdue(r disclosure_review)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select r.at < now() - interval '14 days' and (r.reviewed_at is null or r.reviewed_as = 'administrator') $function$
;
CREATE OR REPLACE FUNCTION public.keep_deletion()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  was jsonb := to_jsonb(old) - 'content';
begin
  insert into deletion values (tg_argv[0], old.id, old.version + 1, current_setting('tsunagi.deleted')::timestamptz,
    (was ->> 'patient_id')::uuid, was ->> 'item', old.keeper, (was ->> 'addressee')::uuid);
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.keep_disclosures(who uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update disclosure d set closed_at = clock_timestamp(), closed_because =
    case when exists (select 1 from consent c where c.id = d.basis and c.status <> 'active') then 'withdrawn'
      when exists (select 1 from task t where t.patient_id = who and t.owner_id = d.organization_id
        -- Changed in this transaction.
        and t.xmin = pg_current_xact_id()::xid
        and t.status = 'cancelled' and t.content #>> '{statusReason,coding,0,code}' = 'consent-withdrawn') then 'withdrawn'
      when exists (select 1 from consent c where c.id = d.basis and c.period_end < now()) then 'expired'
      when exists (select 1 from emergency_access e where e.id = d.basis) then 'expired'
      when exists (select 1 from sight s where s.patient_id = who and s.organization_id = d.organization_id
        and s.basis = d.basis and s.items not in (array['own'], array['past'])) then 'changed'
      when exists (select 1 from consent c where c.id = d.basis and c.content #> '{provision,provision}' @? '$[*] ? (@.type == "deny")') then 'withdrawn'
      else 'ended' end
  where d.patient_id = who and d.closed_at is null and not exists (
    select 1 from sight s where s.patient_id = who and s.organization_id = d.organization_id and s.audience = d.audience
      and s.post_id is not distinct from d.post_id and s.basis = d.basis and s.items = d.items);
  insert into disclosure (patient_id, organization_id, audience, post_id, items, basis)
  select who, s.organization_id, s.audience, s.post_id, s.items, s.basis
  from sight s
  where s.patient_id = who and s.basis is not null and s.items not in (array['own'], array['past']) and not exists (
    select 1 from disclosure d where d.patient_id = who and d.closed_at is null and d.organization_id = s.organization_id
      and d.audience = s.audience and d.post_id is not distinct from s.post_id and d.basis = s.basis and d.items = s.items);
end $function$
;
CREATE OR REPLACE FUNCTION public.keep_figures(named text, questions jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  before jsonb := (select jsonb_agg(jsonb_build_object('question', question, 'options', options, 'repeats', repeats) order by turn)
    from figure_question where program = named);
begin
  if coalesce(before, '[]') = questions then return; end if;
  delete from figure_question where program = named;
  insert into figure_question (program, question, turn, options, repeats)
  select named, q ->> 'question', turn, array(select jsonb_array_elements_text(q -> 'options')), (q ->> 'repeats')::boolean
  from jsonb_array_elements(questions) with ordinality as one (q, turn);
  delete from answer_fact where program = named;
  if jsonb_array_length(questions) = 0 then return; end if;
  perform count_answers(named, patient_id, year)
  from (select distinct patient_id, fiscal_year(coalesce(authored, updated_at)) as year from questionnaire_response
    where patient_id is not null and status in ('completed', 'amended') and counted_program(questionnaire) = named) answered;
end $function$
;
CREATE OR REPLACE FUNCTION public.keep_names(who uuid, before text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  seers text[];
begin
  select array_agg(distinct organization_id || ' ' || audience) into seers from sight where patient_id = who;
  if seers is not distinct from before then return; end if;
  delete from seen_name n using patient p, unnest(before) was
  where p.id = who and not was = any (coalesce(seers, '{}'))
    and n.organization_id = split_part(was, ' ', 1)::uuid and n.audience = split_part(was, ' ', 2)
    and n.key = any (string_to_array(p.name, ' ')) and n.updated_at = p.updated_at and n.patient_id = who;
  insert into seen_name
  select distinct split_part(seer, ' ', 1)::uuid, split_part(seer, ' ', 2), word, p.updated_at, who
  from patient p, unnest(seers) seer, unnest(string_to_array(p.name, ' ')) word
  where p.id = who and not seer = any (coalesce(before, '{}')) and word <> '';
end $function$
;
CREATE OR REPLACE FUNCTION public.keep_sealed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into seal_before (patient_id, sealed_at, revision, address, telecom, contact, ended_by)
    values (old.patient_id, old.at, old.revision, old.address, old.telecom, old.contact, actor_post());
  new.revision := old.revision + 1;
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION public.labelled_restricted(content jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select coalesce(content #> '{meta,security}'
    @> '[{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]', false) $function$
;
CREATE OR REPLACE FUNCTION public.leave_notices(at timestamp with time zone, tidings jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if actor_role() <> 'system' then
    raise exception 'not open to this role' using errcode = 'insufficient_privilege';
  end if;
  insert into notice (organization_id, at, kind, case_number)
  select t.organization, leave_notices.at, t.kind, t."caseNumber"
  from jsonb_to_recordset(tidings) as t (organization uuid, kind text, "caseNumber" text);
end $function$
;
CREATE OR REPLACE FUNCTION public.letters_stopped(person uuid, referral uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select not exists (select 1 from task t join sight s on s.patient_id = t.patient_id
      where t.id = referral and t.patient_id = person and t.owner_id = actor_organization() and t.part_of_id is null
        and s.organization_id = actor_organization() and s.audience = actor_audience()
        and (s.post_id is null or s.post_id = actor_post()) and s.until > now())
    or no_letters(person, referral) $function$
;
CREATE OR REPLACE FUNCTION public.location_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into location_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.mail_of_given_up(which uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select c.mail from gathering_place p join gathering_contact c on c.place_id = p.id
  where p.id = which and p.state = 'cancelled' and p.organization_id = actor_organization()
    and (p.patient_id is null or not no_letters(p.patient_id, p.task_id)) $function$
;
CREATE OR REPLACE FUNCTION public.menu_body(organization uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select jsonb_strip_nulls(jsonb_build_object('extension', o.content -> 'extension', 'address', o.content -> 'address'))
  from organization o where o.id = menu_body.organization $function$
;
CREATE OR REPLACE FUNCTION public.menu_counts(organization uuid, post uuid, audience text, role text, OUT reviews integer, OUT shared integer)
 RETURNS record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select
    case when menu_counts.role = 'admin'
      then (select count(*)::integer from (select 1 from disclosure_review r where r.reviewed_at is null and r.at < now() - interval '14 days' limit 100) counted)
      else (select count(*)::integer from (select 1 from disclosure_review r where r.organization_id = menu_counts.organization
        and r.reviewed_at is null and r.by_post is distinct from menu_counts.post and menu_counts.audience = 'staff' limit 100) counted) end,
    -- From the few consents that rest on law, not from all that a body sees: this is asked at every page.
    (select count(*)::integer from (select 1 from consent c
      where not c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL'] and c.status = 'active'
        and exists (select 1 from sight s where s.patient_id = c.patient_id and s.organization_id = menu_counts.organization
          and s.basis = c.id and s.audience = menu_counts.audience and s.until > now()) limit 100) counted) $function$
;
CREATE OR REPLACE FUNCTION public.move_up(which uuid)
 RETURNS TABLE(place_id uuid, way text, mail text, language text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one gathering;
begin
  select * into one from gathering g where g.id = which and g.organization_id = actor_organization() and g.status = 'planned';
  if one.id is null then return; end if;
  return query
  with free as (
    select w.way, w.room - (select count(*) from gathering_place p where p.gathering_id = which and p.way = w.way and p.state = 'booked' and not p.walk_in) as seats
    from (values ('site', one.room), ('online', one.room_online)) w (way, room) where w.room is not null
  ), queue as (
    select p.id, p.way, row_number() over (partition by p.way order by p.turn) as n
    from gathering_place p where p.gathering_id = which and p.state = 'waiting'
  ), moved as (
    update gathering_place p set state = 'booked' from queue q join free f on f.way = q.way
    where p.id = q.id and q.n <= f.seats returning p.id, p.way, p.language, p.patient_id, p.task_id
  )
  select m.id, m.way, case when m.patient_id is not null and no_letters(m.patient_id, m.task_id) then null else c.mail end, m.language
  from moved m left join gathering_contact c on c.place_id = m.id;
end $function$
;
CREATE OR REPLACE FUNCTION public.no_letters(person uuid, referral uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from patient p where p.id = person and (p.limited or p.content @?
      '$.telecom[*].extension[*] ? (@.url == "http://hl7.org/fhir/StructureDefinition/data-absent-reason" && @.valueCode == "masked")'))
    or exists (select 1 from seal s where s.patient_id = person)
    or exists (select 1 from task t join service_request r on r.id = t.focus_id where t.id = referral and r.content @?
      '$.orderDetail[*].coding[*] ? (@.system == "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
        && @.code == "contacting-subject-prohibited")') $function$
;
CREATE OR REPLACE FUNCTION public.note_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into subscription_notice (subscription, type, record)
    select s.id, s.type, new.id from subscription s
    where s.type = tg_argv[0] and s.status <> 'off' and (s.ends_at is null or s.ends_at > new.updated_at)
      and (s.statuses is null or new.status = any (s.statuses))
      and (s.owners is null or new.addressee = any (s.owners))
      and (s.requesters is null or new.requester_id = any (s.requesters));
  if found then notify outbox; end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.note_event(event jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if event ->> 'action' in ('read', 'search', 'history', 'write', 'delete', 'print') then
    raise exception 'no event: %', event ->> 'action' using errcode = 'insufficient_privilege';
  end if;
  insert into access_log (account, post, client, organization, role, via, action, what, records, patients, request, address, why)
  select a.id, coalesce(given.post, a.post_id), c.id, coalesce(given.organization, a.organization_id, c.organization_id),
    coalesce(given.role, a.role, c.role, ''), given.via, given.action, given.what, coalesce(given.records, '{}'),
    coalesce(given.patients, '{}'), given.request, given.address, coalesce(given.why, '')
  from jsonb_to_record(event) as given (account uuid, post uuid, client text, organization uuid, role text, via text,
    action text, what text, records text[], patients uuid[], request text, address text, why text, login text)
  left join account a on a.id = coalesce(given.account, (select b.id from account b where b.login = given.login))
  left join api_client c on c.id = given.client;
end $function$
;
CREATE OR REPLACE FUNCTION public.note_partner_person()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update partner_task p set wanted = wanted + 1, attempts = 0, next_at = now(), queued_at = now(), stopped_at = null
    from task t where t.id = p.task and t.patient_id = new.patient_id
      -- A consent is taken back also after what rested on it has ended.
      and (tg_table_name = 'consent' or t.status in ('requested', 'accepted', 'in-progress', 'on-hold'));
  if found then notify outbox; end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.note_partner_relative()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update partner_task p set wanted = wanted + 1, attempts = 0, next_at = now(), queued_at = now(), stopped_at = null
    from task t, partner_server s where t.id = p.task and s.id = p.server and s.way = 'push'
      and t.patient_id = coalesce(new.patient_id, old.patient_id)
      and t.status in ('requested', 'accepted', 'in-progress', 'on-hold');
  if found then notify outbox; end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.note_partner_task()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.status = 'requested' then
    insert into partner_task (server, task, case_number)
      select s.id, new.id, coalesce(
        jsonb_path_query_first(new.content, '$.identifier[*] ? (@.system == "https://tsunagi.example/fhir/Id/case-number").value') #>> '{}',
        left(new.id::text, 8))
      from partner_server s
      where s.way = 'push' and s.organization_id = new.requester_id and s.partner_id = new.owner_id and s.disabled_at is null
    on conflict (server, task) do nothing;
  end if;
  update partner_task set wanted = wanted + 1, attempts = 0, next_at = now(), queued_at = now(), stopped_at = null
    where task = new.id and tg_op = 'UPDATE';
  if found then notify outbox; end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.observation_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into observation_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.open_emergency(who uuid, because text, note text, account uuid, hours integer)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  made uuid;
begin
  if actor_audience() <> 'staff' or actor_post() is null or actor_role() not in ('doctor', 'linkworker') or hours not between 1 and 24 then
    raise exception 'not open to this role' using errcode = 'insufficient_privilege';
  end if;
  insert into emergency_access (patient_id, organization_id, account, post_id, because, note, until)
  values (who, actor_organization(), open_emergency.account, actor_post(), open_emergency.because, open_emergency.note, now() + make_interval(hours => hours))
  returning id into made;
  insert into disclosure_review (id, kind, patient_id, organization_id, by_post) values (made, 'emergency', who, actor_organization(), actor_post());
  perform refresh_sights(who);
  return made;
end $function$
;
CREATE OR REPLACE FUNCTION public.organization_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into organization_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.organization_name(which uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select content ->> 'name' from organization where id = which $function$
;
CREATE OR REPLACE FUNCTION public.overdue_reviews(which uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, kind text, patient_id uuid, body text, at timestamp with time zone, by_post uuid, by_whom jsonb, reviewed_at timestamp with time zone, reviewer jsonb, reviewed_as text, verdict text, remark text, because text, note text, until timestamp with time zone, consent jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select r.id, r.kind, r.patient_id, organization_name(r.organization_id), r.at, r.by_post, b.content, r.reviewed_at, v.content,
    r.reviewed_as, r.verdict, r.remark, e.because, e.note, e.until,
    -- What was disclosed to whom and why: of the Consent no more than that.
    (select jsonb_object_agg(key, value) from jsonb_each(c.content)
      where key in ('resourceType', 'id', 'status', 'category', 'dateTime', 'organization', 'provision', 'extension'))
  from disclosure_review r
  left join practitioner_role b on b.id = r.by_post
  left join practitioner_role v on v.id = r.reviewed_by
  left join emergency_access e on e.id = r.id
  left join consent c on c.id = r.id
  where actor_role() = 'admin' and is_overdue(r) and (which is null or r.id = which)
  order by (r.reviewed_at is null) desc, r.at desc limit 100 $function$
;
CREATE OR REPLACE FUNCTION public.own_paper(type text, about uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select actor_patient() is null and case type
    when 'invitation' then actor_role() in ('insurer', 'system')
      and exists (select 1 from invitation i where i.id = about and i.insurer_id = actor_organization())
    when 'gathering' then actor_role() in ('linkworker', 'neighbour', 'coordinator', 'resource', 'system')
      and exists (select 1 from gathering g where g.id = about and g.organization_id = actor_organization())
    else false end $function$
;
CREATE OR REPLACE FUNCTION public.partner_known(server uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from partner_server where id = server) $function$
;
CREATE OR REPLACE FUNCTION public.partner_menu(organization uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select case when exists (select 1 from partner_server s where s.organization_id = partner_menu.organization)
    then (select count(*)::integer from (select 1 from partner_task t join partner_server s on s.id = t.server
      where s.organization_id = partner_menu.organization and (t.stopped_at is not null or t.kept is not null) limit 100) counted) end $function$
;
CREATE OR REPLACE FUNCTION public.patient_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into patient_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.person_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.organization_id is null then return null; end if;
  insert into sight (patient_id, organization_id, audience, items, until, works_until)
  values (new.id, new.organization_id, 'staff', array['contact', 'insurance'], 'infinity', 'infinity');
  insert into seen_name select distinct new.organization_id, 'staff', word, new.updated_at, new.id
  from unnest(string_to_array(new.name, ' ')) word where word <> '';
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.person_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform refresh_sights(new.patient_id);
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.person_named()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  delete from seen_name n using sight s
  where s.patient_id = old.id and n.organization_id = s.organization_id and n.audience = s.audience
    and n.key = any (string_to_array(old.name, ' ')) and n.updated_at = old.updated_at and n.patient_id = old.id;
  insert into seen_name select distinct s.organization_id, s.audience, word, new.updated_at, new.id
  from sight s, unnest(string_to_array(new.name, ' ')) word where s.patient_id = new.id and word <> '';
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.person_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  with gone as (delete from sight where patient_id = old.id returning organization_id, audience)
  delete from seen_name n using gone
  where n.organization_id = gone.organization_id and n.audience = gone.audience
    and n.key = any (string_to_array(old.name, ' ')) and n.updated_at = old.updated_at and n.patient_id = old.id;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.persons_named(wanted text, most integer DEFAULT NULL::integer, moment timestamp with time zone DEFAULT NULL::timestamp with time zone, beyond uuid DEFAULT NULL::uuid)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  first text := fhir_key(wanted);
  past text := first || chr(1114111);
  body uuid := actor_organization();
  looks text := actor_audience();
  post uuid := actor_post();
  one uuid := actor_patient();
begin
  if not 'contact' = any (actor_items()) then return; end if;
  return query
  select n.patient_id from (
    select distinct k.updated_at, k.patient_id from seen_name k
    where k.organization_id = body and k.audience = looks and k.key >= first and k.key < past
      and (moment is null or k.updated_at < moment or k.updated_at = moment and k.patient_id > beyond)
    order by k.updated_at desc, k.patient_id
  ) n
  where (one is null or n.patient_id = one)
    and (select true from sight s where s.patient_id = n.patient_id and s.organization_id = body and s.audience = looks
      and (s.post_id is null or s.post_id = post) and s.until > now() and 'contact' = any (s.items)
      and (looks <> 'resident' or not 'contact' = any (s.withheld)) limit 1)
    and case when looks = 'group' then not contact_is_limited(n.patient_id) else true end
  limit most;
end $function$
;
CREATE OR REPLACE FUNCTION public.post_holds(which uuid, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select which is null or exists (select 1 from practitioner_role p where p.id = which
    and p.content ->> 'active' is distinct from 'false'
    and coalesce(fhir_start(p.content #>> '{period,start}') <= at, true)
    and coalesce(fhir_end(p.content #>> '{period,end}') > at, true)) $function$
;
CREATE OR REPLACE FUNCTION public.practitioner_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into practitioner_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.practitioner_role_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into practitioner_role_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.procedure_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into procedure_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.program_changes(which text, since timestamp with time zone, most integer)
 RETURNS TABLE(id bigint, at timestamp with time zone, what text, by_name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select l.id, l.at, l.what, a.name from access_log l left join account a on a.id = l.account
  where actor_role() = 'admin' and l.action = 'account' and l.at >= since and l.records = array['program/' || which]
  order by l.at desc, l.id desc limit most $function$
;
CREATE OR REPLACE FUNCTION public.program_events(which text, since timestamp with time zone, most integer)
 RETURNS TABLE(id bigint, at timestamp with time zone, action text, what text, records integer, persons integer, address text, why text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select l.id, l.at, l.action, l.what, cardinality(l.records), cardinality(l.patients), l.address, l.why
  from access_log l
  where actor_role() = 'admin' and l.organization = (select c.organization_id from api_client c where c.id = which)
    and l.at >= since and l.client = which
  order by l.at desc, l.id desc limit most $function$
;
CREATE OR REPLACE FUNCTION public.program_last_token(which text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select max(l.at) from access_log l where actor_role() = 'admin' and l.action = 'token' and l.client = which $function$
;
CREATE OR REPLACE FUNCTION public.program_of(request jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select coalesce((select substr(uri, length('https://tsunagi.example/fhir/program/') + 1)
    from jsonb_array_elements_text(case jsonb_typeof(request -> 'instantiatesUri') when 'array' then request -> 'instantiatesUri' else '[]' end) uri
    where starts_with(uri, 'https://tsunagi.example/fhir/program/') limit 1), '') $function$
;
CREATE OR REPLACE FUNCTION public.provenance_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into provenance_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.questionnaire_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into questionnaire_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.questionnaire_response_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into questionnaire_response_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.queue_mail(recipient text, subject text, body text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into outbox (recipient, subject, body) values (queue_mail.recipient, queue_mail.subject, queue_mail.body);
  notify outbox;
end $function$
;
CREATE OR REPLACE FUNCTION public.referred_to(given jsonb)
 RETURNS SETOF text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one record;
  which text;
begin
  for one in select * from jsonb_to_recordset(given) as r (type text, id uuid, patient uuid) loop
    which := one.type || '/' || one.id;
    if one.type = 'Patient' then
      if exists (select 1 from "patient" where patient_id = one.id)
        or exists (select 1 from "related_person" where patient_id = one.id)
        or exists (select 1 from "coverage" where patient_id = one.id)
        or exists (select 1 from "questionnaire_response" where patient_id = one.id)
        or exists (select 1 from "observation" where patient_id = one.id)
        or exists (select 1 from "condition" where patient_id = one.id)
        or exists (select 1 from "service_request" where patient_id = one.id)
        or exists (select 1 from "task" where patient_id = one.id)
        or exists (select 1 from "goal" where patient_id = one.id)
        or exists (select 1 from "care_plan" where patient_id = one.id)
        or exists (select 1 from "communication" where patient_id = one.id)
        or exists (select 1 from "encounter" where patient_id = one.id)
        or exists (select 1 from "procedure" where patient_id = one.id)
        or exists (select 1 from "document_reference" where patient_id = one.id)
        or exists (select 1 from "binary" where patient_id = one.id)
        or exists (select 1 from "consent" where patient_id = one.id) then
        return next which; return;
      end if;
    elsif one.type not in ('Location', 'HealthcareService') then
      if exists (select 1 from "patient" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "related_person" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "coverage" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "questionnaire_response" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "observation" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "condition" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "service_request" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "task" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "goal" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "care_plan" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "communication" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "encounter" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "procedure" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "document_reference" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "binary" where patient_id = one.patient and position(which in content::text) > 0)
        or exists (select 1 from "consent" where patient_id = one.patient and position(which in content::text) > 0) then
        return next which; return;
      end if;
    elsif exists (select 1 from location where position(which in content::text) > 0)
      or exists (select 1 from healthcare_service where position(which in content::text) > 0)
      or exists (select 1 from practitioner_role where position(which in content::text) > 0)
      or exists (select 1 from service_request where position(which in content::text) > 0)
      or exists (select 1 from task where position(which in content::text) > 0)
      or exists (select 1 from encounter where position(which in content::text) > 0)
      or exists (select 1 from procedure where position(which in content::text) > 0)
      or exists (select 1 from care_plan where position(which in content::text) > 0)
      or exists (select 1 from communication where position(which in content::text) > 0)
      or exists (select 1 from consent where position(which in content::text) > 0)
      or exists (select 1 from document_reference where position(which in content::text) > 0) then
      return next which; return;
    end if;
  end loop;
  set constraints all immediate;
  set constraints all deferred;
end $function$
;
CREATE OR REPLACE FUNCTION public.refresh_program(which text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform refresh_sights(patient_id) from (select distinct t.patient_id from task t join service_request r on r.id = t.focus_id
    where program_of(r.content) = which order by 1) p;
end $function$
;
CREATE OR REPLACE FUNCTION public.refresh_sights(who uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  before text[];
    kind constant text := 'https://tsunagi.example/fhir/CodeSystem/organization-type|';
  readable constant interval := interval '30 days';
begin
  -- Two changes of one person wait for each other; otherwise a task sent during a withdrawal could keep a row open.
  perform 1 from patient where id = who for no key update;
  with gone as (delete from sight where patient_id = who returning organization_id, audience)
  select array_agg(distinct organization_id || ' ' || audience) into before from gone;
  insert into sight (patient_id, organization_id, audience, post_id, items, until, works_until, basis, withheld)
  with ground as (
    select c.id, c.period_end, o.recipient, o.item, o.named,
      c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL'] as agreed
    from consent c, lateral consent_openings(c.content) o
    where c.patient_id = who and c.status = 'active' and c.period_end + readable > now()
      and (c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL']
        or exists (select 1 from unnest(c.category) t where starts_with(t, 'https://tsunagi.example/fhir/CodeSystem/legal-basis|')))
  ), body as (
    select id as body_id, 'Organization/' || id as named_as,
      (select k from unnest(array['office', 'resource', 'insurer', 'meeting']) k where type @> array[kind || k] limit 1) as is_a
    from organization
    where id in (
      select owner_id from task where patient_id = who and status <> 'draft'
      union select insurer_id from coverage where patient_id = who
      union select fhir_id(recipient, 'Organization') from ground
    )
  ), sent as (
    select t.owner_id, t.assignee_id, t.status in ('rejected', 'cancelled', 'failed', 'entered-in-error') as over,
      -- What residents get by themselves: of a program that narrows it, what that says.
      coalesce(p.resident_items, array['request', 'contact']) as by_itself
    from task t
    left join service_request r on r.id = t.focus_id
    left join program_terms p on p.program = program_of(r.content)
    where t.patient_id = who and t.status <> 'draft'
  ), opened as (
    -- An office under a consent that names it, for its staff.
    select b.body_id, 'staff' as audience, null::uuid as post, g.id as basis, g.period_end,
      case when s.over then 'past' else may end as item, '{}'::text[] as withheld
    from sent s join body b on b.body_id = s.owner_id and b.is_a = 'office'
    join ground g on g.agreed and g.recipient in (b.named_as, 'office'),
    lateral unnest(array[g.item, 'request', 'insurance']) may
    union
    -- Residents who help at that office: whoever has it in hand, or all of them while nobody has.
    select b.body_id, 'resident', s.assignee_id, g.id, g.period_end, case when s.over then 'past' else may end,
      case when 'contact' = any (s.by_itself) or exists (select 1 from ground n where n.agreed and n.named and n.recipient = 'resident' and n.item = 'contact')
        then '{}' else array['contact'] end
    from sent s join body b on b.body_id = s.owner_id and b.is_a = 'office'
    join ground g on g.agreed and g.recipient = 'resident',
    lateral unnest(array['request'] || case when g.named or g.item = 'contact' and 'contact' = any (s.by_itself) then array[g.item] else '{}' end) may
    where exists (select 1 from ground o where o.agreed and o.recipient in (b.named_as, 'office'))
    union
    -- A community resource: what is addressed to it, how to reach the person, and more only by name.
    select b.body_id, 'group', null, g.id, g.period_end, case when s.over then 'past' else may end, '{}'
    from sent s join body b on b.body_id = s.owner_id and coalesce(b.is_a, 'resource') = 'resource'
    join ground g on g.agreed and g.recipient in (b.named_as, 'resource'),
    lateral unnest(array['own'] || case when g.named or g.item = 'contact' then array[g.item] else '{}' end) may
    union
    -- A meeting of supporters, asked by somebody who sees the person.
    select b.body_id, 'meeting', null, g.id, g.period_end, case when s.over then 'past' else may end, '{}'
    from sent s join body b on b.body_id = s.owner_id and b.is_a = 'meeting'
    join ground g on g.agreed and g.recipient in (b.named_as, 'meeting'),
    lateral unnest(array['own', g.item]) may
    union
    -- An insurer: its own members alone.
    select b.body_id, 'insurer', null, g.id, g.period_end, may, '{}'
    from coverage c join body b on b.body_id = c.insurer_id and b.is_a = 'insurer'
    join ground g on g.agreed and g.recipient in (b.named_as, 'insurer'),
    lateral unnest(array[g.item, 'insurance']) may
    where c.patient_id = who and c.status = 'active'
    union
    -- What rests on law names its receivers one by one, and needs no referral.
    select b.body_id, case b.is_a when 'resource' then 'group' when 'insurer' then 'insurer' when 'meeting' then 'meeting' else 'staff' end,
      null, g.id, g.period_end, g.item, '{}'
    from body b join ground g on not g.agreed and g.recipient = b.named_as
  )
  select who, organization_id, 'staff', null, array['contact', 'insurance'], 'infinity', 'infinity', null, '{}'::text[]
  from patient where id = who and organization_id is not null
  union all
  select who, body_id, audience, post, coalesce(array_agg(distinct item order by item) filter (where item not in ('past', '')), array['past']), period_end + readable, period_end, basis, withheld
  from opened group by body_id, audience, post, basis, period_end, withheld
  union all
  select who, organization_id, 'staff', post_id,
    array['answers', 'assessment', 'contact', 'insurance', 'medical-note', 'plan', 'request'], until, until, id, '{}'
  from emergency_access where patient_id = who and until > now();
  perform keep_names(who, before);
  perform keep_disclosures(who);
end $function$
;
CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the access log is only added to' using errcode = 'insufficient_privilege';
end $function$
;
CREATE OR REPLACE FUNCTION public.refuse_other()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a record stays of its kind and its person' using errcode = 'insufficient_privilege';
end $function$
;
CREATE OR REPLACE FUNCTION public.related_person_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into related_person_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.remove_records(given jsonb)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
AS $function$
declare
  one record;
  gone uuid;
begin
  for one in select * from jsonb_to_recordset(given) as r (type text, id uuid, version integer, at text) loop
    perform set_config('tsunagi.deleted', one.at, true);
    execute format('delete from %I where id = $1 and version = $2 returning id',
      case one.type when 'Patient' then 'patient' when 'RelatedPerson' then 'related_person' when 'Coverage' then 'coverage' when 'QuestionnaireResponse' then 'questionnaire_response' when 'Observation' then 'observation' when 'Condition' then 'condition' when 'ServiceRequest' then 'service_request' when 'Task' then 'task' when 'Goal' then 'goal' when 'CarePlan' then 'care_plan' when 'Communication' then 'communication' when 'Encounter' then 'encounter' when 'Procedure' then 'procedure' when 'DocumentReference' then 'document_reference' when 'Binary' then 'binary' when 'Location' then 'location' when 'HealthcareService' then 'healthcare_service' end) into gone using one.id, one.version;
    if gone is not null then return next gone; end if;
  end loop;
end $function$
;
CREATE OR REPLACE FUNCTION public.replaced_requests(request jsonb)
 RETURNS uuid[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select coalesce(array_agg(fhir_id(r ->> 'reference', 'ServiceRequest')), '{}')
  from jsonb_array_elements(case jsonb_typeof(request -> 'replaces') when 'array' then request -> 'replaces' else '[]' end) r $function$
;
CREATE OR REPLACE FUNCTION public.review_overdue(which uuid, given text, said text, moment timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update disclosure_review r set reviewed_at = moment, reviewed_by = actor_post(), verdict = given, remark = said, reviewed_as = 'administrator'
    where r.id = which and actor_role() = 'admin' and is_overdue(r) and r.reviewed_at is null and r.by_post is distinct from actor_post();
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION public.ring_partner(server uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update partner_server set rung_at = now(), next_at = least(next_at, now()) where id = server and disabled_at is null;
  if found then notify outbox; end if;
end $function$
;
CREATE OR REPLACE FUNCTION public.scopes_allow(scopes text, kind text, letter text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select exists (select 1 from string_to_table(scopes, ' ') one
    where one ~ '^system/([*]|[A-Za-z]+)[.]c?r?u?d?s?$' and split_part(split_part(one, '/', 2), '.', 1) in ('*', kind)
      and strpos(split_part(one, '.', 2), letter) > 0) $function$
;
CREATE OR REPLACE FUNCTION public.seal_named(who uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select s.named from seal s where s.patient_id = who
    and exists (select 1 from sight o where o.patient_id = who and o.organization_id = actor_organization()
      and o.audience = actor_audience() and (o.post_id is null or o.post_id = actor_post()) and o.until > now()) $function$
;
CREATE OR REPLACE FUNCTION public.sealed_from_actor(who uuid, version integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from seal s where s.patient_id = who and sealed_from_actor.version < s.since
    and not (s.named @> array[(select actor_post())] and (select actor_post()) is not null)) $function$
;
CREATE OR REPLACE FUNCTION public.service_request_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into service_request_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.shared_with_me()
 RETURNS TABLE(patient_id uuid, items text[], until timestamp with time zone, basis text, from_organization uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select s.patient_id, s.items, s.works_until, c.content #>> '{policyRule,coding,0,code}', c.organization_id
  from sight s join consent c on c.id = s.basis
  where s.organization_id = actor_organization() and s.audience = actor_audience() and s.until > now()
    and (s.post_id is null or s.post_id = actor_post())
    and (s.audience in ('insurer', 'meeting') or not c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL'])
    and s.items not in (array['own'], array['past']) $function$
;
CREATE OR REPLACE FUNCTION public.sheet_patient(type text, about uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select case type
    when 'Patient' then (select r.patient_id from patient r where r.id = about)
    when 'ServiceRequest' then (select r.patient_id from service_request r where r.id = about)
    when 'Task' then (select r.patient_id from task r where r.id = about)
    when 'QuestionnaireResponse' then (select r.patient_id from questionnaire_response r where r.id = about)
    when 'Consent' then (select r.patient_id from consent r where r.id = about)
    when 'Communication' then (select r.patient_id from communication r where r.id = about)
    when 'CarePlan' then (select r.patient_id from care_plan r where r.id = about)
    when 'Encounter' then (select r.patient_id from encounter r where r.id = about)
  end $function$
;
CREATE OR REPLACE FUNCTION public.sight_to_end(who uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if actor_role() <> 'system' or actor_post() is not null or not exists (
    select 1 from task where patient_id = who and (owner_id = actor_organization() or requester_id = actor_organization())
      and status in ('draft', 'requested', 'accepted', 'in-progress', 'on-hold')
  ) then
    raise exception 'not open to this role' using errcode = 'insufficient_privilege';
  end if;
  insert into sight (patient_id, organization_id, audience, items, until, works_until)
  values (who, actor_organization(), 'staff', array['contact'], now() + interval '1 minute', now() + interval '1 minute');
end $function$
;
CREATE OR REPLACE FUNCTION public.signed_up(which uuid, address text, called text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from gathering_place p join gathering_contact c on c.place_id = p.id
    where p.gathering_id = which and p.organization_id = actor_organization() and p.state <> 'cancelled'
      and lower(c.mail) = lower(address) and p.name = called) $function$
;
CREATE OR REPLACE FUNCTION public.taking_part(who uuid)
 RETURNS TABLE(starts_at timestamp with time zone, title text, body text, way text, state text, attended text, called_off boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select g.starts_at, g.title, o.content ->> 'name', p.way, p.state, p.attended, g.status = 'cancelled'
  from gathering_place p join gathering g on g.id = p.gathering_id join task t on t.id = p.task_id
    join organization o on o.id = g.organization_id
  where p.patient_id = who and t.requester_id = actor_organization() and actor_patient() is null
    and exists (select 1 from patient k where k.id = who and k.organization_id = actor_organization())
  order by g.starts_at, p.id $function$
;
CREATE OR REPLACE FUNCTION public.task_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform refresh_sights(new.patient_id);
  -- The rules looked for a consent a moment ago; one that was withdrawn since then carries no referral.
  if new.status in ('requested', 'accepted', 'in-progress') and actor_organization() is not null and not exists (
    select 1 from sight where patient_id = new.patient_id and organization_id = new.owner_id and works_until > now()
  ) then
    raise exception 'no consent opens the person to the receiver any more' using errcode = 'serialization_failure';
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.task_keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    begin
      insert into task_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.tasks_moved()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  who uuid;
  shifts boolean;
begin
  for who, shifts in
    select now.patient_id, bool_or(now.owner_id is distinct from was.owner_id or now.assignee_id is distinct from was.assignee_id
      or (now.status = 'draft') <> (was.status = 'draft') or (now.status in ('rejected', 'cancelled', 'failed', 'entered-in-error')) <> (was.status in ('rejected', 'cancelled', 'failed', 'entered-in-error')))
    from moved now join was on was.id = now.id
    where now.status is distinct from was.status or now.owner_id is distinct from was.owner_id
      or now.assignee_id is distinct from was.assignee_id
    group by now.patient_id order by now.patient_id
  loop
    if shifts then
      perform refresh_sights(who);
    else
      perform 1 from patient where id = who for no key update;
    end if;
    -- The rules looked for a consent a moment ago; one that was withdrawn since then carries no referral.
    if actor_organization() is not null and exists (
      select 1 from moved now join was on was.id = now.id
      where now.patient_id = who and now.status in ('requested', 'accepted', 'in-progress')
        and (now.status is distinct from was.status or now.owner_id is distinct from was.owner_id
          or now.assignee_id is distinct from was.assignee_id)
        and not exists (select 1 from sight s where s.patient_id = who and s.organization_id = now.owner_id and s.works_until > now())
    ) then
      raise exception 'no consent opens the person to the receiver any more' using errcode = 'serialization_failure';
    end if;
  end loop;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.wake_jobs()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  notify outbox;
  return null;
end $function$
;

-- Rights of the application
access_log: insert (account, action, address, client, patients, post, records, request, via, what, why), select
access_log_handover: select
access_log_key: select
access_log_seal: select
access_log_seen: select
account: delete, insert, select, update
answer_fact: select (answers, area, fiscal_year, municipality, program)
api_client: insert (contact, created_at, ends_at, id, name, organization_id, public_keys, purpose, role, scopes, secret_hash, secret_made_at), select, update (contact, disabled_at, ends_at, generation, name, public_keys, purpose, scopes, secret_before_hash, secret_before_until, secret_hash, secret_made_at, version)
binary: delete, insert, select, update (content, updated_at, version)
binary_found: select
binary_history: select
care_plan: delete, insert, select, update (content, updated_at, version)
care_plan_found: select
care_plan_history: select
communication: delete, insert, select, update (content, updated_at, version)
communication_found: select
communication_history: select
condition: delete, insert, select, update (content, updated_at, version)
condition_found: select
condition_history: select
consent: insert, select, update (content, updated_at, version)
consent_end: insert, select
consent_found: select
consent_history: select
coverage: delete, insert, select, update (content, updated_at, version)
coverage_found: select
coverage_history: select
deletion: select
disclosure: select
disclosure_review: select, update (remark, reviewed_at, reviewed_by, verdict)
document_reference: delete, insert, select, update (content, updated_at, version)
document_reference_found: select
document_reference_history: select
draft: delete, insert, select, update
drop_in: insert, select, update (task_id)
drop_in_fact: select (age_band, area, fiscal_year, month, municipality, program, topics)
emergency_access: select
emergency_try: insert, select
encounter: delete, insert, select, update (content, updated_at, version)
encounter_found: select
encounter_history: select
entry_question: delete, insert, select, update
export_job: delete, insert, select, update
export_part: insert, select
fax_sent: insert (at, id, number, report_id), select
figure_question: select
form_failure: insert, select, update (last_at)
gathering: insert, select, update
gathering_contact: insert, select
gathering_fact: select
gathering_link: delete, insert, select, update
gathering_place: insert, select, update (attended, contact_id, encounter_id, reminded_at, state, way)
given_file: delete, insert, select, update (at, name)
goal: delete, insert, select, update (content, updated_at, version)
goal_found: select
goal_history: select
healthcare_service: delete, insert, select, update (content, updated_at, version)
healthcare_service_found: select
healthcare_service_history: select
invitation: delete, insert, select, update (agreed_at, agreed_by, been_at, been_by, been_on, been_where, contacts, due_held, due_on, sent_on)
invitation_contact: insert, select
invitation_list: insert, select, update (ended, taken)
invitation_visit: select
known_device: delete, insert, select, update
location: delete, insert, select, update (content, updated_at, version)
location_found: select
location_history: select
notice: insert, select, update (seen_at, seen_by)
observation: delete, insert, select, update (content, updated_at, version)
observation_found: select
observation_history: select
once: delete, insert, select, update
one_time_link: delete, insert, select, update
organization: insert, select, update (content, updated_at, version)
organization_found: select
organization_history: select
outside_identity: delete, insert, select, update
participation_fact: select (gathering_id, way)
partner_record: insert, select, update
partner_server: insert, select, update
partner_task: insert, select, update
passkey: delete, insert, select, update
patient: delete, insert, select, update (content, updated_at, version)
patient_found: select
patient_history: select
practitioner: insert, select, update (content, updated_at, version)
practitioner_found: select
practitioner_history: select
practitioner_role: insert, select, update (content, updated_at, version)
practitioner_role_found: select
practitioner_role_history: select
print_file: select
print_job: delete, insert, select, update
print_person: insert, select, update
printed_sheet: insert (about_id, about_type, form, id, kind, language, patient_id, printed_at), select
procedure: delete, insert, select, update (content, updated_at, version)
procedure_found: select
procedure_history: select
provenance: insert, select, update (content, updated_at, version)
provenance_found: select
provenance_history: select
questionnaire: insert, select, update (content, updated_at, version)
questionnaire_found: select
questionnaire_history: select
questionnaire_response: delete, insert, select, update (content, updated_at, version)
questionnaire_response_found: select
questionnaire_response_history: select
recovery_code: delete, insert, select, update
referral_fact: select (age_band, clinic, contact_band, fiscal_year, month, municipality, needs, program, result)
related_person: delete, insert, select, update (content, updated_at, version)
related_person_found: select
related_person_history: select
request_sheet: insert (office_id, patient_id, printed_at, program, sheet, told), select, update (printed_at, program, told)
returned_page: insert, select, update (done_at, done_by)
revoked_token: insert, select
scan: insert, select, update (bytes, digest, fault, state)
scan_page: insert, select, update (document_id, done_at, done_by, patient_id, png, reason, state, task_id, turn, why)
seal: delete, insert, select, update (address, contact, named, telecom)
seal_before: select
service_request: delete, insert, select, update (content, updated_at, version)
service_request_found: select
service_request_history: select
session: delete, insert, select, update
sight: select
sight_found: select
subscription: delete, insert, select, update
subscription_notice: delete, select, update
task: delete, insert, select, update (content, updated_at, version)
task_found: select
task_history: select
totp: delete, insert, select, update
typed_form: delete, insert, select, update
urgent_answers: insert, select, update (at, opened_at, opened_by)
