import type { Binary, Consent, DocumentReference } from '@medplum/fhirtypes';
import { concept } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import { idOf, isId, reference } from '../fhir/references.ts';
import { kindOfFile, type FileKind } from '../files/kind.ts';
import { forbidden, notFound } from '../kernel/problem.ts';
import { readSeal } from '../people/danger/seal.ts';
import { isSealed } from '../people/record.ts';
import { attachmentOf } from './record.ts';
import { text } from './text.ts';

/** The copy of a signed form: the bytes, and the document that says what they are. LOINC 59284-0 is a consent document. */
export const buildScan = (
  scan: Readonly<{ bytes: Buffer; contentType: string; patient: string; at: string }>,
  ids: Readonly<{ binary: string; document: string }>,
): [Binary, DocumentReference] => [
  {
    resourceType: 'Binary',
    id: ids.binary,
    contentType: scan.contentType,
    securityContext: reference('Patient', scan.patient),
    data: scan.bytes.toString('base64'),
  },
  {
    resourceType: 'DocumentReference',
    id: ids.document,
    status: 'current',
    type: concept('http://loinc.org', '59284-0', 'Consent Document'),
    subject: reference('Patient', scan.patient),
    date: scan.at,
    content: [
      {
        attachment: {
          contentType: scan.contentType,
          url: `Binary/${ids.binary}`,
          size: scan.bytes.length,
          title: '同意書の写し',
        },
      },
    ],
  },
];

export type Scan = Readonly<{ bytes: Buffer; contentType: FileKind }>;

/**
 * The copy behind a consent, wherever it is kept. Only pictures and PDF, told by their bytes: what a stranger's program
 * stored under another name is not handed to a browser. Of somebody whose address is sealed, for those who may see that alone.
 */
export async function readScan(records: Records, consent: Consent): Promise<Scan> {
  const [patient] = await records.readMany('Patient', [idOf(consent.patient, 'Patient') ?? '']);
  if (patient && isSealed(patient) && (await readSeal(records, patient))?.open === undefined)
    throw forbidden(text.scanSealed);
  const attached = attachmentOf(consent)?.data;
  const data = attached ?? (await referredData(records, consent));
  const bytes = Buffer.from(data ?? '', 'base64');
  const contentType = kindOfFile(bytes);
  if (contentType === undefined) throw notFound();
  return { bytes, contentType };
}

async function referredData(records: Records, consent: Consent): Promise<string | undefined> {
  const id = idOf(consent.sourceReference, 'DocumentReference');
  const document = id === undefined ? undefined : await records.read('DocumentReference', id);
  const attachment = document?.content[0]?.attachment;
  if (attachment?.data !== undefined) return attachment.data;
  const binary = attachment?.url?.replace(/^Binary\//, '');
  return isId(binary) ? (await records.read('Binary', binary)).data : undefined;
}
