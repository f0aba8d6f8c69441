import type { Questionnaire } from '@medplum/fhirtypes';
import { consentsOf } from '../consent/queries.ts';
import { consentData, consentSheet } from '../consent/sheet.ts';
import { readSigned } from '../consent/shown.ts';
import { registerSheet } from '../documents/printed.ts';
import { variantTag } from '../documents/variant.ts';
import type { Records } from '../fhir/records.ts';
import { fromResponse } from '../intake/answers.ts';
import { printedPictures } from '../intake/files/printed.ts';
import { readQuestionnaire, type FormModel } from '../intake/form.ts';
import { text as formsText } from '../intake/forms/text.ts';
import { formAnswered } from '../intake/kept-forms.ts';
import { responsesOf } from '../intake/queries.ts';
import { answersSheet, blankSheet, questionnaireData } from '../intake/sheet.ts';
import { readOrganization } from '../people/record.ts';
import { pageLanguage } from '../programs/languages.ts';
import type { Program } from '../programs/program.ts';
import { chosenProgram, programAsking, programsOf } from '../programs/record.ts';
import { variantFor, type FormVariant } from '../programs/variants.ts';
import type { Gather } from './given.ts';
import type { FormName } from './names.ts';

/** Forms, each as one prints it alone: in the language that was chosen, with readings or without. */
export const formGathers: Readonly<Record<FormName, Gather>> = {
  'questionnaire-blank': async (records, { person, programs, language, variant }) => {
    const { program } = await ownOf(records, programs);
    records.note('print', 'questionnaire (blank)', person.id);
    const spoken = spokenOn(program.screening, variant, language);
    const sheetId = await registerSheet(records, blankSheet(program.screening, person.id, spoken.tag));
    const model = readQuestionnaire(program.screening, spoken.tongue);
    const given = { ...spoken, model, program, person, now: records.now, sheetId };
    return { kind: 'questionnaire', data: questionnaireData(given) };
  },
  'consent-blank': async (records, { person, programs, language, variant }) => {
    const own = await ownOf(records, programs);
    records.note('print', 'consent form (blank)', person.id);
    const about = { type: 'Patient', id: person.id } as const;
    const spoken = spokenOn(own.program.consent, variant, language);
    const sheetId = await registerSheet(records, consentSheet(own.program, about, spoken.tag));
    const given = { ...own, person, now: records.now, language: spoken.language, variant: spoken, sheetId };
    return { kind: 'consent', data: consentData(given) };
  },
  answers: async (records, { patient, person, programs, language, variant }) => {
    const [response] = await responsesOf(records, patient);
    const form = response && (await formAnswered(records, programs, response.questionnaire));
    if (!response || !form) return undefined;
    records.note('print', 'questionnaire', patient, `QuestionnaireResponse/${response.id}`);
    const spoken = spokenOn(form, variant, language);
    const model = readQuestionnaire(form, spoken.tongue);
    const sheetId = await registerSheet(records, answersSheet(response, spoken.tag));
    const files = await printedPictures(records, response);
    const given = {
      ...spoken,
      model,
      program: programAsking(programs, response.questionnaire) ?? elsewhere(model),
      person,
      answers: fromResponse(form, response),
      // Made small in the transaction: what is kept has to be of the moment at which the person's standing is noted.
      pictures: await files(),
      now: records.now,
      sheetId,
    };
    return { kind: 'questionnaire', data: questionnaireData(given) };
  },
  consent: async (records, { patient, programs, language, variant }) => {
    const [consent] = await consentsOf(records, patient);
    if (!consent) return undefined;
    const signed = await readSigned(records, programs, consent.id);
    const about = { type: 'Consent', id: consent.id } as const;
    const spoken = spokenOn(signed.program.consent, variant, signed.consent?.language ?? language);
    const sheetId = await registerSheet(records, consentSheet(signed.program, about, spoken.tag));
    const given = { ...signed, now: records.now, language: spoken.language, variant: spoken, sheetId };
    return { kind: 'consent', data: consentData(given) };
  },
};

const ownOf = async (records: Records, programs: readonly Program[]) => {
  const body = await records.read('Organization', records.actor.organization);
  return { program: chosenProgram(programsOf(programs, body), undefined), clinic: readOrganization(body) };
};

/** How a form is printed, and the tag by which the sheet is known again. */
function spokenOn(form: Questionnaire, asked: FormVariant | undefined, usual: string) {
  const variant = variantFor(form, asked, usual);
  return { ...variant, language: pageLanguage(variant.tongue), tag: variantTag(variant) };
}

/** In the place of its program, of a form that was loaded here. */
const elsewhere = ({ title }: FormModel) => ({
  name: title,
  wording: { notTheProjectsForm: formsText.notOurs },
});
