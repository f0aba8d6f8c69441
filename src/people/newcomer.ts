import type { ChangePost, MakePost } from '../access/accounts/service.ts';
import { buildPost, buildPractitioner, displayName } from './record.ts';

/** Somebody who is given an account and was not known yet: a person and the post they act from. */
export const makePost: MakePost = (newcomer, ids) => [
  buildPractitioner(newcomer, { id: ids.practitioner }),
  buildPost(
    {
      kind: newcomer.role,
      practitioner: ids.practitioner,
      organization: ids.organization,
      name: displayName(newcomer, 'ja'),
    },
    { id: ids.post },
  ),
];

/** The same post with another last day (`YYYY-MM-DD`), or without one. */
export const changePost: ChangePost = (post, until) => {
  const { period, ...rest } = post;
  const { end: _end, ...begun } = period ?? {};
  const next = { ...begun, ...(until === undefined ? {} : { end: until }) };
  return Object.keys(next).length === 0 ? rest : { ...rest, period: next };
};
