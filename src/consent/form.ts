import { z } from 'zod';
import { checkedAs } from '../files/checked.ts';
import { isHeic, kindOfFile } from '../files/kind.ts';
import { text as fileText } from '../files/text.ts';
import type { Upload } from '../web/upload.ts';
import { choice, choices, dateField, optionalText, saying } from '../web/form.tsx';
import type { Issue } from '../kernel/problem.ts';
import { consentItems, explainedHows, recipientKinds } from './record.ts';
import { text } from './text.ts';

export const signers = ['person', 'proxy'] as const;
export const evidences = ['drawn', 'paper', 'scan'] as const;
/** Bytes of a signature as a PNG: a few strokes come to 20 KB. */
const largestSignature = 200_000;
/** Bytes of a scanned form: two pages of a phone's camera. */
export const largestScan = 5_000_000;

/** What residents and groups get only where the person says so by name. */
const addable = consentItems.filter((item) => item !== 'contact');

const always = { when: () => true };
const given = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/**
 * A consent as the form sends it. `today` is a day in Tokyo, `posts` the ids of those who may have explained it. Nothing
 * is ticked beforehand: a choice that somebody else made for the person is no consent.
 */
export const consentSchema = (today: string, posts: readonly string[]) =>
  z
    .object({
      explainedBy: choice(posts, text.explainerMissing),
      explainedHow: choice(explainedHows, text.howMissing),
      recipients: choices(recipientKinds, text.recipientsMissing),
      items: choices(consentItems, text.itemsMissing).refine(
        (chosen) => chosen.length === 0 || chosen.includes('contact'),
        saying(text.contactNeeded),
      ),
      alsoResident: choices(addable),
      alsoResource: choices(addable),
      until: dateField(text.untilMissing)
        .refine((day) => day >= today, saying(text.untilPast))
        .refine((day) => day <= fiveYearsAfter(today), saying(text.untilFar)),
      signer: choice(signers, text.signerMissing),
      proxyName: optionalText(100),
      proxyRelation: optionalText(50),
      proxyWhy: optionalText(300),
      evidence: choice(evidences, text.evidenceMissing),
      kept: optionalText(100),
      /** The language of the consent form in which it was shown. */
      words: z.string().max(35).optional(),
    })
    .refine((f) => f.signer !== 'proxy' || given(f.proxyName), {
      ...always,
      path: ['proxyName'],
      message: saying(text.proxyNameMissing),
    })
    .refine((f) => f.signer !== 'proxy' || given(f.proxyRelation), {
      ...always,
      path: ['proxyRelation'],
      message: saying(text.proxyRelationMissing),
    })
    .refine((f) => f.signer !== 'proxy' || given(f.proxyWhy), {
      ...always,
      path: ['proxyWhy'],
      message: saying(text.proxyWhyMissing),
    })
    .refine((f) => f.evidence !== 'paper' || given(f.kept), {
      ...always,
      path: ['kept'],
      message: saying(text.keptMissing),
    });
export type ConsentForm = z.infer<ReturnType<typeof consentSchema>>;

const fiveYearsAfter = (day: string): string => `${String(Number(day.slice(0, 4)) + 5)}${day.slice(4)}`;

export type Proof =
  | Readonly<{ kind: 'drawn'; png: string }>
  | Readonly<{ kind: 'paper' }>
  /** A document that lies in the record already. */
  | Readonly<{ kind: 'kept'; document: string }>
  | Readonly<{ kind: 'scan'; bytes: Buffer; contentType: string; name: string }>;

/** The proof that came with the form, told by its bytes and not by what it claims to be; a picture is drawn anew. */
export async function readProof(
  evidence: string | undefined,
  signature: string | undefined,
  scan: Upload | undefined,
): Promise<{ proof: Proof } | { fault: Issue } | undefined> {
  if (evidence === 'drawn') return readSignature(signature ?? '');
  if (evidence === 'paper') return { proof: { kind: 'paper' } };
  if (evidence !== 'scan') return undefined;
  return scan ? readCopy(scan) : { fault: { path: 'scan', says: text.scanMissing } };
}

async function readCopy({ bytes, name }: Upload): Promise<{ proof: Proof } | { fault: Issue }> {
  const contentType = kindOfFile(bytes);
  if (contentType === undefined)
    return { fault: { path: 'scan', says: isHeic(bytes) ? fileText.heic : text.scanKind } };
  const checked = await checkedAs(bytes, contentType);
  return 'says' in checked
    ? { fault: { path: 'scan', says: checked.says } }
    : { proof: { kind: 'scan', bytes: checked.bytes, contentType, name } };
}

async function readSignature(url: string): Promise<{ proof: Proof } | { fault: Issue }> {
  if (url === '') return { fault: { path: 'signature', says: text.signatureMissing } };
  const [, base64 = ''] = /^data:image\/png;base64,([A-Za-z0-9+/]+={0,2})$/.exec(url) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const taken = bytes.length <= largestSignature && kindOfFile(bytes) === 'image/png';
  const checked = taken ? await checkedAs(bytes, 'image/png') : undefined;
  return checked && 'bytes' in checked
    ? { proof: { kind: 'drawn', png: checked.bytes.toString('base64') } }
    : { fault: { path: 'signature', says: text.signatureBroken } };
}
