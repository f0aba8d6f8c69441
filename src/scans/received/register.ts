import type { Patient } from '@medplum/fhirtypes';
import { queueMail } from '../../access/outbox.ts';
import { buildConsent, isInForce, openedTo, readConsent } from '../../consent/record.ts';
import { lastDay } from '../../consent/term.ts';
import { sql } from '../../database/sql.ts';
import { buildProvenance } from '../../fhir/provenance.ts';
import type { Records } from '../../fhir/records.ts';
import { reference } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { invalid } from '../../kernel/problem.ts';
import { buildPatient, readOrganization, type ReadBody } from '../../people/record.ts';
import { needOf } from '../../programs/needs.ts';
import type { Program } from '../../programs/program.ts';
import { send } from '../../referral/send.ts';
import { markFiled, pageInTray, titleOf, turned } from '../filing.ts';
import { buildDocument } from '../record.ts';
import type { ReceivedForm } from './form.ts';
import { text } from './text.ts';

export type Receiving = Readonly<{
  /** Id of the page in the tray. */
  page: string;
  form: ReceivedForm;
  program: Program;
  /** Those whom a person's municipality is chosen from. */
  towns: readonly ReadBody[];
  publicUrl: string;
}>;

export type Registered = Readonly<{ task: string; caseNumber: string }>;

type Known = { id: string; content: Stored<Patient> };

/**
 * The same kana name and birth date as somebody whom this office supports for that clinic, and of whom a consent in force
 * opens to it all that the sheet would: who it is has to be said. Whoever is seen here in another way only – in an
 * emergency, by law, or in part – is not among them: a sheet must not open what the person closed.
 */
export async function knownPersons(
  records: Records,
  form: Pick<ReceivedForm, 'familyKana' | 'givenKana' | 'birthDate' | 'clinic'>,
  { received }: Pick<Program, 'received'>,
): Promise<Known[]> {
  const office = records.actor.organization;
  const alike = await records.rows<Known>(
    'possible duplicates',
    sql`select p.id, p.content from patient p
      where p.organization_id = ${form.clinic}::uuid and p.birth_date = ${form.birthDate}
        and strpos(replace(p.name, ' ', ''), replace(fhir_key(${`${form.familyKana} ${form.givenKana}`}), ' ', '')) > 0
        and exists (select 1 from task t where t.patient_id = p.id and t.owner_id = ${office}::uuid and t.part_of_id is null
          and t.status in ('requested', 'accepted', 'in-progress', 'on-hold'))
      order by p.updated_at desc limit 5`,
    (row) => row.id,
  );
  if (alike.length === 0) return [];
  const consents = await records.find('Consent', [
    ['patient', alike.map(({ id }) => id).join(',')],
    ['status', 'active'],
  ]);
  const today = dayInTokyo(records.now);
  const opened = consents.map(readConsent).filter((one) => isInForce(one, today) && one.from <= today);
  const wanted = itemsOf(received);
  return alike.filter(({ id }) =>
    opened.some((one) => {
      const items = one.patient === id ? openedTo(one, { id: office, kind: 'office' }) : [];
      return wanted.every((item) => items.includes(item));
    }),
  );
}

/** What the consent of a sheet opens; the request and the insurance go with every referral. */
const itemsOf = (received: Program['received']) =>
  (received?.items ?? []).filter((item) => item !== 'request' && item !== 'insurance');

/**
 * Enters a referral that came on paper for the clinic that sent it: the person, the sheet as a document, the consent that
 * rests on it, request and task, all in one transaction and kept by the clinic; who typed it in is in each Provenance. See
 * docs/decisions/0055. Refuses a page that was sorted meanwhile, a body that is no clinic, and a person who may be known
 * already when nobody said who it is.
 */
export async function registerReceived(records: Records, given: Receiving): Promise<Registered> {
  const { form, program } = given;
  const { received } = program;
  if (received === undefined) throw invalid({ path: '', says: text.notHere });
  const page = await pageInTray(records, given.page);
  const clinic = await readClinic(records, form.clinic);
  const patient = await whoIsIt(records, form, program);
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
    await there.write([
      ...(patient === undefined ? [newPatient(given, ids.patient)] : []),
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
          from: form.consentDay,
          until: lastDay(form.consentDay, program.consentTerms.months),
          at: `${form.consentDay}T00:00:00+09:00`,
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
      urgency: form.urgency,
      reason: form.reason,
      conditions: [],
      needs: form.needs.flatMap((code) => needOf(code) ?? []).map(({ code, system }) => ({ code, system })),
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

/** Undefined for a person who is new. Whoever is known to the clinic alone stays unknown here: nothing of theirs is opened by a sheet. */
async function whoIsIt(records: Records, form: ReceivedForm, program: Program): Promise<string | undefined> {
  const known = await knownPersons(records, form, program);
  if (known.length === 0 || form.known === 'new') return undefined;
  const chosen = known.find((one) => one.id === form.known);
  if (!chosen) throw invalid({ path: 'known', says: text.knownMissing });
  return chosen.id;
}

function newPatient({ form, towns }: Receiving, id: string): Patient {
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
