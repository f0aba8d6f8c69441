import type { CompositionSection } from '@medplum/fhirtypes';
import { longDay } from '../../documents/dates.ts';
import type { ReferralSheetData } from '../../documents/referral-sheet.ts';
import { narrativeOf } from '../../fhir/narrative.ts';
import { wordsKept } from '../../intake/kept-forms.ts';
import { sectionOf, type SectionName } from '../record.ts';
import type { Gathered } from './gather.ts';
import { letterWords as words } from './text.ts';

type Part = Readonly<{ name: SectionName; lines: readonly string[]; entries: readonly { id: string }[] }>;

/** The sections of the document in the order of the guide; what there is nothing to say about is left out. */
export function partsOf(
  gathered: Gathered,
  sheet: ReferralSheetData,
  attached: { id: string },
): CompositionSection[] {
  const { request, conditions, observations, answers, notes, consents, coverages } = gathered;
  const { sender, receiver } = gathered.shown;
  const body = (id: string | undefined): { id: string }[] => (id === undefined ? [] : [{ id }]);
  const inner: Part[] = [
    { name: 'purpose', lines: purpose(gathered), entries: [request] },
    {
      name: 'complaints',
      lines: sheet.needs.flatMap(({ name, why }) => [name, ...why.map((one) => `　${one}`)]),
      entries: conditions,
    },
    { name: 'illness', lines: linesIn(sheet.note), entries: notes },
    { name: 'social', lines: social(gathered), entries: [...answers, ...observations] },
  ];
  const structured = inner.flatMap(drawn);
  return [
    ...drawn({ name: 'receiver', lines: linesIn(sheet.to.organization), entries: body(receiver?.id) }),
    ...drawn({
      name: 'sender',
      lines: [sheet.from.organization, ...linesIn(sheet.from.person)],
      entries: [...body(sender?.id), ...body(gathered.author)],
    }),
    { ...sectionOf('structured'), section: structured },
    ...drawn({ name: 'attachments', lines: [words.sheet], entries: [attached] }),
    ...drawn({ name: 'remarks', lines: remarks(sheet), entries: [...consents, ...coverages] }),
  ];
}

function drawn({ name, lines, entries }: Part): CompositionSection[] {
  if (lines.length === 0 && entries.length === 0) return [];
  const { title } = sectionOf(name);
  return [
    {
      ...sectionOf(name),
      text: narrativeOf(lines.length > 0 ? lines : [title ?? '']),
      ...(entries.length === 0 ? {} : { entry: entries.map(({ id }) => ({ reference: `urn:uuid:${id}` })) }),
    },
  ];
}

const linesIn = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const purpose = ({ shown: { asked } }: Gathered): string[] => [
  ...linesIn(asked?.reason),
  ...(asked?.outside === undefined ? [] : [`${words.outside}：${asked.outside}`]),
];

/** Question and answer as they were asked. */
const social = ({ answers }: Gathered): string[] =>
  answers.flatMap((one) =>
    one.resourceType === 'QuestionnaireResponse'
      ? wordsKept(one).map(({ question, answer }) => `${question}：${answer}`)
      : [],
  );

/** First what nobody may overlook before getting in touch. */
function remarks({ patient, caution, answerBy, consent }: ReferralSheetData): string[] {
  const said = (label: string, value: string | undefined): string[] =>
    value === undefined || value === '' ? [] : [`${label}：${value}`];
  return [
    ...linesIn(patient.warning),
    ...linesIn(caution),
    ...said(words.answerBy, answerBy && longDay(answerBy, 'ja')),
    ...said(words.given, consent.givenOn && longDay(consent.givenOn, 'ja')),
    ...said(words.signer, consent.signer?.name),
    ...said(words.until, consent.end && longDay(consent.end, 'ja')),
    ...said(words.recipients, consent.recipients.join('、')),
    ...said(words.items, consent.items.join('、')),
  ];
}
