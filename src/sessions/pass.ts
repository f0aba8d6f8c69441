import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { isId } from '../fhir/references.ts';

/**
 * What lets somebody without an account see and give up their place: an address, and a short code for the telephone. Both
 * are reckoned from the place's id and the service's secret, so that every letter can carry them and nothing has to be
 * kept. `secrets`, newest first: what an older one made is still good.
 */
export type Passes = ReturnType<typeof makePasses>;

const macLength = 12;
/** Without letters and figures that are taken for one another. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export function makePasses(secrets: readonly [string, ...string[]]) {
  const keys = secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', 'tsunagi gathering place 1', 32)),
  ) as [Buffer, ...Buffer[]];
  const mac = (key: Buffer, what: string, id: string): Buffer =>
    createHmac('sha256', key).update(`${what} ${id}`).digest();
  const codeBy = (key: Buffer, id: string): string =>
    Array.from(mac(key, 'code', id).subarray(0, 8), (byte) => letters[byte % 32]).join('');
  return {
    /** The last part of the address. */
    tokenOf: (id: string): string =>
      Buffer.concat([
        Buffer.from(id.replaceAll('-', ''), 'hex'),
        mac(keys[0], 'address', id).subarray(0, macLength),
      ]).toString('base64url'),
    /** The place behind an address; undefined for what none of the secrets made. */
    placeIn: (token: string): string | undefined => {
      if (!/^[\w-]{38}$/.test(token)) return undefined;
      const bytes = Buffer.from(token, 'base64url');
      const hex = bytes.subarray(0, 16).toString('hex');
      const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      const given = bytes.subarray(16);
      const isOurs = keys.some((key) =>
        timingSafeEqual(mac(key, 'address', id).subarray(0, macLength), given),
      );
      return isOurs && isId(id) ? id : undefined;
    },
    /** Eight letters and figures: 40 bits, of one gathering alone, and tried a few times at most. */
    codeOf: (id: string): string => codeBy(keys[0], id),
    /** With those that older secrets made. */
    codesOf: (id: string): readonly string[] => keys.map((key) => codeBy(key, id)),
  };
}

/** A code as it was typed: small letters, blanks and dashes do not matter. */
export const asCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '');
