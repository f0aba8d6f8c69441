import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import { remembered } from '../kernel/remembered.ts';
import type { Language } from '../kernel/sentence.ts';
import { expressionOf } from '../programs/expressions.ts';
import { sdc } from '../programs/extensions.ts';
import { isHidden, placedItems } from '../programs/items.ts';
import type { Program } from '../programs/program.ts';
import { questionsIn, readQuestionnaire, type Answers, type FormModel } from './form.ts';
import { known } from './populate.ts';

type Beginning = Readonly<{
  form: Questionnaire;
  /** Patient id. */
  patient: string;
  language: Language;
}>;
type Reading = (act: (records: Records) => Promise<Answers>) => Promise<Answers>;

/**
 * What stands in a form before anybody answers: its initial values, and what it takes from the record of the person, as
 * far as whoever opens it sees that record. Only a form that asks for the record opens it.
 */
export async function begin(
  read: Reading,
  programs: readonly Program[],
  { form, patient, language }: Beginning,
): Promise<Answers> {
  const initial = initialAnswers(readQuestionnaire(form, language));
  if (fromRecord(form).size === 0) return initial;
  const found = await read(async (records) => {
    const given = { form, patient, context: {}, language, mayRead: () => true };
    return (await known(records, programs, given)).answers;
  });
  return { ...initial, ...found };
}

/** What stands in a form whoever answers. */
export const initialAnswers = (model: FormModel): Answers =>
  Object.fromEntries(
    questionsIn(model.sections).flatMap(({ linkId, initial }) =>
      initial.length > 0 ? [[linkId, initial]] : [],
    ),
  );

/**
 * Of that, what nobody can type: hidden and for reading only. It is taken from the record each time, never from a page.
 * Nothing is read for a form that has none.
 */
export async function unasked(
  read: Reading,
  programs: readonly Program[],
  beginning: Beginning,
): Promise<Answers> {
  const own = [...fromRecord(beginning.form)].filter((item) => item.readOnly === true || isHidden(item));
  if (own.length === 0) return {};
  const all = await begin(read, programs, beginning);
  return Object.fromEntries(
    own.flatMap(({ linkId }) => {
      const values = all[linkId];
      return values === undefined ? [] : [[linkId, values]];
    }),
  );
}

/** The questions that begin with an answer. */
export const beginsWith = remembered(
  (form: Questionnaire): ReadonlySet<string> =>
    new Set([
      ...[...fromRecord(form)].map(({ linkId }) => linkId),
      ...Object.keys(initialAnswers(readQuestionnaire(form, 'ja'))),
    ]),
);

const fromRecord = remembered(
  (form: Questionnaire): ReadonlySet<QuestionnaireItem> =>
    new Set(
      placedItems(form).flatMap(({ item }) =>
        expressionOf(item, 'initial') !== undefined ||
        item.extension?.some((e) => e.url === `${sdc}/sdc-questionnaire-observationLinkPeriod`)
          ? [item]
          : [],
      ),
    ),
);
