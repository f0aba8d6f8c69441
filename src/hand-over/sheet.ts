import type { HandOverSheetData } from '../documents/hand-over-sheet.ts';
import { registerSheet } from '../documents/printed.ts';
import { partyOf, reachOf } from '../documents/party.ts';
import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, notFound } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { warned } from '../people/danger/marks.tsx';
import { displayName, readOrganization } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { namesOfPosts } from '../support/queries.ts';
import { gather, handOversOf, readToHand, toldTo, windowOf, type CaseToHand } from './gather.ts';
import { isHandOver, readHandOver } from './record.ts';
import { text } from './text.ts';

type Made = Readonly<{ hand: CaseToHand; data: HandOverSheetData }>;

/** What stands on a sheet: as it was recorded, and of the person what may be told still. */
export async function sheetOf(
  records: Records,
  programs: readonly Program[],
  id: string,
  sheet: string,
  language: Language,
): Promise<Made> {
  const hand = await readToHand(records, programs, id);
  const stored = await records.read('Communication', sheet);
  const made = readHandOver(stored);
  if (!isHandOver(stored) || made.taskId !== id) throw notFound();
  const { person, referral } = hand.one;
  const items = await toldNow(records, hand, made);
  const [from] = (await records.readMany('Organization', [records.actor.organization])).map(readOrganization);
  const names = await namesOfPosts(records, [made.by]);
  records.note('print', 'hand-over sheet', made.patient, `Communication/${sheet}`);
  const { sealed } = person;
  const about = { type: 'Communication', id: sheet } as const;
  const data = {
    sheetId: await registerSheet(records, { kind: 'hand-over', about, language }),
    language,
    title: hand.handOver.title[language],
    to: {
      organization: made.to.name,
      ...reachOf(made.to),
    },
    from: {
      ...partyOf(from),
      ...(names.get(made.by ?? '') ? { person: names.get(made.by ?? '') ?? '' } : {}),
    },
    date: dayInTokyo(new Date(made.at)),
    caseNumber: referral.caseNumber,
    patient: {
      name: displayName(person, language),
      kana: [person.familyKana, person.givenKana].filter(Boolean).join(' '),
      birthDate: person.birthDate,
      gender: person.sex,
      ...(sealed
        ? {}
        : {
            postalCode: person.postalCode,
            address: `${person.prefecture}${person.municipality}${person.line}`,
            ...(person.phone ? { phone: person.phone } : {}),
          }),
      ...warned(person, language),
    },
    reason: made.reason,
    asked: made.asked,
    ...(await gather(records, hand, items, language)),
    asks: hand.handOver.asks[language],
    notTheProjectsForm: hand.program.wording.notTheProjectsForm[language],
  };
  return { hand, data };
}

/** A sheet to be written by hand: of the person it says the name and the day of birth only, since nobody is named yet. */
export async function blankOf(
  records: Records,
  programs: readonly Program[],
  id: string,
  language: Language,
): Promise<Made> {
  const hand = await readToHand(records, programs, id);
  const { person, referral } = hand.one;
  const [from] = (await records.readMany('Organization', [records.actor.organization])).map(readOrganization);
  records.note('print', 'hand-over sheet (blank)', person.id, `Task/${id}`);
  const about = { type: 'ServiceRequest', id: referral.requestId } as const;
  const data = {
    sheetId: await registerSheet(records, { kind: 'hand-over-blank', about, language }),
    language,
    title: hand.handOver.title[language],
    from: partyOf(from),
    date: dayInTokyo(records.now),
    caseNumber: referral.caseNumber,
    patient: {
      name: displayName(person, language),
      kana: [person.familyKana, person.givenKana].filter(Boolean).join(' '),
      birthDate: person.birthDate,
      ...warned(person, language),
    },
    asks: hand.handOver.asks[language],
    notTheProjectsForm: hand.program.wording.notTheProjectsForm[language],
  };
  return { hand, data };
}

/** What was told when it was made and may be told still; where nothing may, the sheet is not printed any more. */
async function toldNow(
  records: Records,
  hand: CaseToHand,
  made: ReturnType<typeof readHandOver>,
): Promise<string[]> {
  const [body] = await records.readMany('Organization', made.to.id === undefined ? [] : [made.to.id]);
  const kinds = body ? [windowOf(readOrganization(body)).kind] : (['office', 'resource'] as const);
  for (const kind of kinds) {
    const now = await toldTo(records, hand, {
      ...(made.to.id === undefined ? {} : { id: made.to.id }),
      kind,
    });
    const still = now.filter((item) => made.items.includes(item));
    if (still.length > 0) return still;
  }
  throw invalid({ path: '', says: text.notOpened(made.to.name) });
}

/** The latest sheet that was made of a case, by the case; undefined while there is none. */
export async function latestOf(
  records: Records,
  programs: readonly Program[],
  id: string,
  language: Language,
): Promise<Made | undefined> {
  const made = await handOversOf(records, await readToHand(records, programs, id));
  const [latest] = made.toSorted((a, b) => b.at.localeCompare(a.at));
  return latest && sheetOf(records, programs, id, latest.id, language);
}
