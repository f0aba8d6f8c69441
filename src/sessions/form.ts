import { z } from 'zod';
import { asPhone } from '../kernel/japan/phone.ts';
import { isEmail } from '../kernel/email.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Sentence } from '../kernel/sentence.ts';
import {
  choice,
  choices,
  dateField,
  optionalChoice,
  optionalDate,
  optionalNumber,
  optionalText,
  saying,
  textField,
  tick,
} from '../web/form.tsx';
import type { Draft, Span } from './hold.ts';
import { ageBands, minuteSteps, type Counted, type Way } from './model.ts';
import type { Holding } from './programs.ts';
import { dayPlus, daysOf, mostAtOnce, repeats, spanOn } from './series.ts';
import { formText as text } from './form-text.ts';
import { joinText } from './join-text.ts';
import { talkText } from './talk-text.ts';
import { sayTime } from './text.ts';

const always = { when: () => true };

/** A time of day as it was typed, as `HH:MM`. */
const time = z.preprocess(
  (value) => (typeof value === 'string' ? value : ''),
  z.string().transform((typed, context): string => {
    const [, hour, minute] =
      /^([01]?\d|2[0-3])[:：時]?([0-5]\d)?分?$/.exec(typed.normalize('NFKC').trim()) ?? [];
    if (hour !== undefined && /\d/.test(typed)) return `${hour.padStart(2, '0')}:${minute ?? '00'}`;
    context.addIssue({ code: 'custom', message: saying(text.timeWrong) });
    return z.NEVER;
  }),
);

const fields = (program: Holding, areas: readonly string[], locations: readonly string[]) => ({
  kind: choice(program.sessions.kinds.map(({ code }) => code)),
  title: textField({ max: 100, oneLine: true, required: text.titleMissing }),
  date: dateField(text.dateMissing),
  from: time,
  to: time,
  location: optionalChoice(locations),
  place: optionalText(200),
  municipality: choice(areas, text.municipalityMissing),
  area: optionalText(50),
  room: optionalNumber(1, 500),
  roomOnline: optionalNumber(1, 500),
  dropIn: tick(),
  url: optionalText(500).refine(
    (url) => url === undefined || (/^https:\/\/\S{3,}$/.test(url) && URL.canParse(url)),
    saying(text.urlWrong),
  ),
  leaderKind: optionalChoice(program.linkWorkers.flatMap(({ kind }) => kind ?? [])),
  leader: optionalText(100),
  phone: optionalText(30).transform((typed, context) => {
    if (typed === undefined) return undefined;
    const phone = asPhone(typed)?.shown;
    if (phone === undefined) context.addIssue({ code: 'custom', message: saying(joinText.phoneWrong) });
    return phone;
  }),
  note: optionalText(1000),
});

type Read = z.infer<z.ZodObject<ReturnType<typeof fields>>>;
const has = (value: unknown): boolean => value !== undefined && value !== '' && value !== null;

type Around = Readonly<{
  program: Holding;
  /** Municipalities to choose from, by code. */
  areas: readonly string[];
  locations: readonly Readonly<{ id: string; name: string; address: string | null }>[];
}>;

/** What makes a form of gatherings right, whether it is new or changed. */
const withRules = <S extends z.ZodType<Read>>(schema: S) =>
  schema
    .refine((f) => !/\d/.test(f.from) || !/\d/.test(f.to) || f.from < f.to, {
      ...always,
      path: ['to'],
      message: saying(text.order),
    })
    .refine((f) => has(f.room) || has(f.roomOnline) || f.dropIn, {
      ...always,
      path: ['room'],
      message: saying(text.noWay),
    })
    .refine((f) => !(has(f.room) || f.dropIn) || has(f.place) || has(f.location), {
      ...always,
      path: ['place'],
      message: saying(text.placeMissing),
    })
    .refine((f) => !has(f.roomOnline) || has(f.url), {
      ...always,
      path: ['url'],
      message: saying(text.urlMissing),
    });

const draftOf = (f: Read, { program, locations }: Around): Draft => {
  const chosen = locations.find(({ id }) => id === f.location);
  // Whoever signs up has to find it: the street address stands there whatever else was written.
  const written = f.place ?? chosen?.name;
  const street = chosen?.address && written?.includes(chosen.address) !== true ? chosen.address : undefined;
  const place = [written, street].filter(Boolean).join('　').slice(0, 200);
  return {
    program: program.id,
    kind: f.kind,
    title: f.title,
    note: f.note ?? null,
    municipality: f.municipality,
    area: f.area ?? '',
    place: place === '' ? null : place,
    location_id: chosen?.id ?? null,
    room: f.room ?? null,
    room_online: f.roomOnline ?? null,
    drop_in: f.dropIn,
    leader_kind: f.leaderKind ?? null,
    leader: f.leader ?? null,
    phone: f.phone ?? null,
    url: f.roomOnline === undefined ? undefined : f.url,
  };
};

