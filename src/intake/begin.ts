import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import { remembered } from '../kernel/remembered.ts';
import type { Language } from '../kernel/sentence.ts';
import { sdc } from '../programs/extensions.ts';
import { isHidden, placedItems } from '../programs/items.ts';
import type { Program } from '../programs/program.ts';
import { withOptions } from '../programs/value-sets.ts';
import { reportFailing } from './failing.ts';
import { fillIn } from './fill.ts';
import type { Answers } from './form.ts';
import { known } from './populate.ts';
import { plainId } from './row-names.ts';

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
  if (fromRecord(form).size === 0) return initialAnswers(form);
  return read(async (records) => {
    const given = { form, patient, context: {}, language, mayRead: () => true };
    const { answers, unfilled } = await known(records, programs, given);
    await reportFailing(
      records,
      form,
      unfilled.map(({ linkId, fault }) => ({ item: linkId, kind: 'initial', fault })),
    );
    return answers;
  });
}

/** What stands in a form whoever answers. */
export const initialAnswers = remembered(
  (form: Questionnaire): Answers =>
    fillIn({
      form: withoutExpressions(withOptions(form)),
      language: 'ja',
      variables: {},
      today: '',
      found: { carried: {}, observations: [] },
    }).answers,
);

/** Filled in from what is known of the person. */
const isFromRecord = (url: string): boolean =>
  ['initialExpression', 'observationLinkPeriod', 'itemPopulationContext'].some(
    (name) => url === `${sdc}/sdc-questionnaire-${name}`,
  );

const withoutExpressions = <E extends Pick<QuestionnaireItem, 'extension' | 'item'>>(element: E): E => ({
  ...element,
  extension: (element.extension ?? []).filter(({ url }) => !isFromRecord(url)),
  ...(element.item ? { item: element.item.map(withoutExpressions) } : {}),
});

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
  const ids = new Set(own.map(({ linkId }) => linkId));
  return Object.fromEntries(Object.entries(all).filter(([key]) => ids.has(plainId(key))));
}

/** The questions that begin with an answer. */
export const beginsWith = remembered(
  (form: Questionnaire): ReadonlySet<string> =>
    new Set([...[...fromRecord(form)].map(({ linkId }) => linkId), ...Object.keys(initialAnswers(form))]),
);

const fromRecord = remembered(
  (form: Questionnaire): ReadonlySet<QuestionnaireItem> =>
    new Set(
      placedItems(form).flatMap(({ item }) =>
        item.extension?.some(({ url }) => isFromRecord(url)) ? [item] : [],
      ),
    ),
);
