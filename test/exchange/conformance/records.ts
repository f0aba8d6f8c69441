import { randomUUID } from 'node:crypto';
import { getDataType, getElementDefinition, type InternalSchemaElement } from '@medplum/core';
import { canonical } from '../../../src/fhir/codes.ts';
import { isRecordType, recordTypes, type FhirRecord, type RecordType } from '../../../src/fhir/types.ts';
import type { Bodies } from '../../support/bodies.ts';
import { valueOf, worlds, type World } from './values.ts';

type Node = Record<string, unknown>;
export type Made = Readonly<{
  type: RecordType;
  world: World;
  id: string;
  record: FhirRecord & { id: string };
}>;
/** A search parameter and where its elements are. */
export type Claimed = Readonly<{ name: string; paths: readonly string[] }>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a reference leads to where the definition would allow more than the database keeps rows for. */
const leadsTo: Readonly<Record<string, RecordType>> = {
  'Task.focus': 'ServiceRequest',
  'Provenance.target': 'Patient',
  'Provenance.agent.who': 'Practitioner',
  'Binary.securityContext': 'Patient',
};

/**
 * Records of every type, invented from R4's own definitions: what must be there, and for every claimed search parameter a
 * value of its kind. What cannot stand in one record (`value[x]`) stands in another of the same world. References lead to
 * records of the same world, so that chains and includes have somewhere to go.
 */
export function recordsFor(
  { clinic }: Pick<Bodies, 'clinic'>,
  claims: ReadonlyMap<RecordType, readonly Claimed[]>,
) {
  const ids = new Map<string, string>();
  const idOf = (type: RecordType, world: World, nth: number): string => {
    const key = `${type} ${world} ${String(nth)}`;
    const known = ids.get(key) ?? randomUUID();
    ids.set(key, known);
    return known;
  };
  const all: Made[] = [];

  const build = (type: RecordType, world: World): void => {
    const variants: Node[] = [];
    const variant = (nth: number): Node => {
      const known = variants[nth];
      if (known) return known;
      const record: Node = { resourceType: type, id: idOf(type, world, nth) };
      variants.push(record);
      require(record, type, type, nth);
      if (type === 'Patient')
        // Both are the clinic's, or it would not see them.
        record['managingOrganization'] = {
          reference: `Organization/${clinic.id}`,
          identifier: { system: `http://example.org/${world}`, value: `other-${world}` },
        };
      return record;
    };
    /** Fills in what a type must have. */
    const require = (node: Node, of: string, path: string, nth: number): void => {
      for (const [name, element] of Object.entries(getDataType(of).elements))
        if (element.min > 0 && !name.includes('.') && !name.includes('[x]') && node[name] === undefined)
          set(node, of, path, name, nth);
    };
    const set = (node: Node, of: string, path: string, name: string, nth: number): unknown => {
      const element = getElementDefinition(of, name);
      if (!element) throw new Error(`${path}.${name} is not defined`);
      const [kind] = name in getDataType(of).elements ? element.type : chosen(element, name);
      const code = kind?.code ?? '';
      let value: unknown;
      if (code === 'Reference') value = link(`${path}.${name}`, kind?.targetProfile ?? [], nth);
      else value = valueOf(code, world, element);
      if (value === undefined) {
        value = {};
        require(value as Node, code, `${path}.${name}`, nth);
      }
      node[name] = element.isArray === true ? [value] : value;
      return value;
    };
    const link = (path: string, profiles: readonly string[], nth: number): Node => {
      const allowed = profiles.map((one) => one.split('/').at(-1)).filter(isRecordType);
      const subject = /^\w+\.(?:subject|patient|beneficiary|for|target)$/.test(path);
      const target = leadsTo[path] ?? (subject ? 'Patient' : (allowed[0] ?? 'Organization'));
      const id = idOf(target, world, target === type && nth === 0 ? 1 : 0);
      return {
        reference: `${target}/${id}`,
        identifier: { system: `http://example.org/${world}`, value: `other-${world}` },
      };
    };
    /** Whether there was room for the value; nothing is changed when there was none. */
    const put = (record: Node, path: string, nth: number): boolean => {
      const [, ...steps] = path.split('.');
      const draft = structuredClone(record);
      let [node, of, at]: [Node, string, string] = [draft, type, type];
      for (const [i, step] of steps.entries()) {
        const choice = choiceOf(of, step);
        if (
          choice !== undefined &&
          Object.keys(node).some((key) => key !== step && choiceOf(of, key) === choice)
        )
          return false;
        const element = getElementDefinition(of, step);
        if (!element) throw new Error(`${path}: ${at}.${step} is not defined`);
        const there = [node[step]].flat()[0];
        const value = there ?? set(node, of, at, step, nth);
        if (i === steps.length - 1) break;
        if (!isNode(value)) return false;
        [node, of, at] = [value, element.type[0]?.code ?? '', `${at}.${step}`];
      }
      Object.assign(record, draft);
      return true;
    };
    for (const { paths } of claims.get(type) ?? [])
      for (const path of paths) for (let nth = 0; !put(variant(nth), path, nth); nth += 1);
    variant(1);
    // Some say by themselves whom they are about, whatever they are searched for.
    for (const [nth, record] of variants.entries()) {
      for (const { paths, name } of claims.get(type) ?? [])
        if (name === 'patient' && paths[0] !== undefined) put(record, paths[0], nth);
      refine(type, record, world);
      all.push({ type, world, id: record['id'] as string, record: record as never });
    }
  };
  for (const world of worlds) for (const type of recordTypes) build(type, world);
  return all;
}

