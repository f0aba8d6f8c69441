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
