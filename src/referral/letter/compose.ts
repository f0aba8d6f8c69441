import { createHash } from 'node:crypto';
import type { Binary, Bundle, Composition, DocumentReference, Resource } from '@medplum/fhirtypes';
import { referralSheet } from '../../documents/referral-sheet.ts';
import { concept, systems } from '../../fhir/codes.ts';
import { reference } from '../../fhir/references.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { writeJson } from '../../kernel/exact-json.ts';
import type { Program } from '../../programs/program.ts';
import { programOf } from '../deadlines.ts';
import { typeOfLetter } from '../record.ts';
import { sheetOf } from '../sheet.ts';
import type { Gathered } from './gather.ts';
import { withinDocument } from './links.ts';
import { partsOf } from './parts.ts';
import { letterWords as words } from './text.ts';

type Given = Readonly<{ programs: readonly Program[]; publicUrl: string; now: Date }>;

/**
 * A referral as a FHIR document (Bundle of type `document`, FHIR R4, documents.html): what its sheet says in the sections of
 * the Japanese eReferral guide, the records behind it, and the sheet itself. The same data are the same bytes: ids and the
 * number are made of them, and its time is that of the record that was written last. In Japanese, whoever asks.
 */
export async function composeLetter(gathered: Gathered, given: Given): Promise<Bundle> {
  const { shown, request, patient, sheetId } = gathered;
  const program = programOf(given.programs, shown.asked?.program);
  const { publicUrl, now } = given;
  const sheet = sheetOf(shown, { language: 'ja', program, publicUrl, now, sheetId });
  const name = (what: string): string => uuidOf(`${request.id} ${what}`);
  const [binary, attached] = attachment(gathered, await referralSheet(sheet), name);
  const about: readonly (Resource & { id: string })[] = [
    patient,
    ...gathered.named,
    request,
    ...gathered.conditions,
    ...gathered.observations,
    ...gathered.answers,
    ...gathered.notes,
    ...gathered.consents,
    ...gathered.coverages,
    attached,
    binary,
  ];
  const composition: Composition & { id: string } = {
    ...frameOf(gathered, name('composition')),
    section: partsOf(gathered, sheet, attached),
  };
  const inside = new Set(about.map((one) => one.id));
  const entry = [composition, ...about].map((resource) => ({
    fullUrl: `urn:uuid:${resource.id}`,
    resource: withinDocument(resource, inside),
  }));
  return {
    resourceType: 'Bundle',
    identifier: numberOf(gathered, uuidOf(writeJson(entry))),
    type: 'document',
    timestamp: gathered.at,
    entry,
  };
}

function frameOf({ shown, request, patient, author }: Gathered, id: string): Composition & { id: string } {
  const at = shown.referral.authoredOn;
  const clinic = reference('Organization', shown.referral.from);
  return {
    resourceType: 'Composition',
    id,
    language: 'ja',
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/composition-clinicaldocument-versionNumber',
        valueString: request.meta.versionId,
      },
    ],
    identifier: { system: systems.uri, value: `urn:uuid:${request.id}` },
    status: 'final',
    type: typeOfLetter,
    category: [typeOfLetter],
    subject: reference('Patient', patient.id),
    date: at,
    author: [...(author === undefined ? [] : [reference('PractitionerRole', author)]), clinic],
    title: words.title,
    // v3-Confidentiality: what is told of somebody in danger is restricted.
    confidentiality: shown.person?.limits !== undefined || shown.person?.sealed === true ? 'R' : 'N',
    custodian: clinic,
    event: [{ code: [{ text: words.issued }], period: { start: at } }],
  };
}

/** The sheet as it is printed, and what it is. */
function attachment(
  { shown, patient }: Gathered,
  pdf: Buffer,
  name: (what: string) => string,
): [Binary & { id: string }, DocumentReference & { id: string }] {
  const [binary, document] = [name('sheet'), name('sheet of the referral')];
  const subject = reference('Patient', patient.id);
  return [
    {
      resourceType: 'Binary',
      id: binary,
      contentType: 'application/pdf',
      securityContext: subject,
      data: pdf.toString('base64'),
    },
    {
      resourceType: 'DocumentReference',
      id: document,
      status: 'current',
      type: concept(systems.documentType, '57133-1'),
      subject,
      date: shown.referral.authoredOn,
      author: [reference('Organization', shown.referral.from)],
      description: words.sheet,
      content: [
        {
          attachment: {
            contentType: 'application/pdf',
            url: `Binary/${binary}`,
            size: pdf.length,
            hash: createHash('sha1').update(pdf).digest('base64'),
            title: words.sheet,
          },
        },
      ],
    },
  ];
}

/** 医療機関コード^year^id, as JP-CLINS numbers documents; of a clinic without such a code, a number of its own. */
function numberOf({ shown }: Gathered, id: string): { system: string; value: string } {
  const { medicalInstitution = '' } = shown.sender ?? {};
  return /^[0-4]\d[1-3]\d{7}$/.test(medicalInstitution)
    ? {
        system: systems.documentNumber,
        value: `${medicalInstitution}^${dayInTokyo(new Date(shown.referral.authoredOn)).slice(0, 4)}^${id}`,
      }
    : { system: systems.uri, value: `urn:uuid:${id}` };
}

/** A UUID made of a text (RFC 9562, version 8): the same text, the same id. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}
