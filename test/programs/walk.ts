import { randomUUID } from 'node:crypto';
import { give } from '../../src/consent/service.ts';
import type { Answers } from '../../src/intake/answers.ts';
import { storeAnswers } from '../../src/intake/storing.ts';
import { buildPatient, servedBy } from '../../src/people/record.ts';
import type { Program } from '../../src/programs/program.ts';
import { publishForms } from '../../src/programs/publish.ts';
import { readChoices } from '../../src/referral/sending.ts';
import { move, send } from '../../src/referral/service.ts';
import { readAssessment } from '../../src/support/assessment.ts';
import { readCase } from '../../src/support/case.ts';
import { makeWorld } from '../support/world.ts';

/** Friday, 20 November 2026; the Monday after is a holiday. */
export const sentAt = new Date('2026-11-20T10:00:00+09:00');

/** A world in which the forms of these programs are published, and the way of one person through a program. */
export async function makeWalk(programs: readonly Program[], clock = () => sentAt) {
  const world = await makeWorld({ now: clock, newId: randomUUID });
  const { bodies, open, owner } = world;
  await publishForms(world.ownerUrl, programs, sentAt);
  const change = (id: string, content: object) =>
    owner.query(
      `update organization set version = version + 1,
         content = content || jsonb_build_object('meta', (content -> 'meta') || jsonb_build_object('versionId', (version + 1)::text)) || $2
       where id = $1`,
      [id, content],
    );
  await change(bodies.office.id, servedBy(['992011']));

  /** Answered, consented to, sent where the program says, accepted; the sheet as the link worker finds it. */
  async function refer(
    program: Program,
    answers: Answers,
    all: readonly Program[] = programs,
    /** Who was referred before. */
    again?: string,
  ) {
    const patient = again ?? randomUUID();
    const { doctor, linkworker } = bodies.actors;
    await open(doctor, async (records) => {
      const registered = [
        buildPatient(
          {
            family: '試験',
            given: '花子',
            familyKana: 'シケン',
            givenKana: 'ハナコ',
            birthDate: '1942-03-04',
            sex: 'female',
            phone: '050-0000-0001',
            postalCode: '000-0001',
            prefecture: '架空県',
            municipalityCode: '992011',
            municipality: '朝凪市',
            line: '浜町1-2-3',
          },
          { id: patient, clinic: bodies.clinic.id },
        ),
      ];
      if (again === undefined) await records.write(registered);
      await storeAnswers(
        records,
        { form: program.screening, program },
        {
          patient,
          answers,
          authored: clock().toISOString(),
          language: 'ja',
          themselves: false,
        },
      );
    });
    const consent = await open(doctor, (records) =>
      give(
        records,
        program,
        patient,
        {
          explainedBy: doctor.post ?? '',
          explainedHow: 'spoken',
          recipients: [...program.consentTerms.recipients],
          items: program.consentTerms.items.filter((item) => item !== 'request' && item !== 'insurance'),
          alsoResident: [],
          alsoResource: [],
          until: '2027-05-19',
          signer: 'person',
          proxyName: undefined,
          proxyRelation: undefined,
          proxyWhy: undefined,
          evidence: 'paper',
          kept: '医院の棚',
        },
        { kind: 'paper' },
      ),
    );
    const choices = await open(doctor, (records) => readChoices(records, all, patient));
    const office = choices.offices.find((one) => one.local && one.open);
    const urgency = choices.route?.urgency ?? 'routine';
    const sent = await open(doctor, (records) =>
      send(records, choices.program, {
        patient,
        to: office?.id ?? '',
        urgency,
        reason: '困りごとがあります。',
        conditions: choices.concerns.map((one) => one.id),
        consent,
        ...(choices.answers ? { answers: choices.answers.id } : {}),
      }),
    );
    await open(linkworker, (records) => move(records, all, { id: sent.task, move: 'accept' }));
    const look = (now: readonly Program[] = all) =>
      open(linkworker, async (records) => {
        const one = await readCase(records, sent.task);
        return { one, assessment: await readAssessment(records, now, one, 'ja') };
      });
    return { patient, consent, choices, office, urgency, sent, look };
  }
  return { ...world, change, refer };
}
