import { requestSheet, type RequestSheetData } from '../documents/request-sheet.ts';
import { registerSheet } from '../documents/printed.ts';
import { partyOf, reachOf, type Party } from '../documents/party.ts';
import { readConsent } from '../consent/record.ts';
import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, issue, notFound } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { dangerText } from '../people/danger/text.ts';
import { displayName, readOrganization, readPatient } from '../people/record.ts';
import { needLabel } from '../programs/needs.ts';
import type { Referral } from '../referral/record.ts';
import { consentTelling, toldOf, type Told } from '../referral/told.ts';
import { readOwnRequest } from './answer.ts';
import { linkUntil, makeAnswerLink } from './answer-link.ts';
import { namesOfPosts } from './queries.ts';
import { describeRequests, isOpenRequest, type AskedResource } from './requests.ts';

export type SheetGiven = Readonly<{ id: string; publicUrl: string; language: Language }>;

/**
 * What the printed request says: of the person what the group is told now, nothing else. Before the answer every print
 * makes a link of its own, since the secrets of earlier ones are kept nowhere; after a welcome it says how to reach the
 * person and asks nothing. Refuses a request that is over, and one whose person no consent opens to the group any more.
 */
export async function prepareSheet(records: Records, given: SheetGiven): Promise<RequestSheetData> {
  const { language } = given;
  const { task, referral } = await readOwnRequest(records, given.id);
  if (!isOpenRequest(referral))
    throw invalid(
      issue(
        '',
        '終わった依頼です。依頼票はもう要りません。',
        'This request is over; the sheet is no longer needed.',
      ),
    );
  const [one] = await describeRequests(records, [task]);
  const [office] = await records.readMany('Organization', [referral.from]);
  if (!one) throw notFound();
  const { person, needs, reach, withheld } = await toldNow(records, one);
  if (!person && !withheld)
    throw invalid(
      issue(
        '',
        'この団体に伝える同意が、いまはありません。依頼票は印刷できません。',
        'No consent lets this group know the person any more; the sheet cannot be printed.',
      ),
    );
  const names = await namesOfPosts(records, [records.actor.post]);
  const from = office && readOrganization(office);
  records.note('print', 'request sheet', referral.patient, `Task/${task.id}`);
  const sheetId = await registerSheet(records, {
    kind: referral.status === 'requested' ? 'request' : 'request-welcomed',
    about: { type: 'ServiceRequest', id: referral.requestId },
    language,
  });
  return {
    sheetId,
    language,
    to: receiver(one),
    from: partyOf(from),
    date: dayInTokyo(records.now),
    requestNumber: referral.caseNumber,
    person: {
      // The paper lies open in a group's room: of somebody who must not be contacted it says nothing.
      ...(person === undefined
        ? { name: '', warning: dangerText.throughOfficeOnPaper[language] }
        : { name: displayName(person.name, language) }),
      ...(person?.kana ? { kana: person.kana } : {}),
      ...(person?.age === undefined ? {} : { age: person.age }),
      ...(person?.area ? { area: person.area } : {}),
      needs: needs.map((need) => needLabel(need.code)[language]),
      ...(reach?.postalCode ? { postalCode: reach.postalCode } : {}),
      ...(reach?.address ? { address: reach.address } : {}),
      ...(reach?.phone ? { phone: reach.phone } : {}),
    },
    asked: one.asked?.reason ?? '',
    linkWorker: {
      name: names.get(records.actor.post ?? '') ?? from?.name ?? '',
      ...reachOf(from),
    },
    ...(referral.status === 'requested' ? await answering(records, referral, given.publicUrl) : {}),
  };
}

/** What the group is told at this point; the office sees the person by another consent, so the group's own is looked up. */
async function toldNow(records: Records, { referral, asked, body }: AskedResource): Promise<Told> {
  const today = dayInTokyo(records.now);
  const consents = await records.find('Consent', [
    ['patient', referral.patient],
    ['status', 'active'],
  ]);
  const opened = body && consentTelling(consents.map(readConsent), body, today);
  const [patient] = opened ? await records.readMany('Patient', [referral.patient]) : [];
  const about = { status: referral.status, wish: asked?.reason ?? '', needs: asked?.needs ?? [] };
  return toldOf(patient && readPatient(patient), about, today);
}

async function answering(
  records: Records,
  { id, to, due: day }: Referral,
  publicUrl: string,
): Promise<Pick<RequestSheetData, 'answer' | 'answerBy'>> {
  const due = day === undefined ? records.now : new Date(day);
  const secret = await makeAnswerLink(records, { task: id, organization: to, due });
  return {
    ...(day === undefined ? {} : { answerBy: dayInTokyo(due) }),
    answer: { url: `${publicUrl}/r/${secret}`, validUntil: dayInTokyo(linkUntil(due, records.now)) },
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
