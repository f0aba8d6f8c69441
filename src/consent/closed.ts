import { sql } from '../database/sql.ts';
import type { OpenRecords } from '../fhir/records.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Sentence } from '../kernel/sentence.ts';

const ask: Sentence = {
  ja: '分からないときは、紹介した医療機関か、所属の責任者にお尋ねください。',
  en: 'If in doubt, ask the clinic that referred the person or whoever is responsible in your office.',
};
const because: Readonly<Record<string, Sentence>> = {
  withdrawn: {
    ja: 'ご本人が同意を取り消したため、この方の記録は見られなくなりました。連絡や支援を止め、お手元の紙は処分してください。',
    en: 'The person took the consent back, so this record is no longer open to you. Please stop calls and support, and destroy what you have on paper.',
  },
  expired: {
    ja: '同意の期限が過ぎたため、この方の記録は見られなくなりました。',
    en: 'The consent has run out, so this record is no longer open to you.',
  },
  changed: {
    ja: 'ほかの人が担当になったか、伝えてよい内容が減ったため、この記録は見られなくなりました。',
    en: 'Somebody else has it in hand, or less may be told, so this record is no longer open to you.',
  },
  ended: {
    ja: 'この紹介や依頼は終わったため、この方の記録は見られなくなりました。',
    en: 'The referral or request is over, so this record is no longer open to you.',
  },
};

/** What closed a record to this actor's body, which once saw it: `withdrawn`, `expired`, `changed`, `ended`. */
export const closedBecause =
  (open: OpenRecords) =>
  async (actor: Actor, id: string): Promise<string | undefined> => {
    const [row] = await open(actor, (records) =>
      records.rows<{ why: string | null }>('why closed', sql`select closed_to_actor(${id}::uuid) as why`),
    );
    return row?.why ?? undefined;
  };

/** Why a record that this actor's body once saw does not open any more; undefined for what it never saw. */
export const whyClosed =
  (open: OpenRecords) =>
  async (actor: Actor, id: string): Promise<Sentence | undefined> => {
    const says = because[(await closedBecause(open)(actor, id)) ?? ''];
    return says && { ja: `${says.ja}${ask.ja}`, en: `${says.en} ${ask.en}` };
  };
