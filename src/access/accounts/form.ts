import { z } from 'zod';
import { asStored, isKana } from '../../kernel/japan/kana.ts';
import { choice, optionalChoice, optionalText, readForm, saying, textField } from '../../web/form.tsx';
import { longest, shortest } from './password.ts';
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
  const { who, login, family = '', given = '', familyKana, givenKana, role } = read.data;
  const holder: NewAccount['holder'] =
    who === somebodyNew && role !== undefined
      ? { family, given, familyKana, givenKana, role }
      : { post: who };
  return { ok: true as const, data: { login, holder } };
}

const length = (s: string): number => Array.from(s).length;
const secret = (missing: (typeof text)['currentMissing' | 'freshShort']) =>
  z.preprocess(
    (v) => v ?? '',
    z.string({ error: saying(missing) }).refine((s) => s !== '', saying(missing)),
  );

/** The form with which somebody changes their own password. */
export const passwordForm = (login: string) =>
  z
    .object({
      current: secret(text.currentMissing),
      fresh: secret(text.freshShort)
        .refine((s) => length(s) >= shortest, saying(text.freshShort))
        .refine((s) => length(s) <= longest, saying(text.freshLong))
        .refine((s) => !s.toLowerCase().includes(login), saying(text.freshLogin)),
      again: z.preprocess((v) => v ?? '', z.string()),
    })
    .refine((f) => f.fresh === f.again, {
      path: ['again'],
      error: saying(text.againWrong),
      when: () => true,
    })
    .refine((f) => f.fresh === '' || f.fresh !== f.current, {
      path: ['fresh'],
      error: saying(text.freshSame),
      when: () => true,
    });
