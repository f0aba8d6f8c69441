import { createHash } from 'node:crypto';
import type { Bundle, Consent, ConsentProvision, Reference, Task } from '@medplum/fhirtypes';
import { withFilesNamed } from '../../fhir/answer-files.ts';
import { extensions } from '../../fhir/codes.ts';
import type { FhirRecord, Stored } from '../../fhir/types.ts';
import { writeJson } from '../../kernel/exact-json.ts';
import {
  bare,
  forThem,
  originAt,
  refer,
  sourceOf,
  unlessThere,
  withIdentifier,
  type Names,
} from './names.ts';

/** Records that first came from that server are called there what they always were. */
export function withOrigins(names: Names, records: readonly Stored[]): Names {
  const came = records.flatMap((record) => {
    const id = originAt(names.address, record);
    return id === undefined
      ? []
      : [[`${record.resourceType}/${record.id}`, `${record.resourceType}/${id}`] as const];
  });
  return { ...names, theirs: new Map([...names.theirs, ...came]) };
}

export type Sendable = Readonly<{ bundle: Bundle; sent: readonly Stored[]; key: string }>;

/**
 * A transaction that makes what is not there yet: each record with the identifier that says where it is from, and on the
 * condition that none has it, so that the same sent twice is there once. `key` is the same for the same content.
 */
export function bundleOf(records: readonly Stored[], names: Names): Sendable {
  const sent = records.filter((one) => !names.theirs.has(`${one.resourceType}/${one.id}`));
  const beside = new Set(sent.map((one) => `${one.resourceType}/${one.id}`));
  const entry = sent.map((record) => ({
    fullUrl: `urn:uuid:${record.id}`,
    resource: asSent(record, names, beside),
    request: {
      method: 'POST' as const,
      url: record.resourceType,
      ifNoneExist: unlessThere(names.base, record.resourceType, record.id),
    },
  }));
  const bundle: Bundle = { resourceType: 'Bundle', type: 'transaction', entry };
  return { bundle, sent, key: createHash('sha256').update(writeJson(bundle)).digest('hex') };
}

/** One record as the other server takes it. */
export function asSent(record: Stored, names: Names, beside: ReadonlySet<string> = new Set()): FhirRecord {
  const { resourceType, id } = record;
  const source = sourceOf(names.base, resourceType, id);
  const own = withIdentifier(bare(prepared(record, names), `${names.base}/${resourceType}/${id}`), source);
  return refer(own, forThem(names, beside));
}

function prepared(record: Stored, names: Names): Stored {
  if (record.resourceType === 'Task') return asNew(record);
  if (record.resourceType === 'Consent') return narrowed(record, names);
  if (record.resourceType === 'QuestionnaireResponse') return withFilesNamed(record);
  return record;
}

/** It begins there at its beginning; what has become of it since is told by moves. Who has it in hand is theirs to say. */
function asNew({
  extension,
  statusReason: _s,
  output: _o,
  businessStatus: _b,
  ...task
}: Stored<Task>): Stored {
  const others = (extension ?? []).filter((one) => one.url !== extensions.assignee);
  return { ...task, ...(others.length > 0 ? { extension: others } : {}), status: 'requested' };
}

/**
 * Bodies that the other server does not know by our names open nothing there: they are left out, or named by where they are
 * from when there is no other, since a permit without actors is not limited: what arrives is never wider than what was
 * agreed. What proves the consent stays where it is, and is named.
 */
function narrowed({ sourceReference, ...consent }: Stored<Consent>, names: Names): Stored {
  const isKnown = (given: Reference): boolean =>
    given.reference === undefined || names.theirs.has(given.reference);
  const within = (part: ConsentProvision): ConsentProvision[] => {
    if (part.actor === undefined) return [part];
    const actor = part.actor.filter((one) => isKnown(one.reference));
    return actor.length > 0 ? [{ ...part, actor }] : [];
  };
  const { provision } = consent;
  const { actor, provision: parts, ...rest } = provision ?? {};
  const known = (actor ?? []).filter((one) => isKnown(one.reference));
  const actors = known.length > 0 ? known : (actor ?? []);
  const kept = (parts ?? []).flatMap(within);
  return {
    ...consent,
    ...(sourceReference === undefined
      ? {}
      : { sourceAttachment: { title: sourceReference.display ?? '同意書（送り元が保管）' } }),
    ...(provision === undefined
      ? {}
      : {
          provision: {
            ...rest,
            ...(actors.length > 0 ? { actor: actors } : {}),
            ...(kept.length > 0 ? { provision: kept } : {}),
          },
        }),
  };
}
