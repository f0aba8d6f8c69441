import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { expressionOf } from './expressions.ts';
import type { Fault } from './fault.ts';
import {
  fileLimitsOf,
  fileTypes,
  isOfType,
  largestGivenFile,
  maxSizeOf,
  mimeTypesOf,
  placedItems,
  type Placed,
} from './items.ts';
import { isMarked } from './marked.ts';

/** What cannot be asked of a question for a file, and limits of files on what is no such question. */
export const checkFiles = (form: Questionnaire): Fault[] =>
  placedItems(form).flatMap((one) => wrongFile(one, isMarked(form)));

function wrongFile({ item, place }: Placed, everyMarked: boolean): Fault[] {
  const faults: Fault[] = [];
  const fault = (says: string, ja: string): void =>
    void faults.push({ place, says: `"${item.linkId}" ${says}`, ja: `「${item.linkId}」${ja}` });
  const [named, size] = [mimeTypesOf(item), maxSizeOf(item)];
  if (item.type !== 'attachment') {
    if (named.length > 0 || size !== undefined)
      fault(
        'has a kind or size of files (mimeType, maxSize); only an attachment can',
        'にファイルの種類か大きさ（mimeType, maxSize）がありますが、ファイルの質問（attachment）ではありません',
      );
    return faults;
  }
  const { types } = fileLimitsOf(item);
  if (types.length === 0)
    fault(
      `takes only ${named.join(', ')}; here files are ${fileTypes.join(', ')}`,
      `は ${named.join('、')} だけですが、受け取れるのは ${fileTypes.join('、')} です`,
    );
  if (size !== undefined && !(size > 0))
    fault(
      'takes files of no size at all (maxSize is in MB)',
      'の大きさの限り（maxSize、単位はMB）が正しくありません',
    );
  if (item.answerOption !== undefined || item.answerValueSet !== undefined)
    fault('asks for a file and offers answers', 'はファイルの質問なのに、選択肢があります');
  if (item.initial !== undefined)
    fault('asks for a file and begins with one', 'はファイルの質問なので、初期値を持てません');
  if (item.readOnly === true || isWorkedOut(item))
    fault(
      'asks for a file that nobody can give: it is for reading only, or worked out by an expression',
      'はファイルの質問なのに、読むだけか、式で埋めることになっています',
    );
  if (everyMarked || isMarked(item))
    fault(
      'asks for a file, of which no observation can be made (observationExtract)',
      'はファイルの質問なので、検査結果（Observation）にできません（observationExtract）',
    );
  return faults;
}

const isWorkedOut = (item: QuestionnaireItem): boolean =>
  (['initial', 'calculated', 'answer'] as const).some((kind) => expressionOf(item, kind) !== undefined);

/** What a form allows of files and is not taken here, by name: it narrows what is asked, and whoever loads it is told. */
export const filesPassedOver = (form: Questionnaire): Fault[] =>
  placedItems(form)
    .filter(({ item }) => item.type === 'attachment')
    .flatMap(({ item, place }) => {
      const foreign = mimeTypesOf(item).filter((one) => !fileTypes.some((type) => isOfType(type, one)));
      const size = maxSizeOf(item) ?? 0;
      return [
        ...foreign.map((one) => ({
          place,
          says: `"${item.linkId}" may take ${one.slice(0, 80)}, which is not taken here`,
          ja: `「${item.linkId}」の ${one.slice(0, 80)} は、ここでは受け取れません`,
        })),
        ...(size * 1_048_576 > largestGivenFile
          ? [
              {
                place,
                says: `"${item.linkId}" may take ${String(size)} MB; here ${megabytes(largestGivenFile)} MB is the most`,
                ja: `「${item.linkId}」は ${String(size)} MB までですが、ここでは ${megabytes(largestGivenFile)} MB までです`,
              },
            ]
          : []),
      ];
    });

const megabytes = (bytes: number): string => String(bytes / 1_000_000);

/** Files are given with the questionnaire alone: a consent form, and a sheet that goes on from version to version, take none. */
export const refuseFiles = (form: Questionnaire): Fault[] =>
  placedItems(form)
    .filter(({ item }) => item.type === 'attachment')
    .map(({ item, place }) => ({
      place: `${place}.type`,
      says: `"${item.linkId}" asks for a file (attachment); only the screening questionnaire and forms that are loaded can`,
    }));
