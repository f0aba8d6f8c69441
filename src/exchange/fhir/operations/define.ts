import type { OperationDefinition } from '@medplum/fhirtypes';
import { canonical } from '../../../fhir/codes.ts';
import type { RecordType } from '../../../fhir/types.ts';
import type { Operation, Parameter } from './operation.ts';
import { allOperations } from './registry.ts';

/** For the CapabilityStatement: the operations of a type. */
export const operationsOf = (type: RecordType | 'Subscription') =>
  allOperations
    .filter(({ types }) => types.includes(type))
    .map(({ name, definition, about }) => ({ name, definition, documentation: about.en }));

/** The operations of the base. */
export const systemOperations = () =>
  allOperations
    .filter(({ system }) => system)
    .map(({ name, definition, about }) => ({ name, definition, documentation: about.en }));

const parameter = ({ name, use, min, max, type, says, part }: Parameter) => ({
  name,
  use,
  min,
  max,
  documentation: `${says.ja}（${says.en}）`,
  ...(type === undefined || type === '' ? {} : { type }),
  ...(part === undefined
    ? {}
    : {
        part: part.map((one) => ({
          name: one.name,
          use,
          min: one.min,
          max: one.max,
          type: one.type ?? 'string',
          documentation: `${one.says.ja}（${one.says.en}）`,
        })),
      }),
});

/** Our own definition of an operation: which of the specification's parameters are understood. */
const definitionOf = (operation: Operation): OperationDefinition => ({
  resourceType: 'OperationDefinition',
  id: operation.name,
  language: 'ja',
  url: `${canonical}/OperationDefinition/${operation.name}`,
  version: '1.0.0',
  name: operation.name.charAt(0).toUpperCase() + operation.name.slice(1),
  title: `${operation.title.ja}（${operation.title.en}）`,
  status: 'active',
  kind: 'operation',
  date: '2026-11-27',
  publisher: 'つなぐ Tsunagi',
  description: `${operation.about.ja}（${operation.about.en}）`,
  affectsState: false,
  code: operation.name,
  ...(operation.definition.startsWith(`${canonical}/`) ? {} : { base: operation.definition }),
  resource: [...operation.types],
  system: operation.system,
  type: operation.type,
  instance: operation.instance,
  parameter: operation.parameters.map(parameter),
});

export const operationDefinitions = (): readonly (OperationDefinition & { id: string })[] =>
  allOperations.map((one) => ({ ...definitionOf(one), id: one.name }));
