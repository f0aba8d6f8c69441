import type { Attachment, Binary, QuestionnaireResponse } from '@medplum/fhirtypes';
import { attachmentsIn, binariesOf, binaryAt, withAttachments } from '../../fhir/answer-files.ts';
import { sql } from '../../database/sql.ts';
import type { Change, Later, Records, Rule } from '../../fhir/records.ts';
import { idOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { mostTogether } from '../../files/checked.ts';
import { invalid, type Issue } from '../../kernel/problem.ts';
import { buildFile, itemOfAnswers, itemOfFile } from './kept.ts';
import { attachmentFaults as text } from './text.ts';
import { readSent, type Budget } from './sent.ts';

/**
 * Files of answers, from pages and API alike. Each is kept once, as a Binary that is opened with the answers; the answers
 * name it and hold none of its bytes. What came with bytes is taken out; what names a file has to name one of this person,
 * opened as these answers are. A file goes with its answers.
 */
export const answerFilesRule: Rule = {
  types: ['QuestionnaireResponse', 'Binary'],
  remake: async (together, before, records) => {
    if (!together.some(hasFiles)) return [...together];
    const making: Making = {
      records,
      together,
      issues: [],
      binaries: new Map(),
      budget: { left: mostTogether },
    };
    const made: Stored[] = [];
    for (const record of together)
      made.push(hasFiles(record) ? await keepFiles(record, before.get(record.id), making) : record);
    if (making.issues.length > 0) throw invalid(...making.issues.slice(0, 100));
    const { binaries } = making;
    const replaced = made.map((record) => binaries.get(record.id) ?? record);
    const added = [...binaries.values()].filter(({ id }) => !made.some((one) => one.id === id));
    return [...replaced, ...added];
  },
  check: ({ before, after }) => {
    if (before?.resourceType === 'Binary' && after.resourceType === 'Binary')
      if (itemOfFile(before) !== itemOfFile(after))
        throw invalid({ path: 'Binary.meta.tag', says: text.relabelled });
  },
  settle: dropLeft,
  remove: async (record, records) => {
    if (record.resourceType === 'QuestionnaireResponse')
      await removeFiles(records, record, binariesOf(record));
  },
};

type Response = Stored<QuestionnaireResponse>;
const hasFiles = (record: Stored): record is Response =>
  record.resourceType === 'QuestionnaireResponse' && attachmentsIn(record).length > 0;

type Making = {
  records: Records;
  together: readonly Stored[];
  issues: Issue[];
  /** What is written beside the answers, or instead of a Binary that came with them. */
  binaries: Map<string, Stored<Binary>>;
  budget: Budget;
};

async function keepFiles(response: Response, before: Stored | undefined, making: Making): Promise<Response> {
  const had = new Set(
    before?.resourceType === 'QuestionnaireResponse'
      ? attachmentsIn(before).map(({ attachment }) => factsOf(attachment))
      : [],
  );
  const kept = new Map<string, Attachment>();
  for (const { attachment, path } of attachmentsIn(response)) {
    kept.set(
      path,
      had.has(factsOf(attachment)) ? attachment : await keepOne(response, attachment, path, making),
    );
  }
  return withAttachments(response, (given, path) => kept.get(path) ?? given);
}

/** All but what it is called. */
const factsOf = ({ title: _title, ...facts }: Attachment): string =>
  JSON.stringify(Object.entries(facts).toSorted(([a], [b]) => a.localeCompare(b)));

async function keepOne(
  response: Response,
  given: Attachment,
  path: string,
  making: Making,
): Promise<Attachment> {
  const { records, issues } = making;
  const report = (says: Issue['says'], part = ''): Attachment => {
    issues.push({ path: `${path}${part}`, says });
    return given;
  };
  const { data, url, ...rest } = given;
  const patient = idOf(response.subject, 'Patient');
  if (data !== undefined && url !== undefined) return report(text.both);
  if (data === undefined && url === undefined)
    return (given.title ?? '').trim() === '' ? report(text.nothing) : given;
  if (patient === undefined) return report(text.unknown(url ?? 'data'));
  const item = itemOfAnswers(response);
  const found = url === undefined ? undefined : await findFile(url, making);
  if (url !== undefined) {
    if (binaryAt(url) === undefined) return report(text.foreign(url.slice(0, 100)), '.url');
    // Another person's file is told in the same words as none.
    if (found === undefined || idOf(found.securityContext, 'Patient') !== patient)
      return report(text.unknown(url), '.url');
    if (itemOfFile(found) !== item) return report(text.label(item), '.url');
  }
  const claimed = { ...given, contentType: given.contentType ?? found?.contentType };
  const isNew = found === undefined || making.together.some((one) => one.id === found.id);
  const { budget } = making;
  const read = await readSent(data ?? found?.data ?? '', claimed, { budget, isKept: !isNew });
  if ('says' in read) return report(read.says, read.part);
  const { bytes, contentType, hash } = read;
  const id = found?.id ?? records.newId();
  if (isNew) {
    const meta = found?.meta ?? { versionId: '1', lastUpdated: records.now.toISOString() };
    const built = buildFile({ id, patient, item, contentType, bytes });
    making.binaries.set(id, { ...built, ...found, meta: { ...built.meta, ...meta }, data: built.data ?? '' });
  }
  return { ...rest, contentType, url: `Binary/${id}`, size: bytes.length, hash };
}

async function findFile(url: string, making: Making): Promise<Stored<Binary> | undefined> {
  const id = binaryAt(url);
  if (id === undefined) return undefined;
  const beside = making.together.find(
    (one): one is Stored<Binary> => one.resourceType === 'Binary' && one.id === id,
  );
  return beside ?? (await making.records.readMany('Binary', [id]))[0];
}

/** What a changed answer names no more goes, too. */
function dropLeft({ before, after }: Change, records: Records): Promise<Later | undefined> {
  if (before?.resourceType !== 'QuestionnaireResponse' || after.resourceType !== 'QuestionnaireResponse')
    return Promise.resolve(undefined);
  const still = new Set(binariesOf(after));
  const left = binariesOf(before).filter((id) => !still.has(id));
  return Promise.resolve(left.length === 0 ? undefined : () => removeFiles(records, after, left));
}

/** Only those that are there and that no other answers of the person name. */
async function removeFiles(records: Records, response: Response, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const patient = idOf(response.subject, 'Patient') ?? null;
  const rows = await records.run<{ id: string }>(sql`
    select b.id from "binary" b where b.id = any (${[...ids]}::uuid[]) and not exists (
      select 1 from questionnaire_response r where r.patient_id = ${patient}::uuid and r.id <> ${response.id}::uuid
        and position('Binary/' || b.id in r.content::text) > 0)`);
  if (rows.length > 0) await records.remove(rows.map(({ id }) => ({ type: 'Binary', id })));
}
