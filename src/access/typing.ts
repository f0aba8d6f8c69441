import type { Request } from 'express';
import { Refused } from '../kernel/problem.ts';
import { formAgain, type FormState } from '../web/form.tsx';
import { localPath, type Reply } from '../web/replies.ts';
import type { Typed } from './typed-forms.ts';
import type { Visit } from './visit.ts';

/** Longer addresses are nobody's form, and too long to find something by. */
const longest = 2000;

/**
 * Where this page is had again: the address of a page, and of a form the page it stands on, as it says itself. `/` for
 * a form that is no page's. What the last action led to is said once, so it is left out.
 */
export function addressOf(req: Request): string {
  const body: unknown = req.body;
  const named =
    typeof body === 'object' && body !== null
      ? Object.entries(body).find(([name]) => name === '_page')?.[1]
      : undefined;
  const address = req.method === 'GET' ? req.originalUrl : localPath(named);
  const [, path, query = ''] = /^([^?#]+)\??([^#]*)/.exec(address ?? '/') ?? [];
  if (path === undefined || (req.method !== 'GET' && path.length + query.length > longest)) return '/';
  const left = query.split('&').filter((part) => part !== '' && !part.startsWith('said='));
  return left.length === 0 ? path : `${path}?${left.join('&')}`;
}

/**
 * What was typed into the form that was sent. A password or secret is never part of it, a file cannot be, and a signature drawn by
 * hand must not be: it would stand under what is changed later.
 */
export function typedIn(req: Request): Typed {
  const values = Object.entries(formAgain(req.body, []).values).filter(
    ([name]) => !/password|secret/i.test(name),
  );
  const drawn = values.filter(([, value]) => typeof value === 'string' && value.startsWith('data:'));
  return {
    values: Object.fromEntries(
      values
        .filter((one) => !drawn.includes(one))
        .map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    file: drawn.length > 0 || (Array.isArray(req.files) && req.files.length > 0),
    unsent: false,
  };
}

export const filledFrom = (typed: Typed | undefined): FormState | undefined =>
  typed && { values: typed.values, issues: [], left: { file: typed.file, unsent: typed.unsent } };

/**
 * What was typed stays until the form has led on: a page with problems, a refusal and a fault of ours leave it where its
 * page finds it again, so that the way back loses nothing.
 */
export async function minding(
  visit: Visit,
  handler: (visit: Visit) => Promise<Reply>,
  forget: () => Promise<void>,
): Promise<Reply> {
  let isKept = false;
  const keep = async (page?: string): Promise<void> => {
    isKept = true;
    await visit.keep(page);
  };
  let reply: Reply;
  try {
    reply = await handler({ ...visit, keep });
  } catch (error) {
    // Where somebody may not be, nothing of theirs is left behind. A failing database must not hide what failed.
    const gone = error instanceof Refused && ['forbidden', 'not-found'].includes(error.problem.kind);
    if (!gone) await visit.keep().catch(() => undefined);
    throw error;
  }
  if (reply.kind === 'page') await visit.keep();
  else if (!isKept) await forget();
  return reply;
}
