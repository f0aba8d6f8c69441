import type { Sentence } from '../../kernel/sentence.ts';

/** `push`: what ours sends to the partner is brought to its server. `poll`: what the partner sends to ours is fetched there. */
export const ways = ['push', 'poll'] as const;
export type Way = (typeof ways)[number];

/** How we prove there who we are: by a secret of theirs, or by a signature with a key of ours. */
export const proofs = ['key', 'secret'] as const;
export type Proof = (typeof proofs)[number];

/** A body's own FHIR server, as one of ours works with it. */
export type Server = Readonly<{
  id: string;
  version: number;
  /** Organization id of ours. */
  organization: string;
  /** Organization id, here, of the body whose server it is. */
  partner: string;
  way: Way;
  /** The FHIR base, without a slash at its end. */
  address: string;
  /** Empty while they have not given us one: nothing is asked there before. */
  client: string;
  proof: Proof;
  /** Sealed; empty where a key proves us. */
  secret: Buffer;
  /** What the two are called there: ids of Organization. */
  ourId: string;
  theirId: string;
}>;

/** Why something did not go. `said`: what the other server said, in its own words; not for an administrator, since it may name a person. */
export type Fault = Sentence & Readonly<{ said?: string }>;

/** What the secret of a server is sealed for. */
export const sealedFor = (id: string): string => `partner server ${id}`;

/** Did not go. `final`: it would not go the next time either, so that a person has to look. */
export class Unwilling extends Error {
  readonly fault: Fault;
  readonly status: number | undefined;
  readonly final: boolean;
  constructor(fault: Fault, how: Readonly<{ status?: number; final?: boolean }> = {}) {
    super(fault.en);
    this.name = 'Unwilling';
    this.fault = fault;
    this.status = how.status;
    this.final = how.final ?? false;
  }
}
