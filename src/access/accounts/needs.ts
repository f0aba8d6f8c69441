import type { Attempts } from '../attempts.ts';
import type { SliceNeeds } from '../slice.ts';
import type { ChangePost, MakePost } from './service.ts';

export type AccountNeeds = SliceNeeds &
  Readonly<{
    attempts: Attempts;
    makePost: MakePost;
    changePost: ChangePost;
    secondFactor: 'required' | 'optional';
    /** Invitations can be taken up with the account of a municipality or employer. */
    outside: boolean;
  }>;
