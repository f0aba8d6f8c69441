import type { ConsentForm, Proof } from '../consent/form.ts';
import { give } from '../consent/service.ts';
import type { Records } from '../fhir/records.ts';
import { invalid, issue } from '../kernel/problem.ts';
import { register } from '../people/service.ts';
import type { Registration } from '../people/form.ts';
import type { Urgency } from '../programs/program.ts';
import { send } from '../referral/send.ts';
import type { DropIn } from './model.ts';
import type { Holding } from './programs.ts';
import { linkTalk } from './talk.ts';
import { talkText } from './talk-text.ts';

export type Referring = Readonly<{
  registration: Registration;
  /** Somebody made sure that they are not the person of the same name who is registered. */
  another: boolean;
  consent: ConsentForm;
  proof: Proof;
  reason: string;
  urgency: Urgency;
}>;

/** The needs that the topics of a talk speak of, as the program's rules name them. */
export const needsOf = ({ sessions, needs }: Holding, { topics }: Pick<DropIn, 'topics'>) =>
  topics.flatMap((code) => {
    const need = sessions.contacts?.topics.find((one) => one.code === code)?.need;
    const rule = needs.find((one) => one.code === need);
    return rule ? [{ system: rule.system, code: rule.code }] : [];
  });

/**
 * A talk without a name becomes a referral: the person is registered with the body itself, their consent is recorded, and
 * the referral goes to its own inbox; all in one transaction, or nothing. Returns the id of the referral's Task. Refuses a
 * talk that has become one already, and a consent that does not name offices.
 */
export async function refer(
  records: Records,
  program: Holding,
  talk: DropIn,
  given: Referring,
): Promise<string> {
  if (talk.task_id !== null) throw invalid(issue('', talkText.referred.ja, talkText.referred.en));
  const patient = await register(records, given.registration, given.another);
  const consent = await give(records, program, patient, given.consent, given.proof);
  const sent = await send(records, program, {
    patient,
    to: records.actor.organization,
    urgency: given.urgency,
    reason: given.reason,
    conditions: [],
    needs: needsOf(program, talk),
    consent,
  });
  await linkTalk(records, talk.id, sent.task);
  return sent.task;
}
