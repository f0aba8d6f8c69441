import { z } from 'zod';
import { isEmail } from '../../kernel/email.ts';
import { asStored, isKana } from '../../kernel/japan/kana.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import {
  choice,
  optionalChoice,
  optionalDate,
  optionalText,
  readForm,
  saying,
  textField,
} from '../../web/form.tsx';
import { isEasyToGuess, longest } from './password.ts';
import type { WorkRole } from './roles.ts';
import type { NewAccount } from './service.ts';
import { text } from './text.ts';

/** The answer that stands for somebody who holds no post yet. */
export const somebodyNew = 'new';

const kana = () =>
  optionalText(60)
    .refine((s) => s === undefined || isKana(s), saying(text.kanaWrong))
    .transform((s) => (s === undefined ? '' : asStored(s)));

const name = () => optionalText(40);

const email = textField({ max: 200, required: text.emailMissing })
  .transform((s) => s.normalize('NFKC'))
  .refine(isEmail, saying(text.emailWrong));

/** Where an invitation goes. */
export const InvitationForm = z.object({ email });

/** The last day of a post; empty when it goes on. */
export const LastDayForm = z.object({ until: optionalDate() });

const accountForm = (posts: readonly string[], roles: readonly WorkRole[]) =>
  z
    .object({
      who: choice([somebodyNew, ...posts], text.whoMissing),
      family: name(),
      given: name(),
      familyKana: kana(),
      givenKana: kana(),
      role: optionalChoice(roles),
      login: textField({ max: 60 })
        .transform((s) => s.normalize('NFKC'))
        .refine((s) => /^[a-z0-9][a-z0-9._-]{2,39}$/.test(s), saying(text.loginWrong)),
      email,
    })
    .refine((f) => f.who !== somebodyNew || (f.family !== undefined && f.given !== undefined), {
      path: ['family'],
      error: saying(text.nameMissing),
      when: () => true,
    })
    .refine((f) => f.who !== somebodyNew || f.role !== undefined, {
      path: ['role'],
      error: saying(text.roleMissing),
      when: () => true,
    });

/** Reads who is to sign in as what. */
export function readNewAccount(body: unknown, posts: readonly string[], roles: readonly WorkRole[]) {
  const read = readForm(accountForm(posts, roles), body);
  if (!read.ok) return read;
  const { who, login, email: address, family = '', given = '', familyKana, givenKana, role } = read.data;
  const holder: NewAccount['holder'] =
    who === somebodyNew && role !== undefined
      ? { family, given, familyKana, givenKana, role }
      : { post: who };
  return { ok: true as const, data: { login, email: address, holder } };
}

const length = (s: string): number => Array.from(s).length;
const secret = (missing: Sentence) =>
  z.preprocess(
    (v) => v ?? '',
    z.string({ error: saying(missing) }).refine((s) => s !== '', saying(missing)),
  );

type Chooser = Readonly<{ login: string; name: string; organization: string }>;

/** A password that somebody chooses: long enough, theirs to guess and nobody else's. */
const chosen = (who: Chooser, shortest: number) =>
  secret(text.freshShort(shortest))
    .refine((s) => length(s) >= shortest, saying(text.freshShort(shortest)))
    .refine((s) => length(s) <= longest, saying(text.freshLong))
    .refine((s) => !s.toLowerCase().includes(who.login), saying(text.freshLogin))
    .refine(
      (s) => !isEasyToGuess(s, [who.login, ...who.name.split(' '), who.organization]),
      saying(text.freshEasy),
    );

const again = z.preprocess((v) => v ?? '', z.string());
const same = { path: ['again'], error: saying(text.againWrong), when: () => true };

/** The form with which somebody chooses their first password, or another after they forgot it. */
export const choiceForm = (who: Chooser, shortest: number) =>
  z.object({ fresh: chosen(who, shortest), again }).refine((f) => f.fresh === f.again, same);

/** The form with which somebody changes their own password. */
export const changeForm = (who: Chooser, shortest: number) =>
  z
    .object({ current: secret(text.currentMissing), fresh: chosen(who, shortest), again })
    .refine((f) => f.fresh === f.again, same)
    .refine((f) => f.fresh === '' || f.fresh !== f.current, {
      path: ['fresh'],
      error: saying(text.freshSame),
      when: () => true,
    });
