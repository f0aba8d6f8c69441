import { fhirIssue, type FhirIssue } from '../../fhir/outcome.ts';
import type { Records } from '../../fhir/records.ts';
import { isRecordType, type FhirRecord } from '../../fhir/types.ts';
import { meant } from './condition.ts';
import type { Served } from './interactions/interaction.ts';
import { deepest, localLink, withLinks } from './links.ts';
import type { Planned } from './plan.ts';
import { outsideScope, TurnedAway, turnAway } from './refusal.ts';
import { bundleText } from './text.ts';

/** The records to write, with references to other entries, and by search parameters, replaced by what they lead to. */
export async function linked(
  records: Records,
  planned: readonly Planned[],
  { base, may }: Served,
): Promise<FhirRecord[]> {
  const names = new Map<string, string>();
  for (const p of planned) {
    const { fullUrl, type } = p.entry;
    if (fullUrl !== undefined) names.set(fullUrl, `${type}/${'known' in p ? p.known.id : p.id}`);
  }
  const local = localLink(base);
  const faults: FhirIssue[] = [];
  /** References by search parameters, with the entry that has the first of each. */
  const conditional = new Map<string, string>();
  const made = planned.flatMap((p) => {
    if (!('record' in p)) return [];
    const dangling = new Set<string>();
    const where = `${p.entry.path}.resource`;
    const around = baseOf(p.entry.fullUrl);
    const record = withLinks(p.record, (link, key) => {
      const found = names.get(link) ?? (around === undefined ? undefined : names.get(`${around}${link}`));
      // A narrative holds whole addresses only.
      if (found !== undefined) return key === 'div' ? `${base}/${found}` : found;
      if (link.startsWith('urn:uuid:') && (key === 'reference' || key === 'url')) dangling.add(link);
      if (key === 'reference' && isConditional(link) && !conditional.has(link)) conditional.set(link, where);
      return local(link, key);
    });
    if (record === undefined) faults.push(fhirIssue('too-costly', where, bundleText.tooDeep(deepest)));
    for (const link of dangling)
      faults.push(fhirIssue('not-found', where, bundleText.dangling(link.slice(0, 80))));
    return record ?? [];
  });
  if (faults.length > 0) throw new TurnedAway(422, ...faults.slice(0, 100));
  return conditional.size === 0 ? made : resolved(records, made, conditional, may);
}

/** `https://clinic.example/fhir/` of an entry that is called by its address: references beside it begin there. */
const baseOf = (fullUrl: string | undefined): string | undefined =>
  fullUrl === undefined ? undefined : /^(https?:\/\/.+\/)[A-Z][A-Za-z]+\/[^/]+$/.exec(fullUrl)?.[1];

/** `Patient?identifier=…|A-1` */
const isConditional = (link: string): boolean => /^[A-Z][A-Za-z]+\?./.test(link);

/** References by search parameters lead to the one record that matches among those that were there before. */
async function resolved(
  records: Records,
  made: readonly FhirRecord[],
  conditional: ReadonlyMap<string, string>,
  may: Served['may'],
): Promise<FhirRecord[]> {
  if (conditional.size > mostConditional)
    throw turnAway(422, 'too-costly', 'Bundle.entry', bundleText.tooManyConditions(mostConditional));
  const found = new Map<string, string>();
  for (const [link, where] of conditional) {
    const type = link.slice(0, link.indexOf('?'));
    if (!isRecordType(type)) throw turnAway(422, 'value', where, bundleText.noRecord(link.slice(0, 80)));
    if (!may(type, 's')) throw outsideScope(type, 's');
    const record = await meant(records, type, link.slice(type.length + 1), where);
    if (!record) throw turnAway(412, 'not-found', where, bundleText.noRecord(link.slice(0, 80)));
    found.set(link, `${type}/${record.id}`);
  }
  return made.map(
    (record) =>
      withLinks(record, (link, key) => (key === 'reference' ? (found.get(link) ?? link) : link)) ?? record,
  );
}

/** Each is a search. */
const mostConditional = 100;
