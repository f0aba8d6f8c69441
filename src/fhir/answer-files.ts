import type {
  Attachment,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { isId } from './references.ts';

type Items = Pick<QuestionnaireResponse, 'item'>;

/** The same answers with every file in them as `how` says; `path` is FHIRPath. */
export function withAttachments<R extends Items>(
  response: R,
  how: (given: Attachment, path: string) => Attachment,
): R {
  const ofAnswer = (answer: QuestionnaireResponseItemAnswer, path: string) => ({
    ...answer,
    ...(answer.valueAttachment
      ? { valueAttachment: how(answer.valueAttachment, `${path}.valueAttachment`) }
      : {}),
    ...(answer.item ? { item: ofItems(answer.item, path) } : {}),
  });
  const ofItems = (items: readonly QuestionnaireResponseItem[], path: string): QuestionnaireResponseItem[] =>
    items.map((item, i) => {
      const at = `${path}.item[${String(i)}]`;
      return {
        ...item,
        ...(item.answer
          ? { answer: item.answer.map((one, n) => ofAnswer(one, `${at}.answer[${String(n)}]`)) }
          : {}),
        ...(item.item ? { item: ofItems(item.item, at) } : {}),
      };
    });
  return response.item ? { ...response, item: ofItems(response.item, 'QuestionnaireResponse') } : response;
}

/** The files of answers with where they stand. */
export function attachmentsIn(response: Items): Readonly<{ attachment: Attachment; path: string }>[] {
  const found: { attachment: Attachment; path: string }[] = [];
  withAttachments(response, (attachment, path) => {
    found.push({ attachment, path });
    return attachment;
  });
  return found;
}

/** The Binary behind an address of ours (`Binary/<id>`); undefined for any other. */
export function binaryAt(url: string | undefined): string | undefined {
  const id = url?.startsWith('Binary/') === true ? url.slice('Binary/'.length) : undefined;
  return isId(id) ? id : undefined;
}

/** The ids of the Binaries that answers name, each once. */
export const binariesOf = (response: Items): string[] => [
  ...new Set(attachmentsIn(response).flatMap(({ attachment }) => binaryAt(attachment.url) ?? [])),
];

/**
 * The answers for another server, or from one: a file stays with whoever has it, and is named. Its address leads nowhere
 * elsewhere.
 */
export const withFilesNamed = <R extends Items>(response: R): R =>
  withAttachments(response, ({ contentType, title, size, url, data, hash: _hash, ...rest }) => ({
    ...rest,
    ...(contentType === undefined ? {} : { contentType }),
    ...(size === undefined ? {} : { size }),
    // What has no other name is named by what it is: an attachment without address, content or name says nothing.
    title: title ?? (url === undefined && data === undefined ? '-' : (contentType ?? 'file')),
  }));
