import type { Bundle, Questionnaire, QuestionnaireItem, ValueSet } from '@medplum/fhirtypes';
import { placedItems } from '../../programs/items.ts';
import { optionsFrom } from '../../programs/value-sets.ts';

/** One of our own value sets, with every code; undefined for an address that is none of ours. */
export type OwnValueSet = (url: string) => ValueSet | undefined;

/** A form, and the value sets that were loaded with it: alone, or together in a Bundle. Undefined where there is no one form. */
export function unpacked(
  given: Questionnaire | Bundle,
): Readonly<{ form: Questionnaire; sets: readonly ValueSet[] }> | undefined {
  if (given.resourceType === 'Questionnaire') return { form: given, sets: [] };
  const all = (given.entry ?? []).flatMap(({ resource }) => resource ?? []);
  const [form, ...others] = all.filter((one): one is Questionnaire => one.resourceType === 'Questionnaire');
  if (form === undefined || others.length > 0) return undefined;
  return { form, sets: all.filter((one): one is ValueSet => one.resourceType === 'ValueSet') };
}

/**
 * The form with the value sets of its questions in it, from among those loaded with it and our own: a version asks the same
 * for ever, whatever becomes of the set. What is found nowhere stays as it is, and is refused by name.
 */
export function selfContained(
  form: Questionnaire,
  sets: readonly ValueSet[],
  own: OwnValueSet,
): Questionnaire {
  const wanted = new Set(
    placedItems(form).flatMap(({ item: { answerValueSet: url } }) =>
      url === undefined || url.startsWith('#') || optionsFrom(form, url) ? [] : [url],
    ),
  );
  const taken = new Set((form.contained ?? []).flatMap((one) => one.id ?? []));
  const added = new Map<string, ValueSet>();
  for (const url of wanted) {
    const [bare = '', version] = url.split('|');
    const found =
      sets.find((one) => one.url === bare && (version === undefined || one.version === version)) ?? own(bare);
    if (found === undefined) continue;
    const { meta: _meta, text: _text, contained: _contained, ...set } = found;
    let id = `options-${String(added.size + 1)}`;
    while (taken.has(id)) id += 'x';
    taken.add(id);
    added.set(url, { ...set, id });
  }
  if (added.size === 0) return form;
  const inside = (item: QuestionnaireItem): QuestionnaireItem => {
    const set = added.get(item.answerValueSet ?? '');
    return {
      ...item,
      ...(set ? { answerValueSet: `#${set.id ?? ''}` } : {}),
      ...(item.item ? { item: item.item.map(inside) } : {}),
    };
  };
  return {
    ...form,
    contained: [...(form.contained ?? []), ...added.values()],
    ...(form.item ? { item: form.item.map(inside) } : {}),
  };
}
