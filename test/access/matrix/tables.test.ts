import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sightOf } from '../../../src/access/sight.ts';
import { appRole } from '../../../src/database/database.ts';
import { sql, trusted } from '../../../src/database/sql.ts';
import { directoryTypes, foundIn, historyOf, isAboutPerson, tableOf } from '../../../src/fhir/tables.ts';
import { recordTypes } from '../../../src/fhir/types.ts';
import { makeWorld, type World } from '../../support/world.ts';
import { everyLook, looked, type Looking } from './look.ts';
import { makeCast, type Cast, type Person, type Row } from './people.ts';
import { grantsTo, lasting, sees } from './rules.ts';
import { bodyNames } from './states.ts';

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await makeWorld();
  const made = await makeCast(world.owner, world.bodies);
  // Each signed in with an account of their own.
  const lookers = made.lookers.map((one) => ({ ...one, actor: { ...one.actor, account: randomUUID() } }));
  cast = { ...made, lookers };
  await fillOthers();
});
afterAll(() => world.close());

/** Request sheets of which a page lies in the office's tray. */
const arrivedSheets = new Set<string>();

/** Of the directory, these can be deleted. */
const places: readonly string[] = ['Location', 'HealthcareService'];

const bare = (table: string): string => table.replaceAll('"', '');
const records = recordTypes.filter(isAboutPerson);
const recordTables = records.flatMap((type) => [bare(tableOf(type)), historyOf(type)]);

/** Tables that hold nothing of a person who is referred. A new table is said to be one of these, or has a rule below. */
const ofNoPerson = [
  ...directoryTypes.flatMap((type) => [bare(tableOf(type)), historyOf(type)]),
  'account',
  'session',
  'api_client',
  'totp',
  'passkey',
  'recovery_code',
  'known_device',
  'entry_question',
  'outside_identity',
  'revoked_token',
  'access_log_seal',
  'access_log_key',
  'access_log_handover',
  'attempt', // hashes of names and addresses, of which the application reads nothing
  'referral_fact', // figures: a line without its person, of which the application reads no id
  'gathering', // what a body holds, when and where
  'gathering_link',
  'gathering_fact',
  'participation_fact', // figures, as above
  'drop_in_fact',
  'answer_fact',
  'figure_question',
  'form_failure', // what forms could not work out, of nobody
  'program_terms',
  'knex_migrations',
  'knex_migrations_lock',
];

/** Tables about persons that are read before there is an actor: by the hash of a secret, or sealed for one account. */
const behindSecret = { one_time_link: 'token_hash', draft: 'link_hash', typed_form: 'sealed' };
/** What the application may not read at all. */
const neverRead = ['outbox', 'seen_name'];

type Line = Readonly<Record<string, unknown>>;
type Rule = (look: Looking, line: Line) => boolean;

const isMine = ({ actor }: Looking, line: Line): boolean => line['organization_id'] === actor.organization;
const audienceOf = ({ who }: Looking): string => sightOf(who.role).audience;
const isStaff = (look: Looking): boolean => audienceOf(look) === 'staff' && look.who.bearer === undefined;
const isFor = (look: Looking, line: Line): boolean =>
  line['audience'] === audienceOf(look) && (line['post_id'] === null || line['post_id'] === look.actor.post);
/** Whether somebody sees the person of that id; whoever came with a link, that one alone. */
const seesPerson = ({ who, actor }: Looking, id: unknown): boolean => {
  const person = cast.people.find((one) => one.id === id);
  if (!person || (actor.patient !== undefined && actor.patient !== id)) return false;
  const { bearer: _bearer, ...plain } = who;
  return sees(person.given, plain, { type: 'Patient', item: 'contact', keeper: 'clinic' });
};
const isOfRole = ({ actor }: Looking, line: Line): boolean =>
  line['role'] === actor.role && actor.patient === undefined;
let exportJobs: Line[] = [];
let printJobs: Line[] = [];
let subscriptions: Line[] = [];
let partners: Line[] = [];
const isPartner = (look: Looking, line: Line): boolean =>
  look.who.role === 'admin' ||
  (['doctor', 'reception', 'linkworker', 'resource'].includes(look.who.role) &&
    look.actor.patient === undefined &&
    [line['organization_id'], line['partner_id']].includes(look.actor.organization));
let invited: Line[] = [];
const isInviter = ({ who, actor }: Looking, line: Line): boolean =>
  who.role === 'insurer' && line['insurer_id'] === actor.organization;
const helps = ({ actor }: Looking): boolean =>
  actor.patient === undefined &&
  ['linkworker', 'neighbour', 'coordinator', 'resource', 'system'].includes(actor.role);
