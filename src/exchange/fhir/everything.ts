import type { Bundle } from '@medplum/fhirtypes';
import {
  everythingBundle,
  everythingOf,
  everythingTypes,
  isPlace,
  largestEverything,
  type Wanted,
} from '../../fhir/everything.ts';
import { fhirIssue, type FhirIssue } from '../../fhir/outcome.ts';
import type { Records } from '../../fhir/records.ts';
import type { Given } from '../../fhir/search.ts';
import type { RecordType } from '../../fhir/types.ts';
import { invalid } from '../../kernel/problem.ts';
import type { Turn } from './pages.ts';
import { outsideScope } from './refusal.ts';
import { everythingText as text } from './text.ts';

const usualPage = 50;

/** `mayRead`: what the token is for; kinds of record beyond that are left out, or refused when they are asked for. */
type Asked = Readonly<{ given: Given; mayRead: (type: RecordType) => boolean; base: string; turn: Turn }>;

/**
 * `Patient/:id/$everything` (FHIR R4, operation-patient-everything): everything the caller sees about a person, a page at a
 * time. Understands `_type`, `_since`, `_count`; refuses `start`, `end` and whatever else, naming it.
 */
export async function everything(
  records: Records,
  id: string,
  { given: came, mayRead, base, turn }: Asked,
): Promise<Bundle> {
  const { given, links } = turn(`Patient/${id}/$everything`, came);
  const wanted = readWanted(given);
  const outside = wanted.types?.find((type) => !mayRead(type));
  if (outside !== undefined) throw outsideScope(outside, 'r');
  const types = (wanted.types ?? everythingTypes).filter(mayRead);
  const page = await everythingOf(records, id, { ...wanted, types });
  return everythingBundle(base, page, links(page.next));
}

function readWanted(given: Given): Wanted {
  const faults: FhirIssue[] = [];
  let wanted: Wanted = { count: usualPage };
  for (const [name, value] of given) {
    const bad = (): void => void faults.push(fhirIssue('value', `http.${name}`, text.value(name)));
    switch (name) {
      case '_count':
        if (!/^[1-9]\d{0,5}$/.test(value)) bad();
        else wanted = { ...wanted, count: Math.min(Number(value), largestEverything) };
        break;
      case '_since':
        if (!/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(value) || Number.isNaN(Date.parse(value)))
          bad();
        else wanted = { ...wanted, since: new Date(value) };
        break;
      case '_type': {
        const types = value.split(',');
        const unknown = types.find((one) => !everythingTypes.some((type) => type === one));
        if (unknown !== undefined)
          faults.push(fhirIssue('not-supported', 'http._type', text.type(unknown.slice(0, 40))));
        else wanted = { ...wanted, types: [...(wanted.types ?? []), ...(types as RecordType[])] };
        break;
      }
      case '_cursor':
        if (!isPlace(value)) bad();
        else wanted = { ...wanted, after: value };
        break;
      case '_format':
      case '_pretty':
        break;
      default:
        faults.push(
          fhirIssue('not-supported', `http.${name.slice(0, 40)}`, text.parameter(name.slice(0, 40))),
        );
    }
  }
  if (faults.length > 0) throw invalid(...faults);
  return wanted;
}
