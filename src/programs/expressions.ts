import type { Element, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { sdc, standard } from './extensions.ts';
import type { Fault } from './fault.ts';
import { placedItems, type Placed } from './items.ts';

const kinds = {
  initial: `${sdc}/sdc-questionnaire-initialExpression`,
  calculated: `${sdc}/sdc-questionnaire-calculatedExpression`,
  enableWhen: `${sdc}/sdc-questionnaire-enableWhenExpression`,
  answer: `${sdc}/sdc-questionnaire-answerExpression`,
} as const;
export type ExpressionKind = keyof typeof kinds;

const populationContext = `${sdc}/sdc-questionnaire-itemPopulationContext`;
const urls: ReadonlySet<unknown> = new Set([
  ...Object.values(kinds),
  populationContext,
  `${standard}/variable`,
]);
/** Whether an extension is an expression that is worked out here. */
export const isExpression = (url: string | undefined): boolean => urls.has(url);

const languages: readonly unknown[] = ['text/fhirpath', undefined];
/** One in another language (CQL, a query) is none here; loading a form says so. */
const fhirpathOf = (e: { valueExpression?: { language?: string; expression?: string } } | undefined) =>
  languages.includes(e?.valueExpression?.language) ? e?.valueExpression?.expression : undefined;

/** The FHIRPath with which a form fills in an item, or decides whether it is asked. */
export const expressionOf = (item: QuestionnaireItem, kind: ExpressionKind): string | undefined =>
  fhirpathOf(item.extension?.find((e) => e.url === kinds[kind]));

/** The records for each of which a group that repeats has a row, and the name by which expressions in it speak of one. */
export const contextIn = (item: QuestionnaireItem): { name: string; expression: string } | undefined => {
  const given = item.extension?.find((e) => e.url === populationContext);
  const expression = fhirpathOf(given);
  return expression === undefined
    ? undefined
    : { name: given?.valueExpression?.name ?? 'context', expression };
};

/** What the form, or an item, gives a name to for the expressions in it, in the order in which one may use the other. */
export const variablesOf = (element: Pick<Element, 'extension'>): { name: string; expression: string }[] =>
  (element.extension ?? []).flatMap((e) => {
    const expression = e.url === `${standard}/variable` ? fhirpathOf(e) : undefined;
    const { name } = e.valueExpression ?? {};
    return expression === undefined || name === undefined ? [] : [{ name, expression }];
  });

/** Calculated and conditional items that wait for each other: found by the linkIds that stand in their expressions. */
export function expressionCycles(form: Questionnaire): Fault[] {
  const placed = placedItems(form);
  const waits = new Map(placed.map((one) => [one.item.linkId, mentioned(one, form, placed)]));
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    [...(waits.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return placed.flatMap(({ item, place }) =>
    hasOwnExpression(item) && reaches(item.linkId, item.linkId, new Set())
      ? [
          {
            place,
            says: `"${item.linkId}" is calculated from itself, directly or through others`,
            ja: `「${item.linkId}」の計算が、めぐりめぐって自分の値を使っています`,
          },
        ]
      : [],
  );
}

const hasOwnExpression = (item: QuestionnaireItem): boolean =>
  expressionOf(item, 'calculated') !== undefined || expressionOf(item, 'enableWhen') !== undefined;

function mentioned({ item }: Placed, form: Questionnaire, placed: readonly Placed[]): Set<string> {
  const texts = [expressionOf(item, 'calculated'), expressionOf(item, 'enableWhen')].filter(
    (one) => one !== undefined,
  );
  const variables = [form, ...placed.map((one) => one.item)].flatMap(variablesOf);
  // A variable stands for what it says, and what it says may name another.
  for (let i = 0; i < texts.length && texts.length < 200; i += 1)
    for (const { name, expression } of variables)
      if (texts[i]?.includes(`%${name}`) === true && !texts.includes(expression)) texts.push(expression);
  const words = texts.join('\n');
  return new Set(
    placed.flatMap(({ item: { linkId } }) =>
      words.includes(`'${linkId}'`) || words.includes(`"${linkId}"`) ? [linkId] : [],
    ),
  );
}
