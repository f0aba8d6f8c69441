import type pg from 'pg';
import type { Records } from '../src/fhir/records.ts';
import type { Actor, Role } from '../src/kernel/actor.ts';
import { patientLines } from '../src/people/queries.ts';
import { listAsked } from '../src/referral/answer/queries.ts';
import { inboxLines, sentLines } from '../src/referral/queries.ts';
import type { Circle } from './circle.ts';
import { familyNames } from './data.ts';
import type { Filled } from './fill.ts';

/** One read of the product: `once` does it for the `i`-th of the things it can be done to. */
export type Read = Readonly<{ name: string; once: (records: Records, i: number) => Promise<unknown> }>;
export type Reader = Readonly<{ who: string; actor: Actor; reads: readonly Read[] }>;

/** What each kind of actor reads all day, of persons whom it sees. */
export async function readersOf(owner: pg.Client, { places }: Filled, circle: Circle): Promise<Reader[]> {
  const [clinic, office] = [places.clinics[0]?.id ?? '', places.offices[0]?.id ?? ''];
  const [group, resident] = [circle.groups[0]?.body.id ?? '', circle.residents[0]?.id ?? ''];
  const post = (role: string, at: string): string =>
    places.posts.find((p) => p.role === role && p.organization === at)?.post ?? '';
  const actor = (role: Role, organization: string, postId?: string): Actor => ({
    role,
    organization,
    ...(postId === undefined ? {} : { post: postId }),
    via: 'session',
    request: 'bench-rules',
  });
  const some = async (what: string): Promise<{ id: string; patient: string }[]> =>
    (
      await owner.query<{ id: string; patient: string }>(
        `select t.id, t.patient_id as patient from task t where ${what} and status in ('requested', 'accepted', 'in-progress', 'on-hold')
           order by md5(t.id::text) limit 100`,
      )
    ).rows;
  const answersOf = async (tasks: readonly { patient: string }[]): Promise<string[]> =>
    (
      await owner.query<{ id: string }>(
        `select id from questionnaire_response where patient_id = any ($1) order by md5(id::text)`,
        [tasks.map((t) => t.patient)],
      )
    ).rows.map((row) => row.id);
  const helped = `exists (select 1 from task r where r.part_of_id = t.id)`;

  const common = async (where: string, search: readonly (readonly [string, string])[]): Promise<Read[]> => {
    const tasks = await some(where);
    const answers = await answersOf(tasks);
    const nth = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;
    return [
      { name: 'Task by id', once: (r, i) => r.read('Task', nth(tasks, i).id) },
      {
        name: 'Task search, status, newest 20',
        once: (r) => r.page('Task', [...search, ['status', 'requested,in-progress'], ['_count', '20']]),
      },
      { name: 'Patient by id', once: (r, i) => r.read('Patient', nth(tasks, i).patient) },
      {
        name: 'Patient search by name (20)',
        once: (r, i) =>
          r.page('Patient', [
            ['name', nth(familyNames, i)],
            ['_count', '20'],
          ]),
      },
      { name: 'history of a Task', once: (r, i) => r.history('Task', nth(tasks, i).id) },
      {
        name: 'QuestionnaireResponse by id',
        once: (r, i) => r.read('QuestionnaireResponse', nth(answers, i)),
      },
    ];
  };
  const mine = (id: string): string => `owner_id = '${id}'`;
  return [
    {
      who: 'clinic',
      actor: actor('doctor', clinic, post('doctor', clinic)),
      reads: [
        ...(await common(`requester_id = '${clinic}' and ${helped}`, [['requester', clinic]])),
        { name: 'list of patients', once: (r) => patientLines(r, undefined, 1) },
        { name: 'list of referrals sent', once: (r) => sentLines(r, 'open', '', undefined) },
      ],
    },
    {
      who: 'office',
      actor: actor('linkworker', office, post('linkworker', office)),
      reads: [
        ...(await common(`${mine(office)} and ${helped}`, [['owner', office]])),
        { name: 'inbox', once: (r) => inboxLines(r, 'all', undefined) },
      ],
    },
    {
      who: 'resident',
      actor: actor('neighbour', office, resident),
      reads: [
        ...(await common(`${mine(office)} and assignee_id = '${resident}'`, [['owner', office]])),
        { name: 'inbox', once: (r) => inboxLines(r, 'all', undefined) },
      ],
    },
    {
      who: 'group',
      actor: actor('resource', group),
      reads: [
        ...(await common(mine(group), [['owner', group]])),
        { name: 'list of requests', once: (r) => listAsked(r, 'new', 1) },
      ],
    },
  ];
}
