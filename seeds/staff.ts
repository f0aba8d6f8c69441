import { displayName, type Name, type PostKind } from '../src/people/record.ts';
import type { Bodies, DemoBody } from './bodies.ts';
import { invent } from './names.ts';
import type { Dice } from './random.ts';

export type DemoPost = Readonly<{
  postId: string;
  practitionerId: string;
  organizationId: string;
  role: PostKind;
  name: Name;
  since: string;
}>;

/** Somebody who can sign in to the demo. */
export type Account = Readonly<{
  login: string;
  name: string;
  postId: string;
  practitionerId: string;
  organizationId: string;
  role: PostKind;
}>;

/** A program that can ask for a token in the demo. */
export type Client = Readonly<{ id: string; role: PostKind; organizationId: string }>;

/**
 * A doctor and a receptionist in every clinic, two link workers in every office (with resident link workers in the
 * demo's), a coordinator in every municipality. The demo's people are the first of their kind.
 */
export function inventStaff(
  random: Dice,
  bodies: Bodies,
  demoResource: Readonly<{ id: string }>,
): Readonly<{ posts: readonly DemoPost[]; accounts: readonly Account[]; clients: readonly Client[] }> {
  const post = (role: PostKind, organization: Readonly<{ id: string }>): DemoPost => ({
    postId: random.id(),
    practitionerId: random.id(),
    organizationId: organization.id,
    role,
    name: invent(random, random.chance(0.5) ? 'female' : 'male', random.whole(1958, 1998)),
    since: `${String(random.whole(2019, 2023))}-04-01`,
  });
  const posts = [
    ...bodies.clinics.flatMap((c) => [post('doctor', c), post('reception', c)]),
    ...bodies.offices.flatMap((o, i) => [
      post('linkworker', o),
      post('linkworker', o),
      ...(i === 0 ? [post('neighbour', o), post('neighbour', o)] : []),
    ]),
    ...bodies.municipalities.map((m) => post('coordinator', m)),
    post('resource', demoResource),
    post('council', bodies.council),
    post('admin', bodies.council),
    ...bodies.insurers.map((i) => post('insurer', i)),
    post('meeting', bodies.meeting),
    post('doctor', bodies.clinics[0] ?? bodies.council),
  ];
  const logins = [
    'doctor',
    'reception',
    'linkworker',
    'neighbour',
    'coordinator',
    'resource',
    'insurer',
    'meeting',
    'council',
    'admin',
  ] as const satisfies readonly PostKind[];
  const accountOf = (login: string, of: DemoPost | undefined): readonly Account[] =>
    of === undefined
      ? []
      : [
          {
            login,
            name: displayName(of.name, 'ja'),
            postId: of.postId,
            practitionerId: of.practitionerId,
            organizationId: of.organizationId,
            role: of.role,
          },
        ];
  /** In the first body that runs a program, best as its usual one. */
  const running = (program: string, role: PostKind, of: readonly DemoBody[]): DemoPost | undefined => {
    const body =
      of.find(({ programs }) => programs?.[0] === program) ??
      of.find(({ programs }) => programs?.includes(program));
    return posts.find((p) => p.role === role && p.organizationId === body?.id);
  };
  const accounts = [
    ...logins.flatMap((login) =>
      accountOf(
        login,
        posts.find((p) => p.role === login),
      ),
    ),
    // Of the town whose clinic and office work with the demo's insurer.
    ...accountOf('towndoctor', running('kamaishi', 'doctor', bodies.clinics)),
    ...accountOf('townworker', running('kamaishi', 'linkworker', bodies.offices)),
    // A clinic of each program that none of these runs.
    ...['nabari', 'takaishi', 'yabu', 'kotoura'].flatMap((program) =>
      accountOf(`${program}doctor`, running(program, 'doctor', bodies.clinics)),
    ),
    // Of the only office that works by Yabu's sheet, whose domains are drawn over time.
    ...accountOf('yabuworker', running('yabu', 'linkworker', bodies.offices)),
  ];
  const clients = (
    [
      ['demo-clinic', 'doctor'],
      ['demo-office', 'linkworker'],
      ['demo-resource', 'resource'],
      ['demo-council', 'council'],
    ] as const
  ).map(([id, role]) => ({
    id,
    role,
    organizationId: accounts.find((a) => a.role === role)?.organizationId ?? '',
  }));
  return { posts, accounts, clients };
}
