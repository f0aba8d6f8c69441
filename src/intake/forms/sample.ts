import type {
  Patient,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { isQuestionType } from '../../programs/items.ts';
import { toAnswer } from '../values.ts';

/** Every question of a form answered once; with `all`, by each of its options, and in words where those are taken. */
export const sampleItems = (
  { item = [] }: Pick<Questionnaire, 'item'>,
  all: boolean,
): QuestionnaireResponseItem[] =>
  item.flatMap((one) =>
    one.type === 'display'
      ? []
      : [
          {
            linkId: one.linkId,
            ...(isQuestionType(one.type) ? { answer: all ? samplesOf(one) : [sampleOf(one)] } : {}),
            item: sampleItems(one, all),
          },
        ],
  );

const samples: Readonly<Record<string, string>> = {
  boolean: 'true',
  integer: '1',
  decimal: '1',
  date: '2026-11-20',
  dateTime: '2026-11-20T10:00:00+09:00',
  time: '10:00:00',
  url: 'https://example.org',
  reference: 'Patient/1',
};

function sampleOf(item: QuestionnaireItem): QuestionnaireResponseItemAnswer {
  const [option] = optionsOf(item);
  if (option !== undefined) return option;
  if (item.type === 'attachment') return { valueAttachment: { contentType: 'image/png', title: 'x.png' } };
  if (item.type === 'quantity') return { valueQuantity: { value: 1 } };
  if (item.type === 'choice' || item.type === 'open-choice') return { valueCoding: { code: 'x' } };
  return toAnswer(item, samples[item.type] ?? 'x', 'ja');
}

const optionsOf = (item: QuestionnaireItem): QuestionnaireResponseItemAnswer[] =>
  (item.answerOption ?? []).map(({ extension: _extension, initialSelected: _selected, ...value }) => value);

const samplesOf = (item: QuestionnaireItem): QuestionnaireResponseItemAnswer[] => [
  ...(optionsOf(item).length > 0 ? optionsOf(item) : [sampleOf(item)]),
  ...(item.type === 'open-choice' ? [{ valueString: 'x' }] : []),
];

const nameAs = (code: 'IDE' | 'SYL', family: string, given: string) => ({
  use: 'official' as const,
  text: `${family} ${given}`,
  family,
  given: [given],
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation', valueCode: code }],
});

/** Somebody of whom nothing is known, and somebody of whom all is that a registration holds. */
export const samplePersons: readonly (Patient & { id: string })[] = [
  { resourceType: 'Patient', id: '00000000-0000-7000-8000-000000000000' },
  {
    resourceType: 'Patient',
    id: '00000000-0000-7000-8000-000000000000',
    active: true,
    name: [nameAs('IDE', '試験', '花子'), nameAs('SYL', 'シケン', 'ハナコ')],
    gender: 'female',
    birthDate: '1941-03-04',
    telecom: [
      { system: 'phone', value: '018-000-0000', use: 'home' },
      { system: 'phone', value: '090-0000-0000', use: 'mobile' },
      { system: 'email', value: 'hanako@example.org' },
    ],
    address: [{ text: '秋田県秋田市山王1-1', postalCode: '0108560', city: '秋田市', line: ['山王1-1'] }],
  },
];