/** What the definitions leave open and the database or an invariant does not. */
function refine(type: RecordType, record: Node, world: World): void {
  if (type === 'Questionnaire') record['url'] = `http://example.org/${world}/form`;
  if (type === 'QuestionnaireResponse') record['questionnaire'] = `http://example.org/${world}/form`;
  if (type === 'Questionnaire' && 'item' in record)
    record['item'] = [{ ...first(record['item']), type: 'string' }];
  if (type === 'Consent') record['policyRule'] = { text: 'ためし' };
  if (type === 'Condition')
    record['clinicalStatus'] = {
      ...(record['clinicalStatus'] as Node),
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
          code: world === 'a' ? 'resolved' : 'inactive',
        },
      ],
    };
  if (type === 'Organization' && 'address' in record)
    record['address'] = [{ ...first(record['address']), use: world === 'a' ? 'work' : 'temp' }];
  if ('telecom' in record)
    record['telecom'] = [
      { system: 'phone', value: world === 'a' ? '090-1111-2222' : '080-3333-4444' },
      { system: 'email', value: `${world}@example.org` },
    ];
  if (['HealthcareService', 'Organization'].includes(type))
    record['extension'] = [
      {
        url: `${canonical}/StructureDefinition/serves`,
        valueCoding: { system: `http://example.org/${world}`, code: world === 'a' ? '990001' : '990002' },
      },
    ];
}

const first = (list: unknown): Node => (list as Node[] | undefined)?.[0] ?? {};

/** `valueQuantity` → `value[x]`; undefined where there is no choice. */
function choiceOf(of: string, key: string): string | undefined {
  // An activity is told here or elsewhere (cpl-3); why there is no value stands where there is none (obs-6).
  if (of === 'CarePlanActivity' && ['detail', 'reference'].includes(key)) return 'told';
  if (of === 'Observation' && key === 'dataAbsentReason') return 'value[x]';
  const { elements } = getDataType(of);
  if (key in elements) return undefined;
  return Object.keys(elements).find((name) => name.endsWith('[x]') && key.startsWith(name.slice(0, -3)));
}

const chosen = ({ type, path }: InternalSchemaElement, name: string) =>
  type.filter(
    ({ code }) =>
      name.toLowerCase() === `${path.split('.').at(-1)?.replace('[x]', '') ?? ''}${code}`.toLowerCase(),
  );
