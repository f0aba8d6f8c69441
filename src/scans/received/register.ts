import type { Patient } from '@medplum/fhirtypes';
import { queueMail } from '../../access/outbox.ts';
import { buildConsent } from '../../consent/record.ts';
import { lastDay } from '../../consent/term.ts';
import { buildProvenance } from '../../fhir/provenance.ts';
import type { Records } from '../../fhir/records.ts';
import { reference } from '../../fhir/references.ts';
import { invalid } from '../../kernel/problem.ts';
import { buildPatient, readOrganization, readPatient, type ReadBody } from '../../people/record.ts';
import { needOf } from '../../programs/needs.ts';
import type { Program } from '../../programs/program.ts';
import { send } from '../../referral/send.ts';
import { markFiled, pageInTray, titleOf, turned } from '../filing.ts';
import type { ScanPage } from '../queries.ts';
import { buildDocument } from '../record.ts';
import { codedSheets, holdsStill } from './coded.ts';
import { consentDayOf, reasonOf, type AskedForm, type PersonForm, type Whom } from './form.ts';
import { itemsOf, knownById, knownPersons } from './known.ts';
import { text } from './text.ts';

export type Receiving = Readonly<{
  /** Id of the page in the tray. */
  page: string;
  whom: Whom;
  asked: AskedForm;
  program: Program;
  /** Those whom a person's municipality is chosen from. */
  towns: readonly ReadBody[];
  publicUrl: string;
}>;

export type Registered = Readonly<{ task: string; caseNumber: string }>;

/** Who it is, for which clinic; no `patient`: somebody new. */
type Found = Readonly<{ clinic: string; patient: string | undefined; person?: PersonForm; coded?: true }>;

/**
 * Enters a referral that came on paper for the clinic that sent it: the person, the sheet as a document, the consent that
 * rests on it, request and task, all in one transaction and kept by the clinic; who typed it in is in each Provenance. See
 * docs/decisions/0055. Refuses a page that was sorted meanwhile, a body that is no clinic, and a person who may be known
 * already when nobody said who it is.
 */
export async function registerReceived(records: Records, given: Receiving): Promise<Registered> {
  const { asked, program } = given;
  const { received } = program;
  if (received === undefined) throw invalid({ path: '', says: text.notHere });
  const page = await pageInTray(records, given.page);
  const found = await whoIsIt(records, given, page);
  const { patient } = found;
  const clinic = await readClinic(records, found.clinic);
  const consentDay = consentDayOf(asked);
  const png = await turned(page);
  const { actor, now } = records;
  const at = now.toISOString();
  const ids = {
    patient: patient ?? records.newId(),
    binary: records.newId(),
    document: records.newId(),
    consent: records.newId(),
  };
  const entered = { by: actor.post, organization: actor.organization, document: ids.document };
  const sent = await records.onBehalfOf(clinic.id, async (there) => {
    if (found.coded) await refuseClosed(there, ids.patient, consentDay);
    await there.write([
      ...(found.person === undefined ? [] : [newPatient(found.person, given.towns, ids.patient)]),
      ...buildDocument(
        {
          patient: ids.patient,
          what: 'referral',
          title: titleOf(page, 'referral'),
          png,
          about: [],
          author: clinic.id,
          custodian: clinic.id,
          at,
        },
        ids,
      ),
      buildConsent(
        {
          patient: ids.patient,
          clinic: clinic.id,
          recipients: received.recipients,
          recipientIds: [],
          items: itemsOf(received),
          from: consentDay,
          until: lastDay(consentDay, program.consentTerms.months),
          at: `${consentDay}T00:00:00+09:00`,
          explainedBy: undefined,
          explainedHow: 'read',
          proxy: undefined,
          evidence: { kind: 'scan', documentId: ids.document },
          status: 'active',
          form: `${program.consent.url ?? ''}|${program.consent.version ?? ''}`,
        },
        ids.consent,
      ),
      buildProvenance({
        id: there.newId(),
        targets: [reference('Consent', ids.consent), reference('DocumentReference', ids.document)],
        patient: ids.patient,
        organization: clinic.id,
        by: undefined,
        entered,
        at,
        activity: 'CREATE',
      }),
    ]);
    return send(there, program, {
      patient: ids.patient,
      to: actor.organization,
      urgency: asked.urgency,
      reason: reasonOf(asked),
      conditions: [],
      needs: asked.needs.flatMap((code) => needOf(code) ?? []).map(({ code, system }) => ({ code, system })),
      consent: ids.consent,
      entered,
    });
  });
  await markFiled(records, page.id, { patient: ids.patient, task: sent.task, document: ids.document });
  await tellClinic(records, clinic, given.publicUrl, sent);
  return { task: sent.task, caseNumber: sent.caseNumber };
}

