import { removableTypes } from '../../fhir/removing.ts';
import { isAboutPerson } from '../../fhir/tables.ts';
import { recordTypes, type RecordType } from '../../fhir/types.ts';
import { roles, type Role } from '../../kernel/actor.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { rolesFor, type Body, type WorkRole } from '../accounts/roles.ts';
import { allows, type Letter } from '../scopes.ts';
import { sightOf } from '../sight.ts';
import { deedNames, kindNames } from './names.ts';

/** What a client can be let do: one tick box each. Letters as in a SMART scope. */
const deeds = ['rs', 'cu', 'd'] as const;
type Deed = (typeof deeds)[number];

/** What a scope can name: every kind of record, and what is made from the log and the figures. */
export const kinds = [...recordTypes, 'Subscription', 'AuditEvent', 'MeasureReport'] as const;
export type Kind = (typeof kinds)[number];

/** One tick box: a kind of record and what may be done with it. */
export type Offer = Readonly<{ kind: Kind; deed: Deed; scope: string; says: Sentence }>;

const isRecord = (kind: Kind): kind is RecordType => (recordTypes as readonly string[]).includes(kind);

/** Who keeps entries of the directory; the rules of the directory say which of them. */
const keepers: readonly Role[] = ['coordinator', 'linkworker', 'resource'];
/** Who reads the council's figures. */
const countedFor: readonly Role[] = ['council', 'coordinator'];

/** What those who act in a role do with a kind of record at most; which records those are, the row rules say. */
function deedsOf(role: Role, kind: Kind): readonly Deed[] {
  const seesPersons = sightOf(role).audience !== 'nobody';
  const isReader = ['insurer', 'meeting'].includes(sightOf(role).audience);
  if (kind === 'Subscription') return seesPersons ? deeds : [];
  if (kind === 'AuditEvent') return ['rs'];
  if (kind === 'MeasureReport') return countedFor.includes(role) ? ['rs'] : [];
  if (kind === 'Questionnaire') return ['rs'];
  if (!isRecord(kind)) return [];
  // What is never deleted cannot be ticked either.
  const all = removableTypes.includes(kind) ? deeds : (['rs', 'cu'] as const);
  if (isAboutPerson(kind)) return !seesPersons ? [] : isReader ? ['rs'] : all;
  return keepers.includes(role) ? all : ['rs'];
}

export const offersFor = (role: Role): readonly Offer[] =>
  kinds.flatMap((kind) =>
    deedsOf(role, kind).map((deed) => ({
      kind,
      deed,
      scope: `system/${kind}.${deed}`,
      says: deedNames[deed],
    })),
  );

/** What one of these roles may be let do, each thing once. */
export const uniqueOffers = (some: readonly Role[]): readonly Offer[] => [
  ...new Map(some.flatMap((role) => offersFor(role)).map((one) => [one.scope, one])).values(),
];

/** As what a client of such an organization can act: as those who work there, but for administering. */
export const clientRoles = (body: Body): readonly WorkRole[] =>
  rolesFor(body).filter((role) => role !== 'admin');

/** How much a client may do: what is ticked, or whatever the role may. */
export const extents = { chosen: undefined, read: 'system/*.rs', all: 'system/*.cruds' } as const;
export type Extent = keyof typeof extents;

/** The scopes of a ticked form in one text: letters of the same kind stand together, in the order of a SMART scope. */
export function scopesOf(offers: readonly Offer[]): string {
  const letters = new Map<Kind, string>();
  for (const { kind, deed } of offers) letters.set(kind, `${letters.get(kind) ?? ''}${deed}`);
  return Array.from(letters, ([kind, some]) => {
    const inOrder = Array.from('cruds').filter((letter) => some.includes(letter));
    return `system/${kind}.${inOrder.join('')}`;
  }).join(' ');
}

/** For each kind of record, all that a client can be let do with it. */
export const everyScope = (): readonly string[] => scopesOf(uniqueOffers(roles)).split(' ');

/** How a form shows scopes that a client has: as what they were chosen by. */
export function chosenFrom(
  scopes: string,
  role: Role,
): Readonly<{ extent: Extent; ticked: readonly Offer[] }> {
  const extent = scopes === extents.all ? 'all' : scopes === extents.read ? 'read' : 'chosen';
  const ticked = offersFor(role).filter(({ kind, deed }) =>
    Array.from(deed).every((letter) => allows(scopes, kind, letter as Letter)),
  );
  return { extent, ticked };
}

/** What scopes mean, in words: a line for each kind, with what may be done with it. */
export function inWords(scopes: string): readonly Readonly<{ kind: Sentence; may: readonly Sentence[] }>[] {
  return scopes.split(' ').flatMap((one) => {
    const [, name = '', letters = ''] = /^system\/(\*|[A-Za-z]+)\.([cruds]+)$/.exec(one) ?? [];
    const may = Array.from(letters, (letter) => letterNames[letter as Letter]);
    const kind =
      name === '*' ? kindNames['*'] : kinds.includes(name as Kind) ? kindNames[name as Kind] : undefined;
    return kind && may.length > 0 ? [{ kind, may }] : [];
  });
}

const letterNames: Readonly<Record<Letter, Sentence>> = {
  c: { ja: '作る', en: 'create' },
  r: { ja: '読む', en: 'read' },
  u: { ja: '変える', en: 'change' },
  d: { ja: '消す', en: 'delete' },
  s: { ja: '探す', en: 'search' },
};
