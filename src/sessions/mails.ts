import { queueMails, type Mail } from '../access/outbox.ts';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { Language } from '../kernel/sentence.ts';
import type { Gathering, Way } from './model.ts';
import type { Passes } from './pass.ts';
import { mailText as text } from './mail-text.ts';
import { sayWhen } from './text.ts';

/** What letters are made with: where their links lead. */
export type Tell = Readonly<{ publicUrl: string; passes: Passes }>;

export type Occasion =
  'booked' | 'waiting' | 'moved-up' | 'moved' | 'off' | 'tomorrow' | 'given-up' | 'often';

export type Receiver = Readonly<{ placeId: string; mail: string; language: Language; way: Way }>;

/**
 * A letter to somebody who has a place. It says what the gathering is and when; who they are, and where it is held online,
 * stand on their own page alone. `was`: before it was moved.
 */
export function letterTo(
  { publicUrl, passes }: Tell,
  one: Gathering,
  to: Receiver,
  occasion: Occasion,
  was?: Gathering,
): Mail {
  const { language } = to;
  const when = sayWhen(one, language);
  const lines = [
    text[occasion](one.title)[language],
    '',
    `${text.when[language]}: ${when}`,
    ...(was && sayWhen(was, language) !== when ? [text.before(sayWhen(was, language))[language]] : []),
    ...(to.way === 'online'
      ? [`${text.where[language]}: ${text.online[language]}`]
      : one.place === null
        ? []
        : [`${text.where[language]}: ${one.place}`]),
    ...(occasion === 'off' && one.cancelled_because !== null
      ? [`${text.why[language]}: ${one.cancelled_because}`]
      : []),
    ...(one.phone === null ? [] : [`${text.phone[language]}: ${one.phone}`]),
    '',
    ...(occasion === 'off' || occasion === 'given-up' || occasion === 'often'
      ? []
      : [
          text[to.way === 'online' ? 'yourPageOnline' : 'yourPage'][language],
          `${publicUrl}/p/${passes.tokenOf(to.placeId)}`,
          text.code(passes.codeOf(to.placeId))[language],
          '',
        ]),
    text.ifNotYou[language],
    '',
  ];
  return { to: to.mail, subject: text.subject[occasion](one.title)[language], text: lines.join('\n') };
}

/** Everybody with a place and a mail address whom the actor may reach, but for those who must not be contacted by now. Two statements, whatever their number. */
export async function tellAll(
  records: Records,
  tell: Tell,
  one: Gathering,
  occasion: Occasion,
  was?: Gathering,
): Promise<number> {
  const rows = await records.rows<{ id: string; mail: string; language: Language; way: Way }>(
    'session letters',
    sql`select p.id, c.mail, p.language, p.way from gathering_place p join gathering_contact c on c.place_id = p.id
      where p.gathering_id = ${one.id}::uuid and p.state <> 'cancelled' and c.mail is not null
        and (p.patient_id is null or not letters_stopped(p.patient_id, p.task_id)) order by p.turn`,
  );
  await queueMails(
    records,
    rows.map(({ id, ...row }) => letterTo(tell, one, { ...row, placeId: id }, occasion, was)),
  );
  return rows.length;
}
