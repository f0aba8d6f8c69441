import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

/** Addresses that lead to somewhere inside (IANA special-purpose registries): of version 4 these, of version 6 all but these. */
const inside = new net.BlockList();
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
  inside.addSubnet(range.split('/')[0] ?? '', Number(range.split('/')[1]), 'ipv4');
const publicSix = new net.BlockList();
publicSix.addSubnet('2000::', 3, 'ipv6');
// Documentation, Teredo and what carries an address of version 4 in it.
const notPublicSix = new net.BlockList();
for (const [start, bits] of [
  ['2001:db8::', 32],
  ['2001::', 23],
  ['2002::', 16],
] as const)
  notPublicSix.addSubnet(start, bits, 'ipv6');

const isPublic = (address: string): boolean =>
  net.isIPv4(address)
    ? !inside.check(address, 'ipv4')
    : publicSix.check(address, 'ipv6') && !notPublicSix.check(address, 'ipv6');
const isHere = (address: string): boolean => /^(127\.\d+\.\d+\.\d+|::1)$/.test(address);

/** Whether a program may be told at that address, as far as the text tells. `mayBeHere`: demo mode, for a program on this machine. */
export function isFitAddress(text: string, mayBeHere: boolean): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  if (mayBeHere && ['http:', 'https:'].includes(url.protocol) && (isHere(host) || host === 'localhost'))
    return true;
  return url.protocol === 'https:' && (net.isIP(host) === 0 ? host.includes('.') : isPublic(host));
}

export type Post = (
  to: Readonly<{ endpoint: string; headers: Readonly<Record<string, string>>; body: string }>,
) => Promise<number>;

type Resolve = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

const patience = 10_000;

/**
 * Sends, and gives the status of the answer, of which nothing more is read. The name is resolved here and the connection
 * made to just that address, so that a name that leads elsewhere the second time leads nowhere; no redirect is followed.
 */
export const makeRestHook =
  ({ mayBeHere, resolve = lookup }: Readonly<{ mayBeHere: boolean; resolve?: Resolve }>): Post =>
  ({ endpoint, headers, body }) =>
    new Promise((answered, failed) => {
      if (!isFitAddress(endpoint, mayBeHere)) {
        failed(new Error('The address is not public.'));
        return;
      }
      const url = new URL(endpoint);
      const request = (url.protocol === 'https:' ? https : http).request(url, {
        method: 'POST',
        headers: {
          ...headers,
          'Content-Type': 'application/fhir+json',
          'Content-Length': Buffer.byteLength(body),
        },
        agent: false,
        signal: AbortSignal.timeout(patience),
        lookup: (host, options, done) => {
          resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
            const fit =
              found?.filter(({ address }) => isPublic(address) || (mayBeHere && isHere(address))) ?? [];
            const [first] = fit;
            if (error) done(error, '', 4);
            else if (!first || fit.length < found.length)
              done(new Error('The address is not public.'), '', 4);
            else if (options.all === true)
              (done as unknown as (e: null, all: LookupAddress[]) => void)(null, fit);
            else done(null, first.address, first.family);
          });
        },
      });
      request.on('response', (response) => {
        answered(response.statusCode ?? 0);
        response.destroy();
      });
      request.on('error', failed);
      request.end(body);
    });
