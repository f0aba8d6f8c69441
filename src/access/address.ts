import type { Request } from 'express';

/** Where a request comes from, as a part of its actor. Behind a proxy on this machine it is what the proxy says. */
export function fromOf(req: Request): { from?: string } {
  // An IPv4 address as a server for both kinds sees it.
  const from = req.ip?.replace(/^::ffff:(?=\d+\.)/, '');
  return from === undefined ? {} : { from };
}

/**
 * The same for somebody with a one-time link, shortened to the network: a patient's or neighbour's own telephone is
 * not to be recognized again.
 */
export function networkOf(req: Request): { from?: string } {
  const { from: address } = fromOf(req);
  if (address === undefined) return {};
  const four = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  if (four !== undefined) return { from: `${four}.0/24` };
  const whole = address.split('::')[0]?.split(':') ?? [];
  return { from: `${whole.slice(0, 3).join(':')}::/48` };
}

/**
 * What a guesser cannot change at will: the address, of an IPv6 one the /56 that a household or office is given and has
 * millions of addresses in.
 */
export function guesserOf(req: Request): string {
  const { from = '' } = fromOf(req);
  if (!from.includes(':')) return from;
  const [left = [], right = []] = from.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const [a, b, c, d = ''] = [...left, ...zeros, ...right];
  return `${[a, b, c].join(':')}:${d.padStart(4, '0').slice(0, 2)}`;
}
