import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { Seal } from '../../access/seal.ts';
import { isNode } from '../../fhir/definitions/rule.ts';
import { readJson, writeJson } from '../../kernel/exact-json.ts';
import type { Reach, Reached } from '../reach.ts';
import { faults, refusedWith, unreached } from './faults.ts';
import { assertionOf, type OwnKeys } from './keys.ts';
import { sealedFor, Unwilling, type Server } from './model.ts';

export type Held = Resource & { id: string; meta?: { versionId?: string; lastUpdated?: string } };

/** By what one sees that it is another version: a server that counts none says at least when it was changed. */
export const markOf = ({ meta }: Held): string | undefined => meta?.versionId ?? meta?.lastUpdated;

/** What is asked of somebody else's FHIR server; everything it refuses or cannot do is `Unwilling`. */
export type Theirs = Readonly<{
  /** What it says it is; needs no token. */
  metadata: () => Promise<unknown>;
  /** Gets a token; nothing comes of it but that one can be had. */
  token: () => Promise<void>;
  /** Undefined: they say in FHIR that it is not there; a page that is missing says nothing. */
  read: (path: string) => Promise<Held | undefined>;
  /** One page; `next` is an address of theirs. */
  search: (path: string) => Promise<{ found: Held[]; next: string | undefined }>;
  transaction: (bundle: Bundle, key: string) => Promise<Bundle>;
  /** Replaces the version seen; 412 when there is another. Returns the version it became. */
  update: (record: Held, version: string | undefined) => Promise<string | undefined>;
  /** Makes it unless it is there. Returns its id. */
  create: (record: Resource, unless: string, key: string) => Promise<string>;
}>;

type Token = { text: string; until: number };
type Needs = Readonly<{ reach: Reach; seal: Seal; keys: OwnKeys; now: () => Date }>;

