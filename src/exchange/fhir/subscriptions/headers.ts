import type { Subscription } from '@medplum/fhirtypes';
import type { Seal } from '../../../access/seal.ts';
import { hidden, nameOfHeader, urls } from './model.ts';

/** Headers are secrets of the other side: sealed for their subscription, and never shown again. */
const about = (id: string): string => `subscription ${id}`;

const linesOf = (seal: Seal, id: string, sealed: Buffer | null): string[] => {
  const plain = sealed && seal.open(sealed, about(id))?.plain;
  return plain === null || plain === undefined ? [] : (JSON.parse(plain) as string[]);
};

export const openHeaders = (seal: Seal, id: string, sealed: Buffer | null): Record<string, string> =>
  Object.fromEntries(
    linesOf(seal, id, sealed).map((line) => [nameOfHeader(line), line.slice(line.indexOf(':') + 1).trim()]),
  );

/** The same under the service's newest secret, where an older one sealed it. */
export function resealed(seal: Seal, id: string, sealed: Buffer | null): Buffer | null {
  const opened = sealed && seal.open(sealed, about(id));
  return opened?.old === true ? seal.close(opened.plain, about(id)) : null;
}

/** A header that comes back as it was shown keeps its value. */
export function closeHeaders(
  seal: Seal,
  id: string,
  lines: readonly string[],
  before: Buffer | null,
): Buffer | null {
  if (lines.length === 0) return null;
  const known = openHeaders(seal, id, before);
  const kept = lines.flatMap((line) => {
    if (!line.endsWith(hidden)) return [line];
    const value = known[nameOfHeader(line)];
    return value === undefined ? [] : [`${nameOfHeader(line)}: ${value}`];
  });
  return seal.close(JSON.stringify(kept), about(id));
}

export const shownHeaders = (seal: Seal, id: string, sealed: Buffer | null): string[] =>
  Object.keys(openHeaders(seal, id, sealed)).map((name) => `${name}: ${hidden}`);

export const isEmptyPayload = (content: Subscription): boolean => {
  const { _payload: payload } = content.channel as {
    _payload?: { extension?: { url: string; valueCode?: string }[] };
  };
  return payload?.extension?.some((one) => one.url === urls.payload && one.valueCode === 'empty') === true;
};