let gatheringPlaces: Line[] = [];
/** Of a person of a referral, whoever sees that referral; of anybody else, whoever helps at the body. */
const seesPlace = (look: Looking, line: Line): boolean => {
  if (!isMine(look, line) || !helps(look)) return false;
  if (line['task_id'] === null) return true;
  const person = cast.people.find((one) => one.id === line['patient_id']);
  const task = person?.rows.find((row) => row.name === 'referral task');
  return person !== undefined && task !== undefined && sees(person.given, look.who, task.what);
};
const keeps = (look: Looking, id: unknown): boolean => look.who.body === 'clinic' && seesPerson(look, id);
const isOther = ({ actor }: Looking, id: unknown): boolean =>
  actor.patient !== undefined && actor.patient !== id;

const isAsker = (look: Looking, line: Line): boolean =>
  line['account_id'] === look.actor.account && isMine(look, line) && isOfRole(look, line);

/** Who reads which line of the tables that go along with records. */
const rules: Readonly<Record<string, Rule>> = {
  sight: (look, line) => isMine(look, line) && isFor(look, line),
  disclosure: (look, line) =>
    !isOther(look, line['patient_id']) &&
    (keeps(look, line['patient_id']) ||
      (isMine(look, line) && (audienceOf(look) === 'staff' || isFor(look, line)))),
  emergency_access: (look, line) =>
    !isOther(look, line['patient_id']) &&
    (keeps(look, line['patient_id']) || (isMine(look, line) && audienceOf(look) === 'staff')),
  disclosure_review: (look, line) => isMine(look, line) && isStaff(look),
  emergency_try: (look, line) => isMine(look, line) && isStaff(look),
  seal: (look, line) =>
    (line['named'] as string[]).includes(look.actor.post ?? '') && seesPerson(look, line['patient_id']),
  seal_before: (look, line) =>
    sealNames.get(line['patient_id'] as string)?.includes(look.actor.post ?? '') === true &&
    seesPerson(look, line['patient_id']),
  // Who saw the record sees that it is gone.
  deletion: (look, line) => {
    const gone = deleted.get(line['id'] as string);
    if (!gone || isOther(look, line['patient_id'])) return false;
    // Of relatives groups hear nothing, whether or not the person may be contacted.
    if (line['type'] === 'RelatedPerson' && audienceOf(look) === 'group') return false;
    const { bearer: _bearer, ...who } = look.who;
    return sees(gone.person.given, who, gone.row.what);
  },
  // A number of a case, for the body that has to know.
  notice: isMine,
  // Answers that the clinic has to see today, for those of it who may read answers.
  urgent_answers: (look, line) =>
    isMine(look, line) &&
    look.actor.patient === undefined &&
    ['doctor', 'reception', 'system'].includes(look.who.role),
  // What a program of the body and role had written down; which program, its routes ask.
  export_job: (look, line) => isMine(look, line) && isOfRole(look, line),
  export_part: (look, line) =>
    exportJobs.some((job) => job['id'] === line['job'] && isMine(look, job) && isOfRole(look, job)),
  // What somebody had printed: whoever asked for it, in the post in which they asked.
  print_job: (look, line) => isAsker(look, line),
  print_person: (look, line) => printJobs.some((job) => job['id'] === line['job'] && isAsker(look, job)),
  print_file: (look, line) => printJobs.some((job) => job['id'] === line['job'] && isAsker(look, job)),
  // What somebody gave with answers that are not sent yet: who gave it, at their account or by their link.
  given_file: (look, line) =>
    isMine(look, line) &&
    (line['link_hash'] === null
      ? line['account_id'] === look.actor.account && look.actor.patient === undefined
      : line['patient_id'] === look.actor.patient),
  // Whom a program is told of, and where. An administrator sees that it fails, and nothing of the records.
  subscription: (look, line) => look.who.role === 'admin' || (isMine(look, line) && isOfRole(look, line)),
  subscription_notice: (look, line) =>
    subscriptions.some(
      (one) => one['id'] === line['subscription'] && isMine(look, one) && isOfRole(look, one),
    ),
  // Servers of other bodies: both sides of one, and whoever administers it.
  partner_server: (look, line) => isPartner(look, line),
  partner_task: (look, line) => partners.some((one) => one['id'] === line['server'] && isPartner(look, one)),
  partner_record: (look, line) =>
    look.who.role !== 'admin' && partners.some((one) => one['id'] === line['server'] && isPartner(look, one)),
  // A sheet is known to whoever sees what it is about; a blank one for anybody, to everybody with an account.
  printed_sheet: (look, line) => {
    if (line['about_id'] === null) return look.actor.patient === undefined;
    if (line['about_type'] === 'invitation')
      return (
        isMine(look, line) &&
        look.actor.patient === undefined &&
        ['insurer', 'system'].includes(look.who.role)
      );
    if (line['about_type'] === 'gathering') return isMine(look, line) && helps(look);
    const about = printed.get(line['id'] as string);
    if (!about || isOther(look, line['patient_id'])) return false;
    const { bearer: _bearer, ...who } = look.who;
    return sees(about.person.given, who, about.row.what);
  },
  // Paper that came in, for those of the body who work on paper.
  scan: (look, line) => isMine(look, line) && worksOnPaper(look),
  scan_page: (look, line) => isMine(look, line) && worksOnPaper(look),
  // A request sheet: the clinic that printed it, and the office for which it was, once it lies in its tray.
  request_sheet: (look, line) =>
    look.actor.patient === undefined &&
    ((look.actor.organization === line['clinic_id'] && ['doctor', 'reception'].includes(look.who.role)) ||
      (look.actor.organization === line['office_id'] &&
        ['linkworker', 'system'].includes(look.who.role) &&
        arrivedSheets.has(line['sheet'] as string))),
  // Slips and attendance lists that came back, for those who type them in.
  returned_page: (look, line) =>
    isMine(look, line) &&
    look.actor.patient === undefined &&
    ['linkworker', 'insurer', 'system'].includes(look.who.role),
  // Whoever sees a report sees when it was faxed.
  fax_sent: (look, line) => {
    const about = reports.get(line['report_id'] as string);
    if (!about || isOther(look, about.person.id)) return false;
    const { bearer: _bearer, ...who } = look.who;
    return sees(about.person.given, who, about.row.what);
  },
  // Members whom an insurer invites, who have consented to nothing: that insurer alone.
  invitation_list: isInviter,
  invitation: isInviter,
  invitation_contact: (look, line) =>
    invited.some((one) => one['id'] === line['invitation_id'] && isInviter(look, one)),
  // That somebody came: as long as the insurer sees the person; and the clinic that they came to.
  invitation_visit: (look, line) =>
    (isInviter(look, line) ||
      (['doctor', 'reception'].includes(look.who.role) && line['clinic_id'] === look.actor.organization)) &&
    seesPerson(look, line['patient_id']),
  consent_end: (look, line) => isMine(look, line) && look.who.role === 'system',
  // Talks without a name; whoever helps at the body that held the gathering.
  drop_in: (look, line) => isMine(look, line) && helps(look),
  gathering_place: (look, line) => seesPlace(look, line),
  gathering_contact: (look, line) =>
    look.who.role !== 'neighbour' &&
    gatheringPlaces.some((place) => place['id'] === line['place_id'] && seesPlace(look, place)),
  once: (look, line) => isMine(look, line) || line['answer'] === null,
  access_log: (look, line) => {
    const patients = line['patients'] as string[];
    if (look.actor.patient !== undefined && !patients.includes(look.actor.patient)) return false;
    const isOwn = line['organization'] === look.actor.organization;
    const isTheirs = patients.length === 0 || line['post'] === look.actor.post;
    return (
      (isOwn && (isTheirs || !['resident', 'nobody'].includes(audienceOf(look)))) ||
      patients.some((id) => keeps(look, id))
    );
  },
};

