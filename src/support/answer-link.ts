import type { Organization } from '@medplum/fhirtypes';
import { makeLink } from '../access/links.ts';
import { queueMail } from '../access/outbox.ts';
import type { Resource } from '../directory/record.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { dayInTokyo, endOfDayInTokyo } from '../kernel/japan/calendar.ts';
import { readOrganization } from '../people/record.ts';
import { requestMail } from './mail.ts';

/** Days for which a link can be used after the day by which an answer was asked: groups meet every other week. */
const graceDays = 14;

/** A link with which the group answers without an account; its secret leaves in the mail and is kept nowhere. */
export async function sendLink(
  records: Records,
  publicUrl: string,
  to: Readonly<{ resource: Resource; task: string; due: Date; office: Stored<Organization> | undefined }>,
): Promise<boolean> {
  const { email } = to.resource.contact;
  if (email === undefined) return false;
  const secret = await makeAnswerLink(records, {
    task: to.task,
    organization: to.resource.organizationId,
    due: to.due,
  });
  const office = to.office && readOrganization(to.office);
  await queueMail(
    records,
    requestMail({
      to: email,
      url: `${publicUrl}/r/${secret}`,
      office: office?.name ?? '',
      phone: office?.phone,
      answerBy: dayInTokyo(to.due),
    }),
  );
  return true;
}

/** Every mail and every printed sheet has a link of its own; all of a request end with the first answer. */
export const makeAnswerLink = (
  records: Records,
  to: Readonly<{ task: string; organization: string; due: Date }>,
): Promise<string> =>
  makeLink(records, {
    purpose: 'answer-request',
    organization: to.organization,
    task: to.task,
    expires: linkUntil(to.due, records.now),
  });

/** Counted from whichever is later, the day asked for or today: a sheet printed late is still of use. */
export const linkUntil = (due: Date, now: Date): Date =>
  endOfDayInTokyo(dayInTokyo(new Date(Math.max(due.getTime(), now.getTime()) + graceDays * 86_400_000)));
