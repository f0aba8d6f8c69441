import { createHash } from 'node:crypto';
import type { Binary, DocumentReference } from '@medplum/fhirtypes';
import { sql } from '../../../database/sql.ts';
import { coding, concept, systems } from '../../../fhir/codes.ts';
import type { Records } from '../../../fhir/records.ts';
import { idsOf, isId, reference } from '../../../fhir/references.ts';
import { letterType } from '../../../referral/record.ts';
import { turnAway } from '../refusal.ts';
import type { Document } from './envelope.ts';
import { tokenOf } from './parties.ts';
import { documentText as text } from './text.ts';

/** For the body that keeps it and nobody else; see the row rule `for_keeper`. */
const restricted = [coding(systems.confidentiality, 'R')];

/** A document as it came, byte for byte, and what was made of it. */
export function originalOf(
  { actor, now }: Records,
  { identifier, timestamp, composition }: Document,
  given: Readonly<{ bytes: Buffer; patient: string; task: string; request: string }>,
  ids: Readonly<{ binary: string; document: string }>,
): [Binary, DocumentReference] {
  const subject = reference('Patient', given.patient);
  const contentType = 'application/fhir+json';
  return [
    {
      resourceType: 'Binary',
      id: ids.binary,
      meta: { security: restricted },
      contentType,
      securityContext: subject,
      data: given.bytes.toString('base64'),
    },
    {
      resourceType: 'DocumentReference',
      id: ids.document,
      meta: { security: restricted },
      masterIdentifier: identifier,
      ...(composition.identifier === undefined ? {} : { identifier: [composition.identifier] }),
      status: 'current',
      type: concept(systems.documentType, letterType),
      subject,
      date: now.toISOString(),
      custodian: reference('Organization', actor.organization),
      description: composition.title,
      securityLabel: [concept(systems.confidentiality, 'R')],
      content: [
        {
          attachment: {
            contentType,
            url: `Binary/${ids.binary}`,
            size: given.bytes.length,
            hash: digestOf(given.bytes),
            title: composition.title,
            creation: timestamp,
          },
        },
      ],
      context: { related: [reference('Task', given.task), reference('ServiceRequest', given.request)] },
    },
  ];
}

/** SHA-1, as `Attachment.hash` has it (FHIR R4); it tells a repeat from another document and guards nothing. */
const digestOf = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('base64');

/** The referral that a document of this very server is about. */
async function taskOf(records: Records, request: string): Promise<string | undefined> {
  const [found] = isId(request) ? await records.readMany('ServiceRequest', [request]) : [];
  if (!found) return undefined;
  const about = [
    ['focus', `ServiceRequest/${request}`],
    ['part-of:missing', 'true'],
  ] as const;
  return (await records.find('Task', about, 1))[0]?.id;
}

/**
 * The referral that was made of this very document before, or that it was made of. Two that come at once wait for each other. Refuses another
 * content under the same number, and another edition of a letter that was taken.
 */
export async function takenBefore(
  records: Records,
  { identifier, composition }: Document,
  bytes: Buffer,
): Promise<string | undefined> {
  const letter = composition.identifier;
  const tokens = [
    tokenOf(identifier.system, identifier.value),
    ...(letter?.system === undefined || letter.value === undefined
      ? []
      : [tokenOf(letter.system, letter.value)]),
  ];
  const own = letter?.system === systems.uri ? letter.value?.replace(/^urn:uuid:/, '') : undefined;
  const sent = own === undefined ? undefined : await taskOf(records, own);
  if (sent !== undefined) return sent;
  for (const token of tokens.toSorted())
    await records.run(sql`select pg_advisory_xact_lock(hashtextextended(${`document ${token}`}, 0))`);
  for (const [i, token] of tokens.entries()) {
    const found = await records.find('DocumentReference', [['identifier', token]], 10);
    const document = found.find(
      (one) => (one.context?.related ?? []).length > 0 && one.meta.security?.[0]?.code === 'R',
    );
    if (!document) continue;
    const [task = ''] = idsOf(document.context?.related, 'Task');
    if (i > 0)
      throw turnAway(409, 'conflict', 'Bundle.entry[0].resource.identifier', text.otherEdition(task));
    if (document.content[0]?.attachment.hash !== digestOf(bytes))
      throw turnAway(409, 'duplicate', 'Bundle.identifier', text.otherContent);
    return task;
  }
  return undefined;
}
