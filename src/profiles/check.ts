import { isNode, type Node } from '../fhir/definitions/rule.ts';
import { choiceKey } from '../fhir/definitions/table.ts';
import { fhirIssue, type FhirIssue } from '../fhir/outcome.ts';
import type { FhirRecord } from '../fhir/types.ts';
import { stepOf, type Constraint, type Match, type Profile } from './constraint.ts';
import { text } from './text.ts';
import { choices, isIn, type KnownCodes } from './value-sets.ts';

/** A value and where it stands: `Task.output[0]`. `key` is the JSON key, which tells the type of a choice. */
type Place = Readonly<{ value: unknown; path: string; key: string }>;

/**
 * What in a record does not fulfil a profile; empty when it does. The record is a valid resource of base R4 already. At
 * most 50 issues, in the order of the profile.
 */
export function checkProfile(profile: Profile, record: FhirRecord, known: KnownCodes): FhirIssue[] {
  const issues: FhirIssue[] = [];
  for (const [path, constraint] of Object.entries(profile.elements)) {
    const steps = path.split('.');
    let parents: Place[] = [{ value: record, path: record.resourceType, key: '' }];
    steps.slice(0, -1).forEach((step, i) => {
      const { of } = profile.elements[steps.slice(0, i + 1).join('.')] ?? {};
      parents = parents.flatMap((parent) => membersAt(parent, step, of));
    });
    for (const parent of parents) {
      const found = membersAt(parent, steps.at(-1) ?? '', constraint.of);
      issues.push(...count(parent, steps.at(-1) ?? '', constraint, found));
      for (const one of found) issues.push(...judge(one, constraint, known));
    }
  }
  return issues.slice(0, 50);
}

/** What stands at one step below a value; of a slice only its members. */
function membersAt(parent: Place, step: string, of: Match | undefined): Place[] {
  if (!isNode(parent.value)) return [];
  const { name } = stepOf(step);
  const base = name.replace('[x]', '');
  const node = parent.value;
  const key = name.endsWith('[x]')
    ? Object.keys(node).find((one) => one.startsWith(base) && /^[A-Z]/.test(one.slice(base.length)))
    : name;
  const value = key === undefined ? undefined : node[key];
  if (key === undefined || value === undefined) return [];
  const path = `${parent.path}.${base}`;
  const list: Place[] = Array.isArray(value)
    ? (value as unknown[]).map((one, i) => ({ value: one, path: `${path}[${String(i)}]`, key }))
    : [{ value, path, key }];
  return of === undefined ? list : list.filter((one) => belongs(one.value, of));
}

function belongs(value: unknown, match: Match): boolean {
  if (!isNode(value)) return false;
  if ('url' in match) return value['url'] === match.url;
  if ('extension' in match)
    return listOf(value['extension']).some(
      (one) => isNode(one) && one['url'] === match.extension && one['valueCode'] === match.code,
    );
  if ('at' in match) return codings(value[match.at]).some((one) => fits(one, match));
  return codings(value).some((one) => fits(one, match));
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** The codings of a concept, or the coding or identifier that the value is itself. */
const codings = (value: unknown): readonly Node[] =>
  isNode(value) ? ('coding' in value ? listOf(value['coding']).filter(isNode) : [value]) : [];

const fits = (one: Node, wanted: Readonly<{ system: string; code?: string }>): boolean =>
  one['system'] === wanted.system && (wanted.code === undefined || one['code'] === wanted.code);

function count(
  parent: Place,
  step: string,
  { min = 0, max }: Constraint,
  found: readonly Place[],
): FhirIssue[] {
  const { name, slice } = stepOf(step);
  const path = `${parent.path}.${name.replace('[x]', '')}`;
  if (found.length < min) return [fhirIssue('required', path, text.tooFew(path, slice, min))];
  if (max !== undefined && found.length > max)
    return [fhirIssue('structure', path, text.tooMany(path, slice, max))];
  return [];
}

function judge({ value, path, key }: Place, c: Constraint, known: KnownCodes): FhirIssue[] {
  const issues: FhirIssue[] = [];
  const type = c.types?.find((one) => key.endsWith(choiceKey('', one)));
  if (c.types && type === undefined) issues.push(fhirIssue('structure', path, text.wrongType(path, c.types)));
  if (c.fixed !== undefined && value !== c.fixed)
    issues.push(fhirIssue('value', path, text.fixed(path, c.fixed)));
  if (c.pattern && !codings(value).some((one) => fits(one, c.pattern as { system: string })))
    issues.push(fhirIssue('value', path, text.pattern(path, c.pattern.system, c.pattern.code)));
  if (c.codes !== undefined && !hasCode(value, c.codes, known))
    issues.push(fhirIssue('code-invalid', path, text.notInSet(path, choices[c.codes].title, c.codes)));
  const target = isNode(value) ? value['reference'] : undefined;
  if (c.targets && typeof target === 'string' && !target.startsWith('#')) {
    const led = typeLedTo(target);
    if (/^[A-Z][A-Za-z]+$/.test(led) && !(c.targets as readonly string[]).includes(led))
      issues.push(fhirIssue('value', `${path}.reference`, text.wrongTarget(path, c.targets)));
  }
  return issues;
}

/** The type in `Type/id`, `Type/id/_history/3` and the same behind an address. */
const typeLedTo = (link: string): string => {
  const steps = link.split('/');
  return steps.at(steps.at(-2) === '_history' ? -4 : -2) ?? '';
};

function hasCode(value: unknown, set: NonNullable<Constraint['codes']>, known: KnownCodes): boolean {
  if (typeof value === 'string') return isIn(set, undefined, value, known);
  return codings(value).some(
    ({ system, code }) =>
      typeof system === 'string' && typeof code === 'string' && isIn(set, system, code, known),
  );
}
