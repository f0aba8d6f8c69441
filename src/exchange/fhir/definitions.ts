import type { Bundle, CapabilityStatementRestResourceSearchParam, Resource } from '@medplum/fhirtypes';
import { Router, type Request } from 'express';
import type { Definition } from '../../fhir/defined.ts';
import { fhirIssue, type FhirIssue } from '../../fhir/outcome.ts';
import { invalid, notFound } from '../../kernel/problem.ts';
import { send } from './answer.ts';
import { parametersOf } from './asked.ts';
import { refuseOtherAnswers } from './door.ts';
import type { Paged, Turn } from './pages.ts';
import { definitionText as text } from './operations/text.ts';

/** The kinds of definition that are served. They say nothing of any person, so they are read without a token. */
export const definitionTypes = [
  'CapabilityStatement',
  'CodeSystem',
  'NamingSystem',
  'OperationDefinition',
  'SearchParameter',
  'StructureDefinition',
  'ValueSet',
] as const;

type Values = (definition: Record<string, unknown>) => readonly unknown[];
const simple =
  (key: string): Values =>
  (definition) =>
    [definition[key]].flat();

const parameters: Readonly<Record<string, Readonly<{ type: 'token' | 'uri' | 'string'; values: Values }>>> = {
  _id: { type: 'token', values: simple('id') },
  url: { type: 'uri', values: simple('url') },
  version: { type: 'token', values: simple('version') },
  name: { type: 'string', values: simple('name') },
  title: { type: 'string', values: simple('title') },
  status: { type: 'token', values: simple('status') },
  // What each of them is about: the type of a profile, of an operation, of a search parameter.
  type: { type: 'token', values: simple('type') },
  code: { type: 'token', values: simple('code') },
  base: { type: 'token', values: simple('base') },
};

/** The same for every kind of definition; for the CapabilityStatement. */
export const definitionParameters: CapabilityStatementRestResourceSearchParam[] = Object.entries(
  parameters,
).map(([name, { type }]) => ({ name, type }));

/** Definitions by id, and searched; a page at a time with `_count`. */
export function definitionRoutes(definitions: readonly Definition[], base: string, turn: Turn): Router {
  const router = Router();
  for (const type of definitionTypes) {
    const all = definitions.filter((one) => one.resourceType === type);
    router.get(`/${type}`, refuseOtherAnswers, (req, res) => {
      send(res, { body: search(all, type, turn(type, parametersOf(req)), base) });
    });
    router.get(`/${type}/:id`, refuseOtherAnswers, (req: Request, res) => {
      const found = all.find((one) => one.id === req.params['id']);
      if (!found) throw notFound();
      send(res, { body: found });
    });
  }
  return router;
}

const largestPage = 200;

function search(all: readonly Definition[], type: string, { given, links }: Paged, base: string): Bundle {
  const faults: FhirIssue[] = [];
  let found = all;
  let [count, from] = [largestPage, 0];
  for (const [key, value] of given) {
    const [name = '', modifier] = key.split(':');
    const known = parameters[name];
    const fits = compare(known?.type ?? 'token', modifier);
    if (name === '_count' || name === '_cursor') {
      const number = /^\d{1,6}$/.test(value) ? Number(value) : undefined;
      if (number === undefined) faults.push(fhirIssue('value', `http.${name}`, text.value(name)));
      else if (name === '_count') count = Math.min(number, largestPage);
      else from = number;
    } else if (['_format', '_pretty', '_total'].includes(name)) continue;
    else if (!known || !fits)
      faults.push(fhirIssue('not-supported', `http.${name.slice(0, 40)}`, text.parameter(key.slice(0, 60))));
    else {
      const wanted = value.split(',');
      found = found.filter((one) =>
        known
          .values(one as unknown as Record<string, unknown>)
          .some((has) => typeof has === 'string' && wanted.some((want) => fits(has, want))),
      );
    }
  }
  if (faults.length > 0) throw invalid(...faults);
  const page = found.slice(from, from + count);
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    link: links(count > 0 && found.length > from + count ? String(from + count) : undefined),
    entry: page.map((resource) => ({
      fullUrl: `${base}/${type}/${resource.id}`,
      resource: resource as Resource,
      search: { mode: 'match' },
    })),
  };
}

/** How a value is compared; undefined for a modifier that is not understood. */
function compare(
  type: 'token' | 'uri' | 'string',
  modifier: string | undefined,
): ((has: string, wanted: string) => boolean) | undefined {
  if (type !== 'string') {
    // A token may come with its system, `|active`; a canonical with its version.
    const bare = (wanted: string): string =>
      type === 'uri' ? (wanted.split('|')[0] ?? '') : wanted.slice(wanted.lastIndexOf('|') + 1);
    return modifier === undefined ? (has, wanted) => has === bare(wanted) : undefined;
  }
  switch (modifier) {
    case undefined:
      return (has, wanted) => has.toLowerCase().startsWith(wanted.toLowerCase());
    case 'exact':
      return (has, wanted) => has === wanted;
    case 'contains':
      return (has, wanted) => has.toLowerCase().includes(wanted.toLowerCase());
    default:
      return undefined;
  }
}