/** One gathering or a series of them; `now`: nothing can be made for a time that has passed. */
export const newSchema = (around: Around, now: Date) =>
  withRules(
    z.object({
      ...fields(
        around.program,
        around.areas,
        around.locations.map(({ id }) => id),
      ),
      repeat: choice(repeats),
      until: optionalDate(),
    }),
  )
    .refine((f) => (f as { repeat?: string }).repeat === 'none' || has((f as { until?: string }).until), {
      ...always,
      path: ['until'],
      message: saying(text.untilMissing),
    })
    .transform((f, context): { draft: Draft; spans: Span[] } => {
      const { repeat, until } = f as Read & { repeat: (typeof repeats)[number]; until: string | undefined };
      const refuse = (path: string, says: Sentence): void => {
        context.addIssue({ code: 'custom', path: [path], message: saying(says) });
      };
      const days = daysOf(f.date, repeat, until);
      const spans = days.map((day) => spanOn(day, f.from, f.to));
      if ((spans[0]?.starts.getTime() ?? 0) <= now.getTime()) refuse('date', text.past);
      if (days.length > mostAtOnce) refuse('until', text.tooMany);
      if (until !== undefined && repeat !== 'none' && until > dayPlus(dayInTokyo(now), 370))
        refuse('until', text.untilFar);
      if (days.length === 0) refuse('until', text.untilMissing);
      return { draft: draftOf(f, around), spans };
    });

export const changeSchema = (around: Around, now: Date) =>
  withRules(
    z.object(
      fields(
        around.program,
        around.areas,
        around.locations.map(({ id }) => id),
      ),
    ),
  ).transform((f, context): { draft: Draft; span: Span } => {
    const span = spanOn(f.date, f.from, f.to);
    if (span.ends <= now) context.addIssue({ code: 'custom', path: ['date'], message: saying(text.past) });
    return { draft: draftOf(f, around), span };
  });

/** A gathering as its form shows it. */
export const valuesOf = (one: Counted, url: string | undefined): Readonly<Record<string, string>> => ({
  seen: String(one.version),
  kind: one.kind,
  title: one.title,
  date: dayInTokyo(one.starts_at),
  from: sayTime(one.starts_at),
  to: sayTime(one.ends_at),
  location: one.location_id ?? '',
  place: one.place ?? '',
  municipality: one.municipality ?? '',
  area: one.area,
  room: one.room === null ? '' : String(one.room),
  roomOnline: one.room_online === null ? '' : String(one.room_online),
  dropIn: one.drop_in ? 'yes' : '',
  url: url ?? '',
  leaderKind: one.leader_kind ?? '',
  leader: one.leader ?? '',
  phone: one.phone ?? '',
  note: one.note ?? '',
});

export const reaches = ['mail', 'phone', 'none'] as const;

/** Somebody who puts their own name down, or is put down by the body. */
export const guestSchema = (ways: readonly Way[]) =>
  z
    .object({
      name: textField({ max: 60, oneLine: true, required: joinText.nameMissing }),
      way: choice(ways, joinText.wayMissing),
      reach: choice(reaches, joinText.contactMissing),
      mail: optionalText(254),
      phone: optionalText(30),
    })
    .refine((f) => f.reach !== 'mail' || (typeof f.mail === 'string' && isEmail(f.mail.normalize('NFKC'))), {
      ...always,
      path: ['mail'],
      message: saying(joinText.mailWrong),
    })
    .refine((f) => f.reach !== 'phone' || (typeof f.phone === 'string' && asPhone(f.phone) !== undefined), {
      ...always,
      path: ['phone'],
      message: saying(joinText.phoneWrong),
    })
    .transform(({ name, way, reach, mail, phone }) => ({
      way,
      who: {
        name,
        ...(reach === 'mail' && mail !== undefined ? { mail: mail.normalize('NFKC') } : {}),
        ...(reach === 'phone' && phone !== undefined ? { phone: asPhone(phone)?.shown ?? phone } : {}),
      },
    }));

/** A talk with somebody who dropped in. */
export const talkSchema = (topics: readonly string[]) =>
  z.object({
    topics: choices(topics, talkText.topicsMissing),
    minutes: choice(minuteSteps.map(String), talkText.minutesMissing),
    age: choice(ageBands, talkText.ageMissing),
  });
