import { z } from 'zod';
import { choice, choices, optionalText, readForm, saying, textField } from '../web/form.tsx';
import type { Language } from '../kernel/sentence.ts';
import { longestReason, proposedReason } from './proposed-reason.ts';
import { urgencies, type Urgency } from './record.ts';
import type { SendingChoices } from './sending.ts';
import { sendText as text } from './send-text.ts';

/** The value of `office` that leads to the choice of an office elsewhere. */
export const elsewhere = 'elsewhere';

export type SendForm = Readonly<{
  needs: readonly string[];
  office: string;
  outside: string | undefined;
  outside_reason: string | undefined;
  urgency: Urgency;
  reason: string;
  note: string | undefined;
}>;

const outsideWanted = (form: { office?: unknown }): boolean => form.office === elsewhere;

/** The form's fields for these choices: only what may be chosen is taken. */
function schemaFor({ concerns, offices }: SendingChoices) {
  const open = offices.filter((o) => o.open);
  const [near, far] = [open.filter((o) => o.local), open.filter((o) => !o.local)];
  return z
    .object({
      needs: choices(
        concerns.map((c) => c.id),
        concerns.length > 0 ? text.needsMissing : undefined,
      ),
      office: choice([...near.map((o) => o.id), ...(far.length > 0 ? [elsewhere] : [])], text.officeMissing),
      outside: optionalText(36),
      outside_reason: optionalText(200),
      urgency: choice(urgencies, text.urgencyMissing),
      reason: textField({ max: longestReason, required: text.reasonMissing }),
      note: optionalText(2000),
    })
    .refine((form) => !outsideWanted(form) || far.some((o) => o.id === form.outside), {
      path: ['outside'],
      message: saying(text.outsideOfficeMissing),
      when: () => true,
    })
    .refine((form) => !outsideWanted(form) || form.outside_reason !== undefined, {
      path: ['outside_reason'],
      message: saying(text.outsideReasonMissing),
      when: () => true,
    });
}

export const readSendForm = (given: SendingChoices, body: unknown) =>
  readForm<SendForm>(schemaFor(given), body);

/** The office that was chosen, near or elsewhere. */
export const officeOf = (form: SendForm): string =>
  form.office === elsewhere ? (form.outside ?? '') : form.office;

/** Whether it is less urgent than the program advises for what was found. */
export const isLessUrgent = ({ route }: SendingChoices, { urgency }: Pick<SendForm, 'urgency'>): boolean =>
  route?.urgency !== undefined && urgencies.indexOf(urgency) < urgencies.indexOf(route.urgency);

/** What the form shows at first: everything found is ticked, the one office of the municipality, or else near it, chosen. */
export function firstValues(given: SendingChoices, language: Language): Record<string, string | string[]> {
  const { concerns, offices, route } = given;
  const near = offices.filter((o) => o.open && o.local);
  const own = near.filter((o) => o.own);
  const first = own.length === 1 ? own[0] : near.length === 1 ? near[0] : undefined;
  return {
    needs: concerns.map((c) => c.id),
    ...(first ? { office: first.id } : {}),
    urgency: route?.urgency ?? 'routine',
    reason: proposedReason(given, language),
  };
}
