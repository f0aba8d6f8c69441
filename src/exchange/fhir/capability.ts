import type { CapabilityStatement } from '@medplum/fhirtypes';
import { everyScope } from '../../access/clients/offered.ts';
import { canonical } from '../../fhir/codes.ts';
import type { Definition } from '../../fhir/defined.ts';
import { everyParameters, searchParameters } from '../../fhir/parameters.ts';
import { includesOf, reverseIncludesOf } from '../../fhir/search-include.ts';
import { recordTypes, type RecordType } from '../../fhir/types.ts';
import { definitionParameters, definitionTypes } from './definitions.ts';
import { takesIds } from './interactions/update.ts';
import { claimedFor, isClaimed } from './interactions/table.ts';
import { topics, urls } from './subscriptions/model.ts';
import { subscriptionInteractions, subscriptionParameters } from './subscriptions/routes.ts';
import { operationsOf, systemOperations } from './operations/define.ts';

const interactionsOf = (type: string) => claimedFor(type).map((code) => ({ code }));

/** What this server can do, made from the registry of search parameters, so that it claims neither more nor less. */
export const capabilityStatement = (
  publicUrl: string,
  definitions: readonly Definition[],
): CapabilityStatement & { id: string } => ({
  resourceType: 'CapabilityStatement',
  id: 'tsunagi',
  url: `${canonical}/CapabilityStatement/tsunagi`,
  name: 'Tsunagi',
  status: 'active',
  date: '2026-11-21',
  kind: 'instance',
  software: { name: 'Tsunagi' },
  implementation: { description: 'Referral service for social prescribing', url: `${publicUrl}/fhir` },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json', 'json'],
  patchFormat: ['application/json-patch+json'],
  rest: [
    {
      mode: 'server',
      security: {
        service: [
          {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                code: 'SMART-on-FHIR',
              },
            ],
          },
        ],
        extension: [
          {
            url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
            extension: [
              { url: 'token', valueUri: `${publicUrl}/oauth/token` },
              { url: 'revoke', valueUri: `${publicUrl}/oauth/revoke` },
            ],
          },
        ],
      },
      interaction: [{ code: 'transaction' }, { code: 'batch' }],
      operation: systemOperations(),
      resource: [
        ...recordTypes.map((type) => ({
          type,
          ...(claimedFor(type).includes('create')
            ? {}
            : { documentation: 'Only read here: forms come from the folders of their programs.' }),
          versioning: 'versioned' as const,
          readHistory: true,
          updateCreate: takesIds(type),
          conditionalCreate: claimedFor(type).includes('create'),
          conditionalRead: 'full-support' as const,
          conditionalUpdate: isClaimed(type, 'update', '/:type'),
          conditionalDelete: isClaimed(type, 'delete', '/:type')
            ? ('single' as const)
            : ('not-supported' as const),
          interaction: interactionsOf(type),
          searchInclude: ['*', ...includesOf(type)],
          searchRevInclude: reverseIncludesOf(type),
          searchParam: Object.entries({ ...everyParameters, ...searchParameters[type] }).map(
            ([name, { type: kind, definition, expression }]) => ({
              name,
              type: kind,
              definition,
              documentation: expression,
            }),
          ),
          operation: operationsOf(type),
          ...profilesOf(type, definitions),
        })),
        {
          type: 'AuditEvent',
          interaction: interactionsOf('AuditEvent'),
          searchParam: [
            { name: 'patient', type: 'reference' as const },
            { name: 'agent', type: 'reference' as const },
            { name: 'date', type: 'date' as const },
            { name: 'type', type: 'token' as const },
          ],
        },
        ...definitionTypes.map((type) => ({
          type,
          interaction: [{ code: 'read' as const }, { code: 'search-type' as const }],
          searchParam: definitionParameters,
        })),
        {
          type: 'Subscription',
          extension: Object.values(topics).map(({ url }) => ({ url: urls.topic, valueCanonical: url })),
          operation: operationsOf('Subscription'),
          interaction: subscriptionInteractions.map((code) => ({ code })),
          searchParam: subscriptionParameters,
        },
        {
          type: 'Bundle',
          documentation:
            'Only created: a document (a letter of referral, 57133-1) becomes a referral. Location is its Task; the same document again answers 200 with the first one. ServiceRequest/[id]/$document gives a referral as such a document.',
          interaction: [{ code: 'create' as const }],
        },
        { type: 'MeasureReport', interaction: interactionsOf('MeasureReport') },
      ],
    },
  ],
  document: (['producer', 'consumer'] as const).map((mode) => ({
    mode,
    documentation:
      'A referral as a letter in the sections of the Japanese eReferral guide; its profiles are not claimed.',
    profile: 'http://hl7.org/fhir/StructureDefinition/Composition',
  })),
});

/** FHIR has no empty lists. */
function profilesOf(type: RecordType, definitions: readonly Definition[]): { supportedProfile?: string[] } {
  const supportedProfile = definitions.flatMap((one) =>
    one.resourceType === 'StructureDefinition' && one.type === type && one.url !== undefined ? [one.url] : [],
  );
  return supportedProfile.length > 0 ? { supportedProfile } : {};
}

/** SMART App Launch, backend services: how a program gets its token. */
export const smartConfiguration = (publicUrl: string) => ({
  issuer: publicUrl,
  token_endpoint: `${publicUrl}/oauth/token`,
  revocation_endpoint: `${publicUrl}/oauth/revoke`,
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
  scopes_supported: ['system/*.rs', 'system/*.cruds', ...everyScope()],
  // Says who registers a program here, and what there is to ask.
  service_documentation: `${publicUrl}/docs`,
  capabilities: ['client-confidential-symmetric', 'client-confidential-asymmetric', 'permission-v2'],
});
