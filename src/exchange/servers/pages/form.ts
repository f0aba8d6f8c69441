import { z } from 'zod';
import { choice, optionalText, readForm, saying, textField } from '../../../web/form.tsx';
import { isFitAddress } from '../../reach.ts';
import { proofs, ways, type Proof } from '../model.ts';
import { text } from './text.ts';

const trimmed = (given: string): string => given.replace(/\/+$/, '');

const address = (mayBeHere: boolean) =>
  textField({ max: 300, oneLine: true })
    .transform(trimmed)
    .refine((given) => isFitAddress(given, mayBeHere) && !/[?#\s]/.test(given), saying(text.addressWrong));
const client = optionalText(200).refine(
  (given) => given === undefined || /^[\x21-\x39\x3b-\x7e]+$/.test(given),
  saying(text.clientWrong),
);
const fhirId = textField({ max: 64, oneLine: true }).refine(
  (given) => /^[A-Za-z0-9.-]{1,64}$/.test(given),
  saying(text.idWrong),
);

const connection = (mayBeHere: boolean) => ({
  address: address(mayBeHere),
  client,
  proof: choice(proofs),
  secret: optionalText(500),
  ourId: fhirId,
  theirId: fhirId,
});

/** With a key of ours it is they who give the client id, once they know the key. */
const isNamed = (given: Readonly<{ proof: Proof; client?: string | undefined }>): boolean =>
  given.proof === 'key' || given.client !== undefined;
const clientMissing = () => ({ path: ['client'], error: saying(text.clientMissing), when: () => true });
const secretMissing = () => ({ path: ['secret'], error: saying(text.secretMissing), when: () => true });

/** Reads a new registration between two of these bodies. */
export const readRegistration = (body: unknown, bodies: readonly string[], mayBeHere: boolean) =>
  readForm(
    z
      .object({
        ours: choice(bodies),
        partner: choice(bodies),
        way: choice(ways),
        ...connection(mayBeHere),
      })
      .refine(isNamed, clientMissing())
      .refine((given) => given.proof === 'key' || given.secret !== undefined, secretMissing())
      .refine((given) => given.ours !== given.partner, {
        path: ['partner'],
        error: saying(text.same),
        when: () => true,
      }),
    body,
  );

/** Reads a change. A secret of one place is not sent to another: with another origin it has to be entered again. */
export const readChange = (
  body: unknown,
  before: Readonly<{ address: string; proof: Proof }>,
  mayBeHere: boolean,
) =>
  readForm(
    z
      .object(connection(mayBeHere))
      .refine(isNamed, clientMissing())
      .refine(
        (given) => given.proof === 'key' || given.secret !== undefined || before.proof === 'secret',
        secretMissing(),
      )
      .refine(
        (given) =>
          given.proof === 'key' ||
          given.secret !== undefined ||
          before.proof === 'key' ||
          !URL.canParse(given.address) ||
          new URL(given.address).origin === new URL(before.address).origin,
        { path: ['secret'], error: saying(text.secretForNew), when: () => true },
      ),
    body,
  );
