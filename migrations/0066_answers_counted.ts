import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Answers to the questions that a program names as its figures: one line a person, program and fiscal year, of which the
 * application cannot read whose it is. What is no longer so (entered in error, withdrawn, deleted, answered anew) is
 * counted anew from what is left. At the end of the transaction, when the person and the talk are written, too.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, tables);
  await run(db, counting);
  await run(db, triggers);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop table if exists answer_fact, figure_question cascade; drop function if exists count_questionnaire_response() cascade;
     drop function if exists keep_figures(text, jsonb), count_answers(text, uuid, integer), counted_program(text), fiscal_year(timestamptz)`,
  );
}

const tables = `
-- What programs count, written at the start of the service.
create table figure_question (
  program text not null,
  question text not null,
  turn integer not null,
  options text[] not null,
  repeats boolean not null,
  primary key (program, question)
);
grant select on figure_question to tsunagi_app;

create table answer_fact (
  patient_id uuid not null,
  fiscal_year integer not null,
  program text not null,
  municipality text not null,
  -- The part of the municipality, where a talk or a session tells it.
  area text not null,
  -- question=option
  answers text[] not null,
  primary key (patient_id, fiscal_year, program)
);
create index answer_fact_year on answer_fact (fiscal_year, municipality);
alter table answer_fact enable row level security;
create policy answer_fact_count on answer_fact for select to tsunagi_app using (municipality = any ((select actor_area())::text[]));
grant select (fiscal_year, program, municipality, area, answers) on answer_fact to tsunagi_app;
`;

const counting = `
create function fiscal_year(at timestamptz) returns integer language sql stable parallel safe as $$
  select extract(year from (at at time zone 'Asia/Tokyo')::date - interval '3 months')::int $$;
create function counted_program(questionnaire text) returns text language sql immutable parallel safe as $$
  select substring(questionnaire from '/Questionnaire/([^|/]+)-screening(?:[|].*)?$') $$;

create function count_answers(named text, who uuid, year integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;

-- Says what a program counts; where it counts something else than before, everything answered is counted anew.
create function keep_figures(named text, questions jsonb) returns void
language plpgsql set search_path = public, pg_temp as $$
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
end $$;
revoke execute on function count_answers(text, uuid, integer), keep_figures(text, jsonb) from public;
`;

const triggers = `
create function count_questionnaire_response() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
create constraint trigger zz_count after insert or update or delete on questionnaire_response deferrable initially deferred
  for each row execute function count_questionnaire_response();
`;