async function readClinic(records: Records, id: string): Promise<ReadBody> {
  const [found] = await records.readMany('Organization', [id]);
  const clinic = found && readOrganization(found);
  if (!clinic || clinic.kind !== 'clinic' || !clinic.active)
    throw invalid({ path: 'clinic', says: text.clinicMissing });
  return clinic;
}

/**
 * Whoever is known to the clinic alone stays unknown here, unless the clinic itself printed the sheet for the person: nothing
 * of theirs is opened by a sheet that anybody could have drawn.
 */
async function whoIsIt(records: Records, { whom, program }: Receiving, page: ScanPage): Promise<Found> {
  if (whom.as === 'coded') {
    const [coded] = await codedSheets(records, page.sheet === null ? [] : [page.sheet]);
    if (!coded?.patient || coded.program !== program.id) throw invalid({ path: '', says: text.codedNoMore });
    return { clinic: coded.clinic, patient: coded.patient, coded: true };
  }
  if (whom.as === 'known') {
    const one = await knownById(records, whom.id, program);
    if (!one) throw invalid({ path: '', says: text.knownNoMore });
    return { clinic: one.clinic, patient: one.id };
  }
  const { person } = whom;
  const known = await knownPersons(records, person, program);
  if (known.length === 0 || person.known === 'new')
    return { clinic: person.clinic, patient: undefined, person };
  const chosen = known.find((one) => one.id === person.known);
  if (!chosen) throw invalid({ path: 'known', says: text.knownMissing });
  return { clinic: person.clinic, patient: chosen.id };
}

/** The clinic keeps the person no more, or the person closed since what this consent would open. */
async function refuseClosed(there: Records, id: string, signedOn: string): Promise<void> {
  const [patient] = await there.readMany('Patient', [id]);
  if (
    !patient ||
    readPatient(patient).clinic !== there.actor.organization ||
    !(await holdsStill(there, id, signedOn))
  )
    throw invalid({ path: '', says: text.codedNoMore });
}

function newPatient(form: PersonForm, towns: readonly ReadBody[], id: string): Patient {
  const town = towns.find((one) => one.municipalityCode === form.municipality);
  return buildPatient(
    {
      family: form.family,
      given: form.given,
      familyKana: form.familyKana,
      givenKana: form.givenKana,
      birthDate: form.birthDate,
      sex: form.sex,
      ...(form.phone === undefined ? {} : { phone: form.phone }),
      postalCode: '',
      prefecture: town?.address?.prefecture ?? '',
      municipalityCode: town?.municipalityCode ?? '',
      municipality: town?.name ?? '',
      line: form.line ?? '',
    },
    { id, clinic: form.clinic },
  );
}

/** A clinic that reads mail hears of it at once, and can take back what it never sent. */
async function tellClinic(
  records: Records,
  clinic: ReadBody,
  publicUrl: string,
  { task, caseNumber }: Registered,
): Promise<void> {
  if (clinic.email === undefined) return;
  const [office] = await records.readMany('Organization', [records.actor.organization]);
  await queueMail(records, {
    to: clinic.email,
    subject: text.mailSubject(caseNumber),
    text: text.mailText(caseNumber, office?.name ?? '', `${publicUrl}/referrals/${task}`),
  });
}
