/** What a consent can open, in the words of the form; insurance and the request itself go with a referral anyway. */
export const consentItems = ['contact', 'answers', 'assessment', 'plan', 'medical-note'] as const;
export type ConsentItem = (typeof consentItems)[number];

/**
 * Kinds of recipient that a consent can name without naming one body: a link-worker office, the residents who help there
 * (おせっかい人, 民生委員), a community resource, the person's insurer, a meeting of supporters (支援会議).
 */
export const recipientKinds = ['office', 'resident', 'resource', 'insurer', 'meeting'] as const;
export type RecipientKind = (typeof recipientKinds)[number];

export const explainedHows = ['spoken', 'read', 'translated', 'easy-japanese'] as const;
export type ExplainedHow = (typeof explainedHows)[number];

export type Evidence =
  | Readonly<{ kind: 'drawn'; png: string }>
  | Readonly<{ kind: 'paper'; title: string }>
  | Readonly<{ kind: 'scan'; documentId: string }>;

export type TakenBack = Readonly<{
  recipient: string | undefined;
  item: ConsentItem | undefined;
  reason: string;
  at: string;
}>;

/** A consent as people talk of it. Dates are `YYYY-MM-DD`, the last day included. */
export type Given = Readonly<{
  patient: string;
  clinic: string;
  recipients: readonly RecipientKind[];
  /** Bodies named one by one, by organization id. */
  recipientIds: readonly string[];
  items: readonly ConsentItem[];
  /** What one recipient gets beyond what its kind usually does, named one by one. */
  also: readonly Readonly<{ recipient: string; items: readonly ConsentItem[] }>[];
  /** Parts taken back since: from one recipient (kind or body), of one item, or both; `at` is an instant. */
  takenBack: readonly TakenBack[];
  from: string;
  until: string;
  at: string;
  explainedBy: string | undefined;
  explainedHow: ExplainedHow;
  /** Somebody who signed for the person: who it is to them, and why. */
  proxy: Readonly<{ name: string; relation: string; why: string }> | undefined;
  evidence: Evidence;
  status: 'active' | 'inactive';
  /** Canonical (`url|version`) of the form whose words were agreed to. */
  form?: string;
  /** The language of that form in which it was read and signed (BCP 47: `ja`, `ja-x-easy`, `en`). */
  language?: string;
  /** Why and when it was taken back; the person may take it back without saying why. */
  withdrawn?: Readonly<{ reason: string; at: string }>;
}>;
