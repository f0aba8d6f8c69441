import type { CapabilityStatement } from '@medplum/fhirtypes';
import type { Sentence } from '../../kernel/sentence.ts';
import { definitionTypes } from '../fhir/definitions.ts';
import { interactions } from '../fhir/interactions/table.ts';
import { allOperations } from '../fhir/operations/registry.ts';
import { does, referenceText as text } from './text.ts';

/** One way of calling the API, as a person or a program reads of it. */
export type Endpoint = Readonly<{
  /** Of what kind of record; of none where it is about the server. */
  type: string | undefined;
  /** `search-type`, `$validate`, `transaction` …; with `?` where the record is meant by criteria. */
  code: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** From the root of the server: `/fhir/Task/{id}`. */
  path: string;
  says: Sentence;
  /** Nothing of a person is told, so that anybody may ask. */
  isOpen?: boolean;
}>;

const lower = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;
const address = (path: string, type: string): string =>
  `/fhir${path.replace(':type', type).replaceAll(/:(\w+)/g, '{$1}')}`;

/** About the server and not a kind of record. */
export const serverEndpoints: readonly Endpoint[] = [
  { type: undefined, code: 'transaction', method: 'post', path: '/fhir/', says: text.whole },
  {
    type: undefined,
    code: 'capabilities',
    method: 'get',
    path: '/fhir/metadata',
    says: text.metadata,
    isOpen: true,
  },
  {
    type: undefined,
    code: 'smart',
    method: 'get',
    path: '/fhir/.well-known/smart-configuration',
    says: text.smart,
    isOpen: true,
  },
  {
    type: undefined,
    code: 'openapi',
    method: 'get',
    path: '/fhir/openapi.json',
    says: text.itself,
    isOpen: true,
  },
  ...allOperations
    .filter((one) => one.system)
    .flatMap((one) =>
      [...(one.get ? (['get'] as const) : []), ...(one.post ? (['post'] as const) : [])].map(
        (method): Endpoint => ({
          type: undefined,
          code: `$${one.name}`,
          method,
          path: `/fhir/$${one.name}`,
          says: one.title,
        }),
      ),
    ),
  { type: undefined, code: 'token', method: 'post', path: '/oauth/token', says: text.grant, isOpen: true },
  { type: undefined, code: 'revoke', method: 'post', path: '/oauth/revoke', says: text.revoke, isOpen: true },
];

const plainWays = [
  { code: 'search-type', method: 'get', path: '' },
  { code: 'create', method: 'post', path: '' },
  { code: 'read', method: 'get', path: '/{id}' },
  { code: 'update', method: 'put', path: '/{id}' },
  { code: 'delete', method: 'delete', path: '/{id}' },
] as const;

/** Every way of calling a type, from the tables that the router itself is made from. */
export function endpointsOf(statement: CapabilityStatement, type: string): Endpoint[] {
  const claim = statement.rest?.[0]?.resource?.find((one) => one.type === type);
  const stored = interactions
    .filter((one) => one.of(type))
    .map((one): Endpoint => {
      const isConditional = one.path === '/:type' && ['PUT', 'PATCH', 'DELETE'].includes(one.method);
      const says = does[one.code];
      return {
        type,
        code: `${one.code}${isConditional ? '?' : ''}`,
        method: lower[one.method],
        path: address(one.path, type),
        says: isConditional
          ? {
              ja: `${says.ja}（${text.conditional.ja}）`,
              en: `${says.en}. ${text.conditional.en}`,
            }
          : says,
      };
    });
  // What has a router of its own: definitions, which anybody may read, and subscriptions.
  const claimed = stored.length > 0 ? [] : (claim?.interaction ?? []);
  const own = claimed.flatMap(({ code }): Endpoint[] => {
    const way = plainWays.find((one) => one.code === code);
    const isOpen = (definitionTypes as readonly string[]).includes(type);
    const says = type === 'Bundle' ? text.document : way && does[way.code];
    return way && says ? [{ type, ...way, path: `/fhir/${type}${way.path}`, says, isOpen }] : [];
  });
  const operated = allOperations
    .filter(({ name }) => claim?.operation?.some((one) => one.name === name) === true)
    .flatMap((one) =>
      [
        ...(one.type ? [`/fhir/${type}/$${one.name}`] : []),
        ...(one.instance ? [`/fhir/${type}/{id}/$${one.name}`] : []),
      ].flatMap((path) =>
        [...(one.get ? (['get'] as const) : []), ...(one.post ? (['post'] as const) : [])].map(
          (method): Endpoint => ({ type, code: `$${one.name}`, method, path, says: one.title }),
        ),
      ),
    );
  return [...stored, ...own, ...operated];
}

/** The kinds of record that the server speaks of, in the order of its CapabilityStatement. */
export const typesOf = (statement: CapabilityStatement): string[] =>
  (statement.rest?.[0]?.resource ?? []).flatMap(({ type }) => type ?? []);
