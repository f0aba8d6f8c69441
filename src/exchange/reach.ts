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

/** Whether a program may be reached at that address, as far as the text tells. `mayBeHere`: demo mode, for a program on this machine. */
export function isFitAddress(text: string, mayBeHere: boolean): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  if (mayBeHere && ['http:', 'https:'].includes(url.protocol) && (isHere(host) || host === 'localhost'))
    return true;
  return url.protocol === 'https:' && (net.isIP(host) === 0 ? host.includes('.') : isPublic(host));
}

type Resolve = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

type Wished = Readonly<{
  method: 'GET' | 'POST' | 'PUT';
  address: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}>;
export type Reached = Readonly<{ status: number; headers: http.IncomingHttpHeaders; body: string }>;
/** Throws when nothing came back in time, or more than is read. */
export type Reach = (wished: Wished) => Promise<Reached>;

export type ReachNeeds = Readonly<{
  mayBeHere: boolean;
  /** From the first byte sent to the last one read, in milliseconds. */
  patience: number;
  /** Of the answer; 0: only its status is read. */
  mostBytes: number;
  resolve?: Resolve | undefined;
}>;

/**
 * Asks a program of somebody else over HTTP. The name is resolved here and the connection made to just that address, so
 * that a name that leads elsewhere the second time leads nowhere; no redirect is followed; what is slow or without end is
 * given up.
 */
export const makeReach =
  ({ mayBeHere, patience, mostBytes, resolve = lookup }: ReachNeeds): Reach =>
  ({ method, address, headers, body }) =>
    new Promise((answered, refused) => {
      const late = AbortSignal.timeout(patience);
      // Broken off in the middle, a connection says that it broke and not why.
      const failed = (error: Error): void => {
        refused(late.aborted ? new Error('The answer is late.') : error);
      };
      if (!isFitAddress(address, mayBeHere)) {
        failed(new Error('The address is not public.'));
        return;
      }
      const url = new URL(address);
      const request = (url.protocol === 'https:' ? https : http).request(url, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }) },
        agent: false,
        signal: late,
        lookup: (host, options, done) => {
          resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
            const fit =
              found?.filter(({ address: one }) => isPublic(one) || (mayBeHere && isHere(one))) ?? [];
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
        const { statusCode: status = 0, headers: told } = response;
        if (mostBytes === 0) {
          answered({ status, headers: told, body: '' });
          response.destroy();
          return;
        }
        const parts: Buffer[] = [];
        let bytes = 0;
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          parts.push(part);
          if (bytes > mostBytes) response.destroy(new Error('The answer is too large.'));
        });
        response.on('error', failed);
        response.on('end', () => {
          answered({ status, headers: told, body: Buffer.concat(parts).toString('utf8') });
        });
      });
      request.on('error', failed);
      request.end(body);
    });
