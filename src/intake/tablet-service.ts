import type { Request } from 'express';
import { useLink, type Link } from '../access/links.ts';
import { networkOf } from '../access/address.ts';
import { requestId } from '../access/visit.ts';
import type { Records } from '../fhir/records.ts';
import type { Actor } from '../kernel/actor.ts';
import { gone } from '../kernel/problem.ts';
import type { Tongue } from '../programs/languages.ts';
import type { Answers } from './answers.ts';
import type { AskedForm } from './asked.ts';
import { dropDraft } from './drafts.ts';
import { storeAnswers } from './storing.ts';

/** How long a link to a questionnaire works: long enough to answer at home over a weekend, too short to be found later. */
export const linkDays = 3;

/** Whoever holds the link acts for its one person and nobody else. */
export const whoHolds = (link: Link, req: Request): Actor => ({
  role: 'patient',
  organization: link.organization,
  patient: personOf(link),
  via: 'link',
  request: requestId(req),
  ...networkOf(req),
});

/** Sends the answers: records, link and draft change together. A second sending is refused by the link. */
export async function sendAnswers(
  records: Records,
  asked: AskedForm,
  link: Link,
  given: Readonly<{ answers: Answers; language: Tongue }>,
): Promise<void> {
  await storeAnswers(records, asked, {
    patient: personOf(link),
    answers: given.answers,
    authored: records.now.toISOString(),
    language: given.language,
    themselves: true,
  });
  await dropDraft(records, link);
  await useLink(records, link);
}

function personOf(link: Link): string {
  if (link.patient === undefined) throw withdrawn();
  return link.patient;
}

export const withdrawn = () =>
  gone(
    'この問診票は、もう使われていません。このページを案内した人（受付など）にお尋ねください。',
    'This questionnaire is no longer in use. Please ask whoever gave you the address, such as the reception.',
  );
