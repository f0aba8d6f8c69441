import { requestSheet, type RequestSheetData } from '../documents/request-sheet.ts';
import type { Party } from '../documents/party.ts';
import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, issue, notFound } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { displayName, readOrganization, readPatient, type ReadBody } from '../people/record.ts';
import { readOwnRequest } from './answer.ts';
import { linkUntil, makeAnswerLink } from './answer-link.ts';
import { namesOfPosts } from './queries.ts';
import { describeRequests, type AskedResource } from './requests.ts';

export type SheetGiven = Readonly<{ id: string; publicUrl: string; language: Language }>;

/**
 * What the printed request says: how to reach the person and the wish, nothing else of them. Every print makes a link
 * of its own, since the secrets of earlier ones are kept nowhere. Refuses a request that was answered already.
 */
export async function prepareSheet(records: Records, given: SheetGiven): Promise<RequestSheetData> {
  const { task, referral } = await readOwnRequest(records, given.id);
  if (referral.status !== 'requested')
    throw invalid(
      issue(
        '',
        '返事があった依頼です。依頼票はもう要りません。',
        'This request has been answered; the sheet is no longer needed.',
      ),
    );
  const [one] = await describeRequests(records, [task]);
  const [patient] = await records.readMany('Patient', [referral.patient]);
  const [office] = await records.readMany('Organization', [referral.from]);
  if (!one || !patient) throw notFound();
  const due = referral.due === undefined ? records.now : new Date(referral.due);
  const secret = await makeAnswerLink(records, { task: task.id, organization: referral.to, due });
  const names = await namesOfPosts(records, [records.actor.post]);
  records.note('print', 'request sheet', referral.patient, `Task/${task.id}`);
  const person = readPatient(patient);
  const from = office && readOrganization(office);
  const kana = [person.familyKana, person.givenKana].filter(Boolean).join(' ');
  const address = `${person.prefecture}${person.municipality}${person.line}`;
  return {
    language: given.language,
    to: receiver(one),
    from: partyOf(from),
    date: dayInTokyo(records.now),
    caseNumber: referral.caseNumber,
    person: {
      name: displayName(person, given.language),
      ...(kana ? { kana } : {}),
      ...(person.postalCode ? { postalCode: person.postalCode } : {}),
      ...(address ? { address } : {}),
      ...(person.phone ? { phone: person.phone } : {}),
    },
    asked: one.asked?.reason ?? '',
    ...(referral.due === undefined ? {} : { answerBy: dayInTokyo(due) }),
    linkWorker: {
      name: names.get(records.actor.post ?? '') ?? from?.name ?? '',
      ...(from?.phone ? { tel: from.phone } : {}),
      ...(from?.fax ? { fax: from.fax } : {}),
    },
    answer: { url: `${given.publicUrl}/r/${secret}` },
    validUntil: dayInTokyo(linkUntil(due, records.now)),
  };
}

/** The group, the activity where it has a name of its own, and the numbers of the activity before the group's. */
function receiver({ body, resource, name }: AskedResource): Party {
  const group = body?.name ?? name;
  return {
    ...partyOf(body),
    organization: group,
    ...(name === group ? {} : { department: name }),
    ...reachOf(resource?.contact),
  };
}

export const printSheet = (data: RequestSheetData): Promise<Buffer> => requestSheet(data);

export const partyOf = (body: ReadBody | undefined): Party => ({
  organization: body?.name ?? '',
  ...(body?.address?.postalCode ? { postalCode: body.address.postalCode } : {}),
  ...(body?.address
    ? { address: `${body.address.prefecture}${body.address.municipality}${body.address.line}` }
    : {}),
  ...reachOf(body),
});

const reachOf = (
  reach: Readonly<{ phone?: string; fax?: string }> | undefined,
): Pick<Party, 'tel' | 'fax'> => ({
  ...(reach?.phone ? { tel: reach.phone } : {}),
  ...(reach?.fax ? { fax: reach.fax } : {}),
});
