import { coding, date, parametersOf, uri, type Parameter, type Parameters } from './parameter.ts';
import { careParameters } from './parameters-care.ts';
import { directoryParameters } from './parameters-directory.ts';
import { personParameters } from './parameters-person.ts';
import type { RecordType } from './types.ts';

export type { Kind, Parameter } from './parameter.ts';

/**
 * The one registry of search parameters: the search compiler and the CapabilityStatement are made from it, and tests hold
 * the columns of the migrated database and R4's own definitions against it.
 */
export const searchParameters: Readonly<Record<RecordType, Parameters>> = {
  ...directoryParameters,
  ...personParameters,
  ...careParameters,
};

const ofEvery = parametersOf('Resource' as RecordType, {
  _id: { type: 'token', kind: 'code', paths: ['id'], isHeld: false, column: 'id' },
  _lastUpdated: date('meta.lastUpdated', 'updated_at'),
  _profile: uri('meta.profile'),
  _tag: coding('meta.tag'),
  _security: coding('meta.security'),
  _source: uri('meta.source', { isHeld: false }),
});
/** Parameters that go with every type. */
export const everyParameters: Parameters = Object.fromEntries(
  Object.entries(ofEvery).map(([key, parameter]) => [
    key,
    { ...parameter, definition: parameter.definition.replace('Resource-_', 'Resource-') },
  ]),
);

/** What arrived may be called `constructor` or `__proto__`: only the registry's own names count. */
export function parameterOf(type: RecordType, name: string): Parameter | undefined {
  const own = name.startsWith('_') ? everyParameters : searchParameters[type];
  return Object.hasOwn(own, name) ? own[name] : undefined;
}
