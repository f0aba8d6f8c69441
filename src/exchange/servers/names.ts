import type { Identifier, Reference } from '@medplum/fhirtypes';
import { isNode } from '../../fhir/definitions/rule.ts';
import type { FhirRecord, RecordType, Stored } from '../../fhir/types.ts';
import { faults } from './faults.ts';
import { Unwilling, type Server } from './model.ts';

/** How records of ours are called on one server, and theirs here. `Type/id`, both ways. */
export type Names = Readonly<{
  /** Our FHIR base: whose ids the identifiers hold that we give. */
  base: string;
  address: string;
  theirs: ReadonlyMap<string, string>;
  ours: ReadonlyMap<string, string>;
}>;

export type Pair = Readonly<{ type: string; id: string; their_id: string }>;

/** `also`: other registrations at the same address, which say what more bodies are called there. */
export function namesFor(
  server: Server,
  base: string,
  pairs: readonly Pair[],
  also: readonly Pick<Server, 'organization' | 'partner' | 'ourId' | 'theirId'>[] = [],
): Names {
  const bodies = [...also, server].flatMap((one) => [
    { type: 'Organization', id: one.organization, their_id: one.ourId },
    { type: 'Organization', id: one.partner, their_id: one.theirId },
  ]);
  const all = [...bodies, ...pairs];
  return {
    base,
    address: server.address,
    theirs: new Map(all.map((one) => [`${one.type}/${one.id}`, `${one.type}/${one.their_id}`])),
    ours: new Map(all.map((one) => [`${one.type}/${one.their_id}`, `${one.type}/${one.id}`])),
  };
}

/** The business identifier by which the other server knows a record of ours: where it is from, and its id there. */
export const sourceOf = (
  base: string,
  type: string,
  id: string,
): Identifier & { system: string; value: string } => ({
  system: `${base}/${type}`,
  value: id,
});
export const unlessThere = (base: string, type: string, id: string): string =>
  `identifier=${encodeURIComponent(`${base}/${type}|${id}`)}`;

const identifiersOf = (record: object): readonly Identifier[] => {
  const { identifier } = record as { identifier?: Identifier | Identifier[] };
  return identifier === undefined ? [] : Array.isArray(identifier) ? identifier : [identifier];
};

/** It says of itself that it is that record of ours. */
export const isOurs = (record: object, base: string, type: string, id: string): boolean =>
  identifiersOf(record).some((one) => one.system === `${base}/${type}` && one.value === id);

/** The id a record has on the server it first came from, where that is the one at this address. */
export const originAt = (address: string, record: FhirRecord): string | undefined =>
  identifiersOf(record).find((one) => one.system === `${address}/${record.resourceType}`)?.value;

/** The same record with that identifier among its own. */
export function withIdentifier<R extends object>(record: R & { resourceType: string }, given: Identifier): R {
  if (record.resourceType === 'QuestionnaireResponse')
    return { ...record, identifier: (record as { identifier?: Identifier }).identifier ?? given };
  const others = identifiersOf(record).filter((one) => one.system !== given.system);
  return { ...record, identifier: [...others, given] };
}

const local = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})$/;

/** Replaces every Reference in it. */
export function refer<T>(value: T, how: (given: Reference) => Reference): T {
  const walk = (given: unknown, depth: number): unknown => {
    if (depth > 60) throw new Unwilling(faults.tooDeep, { final: true });
    if (Array.isArray(given)) return given.map((one) => walk(one, depth + 1));
    if (!isNode(given) || Object.getPrototypeOf(given) !== Object.prototype) return given;
    if (typeof given['reference'] === 'string') return how(given);
    return Object.fromEntries(Object.entries(given).map(([key, inner]) => [key, walk(inner, depth + 1)]));
  };
  return walk(value, 0) as T;
}

/** As the other server can follow it: its own id, the entry beside it, else where it is from. */
export const forThem =
  ({ base, theirs }: Names, beside: ReadonlySet<string>) =>
  (given: Reference): Reference => {
    const text = given.reference ?? '';
    const [, type, id] = local.exec(text) ?? [];
    if (type === undefined || id === undefined) return given;
    const there = theirs.get(text);
    if (there !== undefined) return { ...given, reference: there };
    if (beside.has(text)) return { ...given, reference: `urn:uuid:${id}` };
    const { reference: _, ...rest } = given;
    return { ...rest, type: type as RecordType, identifier: sourceOf(base, type, id) };
  };

/** As it leads here: our id, the record beside it, else an identifier of where it is. */
export const forUs =
  ({ address, ours }: Names, beside: ReadonlyMap<string, string>) =>
  (given: Reference): Reference => {
    const full = given.reference ?? '';
    const text = full.startsWith(`${address}/`) ? full.slice(address.length + 1) : full;
    const here = ours.get(text) ?? beside.get(text);
    if (here !== undefined) return { ...given, reference: here };
    const [, type, id] = local.exec(text) ?? [];
    const { reference: _, ...rest } = given;
    if (type !== undefined && id !== undefined)
      return { ...rest, identifier: { system: `${address}/${type}`, value: id } };
    return rest.display === undefined && rest.identifier === undefined ? { display: '-' } : rest;
  };

/** Without what only the server that has it can say of it. */
export function bare<R extends FhirRecord>({ id: _id, meta, ...rest }: Stored<R>, source: string): R {
  const { profile, tag, security } = meta as { profile?: string[]; tag?: unknown; security?: unknown };
  return {
    ...rest,
    meta: {
      source,
      ...(profile === undefined ? {} : { profile }),
      ...(tag === undefined ? {} : { tag }),
      ...(security === undefined ? {} : { security }),
    },
  } as unknown as R;
}
