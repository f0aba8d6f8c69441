import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readPageCode } from '../../src/documents/page-code.ts';
import { readBack } from '../documents/read.ts';
import { reader, type Reader } from '../story/reader.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let staff: Readonly<Record<'doctor' | 'linkworker', Reader>>;
beforeAll(async () => {
  service = await startService();
  staff = { doctor: await reader(service, 'doctor'), linkworker: await reader(service, 'linkworker') };
}, 60_000);
afterAll(() => service.stop());

/** Something of the demo's first clinic or office. */
async function one(sql: string): Promise<Readonly<Record<string, string>>> {
  const { rows } = await service.owner.query<Record<string, string>>(sql, [
    service.demo.bodies.clinics[0]?.id,
  ]);
  if (!rows[0]) throw new Error('The demo lacks such a record');
  return rows[0];
}
const own = `join patient p on p.id = r.patient_id and p.organization_id = $1`;
const answers = () =>
  one(`select r.patient_id, r.id from questionnaire_response r ${own} where r.status = 'completed' limit 1`);
const consent = () =>
  one(`select r.patient_id, r.id from consent r ${own} where r.status = 'active' limit 1`);
const task = () =>
  one(
    `select r.patient_id, r.id, r.focus_id from task r ${own} where r.part_of_id is null and r.status = 'in-progress' limit 1`,
  );
const report = () =>
  one(`select r.patient_id, r.id from communication r ${own} join task t on t.patient_id = p.id
    where t.part_of_id is null and r.content @? '$.category[*].coding[*] ? (@.code == "report")' limit 1`);

const asked = () =>
  one(`select r.patient_id, r.id, r.focus_id from task r where r.part_of_id is not null and r.status = 'requested'
    and r.requester_id = (select a.organization_id from account a where a.login = 'linkworker') and $1::uuid is not null limit 1`);

type Printed = Readonly<{
  who: keyof typeof staff;
  path: string;
  kind: string;
  about: string;
  id: string;
  patient: string;
}>;

const sheets: Readonly<Record<string, () => Promise<Printed>>> = {
  'a request to a group': async () => {
    const { patient_id: patient = '', id = '', focus_id: request = '' } = await asked();
    return {
      who: 'linkworker',
      path: `/requests/${id}/sheet.pdf`,
      kind: 'request',
      about: 'ServiceRequest',
      id: request,
      patient,
    };
  },
  'a blank questionnaire': async () => {
    const { patient_id: patient = '' } = await consent();
    return {
      who: 'doctor',
      path: `/patients/${patient}/questionnaire.pdf`,
      kind: 'questionnaire',
      about: 'Patient',
      id: patient,
      patient,
    };
  },
  answers: async () => {
    const { patient_id: patient = '', id = '' } = await answers();
    return {
      who: 'doctor',
      path: `/patients/${patient}/answers/${id}.pdf`,
      kind: 'answers',
      about: 'QuestionnaireResponse',
      id,
      patient,
    };
  },
  'a blank consent form': async () => {
    const { patient_id: patient = '' } = await consent();
    return {
      who: 'doctor',
      path: `/patients/${patient}/consent-form.pdf`,
      kind: 'consent',
      about: 'Patient',
      id: patient,
      patient,
    };
  },
  'a consent': async () => {
    const { patient_id: patient = '', id = '' } = await consent();
    return {
      who: 'doctor',
      path: `/consents/${id}/form.pdf`,
      kind: 'consent',
      about: 'Consent',
      id,
      patient,
    };
  },
  'the record of provision': async () => {
    const { patient_id: patient = '' } = await consent();
    return {
      who: 'doctor',
      path: `/patients/${patient}/provided.pdf`,
      kind: 'provision-record',
      about: 'Patient',
      id: patient,
      patient,
    };
  },
  everything: async () => {
    const { patient_id: patient = '' } = await consent();
    return {
      who: 'doctor',
      path: `/patients/${patient}/everything.pdf`,
      kind: 'everything',
      about: 'Patient',
      id: patient,
      patient,
    };
  },
  'a referral': async () => {
    const { patient_id: patient = '', id = '', focus_id: request = '' } = await task();
    return {
      who: 'doctor',
      path: `/referrals/${id}/sheet.pdf`,
      kind: 'referral',
      about: 'ServiceRequest',
      id: request,
      patient,
    };
  },
  'a report': async () => {
    const { patient_id: patient = '', id = '' } = await report();
    return {
      who: 'doctor',
      path: `/reports/${id}/letter.pdf`,
      kind: 'report',
      about: 'Communication',
      id,
      patient,
    };
  },
};

test.each(Object.entries(sheets))(
  '%s printed is kept, and the code in its foot leads to it',
  async (_, given) => {
    const { who, path, kind, about, id, patient } = await given();
    // The sheet of a request is asked for with a button, since it makes a one-time link.
    const ask = () =>
      path.startsWith('/requests/')
        ? staff[who].send(path.replace('/sheet.pdf', ''), path)
        : staff[who].get(path);
    const bytes = async () => Buffer.from(await (await ask()).arrayBuffer());
    const pdf = await bytes();
    const { pages } = await readBack(pdf);
    const codes = pages.map((page) => readPageCode(/用紙番号 (TN1[ 0-9A-Z]+)/.exec(page)?.[1]?.trim() ?? ''));
    expect(codes.map((code) => [code?.page, code?.pages])).toEqual(
      pages.map((_page, i) => [i + 1, pages.length]),
    );
    const { rows } = await service.owner.query<Record<string, unknown>>(
      'select kind, about_type, about_id, patient_id, language from printed_sheet where id = $1',
      [codes[0]?.sheet],
    );
    expect(rows).toEqual([{ kind, about_type: about, about_id: id, patient_id: patient, language: 'ja' }]);
    // Printed twice, it is the same sheet.
    const again = await readBack(await bytes());
    expect(again.pages.at(0)).toContain(/TN1[ 0-9A-Z]{17,}/.exec(pages[0] ?? '')?.[0]?.trim() ?? '-');
  },
  60_000,
);
