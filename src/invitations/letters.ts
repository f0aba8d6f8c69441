import { invitationLetters } from '../documents/invitation-letter.ts';
import { partyOf } from '../documents/party.ts';
import { registerSheets } from '../documents/printed.ts';
import { canonical } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language } from '../kernel/sentence.ts';
import { readOrganization, type ReadBody } from '../people/record.ts';
import { shownCode } from './pages/state.tsx';
import type { Inviting } from './programs.ts';
import type { Invited } from './queries.ts';

export type Lettering = Readonly<{
  language: Language;
  program: Inviting;
  insurer: ReadBody;
  publicUrl: string;
  now: Date;
  members: readonly Invited[];
  /** To people who were written to before. */
  isReminder: boolean;
  /** The codes of their slips, in the order of the members. */
  slips: readonly string[];
}>;

export const readInsurer = async (records: Records): Promise<ReadBody> =>
  readOrganization(await records.read('Organization', records.actor.organization));

/** Which slip it is: raised when its boxes stand elsewhere, so that older paper is not read by newer places. */
const slipForm = `${canonical}/invitation-slip|1`;

/** Keeps which slips are printed, so that each is known when it comes back. Returns their codes, in order. */
export const registerSlips = (
  records: Records,
  members: readonly Pick<Invited, 'id'>[],
  language: Language,
): Promise<readonly string[]> =>
  registerSheets(
    records,
    members.map(({ id }) => ({
      kind: 'invitation-slip',
      about: { type: 'invitation', id },
      form: slipForm,
      language,
    })),
  );

/** The letters of these members as one PDF, a page each, in the words of the program. */
export function printLetters({ language, program, insurer, ...given }: Lettering): Promise<Buffer> {
  const { letter } = program.invitations;
  const [, ...rest] = letter.says;
  const says = given.isReminder ? [letter.reminder, ...rest] : letter.says;
  return invitationLetters({
    language,
    title: letter.title[language],
    association: letter.from[language],
    insurer: partyOf(insurer),
    date: dayInTokyo(given.now),
    says: says.map((words) => words[language]),
    bring: letter.bring.map((words) => words[language]),
    page: `${given.publicUrl}/i`,
    letters: given.members.map((member, i) => ({
      ...(given.slips[i] === undefined ? {} : { sheetId: given.slips[i] }),
      name: member.name,
      ...(member.postal_code === '' ? {} : { postalCode: member.postal_code }),
      address: member.address,
      code: shownCode(member.code),
      url: `${given.publicUrl}/i/${member.code}`,
    })),
  });
}
