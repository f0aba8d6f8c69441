import type { Questionnaire, QuestionnaireResponse, QuestionnaireResponseItem } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import { filesText } from './files/text.ts';
import type { Program } from '../programs/program.ts';
import { programAsking } from '../programs/record.ts';

/** The form in the version that was answered: of a program that is set up, else as it was published. */
export async function formAnswered(
  records: Records,
  programs: readonly Program[],
  canonical: string | undefined,
): Promise<Questionnaire | undefined> {
  const [url = '', version] = (canonical ?? '').split('|');
  const screening = programAsking(programs, canonical)?.screening;
  if (screening && (version === undefined || screening.version === version)) return screening;
  if (url === '') return undefined;
  const [published] = await records.find(
    'Questionnaire',
    [['url', url], ...(version === undefined ? [] : [['version', version] as const])],
    1,
  );
  return published;
}

export type Said = Readonly<{ question: string; answer: string }>;

/** Answers in the words kept with them, for a form that nobody has here. */
export function wordsKept(response: Pick<QuestionnaireResponse, 'item'>): Said[] {
  const walk = (items: readonly QuestionnaireResponseItem[]): Said[] =>
    items.flatMap((item) => [
      ...(item.answer?.length
        ? [
            {
              question: item.text ?? item.linkId,
              answer: item.answer.map(inWords).filter(Boolean).join('、'),
            },
          ]
        : []),
      ...walk(item.item ?? []),
    ]);
  return walk(response.item ?? []);
}

type Answer = NonNullable<QuestionnaireResponseItem['answer']>[number];

function inWords(answer: Answer): string {
  if (answer.valueBoolean !== undefined) return answer.valueBoolean ? 'はい' : 'いいえ';
  const { valueCoding: coding, valueQuantity: quantity } = answer;
  const said =
    answer.valueString ??
    answer.valueDate ??
    answer.valueDateTime ??
    coding?.display ??
    coding?.code ??
    (answer.valueAttachment && (answer.valueAttachment.title ?? filesText.nameless.ja)) ??
    answer.valueInteger ??
    answer.valueDecimal ??
    quantity?.value;
  return said === undefined ? '' : `${String(said)}${quantity?.unit ?? ''}`;
}
