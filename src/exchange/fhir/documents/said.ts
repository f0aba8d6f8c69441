import type { Communication, Encounter, ServiceRequest } from '@medplum/fhirtypes';
import { codesOf, systems } from '../../../fhir/codes.ts';
import {
  otherSections,
  readNeeds,
  readServiceRequest,
  type NeedCode,
  type SectionName,
  type Urgency,
  urgencies,
} from '../../../referral/record.ts';
import { turnAway } from '../refusal.ts';
import type { Document, DocumentEntry } from './envelope.ts';
import { entriesIn, ofType, type Section } from './sections.ts';
import { documentText as text } from './text.ts';
import { tell, type Told } from './told.ts';

/** What is asked, in a document's own words or in those of its order. */
export type Purpose = Readonly<{
  reason: string;
  outside: string | undefined;
  needs: readonly NeedCode[];
  urgency: Urgency;
  noContact: boolean;
  used: readonly DocumentEntry[];
}>;

/** The order itself, where there is one; else the visit that a clinic's document names, else the words of section 950. */
export function purposeOf(sections: readonly Section[]): Purpose {
  const named = entriesIn(sections, 'purpose');
  const [order] = ofType(named, 'ServiceRequest').map((one) => one.resource as unknown as ServiceRequest);
  const asked = order && readServiceRequest(order);
  const visits = ofType(named, 'Encounter')
    .flatMap((one) => (one.resource as unknown as Encounter).reasonCode ?? [])
    .flatMap((one) => one.text ?? []);
  const words = sections.flatMap((one) => (one.name === 'purpose' ? one.words : []));
  const reason = [asked?.reason ?? '', words.join('\n'), visits.join('\n')].find((one) => one.trim() !== '');
  if (reason === undefined)
    throw turnAway(422, 'required', 'Bundle.entry[0].resource.section', text.noPurpose);
  return {
    reason,
    outside: asked?.outside,
    needs: order ? readNeeds(order.category) : [],
    urgency: urgencies.find((one) => one === order?.priority) ?? 'routine',
    noContact: asked?.noContact === true,
    used: [...ofType(named, 'ServiceRequest'), ...ofType(named, 'Encounter')],
  };
}

/** Words that go along as the doctor's note, and the sections they stand in. */
export type Note = Readonly<{ words: string; from: readonly Section[]; used: readonly DocumentEntry[] }>;

/**
 * What the receiver would not see otherwise: the present illness and instructions; complaints that name no need, social
 * history without answers to a form of ours, and remarks other than about consent. Under their titles where there are several.
 */
export function noteOf(
  sections: readonly Section[],
  { hasNeeds, hasAnswers }: Readonly<{ hasNeeds: boolean; hasAnswers: boolean }>,
): Note | undefined {
  const goes: Partial<Record<SectionName, (section: Section) => boolean>> = {
    complaints: () => !hasNeeds,
    illness: () => true,
    instructions: () => true,
    social: () => !hasAnswers,
    remarks: ({ entries }) => ofType(entries, 'Consent').length === 0,
  };
  const from = sections.filter(
    (one) => one.name !== undefined && one.words !== '' && goes[one.name]?.(one) === true,
  );
  const [only] = from;
  if (!only) return undefined;
  const notes = from.map((section) => ({ section, entry: writtenNote(section) }));
  const wordsFor = ({ section, entry }: (typeof notes)[number]): string => entry?.words ?? section.words;
  return {
    from,
    used: notes.flatMap(({ entry }) => entry?.entry ?? []),
    words:
      notes.length === 1 && only.name === 'illness'
        ? notes.map(wordsFor).join('')
        : notes.map((one) => `【${one.section.title}】\n${wordsFor(one)}`).join('\n'),
  };
}

/** A note that came as a record of its own, word for word. */
function writtenNote({ entries }: Section): { entry: DocumentEntry; words: string } | undefined {
  for (const entry of ofType(entries, 'Communication')) {
    const { category, payload } = entry.resource as unknown as Communication;
    const words = payload?.[0]?.contentString;
    if (codesOf(category, systems.communication).includes('medical-note') && words !== undefined)
      return { entry, words };
  }
  return undefined;
}

/** By name, what of a document became nothing here. */
export function leftOver(
  { entries }: Document,
  sections: readonly Section[],
  used: ReadonlySet<DocumentEntry>,
): Told[] {
  return [
    ...sections.flatMap(({ path, code, name, title }) => {
      if (name !== undefined) return [];
      const isKnown = code !== undefined && otherSections[code] !== undefined;
      return [tell(`${path}.code`, (isKnown ? text.noSection : text.unknownSection)(title || (code ?? '')))];
    }),
    ...entries
      .slice(1)
      .filter((one) => !used.has(one))
      .map(({ path, resource }) =>
        tell(`${path}.resource`, text.noRecord(resource.resourceType.slice(0, 40))),
      ),
  ];
}