/** Tokens are kept as long as they are good, for each version of a registration. */
export function makeClients({ reach, seal, keys, now }: Needs) {
  const tokens = new Map<string, Token>();

  const ask = async (wished: Parameters<Reach>[0]): Promise<Reached> => {
    try {
      return await reach(wished);
    } catch (error) {
      throw unreached(error);
    }
  };

  /** Asks for a token by the secret, or by a signature; where our secret has been changed, by the key before, too. */
  const grantedAt = async (endpoint: string, server: Server, secret: string): Promise<Reached> => {
    const asked = (headers: Readonly<Record<string, string>>, more: Readonly<Record<string, string>>) =>
      ask({
        method: 'POST',
        address: endpoint,
        headers: {
          ...headers,
          'Content-Type': 'application/x-www-form-urlencoded',
          Accept: 'application/json',
        },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          scope: 'system/*.cruds',
          ...more,
        }).toString(),
      });
    const { client, proof } = server;
    if (proof === 'secret')
      return asked({ Authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}` }, {});
    const [newest, ...before] = keys(server.id);
    const by = (key: typeof newest) =>
      asked(
        {},
        {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertionOf(key, { client, endpoint, now: now() }),
        },
      );
    let answer = await by(newest);
    for (const key of before) if (answer.status === 400 || answer.status === 401) answer = await by(key);
    return answer;
  };

  const tokenFor = async (server: Server): Promise<string> => {
    const key = `${server.id} ${String(server.version)}`;
    const known = tokens.get(key);
    if (known && known.until > now().getTime()) return known.text;
    if (server.client === '') throw new Unwilling(faults.noClient);
    const secret = server.proof === 'secret' ? seal.open(server.secret, sealedFor(server.id))?.plain : '';
    if (secret === undefined) throw new Unwilling(faults.sealed, { final: true });
    const where = await ask({
      method: 'GET',
      address: `${server.address}/.well-known/smart-configuration`,
      headers: { Accept: 'application/json' },
    });
    const configuration = where.status === 200 ? parsed(where) : undefined;
    const endpoint = isNode(configuration) ? configuration['token_endpoint'] : undefined;
    if (typeof endpoint !== 'string')
      throw where.status >= 500 ? refusedWith(where.status, undefined) : new Unwilling(faults.noToken);
    const answer = await grantedAt(endpoint, server, secret);
    if (answer.status >= 500 || answer.status === 429) throw refusedWith(answer.status, undefined);
    const given = answer.status === 200 ? parsed(answer) : undefined;
    const text = isNode(given) ? given['access_token'] : undefined;
    if (!isNode(given) || typeof text !== 'string' || !/^[\w.~+/=-]{1,8000}$/.test(text))
      throw new Unwilling(server.proof === 'key' ? faults.refusedKey : faults.refusedUs, {
        status: answer.status,
      });
    const seconds = Number(given['expires_in'] ?? 300);
    tokens.set(key, { text, until: now().getTime() + Math.max(0, Math.min(seconds, 3600) - 30) * 1000 });
    return text;
  };

  return (server: Server): Theirs => {
    const send = async (
      method: 'GET' | 'POST' | 'PUT',
      path: string,
      more: Readonly<{ body?: unknown; headers?: Readonly<Record<string, string>> }> = {},
    ): Promise<Reached> => {
      const address =
        path.startsWith('https:') || path.startsWith('http:') ? path : `${server.address}${path}`;
      // What they send us on to is theirs, or our token goes to a stranger.
      if (!isWithin(address, server.address)) throw new Unwilling(faults.unreadable);
      const answer = await ask({
        method,
        address,
        headers: {
          Authorization: `Bearer ${await tokenFor(server)}`,
          Accept: 'application/fhir+json',
          'Accept-Language': 'ja, en;q=0.5',
          ...(more.body === undefined ? {} : { 'Content-Type': 'application/fhir+json' }),
          ...more.headers,
        },
        ...(more.body === undefined ? {} : { body: writeJson(more.body) }),
      });
      if (answer.status === 401) tokens.delete(`${server.id} ${String(server.version)}`);
      return answer;
    };
    const taken = async (sent: Promise<Reached>): Promise<Reached> => {
      const answer = await sent;
      if (answer.status < 200 || answer.status > 299) throw refusedWith(answer.status, parsedOr(answer));
      return answer;
    };
    return {
      metadata: async () => {
        const answer = await ask({
          method: 'GET',
          address: `${server.address}/metadata`,
          headers: { Accept: 'application/fhir+json' },
        });
        if (answer.status !== 200) throw refusedWith(answer.status, parsedOr(answer));
        return parsed(answer);
      },
      token: async () => {
        tokens.delete(`${server.id} ${String(server.version)}`);
        await tokenFor(server);
      },
      read: async (path) => {
        const answer = await send('GET', path);
        if (answer.status === 404 || answer.status === 410) {
          const said = parsedOr(answer);
          if (isNode(said) && said['resourceType'] === 'OperationOutcome') return undefined;
          throw new Unwilling(faults.unreadable, { status: answer.status });
        }
        if (answer.status !== 200) throw refusedWith(answer.status, parsedOr(answer));
        return held(parsed(answer));
      },
      search: async (path) => {
        const bundle = bundleIn(parsed(await taken(send('GET', path))));
        return {
          found: (bundle.entry ?? []).flatMap(({ resource }) =>
            isNode(resource) && isIdThere(resource['id']) ? [resource as unknown as Held] : [],
          ),
          next: bundle.link?.find((one) => one.relation === 'next')?.url,
        };
      },
      transaction: async (bundle, key) =>
        bundleIn(
          parsed(await taken(send('POST', '', { body: bundle, headers: { 'Idempotency-Key': key } }))),
        ),
      update: async (record, version) => {
        const seen = version === undefined ? {} : { 'If-Match': `W/"${version}"` };
        const answer = await taken(
          send('PUT', `/${record.resourceType}/${record.id}`, { body: record, headers: seen }),
        );
        return versionIn(answer);
      },
      create: async (record, unless, key) => {
        const headers = { 'If-None-Exist': unless, 'Idempotency-Key': key };
        const answer = await taken(send('POST', `/${record.resourceType}`, { body: record, headers }));
        const id = placeOf(answer.headers.location)?.id ?? idThere(parsedOr(answer));
        if (id === undefined) throw new Unwilling(faults.noAnswer);
        return id;
      },
    };
  };
}
export type Clients = ReturnType<typeof makeClients>;

const parsedOr = (answer: Reached): unknown => {
  try {
    return readJson(answer.body);
  } catch {
    return undefined;
  }
};
function parsed(answer: Reached): unknown {
  const body = parsedOr(answer);
  if (body === undefined) throw new Unwilling(faults.unreadable);
  return body;
}
const bundleIn = (body: unknown): Bundle => {
  const entries: unknown = isNode(body) ? body['entry'] : undefined;
  if (
    !isNode(body) ||
    body['resourceType'] !== 'Bundle' ||
    (entries !== undefined && !Array.isArray(entries))
  )
    throw new Unwilling(faults.unreadable);
  if (((entries as unknown[] | undefined) ?? []).some((one) => !isNode(one)))
    throw new Unwilling(faults.unreadable);
  return body as unknown as Bundle;
};
const held = (body: unknown): Held => {
  if (!isNode(body) || !isIdThere(body['id']) || typeof body['resourceType'] !== 'string')
    throw new Unwilling(faults.unreadable);
  return body as unknown as Held;
};
const idThere = (body: unknown): string | undefined =>
  isNode(body) && isIdThere(body['id']) ? body['id'] : undefined;
/** Ids of theirs become parts of addresses. */
const isIdThere = (id: unknown): id is string => typeof id === 'string' && /^[A-Za-z0-9.-]{1,64}$/.test(id);
const isWithin = (address: string, base: string): boolean =>
  address === base || address.startsWith(`${base}/`) || address.startsWith(`${base}?`);
const versionIn = (answer: Reached): string | undefined =>
  /^(?:W\/)?"([^"]{1,64})"$/.exec(answer.headers.etag ?? '')?.[1];

/** `Task/12/_history/3`, or the same behind an address. */
export function placeOf(
  location: string | undefined,
): Readonly<{ type: string; id: string; version: string | undefined }> | undefined {
  const found = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([A-Za-z0-9.-]{1,64}))?$/.exec(
    location ?? '',
  );
  return found?.[1] === undefined || found[2] === undefined
    ? undefined
    : { type: found[1], id: found[2], version: found[3] };
}