/** Posts that a seal names, by person. */
const sealNames = new Map<string, string[]>();
const worksOnPaper = ({ who, actor }: Looking): boolean =>
  actor.patient === undefined &&
  ['doctor', 'reception', 'linkworker', 'insurer', 'system'].includes(who.role);
/** What was faxed, and whose it is. */
const reports = new Map<string, { person: Person; row: Row }>();
/** Records that are said to be deleted, and whose they were. */
const deleted = new Map<string, { person: Person; row: Row }>();

/** Sheets that are said to be printed, and what they are about. */
const printed = new Map<string, { person: Person; row: Row }>();
const printable = ['Patient', 'ServiceRequest', 'QuestionnaireResponse', 'Communication'];

/** A line of every table that the story of the people does not make by itself. */
async function fillOthers(): Promise<void> {
  const { owner } = world;
  const [one, other] = [cast.people[1]?.id ?? '', cast.people[2]?.id ?? ''];
  for (const name of bodyNames) {
    const body = cast.bodyId[name];
    await owner.query(
      `insert into notice (organization_id, at, kind, case_number) values ($1, now(), 'consent-ends', 'TS-1')`,
      [body],
    );
    await owner.query(
      `insert into once (key, organization_id, actor, answer) values ('k', $1, 'a', '{"id": 1}'), ('used up', $1, 'a', null)`,
      [body],
    );
    await owner.query(
      `insert into emergency_try (organization_id, post_id, role, looked_for) values ($1, gen_random_uuid(), 'doctor', 'シケン')`,
      [body],
    );
    const post = cast.lookers.find((looker) => looker.actor.organization === body)?.actor.post ?? null;
    for (const patients of [[], [one], [other], [one, other]])
      for (const by of [post, null])
        await owner.query(
          `insert into access_log (organization, role, via, action, what, records, patients, request, post) values ($1, 'doctor', 'session', 'read', 'Goal', '{}', $2, 'matrix', $3)`,
          [body, patients, by],
        );
  }
  for (const [m, person] of cast.people.entries())
    for (const [n, row] of person.rows.entries()) {
      if (lasting.includes(row.what.type) || (m + n) % 3 !== 0) continue;
      const id = randomUUID();
      deleted.set(id, { person, row });
      const { type, item, keeper, addressee } = row.what;
      await owner.query(
        `insert into deletion (type, id, version, at, patient_id, item, keeper, addressee) values ($1, $2, 2, now(), $3, $4, $5, $6)`,
        [
          type,
          id,
          person.id,
          item,
          cast.bodyId[keeper],
          addressee === undefined ? null : cast.bodyId[addressee],
        ],
      );
    }
  for (const [n, person] of cast.people.entries())
    for (const row of person.rows.filter(({ what }) => printable.includes(what.type))) {
      const id = randomUUID();
      if (row.what.type !== 'Patient' && n % 2 === 0) continue;
      printed.set(id, { person, row });
      await owner.query(
        `insert into printed_sheet (id, kind, about_type, about_id, patient_id, language, organization_id, printed_at)
         values ($1, 'questionnaire', $2, $3, $4, 'ja', $5, now())`,
        [id, row.what.type, row.id, person.id, cast.bodyId.clinic],
      );
    }
  for (const person of cast.people)
    for (const row of person.rows.filter(({ what }) => what.type === 'QuestionnaireResponse'))
      await owner.query(
        `insert into urgent_answers (response_id, patient_id, organization_id, at) values ($1, $2, $3, now())`,
        [row.id, person.id, cast.bodyId[row.what.keeper]],
      );
  await owner.query(
    `insert into printed_sheet (id, kind, language, organization_id, printed_at) values (gen_random_uuid(), 'questionnaire', 'ja', $1, now())`,
    [cast.bodyId.clinic],
  );
  for (const name of bodyNames)
    await owner.query(
      `with came as (insert into scan (id, organization_id, name, kind, size, at)
         values (gen_random_uuid(), $1, 'fax.pdf', 'pdf', 1, now()) returning id)
       insert into scan_page (id, scan_id, organization_id, number, width, height) select gen_random_uuid(), id, $1, 1, 1, 1 from came`,
      [cast.bodyId[name]],
    );
  for (const [n, person] of cast.people.entries()) {
    const sheet = randomUUID();
    const [{ organization_id: clinic } = { organization_id: null }] = (
      await owner.query<{ organization_id: string | null }>(
        'select organization_id from patient where id = $1',
        [person.id],
      )
    ).rows;
    if (clinic === null) continue;
    await owner.query(
      `insert into request_sheet (sheet, clinic_id, office_id, patient_id, program, told, printed_at)
       values ($1, $2, $3, $4, 'nabari', '{}', now())`,
      [sheet, clinic, cast.bodyId.office, person.id],
    );
    if (n % 2 === 0) continue;
    arrivedSheets.add(sheet);
    await owner.query(
      `insert into scan_page (id, scan_id, organization_id, number, width, height, sheet)
       select gen_random_uuid(), id, organization_id, $2, 1, 1, $3 from scan where organization_id = $1 limit 1`,
      [cast.bodyId.office, n + 2, sheet],
    );
  }
  for (const person of cast.people)
    for (const row of person.rows.filter(({ what }) => what.type === 'Communication')) {
      reports.set(row.id, { person, row });
      await owner.query(
        `insert into fax_sent (id, report_id, organization_id, number, at) values (gen_random_uuid(), $1, $2, '050', now())`,
        [row.id, cast.bodyId.office],
      );
    }
  const { rows: seals } = await owner.query<{ patient_id: string; named: string[] }>(
    `select patient_id, named from seal`,
  );
  for (const seal of seals) sealNames.set(seal.patient_id, seal.named);
  await owner.query(
    `insert into seal_before (patient_id, sealed_at, revision, ended_by) select patient_id, at, revision, named[1] from seal`,
  );
  for (const { actor } of cast.lookers) {
    const client = `${actor.role} ${actor.organization}`;
    await owner.query(
      `insert into api_client (id, role, organization_id) values ($1, $2, $3) on conflict do nothing`,
      [client, actor.role, actor.organization],
    );
    await owner.query(
      `with job as (insert into export_job (id, client, organization_id, role, request, asked, types, started_at)
         values (gen_random_uuid(), $1, $3, $2, 'matrix', '', '{}', now()) on conflict do nothing returning id)
       insert into export_part (job, type, file, part, records, patients, content) select id, 'Goal', 1, 0, '{}', '{}', 'x' from job`,
      [client, actor.role, actor.organization],
    );
  }
  await owner.query(
    `with made as (insert into subscription (id, client, organization_id, role, request, status, content, type, updated_at)
       select gen_random_uuid(), client, organization_id, role, '', 'off', '{}', 'Task', now() from export_job returning id)
     insert into subscription_notice (subscription, type, record) select id, 'Task', gen_random_uuid() from made`,
  );
  ({ rows: subscriptions } = await owner.query<Line>('select * from subscription'));
  ({ rows: exportJobs } = await owner.query<Line>('select * from export_job'));
  for (const { actor } of cast.lookers)
    await owner.query(
      `with who as (insert into account (id, login, password_hash, name, role, organization_id)
         values ($1, $2, '', '', $3, $4) returning id),
       job as (insert into print_job (id, account_id, organization_id, role, request, language, sheets, people, started_at, status)
         select gen_random_uuid(), id, $4, $3, 'matrix', 'ja', '{}', 1, now(), 'done' from who returning id),
       person as (insert into print_person (job, nth, patient_id, name) select id, 1, $5, '' from job)
       insert into print_file (job, content) select id, 'x' from job`,
      [actor.account, `matrix-${actor.account ?? ''}`, actor.role, actor.organization, one],
    );
  await owner.query(
    `insert into given_file (id, organization_id, patient_id, account_id, name, kind, bytes, digest, at)
       select gen_random_uuid(), organization_id, $1, id, 'x', 'image/png', 'x', 'x', now() from account where login like 'matrix-%'`,
    [one],
  );
  await owner.query(
    `with made as (insert into one_time_link (token_hash, purpose, organization_id, patient_id, created_at, expires_at)
         select sha256(id::text::bytea), 'answer-questionnaire', organization_id, id, now(), now() + interval '1 day'
         from patient where organization_id is not null returning token_hash, organization_id, patient_id)
       insert into given_file (id, organization_id, patient_id, link_hash, name, kind, bytes, digest, at)
         select gen_random_uuid(), organization_id, patient_id, token_hash, 'x', 'image/png', 'x', 'x', now() from made`,
  );
  ({ rows: printJobs } = await owner.query<Line>('select * from print_job'));
  for (const [ours, theirs] of [
    ['clinic', 'office'],
    ['office', 'resource'],
  ] as const)
    await owner.query(
      `with made as (insert into partner_server (id, organization_id, partner_id, way, address, client, secret, our_id, their_id, disabled_at, created_at)
         values (gen_random_uuid(), $1, $2, 'push', 'https://example.org', 'c', '\\x00', 'a', 'b', now(), now()) returning id),
       shared as (insert into partner_task (server, task, case_number) select id, gen_random_uuid(), 'TS-1' from made)
       insert into partner_record (server, type, id, their_id) select id, 'Task', gen_random_uuid(), '1' from made`,
      [cast.bodyId[ours], cast.bodyId[theirs]],
    );
  ({ rows: partners } = await owner.query<Line>('select * from partner_server'));
  for (const name of bodyNames)
    await owner.query(
      `with held as (insert into gathering (id, organization_id, program, kind, title, starts_at, ends_at, drop_in, created_at)
         values (gen_random_uuid(), $1, 'kotoura', 'salon', '試験の会', now(), now() + interval '1 hour', true, now()) returning id, organization_id),
       talked as (insert into drop_in (id, gathering_id, organization_id, at, topics, minutes, age_band)
         select gen_random_uuid(), id, organization_id, now(), '{alone}', 5, 'unknown' from held),
       taken as (insert into gathering_place (id, gathering_id, organization_id, way, state, name, created_at)
         select gen_random_uuid(), id, organization_id, 'site', 'booked', '呼び名', now() from held returning id)
       insert into gathering_contact (place_id, mail) select id, 'a@example.org' from taken`,
      [cast.bodyId[name]],
    );
  await owner.query(
    `with taken as (insert into gathering_place (id, gathering_id, organization_id, way, state, patient_id, task_id, created_at)
       select gen_random_uuid(), g.id, g.organization_id, 'site', 'booked', t.patient_id, t.id, now()
       from task t join gathering g on g.organization_id = t.owner_id where t.part_of_id is null returning id)
     insert into gathering_contact (place_id, phone) select id, '000' from taken`,
  );
  ({ rows: gatheringPlaces } = await owner.query<Line>('select * from gathering_place'));
  await owner.query(
    `with insurer as (select id from organization where type && array['https://tsunagi.example/fhir/CodeSystem/organization-type|insurer', 'https://tsunagi.example/fhir/CodeSystem/organization-type|clinic']),
     list as (insert into invitation_list (id, insurer_id, program, title, made_at, ends_on, taken)
       select gen_random_uuid(), id, 'p', 'List', now(), now()::date + 1, 1 from insurer returning id, insurer_id),
     one as (insert into invitation (id, list_id, insurer_id, line, symbol, number, branch, name, kana, birth_date, postal_code, address, phone, reason, code)
       select gen_random_uuid(), id, insurer_id, 2, '', '1', '', '', '', '', '', '', '', '', lpad((row_number() over ())::text, 12, '0') from list returning id),
     contact as (insert into invitation_contact (invitation_id, at, kind) select id, now(), 'letter' from one)
     insert into invitation_visit (id, list_id, insurer_id, patient_id, clinic_id, came_on)
       select gen_random_uuid(), list.id, list.insurer_id, p.id, p.organization_id, now()::date from list, patient p where p.organization_id is not null`,
  );
  ({ rows: invited } = await owner.query<Line>('select * from invitation'));
  await owner.query(
    `with came as (insert into scan (id, organization_id, name, kind, size, at)
       select gen_random_uuid(), o.id, 'slip.pdf', 'pdf', 1, now() from organization o returning id, organization_id),
     page as (insert into scan_page (id, scan_id, organization_id, number, width, height, state)
       select gen_random_uuid(), id, organization_id, 1, 1, 1, 'filed' from came returning id, organization_id),
     about as (select id, insurer_id as body, 'invitation' as type from invitation union all select id, organization_id, 'gathering' from gathering),
     one as (select distinct on (p.id) p.id, p.organization_id, a.id as about, a.type from page p join about a on a.body = p.organization_id),
     sheet as (insert into printed_sheet (id, kind, about_type, about_id, language, organization_id, printed_at)
       select gen_random_uuid(), 'slip', type, id, 'ja', body, now() from about)
     insert into returned_page (id, organization_id, invitation_id, gathering_id, number, png, at)
       select id, organization_id, case type when 'invitation' then about end, case type when 'gathering' then about end, 1, '', now() from one`,
  );
  await owner.query(
    `insert into consent_end (consent_id, stage, organization_id, at) select id, 'ends', organization_id, now() from consent`,
  );
}

