import type { Request } from 'express';
import { cookieOf, setCookie } from '../../access/cookies.ts';
import type { Link } from '../../access/links.ts';
import type { Seal } from '../../access/seal.ts';
import type { Surroundings } from '../../kernel/clock.ts';

export type KnownNeeds = Readonly<{ seal: Seal; secure: boolean }> & Pick<Surroundings, 'now'>;

/** Long enough to read everything slowly and to think it over, short enough for a telephone that is lent. */
const seconds = 20 * 60;

/**
 * The browser in which somebody gave the right date of birth for their own page: a sealed cookie, good for that one link,
 * so that the browser's way back and another language lead to a page and not to the first question again.
 */
export function makeKnown({ seal, secure, now }: KnownNeeds) {
  const about = (link: Pick<Link, 'hash'>): string => `own page ${link.hash.toString('hex')}`;
  return {
    /** The header that makes the browser remember. */
    remember: (link: Link): string => {
      const until = String(now().getTime() + seconds * 1000);
      return setCookie('own', seal.close(until, about(link)).toString('base64url'), { secure, seconds });
    },
    knows: (req: Request, link: Link): boolean => {
      const sealed = cookieOf(req, 'own', secure);
      const until = sealed && seal.open(Buffer.from(sealed, 'base64url'), about(link))?.plain;
      return Number(until ?? 0) > now().getTime();
    },
  };
}
