import type { ResourceSheetData } from '../documents/resource-sheet.ts';
import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language } from '../kernel/sentence.ts';
import { entriesNear } from './queries.ts';
import { readEntry } from './service.ts';
import { text } from './text.ts';

type Given = Readonly<{ id: string; language: Language; publicUrl: string }>;

/** An entry of the directory as a sheet to take along; `not-found` when there is none. */
export async function resourceData(
  records: Records,
  { id, language, publicUrl }: Given,
): Promise<ResourceSheetData> {
  const { resource: r, provider } = await readEntry(records, id);
  const { place } = r;
  const at =
    place?.lat === undefined || place.lon === undefined ? undefined : { lat: place.lat, lon: place.lon };
  const phone = r.contact.phone ?? provider?.phone;
  const appointment =
    r.appointmentRequired === undefined
      ? undefined
      : (r.appointmentRequired ? text.appointmentYes : text.appointmentNo)[language];
  return {
    language,
    name: r.name,
    ...(r.kana ? { kana: r.kana } : {}),
    ...(r.summary ? { summary: r.summary } : {}),
    ...(phone ? { phone } : {}),
    ...(r.contact.fax ? { fax: r.contact.fax } : {}),
    ...(r.availability ? { when: r.availability } : {}),
    ...(r.fee ? { fee: r.fee } : {}),
    ...(r.eligibility ? { eligibility: r.eligibility } : {}),
    ...(appointment ? { appointment } : {}),
    ...(provider ? { provider: provider.name } : {}),
    ...(place ? { place } : {}),
    near: at === undefined ? [] : await entriesNear(records, r.id, at),
    ...(r.assured ? { assured: r.assured } : {}),
    printedOn: dayInTokyo(records.now),
    url: `${publicUrl}/resources/${r.id}`,
  };
}