test('every table is said to hold nothing of a person, or has a rule here', async () => {
  const { rows } = await world.owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p', 'm', 'f') and relnamespace = 'public'::regnamespace`,
  );
  const known = [
    ...recordTables,
    ...ofNoPerson,
    ...Object.keys(rules),
    ...Object.keys(behindSecret),
    ...neverRead,
  ];
  expect(rows.map((row) => row.name).toSorted()).toEqual(known.toSorted());
});

test('every view shows records under their own rule, or the log under its', async () => {
  const { rows } = await world.owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace`,
  );
  expect(rows.map((row) => row.name).toSorted()).toEqual(
    [...recordTypes.map(foundIn), 'access_log_seen', 'sight_found'].toSorted(),
  );
});

test('each of them has its row rules on, and the application cannot pass them', async () => {
  const guarded = [...recordTables, ...Object.keys(rules), 'referral_fact', 'answer_fact'];
  const { rows } = await world.owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any ($1)
       and (not relrowsecurity or pg_get_userbyid(relowner) = $2
         or not exists (select 1 from pg_policy where polrelid = pg_class.oid))`,
    [guarded, appRole],
  );
  expect(rows).toEqual([]);
  const { rows: role } = await world.owner.query(
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
       (select count(*)::int from pg_auth_members where member = r.oid) as member_of,
       (select count(*)::int from pg_class where relowner = r.oid) as owns,
       (select count(*)::int from pg_proc where proowner = r.oid) as functions
     from pg_roles r where rolname = $1`,
    [appRole],
  );
  expect(role).toEqual([
    {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      member_of: 0,
      owns: 0,
      functions: 0,
    },
  ]);
});

test('no rule asks about a column of the table that it looks up instead of its own', async () => {
  // Inside a sub-select a bare name is the inner table's: `p.id = patient_id` is then about nobody in particular.
  const { rows } = await world.owner.query(
    `select polrelid::regclass::text as table, polname from pg_policy
     where pg_get_expr(polqual, polrelid) ~ '\\mp\\.id = p\\.patient_id' or pg_get_expr(polwithcheck, polrelid) ~ '\\mp\\.id = p\\.patient_id'`,
  );
  expect(rows).toEqual([]);
});

test('the application removes no record without a rule for it, and changes neither its keeper nor its past', async () => {
  const { rows } = await world.owner.query<{ may: string }>(
    `select relname || ': ' || what as may from pg_class, unnest(array['delete', 'truncate', 'references', 'trigger']) what
     where relnamespace = 'public'::regnamespace and relname = any ($1) and has_table_privilege($2, oid, what)
       and not (what = 'delete' and exists (
         select 1 from pg_policy where polrelid = pg_class.oid and polcmd = 'd' and polname = relname || '_remove'))
     union all
     select relname || ': insert or update' from pg_class where relnamespace = 'public'::regnamespace and relname = any ($3)
       and (has_any_column_privilege($2, oid, 'insert') or has_any_column_privilege($2, oid, 'update'))`,
    [recordTables, appRole, records.map(historyOf)],
  );
  expect(rows).toEqual([]);
  const { rows: staying } = await world.owner.query(
    `select oid::regclass::text from pg_class where oid = any ($1::regclass[]) and has_table_privilege($2, oid, 'delete')`,
    [
      ['consent', 'provenance', ...directoryTypes.filter((type) => !places.includes(type)).map(tableOf)],
      appRole,
    ],
  );
  expect(staying).toEqual([]);
  const { rows: keeper } = await world.owner.query(
    `select attrelid::regclass::text from pg_attribute where attname in ('keeper', 'id') and attrelid = any ($1::regclass[])
       and has_column_privilege($2, attrelid, attnum, 'update')`,
    [records.map(tableOf), appRole],
  );
  expect(keeper).toEqual([]);
});

test('what is found by a secret holds its hash or is sealed, and what is sent later cannot be read', async () => {
  const { rows } = await world.owner.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns where udt_name = 'bytea' and table_name = any ($1) and column_name = any ($2)`,
    [Object.keys(behindSecret), Object.values(behindSecret)],
  );
  expect(Object.fromEntries(rows.map((row) => [row.table, row.column]))).toEqual(behindSecret);
  const { rows: open } = await world.owner.query(
    `select relname from pg_class where relname = any ($1) and (has_table_privilege($2, oid, 'select') or has_any_column_privilege($2, oid, 'select'))`,
    [neverRead, appRole],
  );
  expect(open).toEqual([]);
});

