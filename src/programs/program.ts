import type { Questionnaire } from '@medplum/fhirtypes';
import { z } from 'zod';
import { items } from '../access/sight.ts';
import type { PictureName } from '../web/pictures.tsx';
import { isPictureName } from '../web/pictures.tsx';
import { AtOnceShape, SessionsShape, WordsForAnyone } from './sessions.ts';

const Words = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) });
const Picture = z.custom<PictureName>(
  (name) => typeof name === 'string' && isPictureName(name),
  'no such picture',
);
const Municipality = z.string().regex(/^\d{6}$/, 'a municipality code has six digits');

/** One thing about the answers. Answers are option codes, `true`/`false`, figures, days or text. */
const Answered = z.discriminatedUnion('operator', [
  z.strictObject({ question: z.string(), operator: z.literal('='), answer: z.string() }),
  /** Any of these was chosen. */
  z.strictObject({ question: z.string(), operator: z.literal('in'), answers: z.array(z.string()).min(1) }),
  z.strictObject({ question: z.string(), operator: z.literal('>='), atLeast: z.int() }),
  z.strictObject({ question: z.string(), operator: z.literal('<='), atMost: z.int() }),
  /** So many of these boxes were ticked. */
  z.strictObject({
    question: z.string(),
    operator: z.literal('count'),
    answers: z.array(z.string()).min(1),
    atLeast: z.int().min(1),
  }),
  z.strictObject({ question: z.string(), operator: z.literal('exists') }),
]);
export type Answered = Readonly<z.infer<typeof Answered>>;

/**
 * When answers show a need. A code may stand in several rules: any of them is enough. A rule suggests what to talk
 * about; it is no diagnosis.
 */
const NeedRule = z.strictObject({
  code: z.string(),
  system: z.string(),
  when: z.union([
    z.strictObject({ any: z.array(Answered).min(1) }),
    z.strictObject({ all: z.array(Answered).min(1) }),
    /** So many of these conditions hold. */
    z.strictObject({ atLeast: z.int().min(1), of: z.array(Answered).min(1) }),
  ]),
  picture: Picture,
  /** Why these answers make one think of the need. */
  because: Words,
});
export type NeedRule = Readonly<z.infer<typeof NeedRule>>;

export const urgencies = ['routine', 'urgent', 'asap', 'stat'] as const;
export type Urgency = (typeof urgencies)[number];
/** Working days, counted from the sending; 0 is the same day. */
const Deadline = z.strictObject({ accept: z.int().min(0).max(60), firstContact: z.int().min(0).max(90) });
export type Deadline = Readonly<z.infer<typeof Deadline>>;

/** Where a referral goes. The first route that fits the person's municipality and needs counts. */
const Route = z.strictObject({
  when: z
    .strictObject({
      municipalities: z.array(Municipality).min(1).optional(),
      /** Codes of medical areas (医療圏), as the Organizations of municipalities name theirs. */
      medicalAreas: z.array(z.string().min(1)).min(1).optional(),
      needs: z.array(z.string()).min(1).optional(),
    })
    .optional(),
  to: z.strictObject({
    kind: z.literal('office', 'a referral goes to an office; it cannot be routed to another kind of body'),
    /**
     * `municipality`: an office that serves the person's municipality; `medical-area`: one that serves any municipality of
     * the medical area where the person lives; `anywhere`: any office of the prefecture.
     */
    serving: z.enum(['municipality', 'medical-area', 'anywhere']),
  }),
  /** How urgent the sender is asked to make it at least. */
  urgency: z.enum(urgencies).optional(),
  note: Words.optional(),
});
export type Route = Readonly<z.infer<typeof Route>>;

/** An answer of the questionnaire that fills in the assessment sheet; `answers` says what becomes of a chosen option. */
const CarryOver = z.strictObject({
  from: z.string(),
  to: z.string(),
  answers: z.record(z.string(), z.string()).optional(),
});
export type CarryOver = Readonly<z.infer<typeof CarryOver>>;

/** What answers showed and the assessment sheet does not pass over: whoever writes that there is none says what was talked about. */
const Danger = z.strictObject({
  needs: z.array(z.string()).min(1),
  /** Questions of the sheet, and the answers to them that say there is none. No answer says so, too. */
  denied: z.array(z.strictObject({ question: z.string(), answers: z.array(z.string()).min(1) })).min(1),
});
export type Danger = Readonly<z.infer<typeof Danger>>;

/**
 * Questions of the assessment sheet that are scored together (`ordinalValue` of their options). What has no value, such as "not known yet", is not counted.
 */
const Domain = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a domain id is lower-case letters, digits and -'),
  name: Words,
  questions: z.array(z.string()).min(1),
});
export type Domain = Readonly<z.infer<typeof Domain>>;

/** Whom a consent form may name; the form's question `recipients` offers these. */
const consentRecipients = ['office', 'resident', 'resource', 'insurer', 'meeting'] as const;

