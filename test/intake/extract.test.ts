import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Extension, Observation, Questionnaire, QuestionnaireItem, Resource } from '@medplum/fhirtypes';
import { makeValidator } from '../../src/fhir/validate.ts';
import { reference } from '../../src/fhir/references.ts';
import { extract } from '../../src/intake/extract.ts';
import { Refused } from '../../src/kernel/problem.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import type { Program } from '../../src/programs/program.ts';
import { makeWorld, type World } from '../support/world.ts';

/* What a program's own form may ask for by the extensions of SDC; the form of Akita asks for none of it. */
let world: World;
let akita: Program;
beforeAll(async () => {
  world = await makeWorld();
  akita = (await loadPrograms('forms'))[0] as Program;
});
afterAll(async () => {
  await world.close();
});

const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const observed: Extension[] = [{ url: `${sdc}-observationExtract`, valueBoolean: true }];
const loinc = (code: string) => [{ system: 'http://loinc.org', code }];
const patient = randomUUID();

async function made(items: QuestionnaireItem[], answer: unknown[], extension?: Extension[]) {
  const form: Questionnaire = {
    resourceType: 'Questionnaire',
    url: 'https://tsunagi.example/fhir/Questionnaire/tried',
    version: '1',
    status: 'active',
    item: [{ linkId: 'all', type: 'group', item: items }],
    ...(extension ? { extension } : {}),
  };
  const program: Program = { ...akita, screening: form, needs: [] };
  const bundle = await world.open(world.bodies.actors.doctor, (records) =>
    extract(records, [program], {
      language: 'en',
      response: {
        resourceType: 'QuestionnaireResponse',
        status: 'completed',
        questionnaire: `${form.url ?? ''}|1`,
        subject: reference('Patient', patient),
        authored: '2026-11-27T10:00:00+09:00',
        item: [{ linkId: 'all', item: answer as never }],
      },
    }),
  );
  const resources = (bundle.entry ?? []).map((one) => one.resource as Resource);
  const validate = makeValidator();
  for (const one of resources.slice(1))
    expect([one.resourceType, validate(one)]).toEqual([one.resourceType, []]);
  return resources.slice(1);
}

test('marked questions become observations with their code, each with its answer in its own type', async () => {
  const found = (await made(
    [
      { linkId: 'a', type: 'integer', text: 'How many?', code: loinc('63512-8'), extension: observed },
      { linkId: 'b', type: 'boolean', code: loinc('x'), extension: observed },
      { linkId: 'c', type: 'choice', code: loinc('y'), extension: observed, answerOption: [{ valueCoding: { code: 'red' } }] },
      { linkId: 'd', type: 'date', code: loinc('z'), extension: observed },
      { linkId: 'e', type: 'string', code: loinc('not marked') },
    ],
    [
      { linkId: 'a', answer: [{ valueInteger: 2 }] },
      { linkId: 'b', answer: [{ valueBoolean: false }] },
      { linkId: 'c', answer: [{ valueCoding: { code: 'red' } }] },
      { linkId: 'd', answer: [{ valueDate: '2026-11-01' }] },
      { linkId: 'e', answer: [{ valueString: 'no' }] },
    ],
  )) as Observation[]; // prettier-ignore
  expect(found.map((one) => one.code.coding?.[0]?.code)).toEqual(['63512-8', 'x', 'y', 'z']);
  expect(found).toMatchObject([
    { valueInteger: 2, code: { text: 'How many?' }, subject: { reference: `Patient/${patient}` } },
    { valueBoolean: false },
    { valueCodeableConcept: { coding: [{ code: 'red' }] } },
    { valueDateTime: '2026-11-01' },
  ]);
  for (const one of found) expect(one.derivedFrom?.[0]?.reference).toMatch(/^urn:uuid:/);
});

const core = 'http://hl7.org/fhir/StructureDefinition';
const context = (type: string): Extension[] => [{ url: `${sdc}-itemExtractionContext`, valueCode: type }];

test('a form whose questions are defined becomes the records that they define', async () => {
  const found = await made(
    [
      { linkId: 'a', type: 'string', definition: `${core}/Goal#Goal.description.text` },
      { linkId: 'b', type: 'choice', definition: `${core}/Goal#Goal.lifecycleStatus`, answerOption: [{ valueCoding: { code: 'active' } }] },
      { linkId: 'c', type: 'date', definition: `${core}/Goal#Goal.target.due[x]` },
      { linkId: 'd', type: 'string', definition: `${core}/Goal#Goal.note.text` },
      {
        linkId: 'who', type: 'group', extension: context('RelatedPerson'),
        item: [{ linkId: 'name', type: 'string', definition: `${core}/RelatedPerson#RelatedPerson.name.text` }],
      },
    ],
    [
      { linkId: 'a', answer: [{ valueString: '週に一度は出かける' }] },
      { linkId: 'b', answer: [{ valueCoding: { code: 'active' } }] },
      { linkId: 'c', answer: [{ valueDate: '2027-01-01' }] },
      { linkId: 'd', answer: [{ valueString: '本人の言葉' }] },
      { linkId: 'who', item: [{ linkId: 'name', answer: [{ valueString: '髙﨑 太郎' }] }] },
    ],
    context('Goal'),
  ); // prettier-ignore
  expect(found).toMatchObject([
    {
      resourceType: 'Goal',
      description: { text: '週に一度は出かける' },
      lifecycleStatus: 'active',
      subject: { reference: `Patient/${patient}` },
      target: [{ dueDate: '2027-01-01' }],
      note: [{ text: '本人の言葉' }],
    },
    {
      resourceType: 'RelatedPerson',
      patient: { reference: `Patient/${patient}` },
      name: [{ text: '髙﨑 太郎' }],
    },
  ]);
});

test.each([
  ['no element of that name', `${core}/Goal#Goal.shoe`, context('Goal')],
  ['another type than the record', `${core}/Patient#Patient.active`, context('Goal')],
  ['an answer that cannot stand there', `${core}/Goal#Goal.startDate`, context('Goal')],
  ['nothing below the record', `${core}/Goal#Goal`, context('Goal')],
  ['a record of a kind that is not kept here', `${core}/Goal#Goal.shoe`, context('Spaceship')],
])('a definition of %s is refused', async (_what, definition, extension) => {
  const trying = made(
    [{ linkId: 'a', type: 'string', definition }],
    [{ linkId: 'a', answer: [{ valueString: 'x' }] }],
    extension,
  );
  await expect(trying).rejects.toThrow(Refused);
});

test('a marked question without a code is refused', async () => {
  const trying = made(
    [{ linkId: 'a', type: 'string', extension: observed }],
    [{ linkId: 'a', answer: [{ valueString: 'x' }] }],
  );
  await expect(trying).rejects.toThrow(Refused);
});
