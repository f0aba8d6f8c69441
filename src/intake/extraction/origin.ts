import type { Extension } from '@medplum/fhirtypes';
import { extensions } from '../../fhir/codes.ts';
import { idOf, reference } from '../../fhir/references.ts';

/**
 * Which answers a record was made of, kept on it: by the answers it is found again when they are corrected, by the place
 * in the form it is known which of several it is, and by the version whether a person has changed it since.
 */
export type Origin = Readonly<{
  /** QuestionnaireResponse id. */
  answers: string;
  /** The form's address, without its version. */
  form: string;
  /** The item that it was made of, with its rows: `helper~2`; empty for a form that is one record. */
  item: string;
  /** The version of the record that the answers made. */
  version: number;
}>;

type Extended = Readonly<{ extension?: Extension[] }>;

export const toOrigin = ({ answers, form, item, version }: Origin): Extension => ({
  url: extensions.extractedFrom,
  extension: [
    { url: 'answers', valueReference: reference('QuestionnaireResponse', answers) },
    { url: 'form', valueCanonical: form },
    ...(item === '' ? [] : [{ url: 'item', valueString: item }]),
    { url: 'version', valueInteger: version },
  ],
});

export const originsOf = ({ extension = [] }: Extended): Origin[] =>
  extension
    .filter(({ url }) => url === extensions.extractedFrom)
    .flatMap(({ extension: parts = [] }) => {
      const part = (name: string) => parts.find(({ url }) => url === name);
      const answers = idOf(part('answers')?.valueReference, 'QuestionnaireResponse');
      return answers === undefined
        ? []
        : [
            {
              answers,
              form: part('form')?.valueCanonical ?? '',
              item: part('item')?.valueString ?? '',
              version: part('version')?.valueInteger ?? 0,
            },
          ];
    });

/** The record with these origins in place of those it has. */
export function withOrigins<R extends Extended>(record: R, origins: readonly Origin[]): R {
  const others = (record.extension ?? []).filter(({ url }) => url !== extensions.extractedFrom);
  const all = [...others, ...origins.map(toOrigin)];
  const { extension: _before, ...rest } = record;
  return { ...rest, ...(all.length > 0 ? { extension: all } : {}) } as R;
}

/** Nobody but the answers has changed it. */
export const isUntouched = (record: Extended & Readonly<{ meta?: { versionId?: string } }>): boolean =>
  originsOf(record).some(({ version }) => String(version) === record.meta?.versionId);
