import { queueMails, type Mail } from '../access/outbox.ts';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { readOrganization } from '../people/record.ts';

const noticeKinds = {
  'consent-withdrawn': {
    ja: 'ご本人の同意が取り消されたため、この方の記録は見られなくなりました。連絡や支援を止めてください。',
    en: 'The person took the consent back. You no longer see the record; please stop calls and support.',
  },
  'consent-narrowed': {
    ja: 'ご本人の同意の一部が取り消されました。見られる内容が減っています。',
    en: 'The person took back a part of the consent. You see less of the record.',
  },
  'consent-ends': {
    ja: '同意の期限が近づいています。続けるときは、医療機関で新しい同意を受けてください。',
    en: 'The consent ends soon. To go on, the clinic needs a new one.',
  },
  'consent-expired': {
    ja: '同意の期限が切れました。記録は読めますが、書き込みはできません。',
    en: 'The consent has expired. You can read the record and write nothing.',
  },
  'consent-closed': {
    ja: '同意の期限が切れ、新しい同意がないまま30日がたったため、終わりました。この方の記録は見られなくなりました。連絡や支援を止めてください。',
    en: 'The consent expired 30 days ago and was not renewed, so this has ended. You no longer see the record; please stop calls and support.',
  },
  'emergency-opened': {
    ja: '緊急のため、登録している方の記録がほかの機関に開かれました。「患者さん」のページで、だれがなぜ開いたかを確かめられます。',
    en: 'In an emergency, another body opened the record of a person you keep. The person’s page says who and why.',
  },
} as const satisfies Record<string, Sentence>;
export type NoticeKind = keyof typeof noticeKinds;
const seeToday: Sentence = {
  ja: '今日中に見ていただきたい回答があります。',
  en: 'There are answers that need to be seen today.',
};

/** The same as the clinic reads it, which keeps the person and takes the consent. */
const toClinic: Readonly<Partial<Record<NoticeKind, Sentence>>> = {
  'consent-ends': {
    ja: '同意の期限が近づいています。支援を続けるときは、ご本人に新しい同意をお願いしてください。',
    en: 'The consent ends soon. For the support to go on, please ask the person for a new one.',
  },
  'consent-expired': {
    ja: '同意の期限が切れました。窓口や団体は、30日のあいだ記録を読むことだけできます。続けるときは、新しい同意を受けてください。',
    en: 'The consent has expired. For 30 days office and groups can only read. To go on, please take a new one.',
  },
  'consent-closed': {
    ja: '同意の期限が切れ、新しい同意がないまま30日がたったため、紹介や依頼が終わりました。窓口や団体からは、もう見えません。',
    en: 'The consent expired 30 days ago and was not renewed: what rested on it has ended, and nobody else sees the record.',
  },
};

const noticeSentence = (kind: NoticeKind, isClinic: boolean): Sentence =>
  (isClinic ? toClinic[kind] : undefined) ?? noticeKinds[kind];

/** After these nobody there sees the person any more; what is on paper has to go too. */
const isOver = (kind: NoticeKind): boolean => kind === 'consent-withdrawn' || kind === 'consent-closed';

/** What a body is told: the number of the case. */
export type Tidings = Readonly<{
  organization: string;
  kind: NoticeKind;
  caseNumber: string;
  /** Where it was asked by mail, if not at the body's own address. */
  email?: string | undefined;
}>;

/**
 * Leaves notices on the start pages of these bodies and sends them by mail; they name a case number and nobody. Three
 * statements, however many bodies: for the service itself (role `system`), which tells each of what it brought about.
 */
export async function tell(records: Records, publicUrl: string, tidings: readonly Tidings[]): Promise<void> {
  if (tidings.length === 0) return;
  await records.run(
    sql`select leave_notices(${records.now}::timestamptz, ${JSON.stringify(tidings)}::jsonb)`,
  );
  const ids = [...new Set(tidings.map((one) => one.organization))];
  const stored = await records.readMany('Organization', ids);
  const bodies = new Map(stored.map(readOrganization).map((body) => [body.id, body]));
  await queueMails(
    records,
    tidings.flatMap(({ organization, kind, caseNumber, email }) => {
      const body = bodies.get(organization);
      const to = email ?? body?.email;
      if (to === undefined) return [];
      const says = noticeSentence(kind, body?.kind === 'clinic');
      return [noticeMail({ to, kind, caseNumber, publicUrl, says })];
    }),
  );
}

const noticeMail = (
  given: Readonly<{ to: string; kind: NoticeKind; says: Sentence; caseNumber: string; publicUrl: string }>,
): Mail => ({
  to: given.to,
  subject: `お知らせ（番号 ${given.caseNumber}）`,
  text: `番号 ${given.caseNumber} について：
${given.says.ja}
${isOver(given.kind) ? '\nお手元に紙の写しがあるときは、見えないところに保管するか、処分してください。' : ''}
${given.publicUrl}

このメールには、ご本人のことは書いてありません。お心当たりのないときは、このメールは消してください。

--
Number ${given.caseNumber}: ${given.says.en}
`,
});

/** Of a case by its number, until somebody has read it; or of answers, until somebody has opened them. */
export type Notice = Readonly<{ id: string; at: Date }> &
  (Readonly<{ kind: NoticeKind; caseNumber: string }> | Readonly<{ kind: 'answers'; patient: string }>);

export const noticeSays = (notice: Notice, isClinic: boolean): Sentence =>
  notice.kind === 'answers' ? seeToday : noticeSentence(notice.kind, isClinic);

/** What nobody of the body has put away yet: answers that have to be seen today, then the newest. One statement. */
export const unseenNotices = (records: Records): Promise<Notice[]> =>
  records.rows<Notice>(
    'notices',
    sql`(select response_id as id, at, 'answers' as kind, null as "caseNumber", patient_id as patient from urgent_answers
        where organization_id = ${records.actor.organization}::uuid and opened_at is null order by at desc limit 20)
      union all (select id, at, kind, case_number, null from notice
        where organization_id = ${records.actor.organization}::uuid and seen_at is null order by at desc limit 20)`,
  );

/** Puts a notice away, for everybody of the body. */
export async function putAway(records: Records, id: string): Promise<void> {
  await records.run(
    sql`update notice set seen_at = ${records.now}::timestamptz, seen_by = ${records.actor.post ?? null}::uuid where id = ${id}::uuid and seen_at is null`,
  );
}
