import { invitationLetters } from '../documents/invitation-letter.ts';
import { partyOf } from '../documents/party.ts';
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
}>;

export const readInsurer = async (records: Records): Promise<ReadBody> =>
  readOrganization(await records.read('Organization', records.actor.organization));

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
    letters: given.members.map((member) => ({
      name: member.name,
      ...(member.postal_code === '' ? {} : { postalCode: member.postal_code }),
      address: member.address,
      code: shownCode(member.code),
      url: `${given.publicUrl}/i/${member.code}`,
    })),
  });
}