/** A member whom an insurer may invite: why, by a code that the list's column may hold, or in the words beside it. */
const Reason = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a reason is lower-case letters, digits and -'),
  name: Words,
});

/** An insurer invites members to see a doctor, together with the doctors' association. */
const Invitations = z.strictObject({
  reasons: z.array(Reason).min(1),
  /** After so many months whoever is left on a list is deleted. */
  keepMonths: z.int().min(1).max(12),
  followUp: z.strictObject({
    /** Working days without a visit after which somebody writes or calls again. */
    workingDays: z.int().min(1).max(60),
    /** How often that is done at most; after that nobody asks again. */
    most: z.int().min(0).max(5),
  }),
  letter: z.strictObject({
    /** Who invites beside the insurer: the doctors' association. */
    from: Words,
    title: Words,
    /** Paragraphs, printed in large type. */
    says: z.array(Words).min(1).max(4),
    /** Takes the place of the first paragraph when somebody is written to again. */
    reminder: Words,
    /** What to take along and do. */
    bring: z.array(Words).min(1).max(4),
  }),
});
export type Invitations = Readonly<z.infer<typeof Invitations>>;

/** The assessment sheet is one that the insurer and the doctor share. */
const SharedSheet = z.strictObject({
  title: Words,
  /** Said above it: what it is for, and who reads it. */
  lead: Words,
});

/** One sheet by which a consultation window hands a person on to another. */
const HandOver = z.strictObject({
  title: Words,
  /** Printed above the receiver's part. */
  asks: Words,
  /** What it may say of the person, where the consent opens it to whoever receives it. */
  items: z.array(z.enum(items)).min(1),
});

/** What `program.json` says. */
export const ProgramShape = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'a program id is lower-case letters, digits and -'),
  name: Words,
  description: Words,
  /**
   * Where clinics run this program without being told so: left out, everywhere; an empty list, nowhere. A body that names
   * its programs itself runs those (src/programs/record.ts).
   */
  areas: z.array(Municipality).optional(),
  /** Who is a link worker here, by post, and which items of a consent they may see (never more than the post allows). */
  linkWorkers: z
    .array(
      z.strictObject({
        post: z.enum(['linkworker', 'neighbour']),
        /** By which sessions say who leads them, such as `midwife`; each once. */
        kind: z
          .string()
          .regex(/^[a-z][a-z0-9-]{0,30}$/, 'a kind is lower-case letters, digits and -')
          .optional(),
        who: Words,
        items: z.array(z.enum(items)).min(1),
      }),
    )
    .min(1),
  routing: z.array(Route).min(1),
  deadlines: z.strictObject({ routine: Deadline, urgent: Deadline, asap: Deadline, stat: Deadline }),
  consentTerms: z.strictObject({
    /** How long a consent holds unless another day is agreed. */
    months: z.int().min(1).max(60),
    recipients: z.array(z.enum(consentRecipients)).min(1),
    items: z.array(z.enum(items)).min(1),
  }),
  /**
   * A referral may come on paper: the office that receives the sheet enters it for the clinic. Whom the sheet's consent
   * names and what it opens, of `consentTerms`; nothing else is recorded of it, so the sheet prints exactly these.
   */
  received: z
    .strictObject({
      recipients: z.array(z.enum(consentRecipients)).min(1),
      items: z.array(z.enum(items)).min(1),
    })
    .optional(),
  /** The offices that run this program form one network and pass a referral on among them. */
  network: z.strictObject({ name: Words }).optional(),
  needs: z.array(NeedRule),
  carryOver: z.array(CarryOver),
  dangers: z.array(Danger).default([]),
  atOnce: z.array(AtOnceShape).default([]),
  /** Questions of the questionnaire whose answers are counted by area, without their persons. */
  figures: z.array(z.string()).default([]),
  sessions: SessionsShape.optional(),
  domains: z.array(Domain).default([]),
  /** The questions of the assessment sheet that tell of the three kinds of resource: rules and fees, private ties, the person's own. */
  resources: z.strictObject({ formal: z.string(), informal: z.string(), inner: z.string() }).optional(),
  invitations: Invitations.optional(),
  sharedSheet: SharedSheet.optional(),
  handOver: HandOver.optional(),
  wording: z.strictObject({
    /** What people here call a link worker. */
    linkWorker: Words,
    /** Said on the tablet before the first question and after the last. */
    beforeAnswering: WordsForAnyone,
    afterAnswering: WordsForAnyone,
    /** How a consent is taken back. */
    withdraw: WordsForAnyone,
    /** Says on every sheet that this is not the form the project itself uses. */
    notTheProjectsForm: WordsForAnyone,
  }),
});

/** A program as it runs somewhere: the words and rules of `program.json` and its three forms. */
export type Program = Readonly<z.infer<typeof ProgramShape>> &
  Readonly<{ screening: Questionnaire; assessment: Questionnaire; consent: Questionnaire }>;
