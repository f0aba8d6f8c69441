import { openedTo, opensTo, recipientKindOf, type Given } from '../consent/record.ts';
import type { Resource } from '../directory/record.ts';
import { ageOn, type Name, type ReadBody, type ReadPatient } from '../people/record.ts';
import type { NeedCode } from './record.ts';
import type { Status } from './workflow.ts';

/**
 * What a community group is told: the one answer for its pages, the page behind a one-time link, the printed sheet and
 * the page on which a link worker checks what will be sent. Mails tell nothing of the person.
 */
export type Told = Readonly<{
  /** What is asked, in the words of the office. */
  wish: string;
  needs: readonly NeedCode[];
  /** Undefined when the group may not, or no longer, know who it is. */
  person: Readonly<{ name: Name; kana: string; age: number | undefined; area: string }> | undefined;
  /** How to reach the person: from the welcome until it is over. */
  reach: Readonly<{ phone: string | undefined; postalCode: string; address: string }> | undefined;
  /** They must not be contacted: the group is told nothing of them but that the office speaks for them. */
  withheld: boolean;
}>;

/** A group that said yes and is not done yet has to get in touch; one that is still thinking has not. */
const inTouch: readonly Status[] = ['accepted', 'in-progress', 'on-hold'];
const known: readonly Status[] = ['requested', ...inTouch, 'completed'];

/** Danger at home is for the office and the doctor: the paper and the screens of a group lie open. */
const neverTold: readonly string[] = ['intimate-partner-violence', 'elder-abuse', 'safety-at-home'];

/** Of the needs only those that the resource itself says it helps with. */
export const needsTold = (needs: readonly NeedCode[], resource: Pick<Resource, 'needs'>): NeedCode[] =>
  needs.filter(
    (need) =>
      !neverTold.includes(need.code) &&
      resource.needs.some((own) => own.system === need.system && own.code === need.code),
  );

type About = Readonly<{ status: Status; wish: string; needs: readonly NeedCode[] }>;

/**
 * `person`: undefined where no consent opens them to the group, which the row rules decide for the group itself and
 * `consentTelling` for an office that prints or asks; `withheld`: because they must not be contacted. `today`: `YYYY-MM-DD`, Tokyo.
 */
export function toldOf(person: ReadPatient | undefined, about: About, today: string, withheld = false): Told {
  const { status, wish } = about;
  if (!person || person.limits !== undefined || !known.includes(status))
    return {
      wish,
      needs: [],
      person: undefined,
      reach: undefined,
      withheld: withheld || person?.limits !== undefined,
    };
  const { phone, postalCode, prefecture, municipality, line } = person;
  return {
    wish,
    needs: about.needs.filter((need) => !neverTold.includes(need.code)),
    person: {
      name: person,
      kana: [person.familyKana, person.givenKana].filter(Boolean).join(' '),
      age: ageOn(person.birthDate, today),
      area: municipality,
    },
    reach: inTouch.includes(status)
      ? { phone, postalCode, address: `${prefecture}${municipality}${line}` }
      : undefined,
    withheld: false,
  };
}

type Kept = Given & Readonly<{ id: string }>;

/** The consent that lets a group know who it is about; the list's order decides among several. */
export const consentTelling = (
  consents: readonly Kept[],
  group: Pick<ReadBody, 'id' | 'kind'>,
  today: string,
): Kept | undefined =>
  consents.find(
    (given) =>
      opensTo(given, group, today) &&
      openedTo(given, { id: group.id, kind: recipientKindOf(group.kind) }).includes('contact'),
  );
