import { z } from 'zod';
import { systems } from '../fhir/codes.ts';
import { asStored, isKana } from '../kernel/japan/kana.ts';
import { asPhone } from '../kernel/japan/phone.ts';
import { needs, needOf } from '../programs/needs.ts';
import {
  choice,
  choices,
  optionalChoice,
  optionalText,
  saying,
  textField,
  tick,
  type FormState,
} from '../web/form.tsx';
import type { Sentence } from '../kernel/sentence.ts';
import { interests, isInterest, type Interest } from './interests.ts';
import { capacities, views, type Resource } from './record.ts';
import type { Draft, Provider } from './service.ts';
import { text } from './form-text.ts';

const always = { when: () => true };
const interestCodes = Object.keys(interests) as Interest[];

const phone = (max = 30) =>
  optionalText(max).transform((typed, context) => {
    if (typed === undefined) return undefined;
    const found = asPhone(typed);
    if (found === undefined) context.addIssue({ code: 'custom', message: saying(text.phoneWrong) });
    return found?.shown;
  });

const degrees = (min: number, max: number, wrong: Sentence) =>
  optionalText(20).transform((typed, context) => {
    if (typed === undefined) return undefined;
    const value = typed.normalize('NFKC');
    if (/^\d{1,3}(\.\d{1,8})?$/.test(value) && Number(value) >= min && Number(value) <= max)
      return Number(value);
    context.addIssue({ code: 'custom', message: saying(wrong) });
    return undefined;
  });

/** Whatever is sent for it: it was settled before. */
const settled = z.undefined().optional().catch(undefined);

type Given = Readonly<{
  /** Codes that can be chosen as areas. */
  areas: readonly string[];
  /** Ids of the groups that can be chosen; undefined when the group is settled. */
  bodies: readonly string[] | undefined;
}>;

/** The form of an entry, in the order of its fields. */
export const entrySchema = ({ areas, bodies }: Given) =>
  z
    .object({
      who: bodies === undefined ? settled : choice(['known', 'new'], text.reachMissing),
      body: bodies === undefined ? settled : optionalChoice(bodies),
      bodyName: optionalText(80),
      bodyPhone: phone(),
      name: textField({ max: 80, required: text.nameMissing, oneLine: true }),
      kana: optionalText(120)
        .refine((s) => s === undefined || isKana(s), saying(text.kanaWrong))
        .transform((s) => s && asStored(s)),
      summary: textField({ max: 600, required: text.summaryMissing }),
      views: choices(views, text.viewMissing),
      kind: choice(['formal', 'informal']),
      needs: choices(needs.map((n) => n.code)),
      interests: choices(interestCodes),
      reach: choice(['these', 'everywhere'], text.reachMissing),
      areas: choices(areas),
      eligibility: optionalText(200),
      availability: textField({ max: 300, required: text.availabilityMissing }),
      appointment: choice(['yes', 'no', 'unknown']),
      fee: optionalText(100),
      placeName: optionalText(80),
      address: optionalText(200),
      lat: degrees(20, 46, text.latWrong),
      lon: degrees(122, 154, text.lonWrong),
      phone: phone(),
      fax: phone(),
      email: optionalText(200).refine(
        (s) => s === undefined || z.email().safeParse(s).success,
        saying(text.emailWrong),
      ),
      capacity: choice(capacities),
      active: choice(['yes', 'no']),
      assured: tick(),
    })
    .refine((f) => f.who !== 'known' || f.body !== undefined, {
      path: ['body'],
      error: saying(text.knownMissing),
      ...always,
    })
    .refine((f) => f.who !== 'new' || f.bodyName !== undefined, {
      path: ['bodyName'],
      error: saying(text.bodyNameMissing),
      ...always,
    })
    .refine((f) => f.reach !== 'these' || f.areas.length > 0, {
      path: ['areas'],
      error: saying(text.areasMissing),
      ...always,
    })
    .refine((f) => f.placeName !== undefined || [f.address, f.lat, f.lon].every((v) => v === undefined), {
      path: ['placeName'],
      error: saying(text.placeNameMissing),
      ...always,
    })
    .refine((f) => (f.lat === undefined) === (f.lon === undefined), {
      path: ['lat'],
      error: saying(text.bothNeeded),
      ...always,
    })
    .refine((f) => [f.phone, f.fax, f.email].some((v) => v !== undefined), {
      path: ['phone'],
      error: saying(text.contactMissing),
      ...always,
    });

