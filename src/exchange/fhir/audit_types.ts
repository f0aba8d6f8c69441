import type { AuditEvent, Coding } from '@medplum/fhirtypes';
import { coding } from '../../fhir/codes.ts';

const dicom = (code: string, display: string): Coding => ({
  ...coding('http://dicom.nema.org/resources/ontology/DCM', code),
  display,
});
const rest: Coding = {
  ...coding('http://terminology.hl7.org/CodeSystem/audit-event-type', 'rest'),
  display: 'RESTful Operation',
};
const signingIn = dicom('110114', 'User Authentication');
const logUsed = dicom('110101', 'Audit Log Used');
const given = dicom('110106', 'Export');

type Kind = Readonly<{
  type: Coding;
  action: NonNullable<AuditEvent['action']>;
  /** What happened within the type. */
  subtype?: Coding;
  /** 0: done; 4: refused. */
  outcome?: '0' | '4';
}>;

/** What each action of the access log is as an AuditEvent (value set audit-event-type, DICOM's codes for the rest). */
export const kinds: Readonly<Record<string, Kind>> = {
  read: { type: rest, action: 'R' },
  history: { type: rest, action: 'R' },
  search: { type: rest, action: 'E' },
  write: { type: rest, action: 'U' },
  delete: { type: rest, action: 'D' },
  refused: { type: rest, action: 'E', outcome: '4' },
  print: { type: given, action: 'R' },
  export: { type: given, action: 'R' },
  'sign-in': { type: signingIn, action: 'E', subtype: dicom('110122', 'Login') },
  'sign-in-refused': { type: signingIn, action: 'E', subtype: dicom('110122', 'Login'), outcome: '4' },
  'sign-out': { type: signingIn, action: 'E', subtype: dicom('110123', 'Logout') },
  token: { type: signingIn, action: 'E', subtype: dicom('110126', 'Node Authentication') },
  'token-refused': {
    type: signingIn,
    action: 'E',
    subtype: dicom('110126', 'Node Authentication'),
    outcome: '4',
  },
  account: { type: dicom('110137', 'User Security Attributes Changed'), action: 'U' },
  'log-read': { type: logUsed, action: 'R' },
  reviewed: { type: logUsed, action: 'E' },
  emergency: { type: dicom('110127', 'Emergency Override Started'), action: 'E' },
};

/** The actions that a search by `type` means: a code, with or without its system. */
export const actionsOf = (token: string): string[] =>
  Object.entries(kinds).flatMap(([action, { type }]) =>
    token === type.code || token === `${type.system ?? ''}|${type.code ?? ''}` ? [action] : [],
  );

const reason = (code: string): Coding => coding('http://terminology.hl7.org/CodeSystem/v3-ActReason', code);
const reasons: Readonly<Record<string, Coding>> = {
  care: reason('TREAT'),
  consent: reason('COC'),
  self: reason('PATRQT'),
  administration: reason('HSYSADMIN'),
  directory: reason('HSYSADMIN'),
  job: reason('HSYSADMIN'),
  figures: reason('HRESCH'),
  emergency: reason('BTG'),
};

/** The basis of an access as a purpose of use; its first word is the kind, the whole is kept as text. */
export function purposeOf(why: string): AuditEvent['purposeOfEvent'] {
  if (why === '') return undefined;
  const known = reasons[why.split(' ')[0] ?? ''];
  return [{ ...(known ? { coding: [known] } : {}), text: why }];
}
