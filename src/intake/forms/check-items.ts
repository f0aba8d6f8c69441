import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { expressionOf } from '../../programs/expressions.ts';
import { sdc } from '../../programs/extensions.ts';
import type { Fault } from '../../programs/fault.ts';
import { isQuestionType, optionCodes, type Placed } from '../../programs/items.ts';
import { optionsFrom } from '../../programs/value-sets.ts';

/** What the form says of itself, and answers name it by. */
export function checkHead(form: Questionnaire): Fault[] {
  const faults: Fault[] = [];
  if (form.url === undefined)
    faults.push({
      place: 'url',
      says: 'is missing; answers name the form by it',
      ja: 'がありません。回答は、これで様式を示します',
    });
  if (form.version === undefined)
    faults.push({
      place: 'version',
      says: 'is missing; what people answered stays one version',
      ja: 'がありません。答えた版が分かるように必要です',
    });
  if (`${form.url ?? ''}${form.version ?? ''}`.includes('|'))
    faults.push({
      place: 'url',
      says: 'holds a |, which separates address and version',
      ja: 'に | が入っています。アドレスと版の区切りなので使えません',
    });
  if (form.title === undefined)
    faults.push({
      place: 'title',
      says: 'is missing; people are shown it',
      ja: 'がありません。答える人に見せる題名です',
    });
  if (form.subjectType?.some((type) => type !== 'Patient') === true)
    faults.push({
      place: 'subjectType',
      says: 'is about something else than a Patient',
      ja: 'が Patient ではありません',
    });
  return faults;
}

/** The endings that a page gives to the names of the parts of an answer. */
const parts = ['era', 'year', 'month', 'day', 'time', 'unit', 'other'].map((part) => `-${part}`);

/** The names of items, under which answers are sent and kept. */
export function checkNames(placed: readonly Placed[]): Fault[] {
  const first = new Map<string, string>();
  const faults = placed.flatMap(({ item: { linkId }, place }): Fault[] => {
    const before = first.get(linkId);
    if (before !== undefined)
      return [
        {
          place,
          says: `the linkId "${linkId}" is already used at ${before}`,
          ja: `linkId「${linkId}」は ${before} でもう使われています`,
        },
      ];
    first.set(linkId, place);
    return /[~;\s]/.test(linkId) || linkId.length > 120
      ? [
          {
            place,
            says: `the linkId "${linkId}" holds a space, ~ or ;, or is longer than 120 characters`,
            ja: `linkId「${linkId}」に空白・~・; があるか、120文字を超えています`,
          },
        ]
      : [];
  });
  const ofParts = placed.flatMap(({ item: { linkId }, place }): Fault[] => {
    const end = parts.find((one) => linkId.endsWith(one) && first.has(linkId.slice(0, -one.length)));
    return end === undefined
      ? []
      : [
          {
            place,
            says: `the linkId "${linkId}" is the name of a part of the answer to "${linkId.slice(0, -end.length)}"`,
            ja: `linkId「${linkId}」は、「${linkId.slice(0, -end.length)}」の答えの一部の名前と重なります`,
          },
        ];
  });
  return [...faults, ...ofParts];
}

export function checkItem(form: Questionnaire, { item, place, parent }: Placed): Fault[] {
  const faults: Fault[] = [];
  const fault = (says: string, ja: string, at = place): void =>
    void faults.push({ place: at, says: `"${item.linkId}" ${says}`, ja: `「${item.linkId}」${ja}` });
  const isQuestion = isQuestionType(item.type);
  if (!isQuestion && item.type !== 'group' && item.type !== 'display')
    fault(
      `is of type ${item.type}, which cannot be answered here`,
      `の種類 ${item.type} は、ここでは答えられません`,
      `${place}.type`,
    );
  if (item.type !== 'display' && (item.text ?? '').trim() === '' && isQuestion)
    fault('has no text; a question without words cannot be asked', 'に質問文（text）がありません');
  if (parent?.repeats === true && isQuestionType(parent.type) && item.type !== 'display')
    fault(
      'stands below a question that repeats; only below one with one answer can it be asked',
      'は、答えがいくつもある質問の下にあります。答えが一つの質問の下に置いてください',
    );
  if (item.answerValueSet !== undefined && optionsFrom(form, item.answerValueSet) === undefined)
    fault(
      `takes its answers from ${item.answerValueSet}, which is neither in the form (contained, with every code), nor loaded with it, nor one of ours${serverOf(form, item)}`,
      `の選択肢の ValueSet ${item.answerValueSet} が、様式の中（contained、すべてのコード）にも、一緒に取り込んだものにも、つなぐにもありません${serverOf(form, item)}`,
      `${place}.answerValueSet`,
    );
  return faults;
}

/** A form that names a terminology server expects its codes from there: no other server is asked here. */
function serverOf(form: Questionnaire, item: QuestionnaireItem): string {
  const server = [item, form]
    .flatMap((one) => one.extension ?? [])
    .find(({ url }) => url === `${sdc}/sdc-questionnaire-preferredTerminologyServer`)?.valueUrl;
  return server === undefined ? '' : ` (${server})`;
}

export function checkOptions({ item, place }: Placed): Fault[] {
  if (item.type !== 'choice' && item.type !== 'open-choice') return [];
  const codes = optionCodes(item);
  const fault = (says: string, ja: string): Fault[] => [
    { place: `${place}.answerOption`, says: `"${item.linkId}" ${says}`, ja: `「${item.linkId}」${ja}` },
  ];
  if (codes.length === 0)
    return item.answerValueSet === undefined && expressionOf(item, 'answer') === undefined
      ? fault('is a choice without answer options', 'に選択肢がありません')
      : [];
  const twice = codes.find((code, i) => codes.indexOf(code) < i);
  if (twice !== undefined) return fault(`offers "${twice}" twice`, `の選択肢「${twice}」が二つあります`);
  return codes.some((code) => code.startsWith('"'))
    ? fault('has an option that begins with "', 'の選択肢が " で始まっています')
    : [];
}