export type Filled = z.infer<ReturnType<typeof entrySchema>>;

/** What the form says. `was`: the entry it changes, whose codes that this form does not offer stay. */
export function draftOf(f: Filled, was?: Resource): Draft {
  const otherNeeds = (was?.needs ?? []).filter((n) => needOf(n.code) === undefined);
  const otherInterests = (was?.interests ?? []).filter((code) => !isInterest(code));
  return {
    name: f.name,
    ...(f.kana ? { kana: f.kana } : {}),
    summary: f.summary,
    views: f.views,
    kind: f.kind,
    needs: [
      ...f.needs.map((code) => ({ system: needOf(code)?.system ?? systems.need, code })),
      ...otherNeeds,
    ],
    interests: [...f.interests, ...otherInterests],
    areas: f.reach === 'everywhere' ? [] : f.areas,
    eligibility: f.eligibility ?? '',
    availability: f.availability,
    ...(f.appointment === 'unknown' ? {} : { appointmentRequired: f.appointment === 'yes' }),
    ...(f.fee === undefined ? {} : { fee: f.fee }),
    ...(f.placeName === undefined
      ? {}
      : {
          place: {
            name: f.placeName,
            address: f.address ?? '',
            ...(f.lat === undefined || f.lon === undefined ? {} : { lat: f.lat, lon: f.lon }),
          },
        }),
    contact: {
      ...(f.phone === undefined ? {} : { phone: f.phone }),
      ...(f.fax === undefined ? {} : { fax: f.fax }),
      ...(f.email === undefined ? {} : { email: f.email }),
    },
    capacity: f.capacity,
    active: f.active === 'yes',
    assuredToday: f.assured,
  };
}

export const providerOf = (f: Filled, own: string): Provider =>
  f.who === undefined
    ? { kind: 'known', id: own }
    : f.who === 'known'
      ? { kind: 'known', id: f.body ?? '' }
      : {
          kind: 'new',
          name: f.bodyName ?? '',
          ...(f.bodyPhone === undefined ? {} : { phone: f.bodyPhone }),
        };

/** The form as it shows an entry; a new one starts as active, with room, checked today. */
export const blank: FormState['values'] = {
  who: 'known',
  capacity: 'capacity',
  active: 'yes',
  assured: 'yes',
  appointment: 'unknown',
};

export const valuesOf = (r: Resource): FormState['values'] => ({
  name: r.name,
  kana: r.kana ?? '',
  summary: r.summary,
  views: r.views,
  kind: r.kind,
  needs: r.needs.map((n) => n.code),
  interests: r.interests,
  reach: r.areas.length === 0 ? 'everywhere' : 'these',
  areas: r.areas,
  eligibility: r.eligibility,
  availability: r.availability,
  appointment: r.appointmentRequired === undefined ? 'unknown' : r.appointmentRequired ? 'yes' : 'no',
  fee: r.fee ?? '',
  placeName: r.place?.name ?? '',
  address: r.place?.address ?? '',
  lat: r.place?.lat === undefined ? '' : String(r.place.lat),
  lon: r.place?.lon === undefined ? '' : String(r.place.lon),
  phone: r.contact.phone ?? '',
  fax: r.contact.fax ?? '',
  email: r.contact.email ?? '',
  capacity: r.capacity,
  active: r.active ? 'yes' : 'no',
});
