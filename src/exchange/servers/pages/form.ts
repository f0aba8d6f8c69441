import { z } from 'zod';
import { choice, optionalText, readForm, saying, textField } from '../../../web/form.tsx';
import { isFitAddress } from '../../reach.ts';
import { ways } from '../model.ts';
import { text } from './text.ts';

const trimmed = (given: string): string => given.replace(/\/+$/, '');

const address = (mayBeHere: boolean) =>
  textField({ max: 300, oneLine: true })
    .transform(trimmed)
    .refine((given) => isFitAddress(given, mayBeHere) && !/[?#\s]/.test(given), saying(text.addressWrong));
const client = textField({ max: 200, oneLine: true }).refine(
  (given) => /^[\x21-\x39\x3b-\x7e]+$/.test(given),
  saying(text.clientWrong),
);
const fhirId = textField({ max: 64, oneLine: true }).refine(
  (given) => /^[A-Za-z0-9.-]{1,64}$/.test(given),
  saying(text.idWrong),
);

const connection = (mayBeHere: boolean) => ({
  address: address(mayBeHere),
  client,
  ourId: fhirId,
  theirId: fhirId,
});

/** Reads a new registration between two of these bodies. */
export const readRegistration = (body: unknown, bodies: readonly string[], mayBeHere: boolean) =>
  readForm(
    z
      .object({
        ours: choice(bodies),
        partner: choice(bodies),
        way: choice(ways),
        ...connection(mayBeHere),
        secret: textField({ max: 500, oneLine: true, required: text.secretMissing }),
      })
      .refine((given) => given.ours !== given.partner, {
        path: ['partner'],
        error: saying(text.same),
        when: () => true,
      }),
    body,
  );

/** Reads a change. A secret of one place is not sent to another: with another origin it has to be entered again. */
export const readChange = (body: unknown, before: Readonly<{ address: string }>, mayBeHere: boolean) =>
  readForm(
    z
      .object({ ...connection(mayBeHere), secret: optionalText(500) })
      .refine(
        (given) =>
          given.secret !== undefined ||
          !URL.canParse(given.address) ||
          new URL(given.address).origin === new URL(before.address).origin,
        { path: ['secret'], error: saying(text.secretForNew), when: () => true },
      ),
    body,
  );
