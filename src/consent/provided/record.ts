import type { Records } from '../../fhir/records.ts';
import type { Role } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import {
  readOrganization,
  readPatient,
  representativeOf,
  type ReadBody,
  type ReadPatient,
} from '../../people/record.ts';
import { isLawful, legalBases, readLawful } from '../legal-basis.ts';
import { readConsent } from '../record.ts';
import { looksAt, provisionLines, type Line, type Look } from './queries.ts';
import { audienceNames, closedNames, doesOf, emergencyNames, itemsIn, kindOf, text } from './text.ts';

/** On what it rests: the person's consent with its day, a law, or an emergency. */
export type Basis =
  | Readonly<{ kind: 'consent'; id: string; at: string; proxy: string | undefined }>
  | Readonly<{ kind: 'law'; says: Sentence }>
  | Readonly<{ kind: 'emergency'; says: Sentence }>
  | Readonly<{ kind: 'unknown' }>;

export type Provision = Readonly<{
  id: string;
  to: ReadBody | undefined;
  representative: string | undefined;
  audience: Sentence;
  items: readonly Sentence[];
  from: Date;
  until: Date | undefined;
  because: Sentence | undefined;
  basis: Basis;
}>;

export type Seen = Readonly<{
  name: string;
  own: boolean;
  role: Role;
  kind: Sentence;
  does: Sentence;
  last: Date;
  times: number;
}>;

export type ProvisionRecord = Readonly<{ provisions: readonly Provision[]; looks: readonly Seen[] }>;

/** Who was given what of a person, and who looked; two statements. For the body that keeps the person. */
export async function readProvision(records: Records, patient: string): Promise<ProvisionRecord> {
  return {
    provisions: await readProvisions(records, patient),
    looks: gathered(await looksAt(records, patient)),
  };
}

/** Who was given what; also for the person themselves. */
export const readProvisions = async (records: Records, patient: string): Promise<Provision[]> =>
  (await provisionLines(records, patient)).map(toProvision);

/** `not-found` for anybody but the body that keeps the person, whatever else it may see of them. */
export async function readKeptPerson(records: Records, id: string): Promise<ReadPatient> {
  const person = readPatient(await records.read('Patient', id));
  if (person.clinic !== records.actor.organization) throw notFound();
  return person;
}

function toProvision(line: Line): Provision {
  return {
    id: line.id,
    to: line.body ? readOrganization(line.body) : undefined,
    representative: line.body ? representativeOf(line.body) : undefined,
    audience: audienceNames[line.audience] ?? text.unknown,
    items: itemsIn(line),
    from: line.openedAt,
    until: line.closedAt ?? undefined,
    because: line.because === null ? undefined : closedNames[line.because],
    basis: basisOf(line),
  };
}

function basisOf({ consent, emergency }: Line): Basis {
  if (emergency !== null) return { kind: 'emergency', says: emergencyNames[emergency] };
  if (consent === null) return { kind: 'unknown' };
  if (isLawful(consent)) return { kind: 'law', says: legalBases[readLawful(consent).basis] };
  const given = readConsent(consent);
  return { kind: 'consent', id: given.id, at: given.at, proxy: given.proxy?.name };
}

/** Looks at the same kind of record by the same role of a body, as one line. */
function gathered(looks: readonly Look[]): Seen[] {
  const lines = new Map<string, Seen>();
  for (const look of looks) {
    const [kind, does] = [kindOf(look), doesOf(look)];
    const key = [look.name, look.own, look.role, kind.ja, does.ja].join('|');
    const before = lines.get(key);
    lines.set(key, {
      name: look.name ?? '',
      own: look.own,
      role: look.role,
      kind,
      does,
      last: before && before.last > look.last ? before.last : look.last,
      times: (before?.times ?? 0) + look.times,
    });
  }
  return [...lines.values()].toSorted((a, b) => b.last.getTime() - a.last.getTime());
}