describe('what goes along with records', () => {
  test.each(Object.entries(rules))(
    '%s: everybody reads the lines that the rule gives them',
    async (table, rule) => {
      const { rows: lines } = await world.owner.query<Line>(
        `select ctid::text as place, t.* from ${table} t`,
      );
      expect(lines.length).toBeGreaterThan(0);
      const wrong: string[] = [];
      const readers = new Set<unknown>();
      for (const look of everyLook(cast, 0)) {
        const found = await looked(world, look, (r) =>
          r.rows<{ place: string }>('matrix', sql`select ctid::text as place from ${trusted(table)}`),
        );
        const shown = new Set(found.map((line) => line.place));
        for (const line of lines) {
          if (shown.has(String(line['place']))) readers.add(line['place']);
          if (rule(look, line) !== shown.has(String(line['place'])))
            wrong.push(
              `${look.name} ${shown.has(String(line['place'])) ? 'reads' : 'does not read'} ${JSON.stringify(line)}`,
            );
        }
      }
      expect(wrong).toEqual([]);
      expect(readers.size).toBeGreaterThan(0);
    },
  );

  test('names lead to those persons alone whom somebody sees', async () => {
    let named = 0;
    for (const look of everyLook(cast, 0)) {
      const idsIn = async (from: string) => {
        const rows = await looked(world, look, (r) =>
          r.rows<{ id: string }>('matrix', sql`select distinct ${trusted(from)}`),
        );
        return rows.map((row) => row.id).toSorted();
      };
      const shown = await idsIn("id from persons_named('') id");
      const persons = await idsIn('id from patient');
      expect([look.name, shown.filter((id) => !persons.includes(id))]).toEqual([look.name, []]);
      named += shown.length;
    }
    expect(named).toBeGreaterThan(0);
  });

  test('the view of whom somebody sees shows the sights under their rule, and to the bearer of a link the one person', async () => {
    let seen = 0;
    for (const look of everyLook(cast, 0)) {
      const idsIn = async (from: string) => {
        const rows = await looked(world, look, (r) =>
          r.rows<{ id: string }>('matrix', sql`select distinct patient_id as id from ${trusted(from)}`),
        );
        return rows.map((row) => row.id).toSorted();
      };
      const shown = await idsIn('sight_found');
      const ofAll = await idsIn('sight where until > now()');
      const bearer = look.who.bearer;
      expect([look.name, shown]).toEqual([
        look.name,
        bearer === undefined ? ofAll : ofAll.filter((id) => shown.includes(id)),
      ]);
      if (bearer !== undefined) expect(shown.length).toBeLessThanOrEqual(1);
      seen += shown.length;
    }
    expect(seen).toBeGreaterThan(0);
  });

  test('the log is shown through its view to the same people, and to no bearer of a link', async () => {
    for (const look of everyLook(cast, 0)) {
      const count = async (from: string) => {
        const [row] = await looked(world, look, (r) =>
          r.rows<{ n: number }>('matrix', sql`select count(*)::int as n from ${trusted(from)}`),
        );
        return row?.n;
      };
      expect([look.name, await count('access_log_seen')]).toEqual([
        look.name,
        look.who.bearer === undefined ? await count('access_log') : 0,
      ]);
    }
  });
});

