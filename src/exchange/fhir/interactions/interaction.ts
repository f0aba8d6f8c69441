import type { RequestHandler } from 'express';
import type { Letter } from '../../../access/scopes.ts';
import type { Bearer } from '../../../access/tokens.ts';
import type { Passing } from '../../../fhir/passing.ts';
import type { Records } from '../../../fhir/records.ts';
import { isRecordType } from '../../../fhir/types.ts';
import type { Answer } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Turn } from '../pages.ts';

export type Code =
  | 'read'
  | 'vread'
  | 'update'
  | 'patch'
  | 'delete'
  | 'history-instance'
  | 'history-type'
  | 'create'
  | 'search-type';

export type Served = Readonly<{
  /** The address of the API, without a slash at its end. */
  base: string;
  /** What the token is for. */
  may: Bearer['may'];
  /** Leads from page to page. */
  turn: Turn;
}>;

/** One thing that can be done with records over HTTP: what the router does and what the CapabilityStatement claims. */
export type Interaction = Readonly<{
  /** As FHIR calls it (http://hl7.org/fhir/restful-interaction). */
  code: Code;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/:type/:id`; the names of its parts are read by `asked.ts`. */
  path: string;
  /** What a token's scopes must hold for the type. */
  letters: (asked: Asked) => readonly Letter[];
  /** Of what kinds of record it is claimed; what a slice refuses of the others, its rules say. */
  of: (type: string) => boolean;
  /** Reads the body; refuses before that what cannot be one. */
  body?: readonly RequestHandler[];
  /** Whether a repeat with the same Idempotency-Key gets the first answer. */
  once?: boolean;
  answer: (records: Records, asked: Asked, served: Served) => Promise<Answer>;
  /**
   * The same where nobody looks into the answer before it is sent, so that its records may stay the text that the database
   * holds; undefined when there is more to it, and `answer` has to say.
   */
  pass?: (passing: Passing, asked: Asked, served: Served) => Promise<Answer | undefined>;
}>;

/** Forms come from the folders of their programs. */
export const isWritten = (type: string): boolean => isRecordType(type) && type !== 'Questionnaire';
