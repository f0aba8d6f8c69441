import type { CapabilityStatement } from '@medplum/fhirtypes';
import { endpointsOf, serverEndpoints, typesOf, type Endpoint } from './endpoints.ts';
import { referenceText as text } from './text.ts';

const fhirJson = 'application/fhir+json';
const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

/** An OpenAPI 3.1 description of everything that is answered, made from the tables that the router is made from. */
export function openApi(statement: CapabilityStatement, publicUrl: string) {
  const types = typesOf(statement);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of [...serverEndpoints, ...types.flatMap((type) => endpointsOf(statement, type))])
    (paths[endpoint.path] ??= {})[endpoint.method] ??= operationOf(endpoint, statement);
  return {
    openapi: '3.1.0',
    info: {
      title: 'つなぐ Tsunagi',
      version: statement.software?.version ?? '1.0.0',
      description: `${text.about.ja} ${text.about.en}`,
    },
    servers: [{ url: publicUrl }],
    tags: [{ name: 'server' }, ...types.map((name) => ({ name }))],
    paths,
    security: [{ token: [] }, { bearer: [] }],
    components: {
      securitySchemes: {
        token: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: `${publicUrl}/oauth/token`,
              scopes: { 'system/*.rs': 'Read and search', 'system/*.cruds': 'Read and write' },
            },
          },
        },
        bearer: { type: 'http', scheme: 'bearer' },
        client: { type: 'http', scheme: 'basic' },
      },
      parameters,
      schemas,
      responses: {
        refused: {
          description: 'Why it was refused, in words, with its place.',
          content: { [fhirJson]: { schema: ref('schemas', 'OperationOutcome') } },
        },
      },
    },
  };
}

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
});
const parameters = {
  id: { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
  version: {
    name: 'version',
    in: 'path',
    required: true,
    schema: { type: 'string', pattern: String.raw`^[1-9]\d{0,8}$` },
  },
  ifMatch: header('If-Match', 'W/"3": only if this is the version there now; otherwise 412'),
  ifNoneMatch: header('If-None-Match', 'W/"3": 304 for a reader that has this version'),
  ifNoneExist: header('If-None-Exist', 'identifier=…|…: create only what no record matches'),
  idempotencyKey: header('Idempotency-Key', 'The same key again gets the first answer'),
  prefer: header('Prefer', 'return=minimal, representation or OperationOutcome; handling=strict or lenient'),
};
const resource = (resourceType: string | undefined) => ({
  type: 'object',
  required: ['resourceType'],
  properties: { resourceType: resourceType === undefined ? { type: 'string' } : { const: resourceType } },
});
const schemas = {
  Resource: resource(undefined),
  OperationOutcome: {
    ...resource('OperationOutcome'),
    properties: {
      resourceType: { const: 'OperationOutcome' },
      issue: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            severity: { type: 'string' },
            code: { type: 'string' },
            expression: { type: 'array', items: { type: 'string' } },
            details: { type: 'object', properties: { text: { type: 'string' } } },
          },
        },
      },
    },
  },
};

/** What goes with a search besides the parameters of its type. */
const general = ['_count', '_sort', '_total', '_include', '_revinclude', '_summary', '_elements'];

function operationOf({ type, code, method, path, says, isOpen }: Endpoint, statement: CapabilityStatement) {
  const plain = code.replace('?', '');
  const isWriting = ['create', 'update', 'patch', 'delete', 'transaction'].includes(plain);
  const isOauth = path.startsWith('/oauth');
  const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ref('parameters', name));
  const headers = [
    ...(['update', 'patch', 'delete'].includes(plain) ? ['ifMatch'] : []),
    ...(['read', 'vread'].includes(plain) ? ['ifNoneMatch'] : []),
    // A document has a number of its own, and its answer tells what became of it.
    ...(plain === 'create' && type !== 'Bundle' ? ['ifNoneExist'] : []),
    ...(isWriting ? ['idempotencyKey'] : []),
    ...(isWriting && type !== 'Bundle' ? ['prefer'] : []),
  ].map((name) => ref('parameters', name));
  const claim = statement.rest?.[0]?.resource?.find((one) => one.type === type);
  const isMade = code.endsWith('?') || claim?.updateCreate === true;
  const isByCriteria = method === 'get' ? plain === 'search-type' : code.endsWith('?');
  return {
    operationId: [...path.split('/').filter((part) => part !== ''), method]
      .join('-')
      .replaceAll(/[^\w-]/g, ''),
    tags: [type ?? 'server'],
    summary: `${says.ja} ${says.en}`,
    parameters: [
      ...places,
      ...headers,
      ...(isByCriteria && type !== undefined ? criteriaOf(type, statement) : []),
    ],
    ...bodyOf(plain, method, path, type),
    responses: {
      ...answersOf(plain, isOauth, isMade),
      ...(isOauth ? {} : { default: ref('responses', 'refused') }),
    },
    ...(isOauth ? { security: [{ client: [] }] } : isOpen === true ? { security: [] } : {}),
  };
}

const criteriaOf = (type: string, statement: CapabilityStatement) => [
  ...(statement.rest?.[0]?.resource?.find((one) => one.type === type)?.searchParam ?? []).map((one) => ({
    name: one.name,
    in: 'query',
    description: [one.type, one.documentation].filter(Boolean).join(': '),
    schema: { type: 'string' },
  })),
  ...general.map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
];

function bodyOf(code: string, method: string, path: string, type: string | undefined) {
  const body = (media: string, schema: unknown, required = true) => ({
    requestBody: { required, content: { [media]: { schema } } },
  });
  const form = 'application/x-www-form-urlencoded';
  if (path === '/oauth/token')
    return body(form, {
      type: 'object',
      required: ['grant_type'],
      properties: { grant_type: { const: 'client_credentials' }, scope: { type: 'string' } },
    });
  if (path === '/oauth/revoke')
    return body(form, { type: 'object', required: ['token'], properties: { token: { type: 'string' } } });
  if (code === 'search-type') return method === 'post' ? body(form, { type: 'object' }, false) : {};
  if (code === 'patch')
    return body('application/json-patch+json', { type: 'array', items: { type: 'object' } });
  if (code === 'transaction') return body(fhirJson, resource('Bundle'));
  if (code === 'create' || code === 'update') return body(fhirJson, resource(type));
  return code.startsWith('$') && method === 'post' ? body(fhirJson, ref('schemas', 'Resource'), false) : {};
}

/** `isMade`: an update may create what is not there. */
function answersOf(code: string, isOauth: boolean, isMade: boolean) {
  const media = isOauth || code === 'openapi' || code === 'smart' ? 'application/json' : fhirJson;
  const schema = media === fhirJson ? ref('schemas', 'Resource') : { type: 'object' };
  const answer = (description: string) => ({ description, content: { [media]: { schema } } });
  switch (code) {
    case 'delete':
      return { 204: { description: 'It is gone.' } };
    case 'create':
      return { 200: answer('It was there already.'), 201: answer('It was created.') };
    case 'update':
      return {
        200: answer('The next version.'),
        ...(isMade ? { 201: answer('It was created.') } : {}),
      };
    case '$export':
      return { 202: { description: 'It has begun; `Content-Location` says where to ask how far it is.' } };
    default:
      return { 200: answer('The answer.') };
  }
}