describe('functions that see past the row rules', () => {
  /** Those that answer about a person by id; the others count, write, or are asked before there is an actor. */
  const asked = ['closed_to_actor', 'contact_is_limited', 'files_sealed', 'seal_named'];
  const others = [
    'access_review_accounts',
    'access_review_counts',
    'access_review_events',
    'actor_area',
    'actor_municipalities',
    'body_of_place',
    'count_attempt',
    'emergency_person',
    'forgive_attempt',
    'free_places',
    'gathering_counts',
    'hold_gathering',
    // About members who are invited and are no patients: by the code of a letter and the date of birth.
    'invitation_answer',
    'invitation_at_clinic',
    'invitation_came',
    'invitation_known',
    'invitation_refused_at_clinic',
    'leave_notices',
    'letters_stopped',
    'mail_of_given_up',
    'menu_body',
    'menu_counts',
    'move_up',
    'note_event',
    'open_emergency',
    'organization_name',
    'overdue_reviews',
    'partner_known',
    // Whether an invitation or session is the actor's own body's, for the paper about it.
    'own_paper',
    'partner_menu',
    // Persons by a part of their names; held to the rule above.
    'persons_named',
    'post_holds',
    'program_changes',
    'program_events',
    'program_last_token',
    'queue_mail',
    'referred_to',
    'refresh_sights',
    'review_overdue',
    'ring_partner',
    'sealed_from_actor',
    'shared_with_me',
    'sight_to_end',
    'signed_up',
    'taking_part',
  ];

  test('are these', async () => {
    const { rows } = await world.owner.query<{ name: string }>(
      `select proname as name from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
         and prorettype <> 'trigger'::regtype and has_function_privilege($1, oid, 'execute')`,
      [appRole],
    );
    expect(rows.map((row) => row.name).toSorted()).toEqual([...asked, ...others].toSorted());
  });

  test('tell nothing of a person whom somebody does not see and never saw', async () => {
    const wrong: string[] = [];
    let told = 0;
    for (const look of everyLook(cast, 0)) {
      const rows = await looked(world, look, (r) =>
        r.rows<{
          id: string;
          limited: boolean;
          sealed: boolean;
          named: string[] | null;
          closed: string | null;
          shared: boolean;
        }>(
          'matrix',
          sql`select id, contact_is_limited(id) as limited, files_sealed(id) as sealed, seal_named(id) as named, closed_to_actor(id) as closed,
              id in (select patient_id from shared_with_me()) as shared from unnest(${look.people.map((one) => one.id)}::uuid[]) id`,
        ),
      );
      for (const { id, limited, sealed, named, closed, shared } of rows) {
        const person = look.people.find((one) => one.id === id);
        if (!person) throw new Error('nobody was asked about');
        const now = grantsTo(person.given, look.who).length > 0;
        const ever = now || grantsTo(person.given, look.who, person.given.before ?? []).length > 0;
        if (limited || named || closed !== null || shared) told++;
        if (((limited || !sealed || named !== null || shared) && !now) || (closed !== null && !ever))
          wrong.push(
            `${look.name} | ${person.state} | ${JSON.stringify({ limited, sealed, named, closed, shared })}`,
          );
      }
    }
    expect(wrong).toEqual([]);
    expect(told).toBeGreaterThan(10);
  });
});
