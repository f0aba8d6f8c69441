import type { Sentence } from '../../kernel/sentence.ts';
import { text } from '../form-text.ts';
import { text as list } from '../text.ts';

/** The name of each field, for the form, its list of problems and the differences. */
export const labels = {
  who: text.whichBody,
  body: text.body,
  bodyName: text.bodyName,
  bodyPhone: text.bodyPhone,
  name: list.name,
  kana: list.kana,
  summary: list.summary,
  views: list.view,
  kind: list.kind,
  needs: list.needs,
  interests: list.interests,
  reach: text.reach,
  areas: text.areas,
  eligibility: list.eligibility,
  availability: list.availability,
  appointment: list.appointment,
  fee: list.fee,
  placeName: text.placeName,
  address: list.address,
  lat: text.lat,
  lon: text.lon,
  phone: list.phone,
  fax: list.fax,
  email: list.email,
  capacity: list.capacity,
  active: list.state,
  assured: text.assured,
} as const satisfies Record<string, Sentence>;
