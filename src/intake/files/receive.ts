import type { Request } from 'express';
import type { OpenRecords } from '../../fhir/records.ts';
import { checkedAs, mostTogether } from '../../files/checked.ts';
import { isHeic, kindOfFile } from '../../files/kind.ts';
import { text as kindText } from '../../files/text.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Issue } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { largestGivenFile } from '../../programs/items.ts';
import { filesBeside, readFilesBeside, type FileBeside } from '../../web/files-beside.ts';
import { questionsIn, type FormModel, type Question } from '../form.ts';
import { plainId } from '../row-names.ts';
import { findGiven, holdFile, mostHeld, roomFor, type Holder, type NewFile } from './held.ts';
import { fileFaults } from './text.ts';
import { fileSent, fileValue, titleOf } from './value.ts';

/** Reads what is sent by forms with questions, once it is known who sends it. */
export const answerFiles = readFilesBeside(largestGivenFile);

/** Whether a form asks for files, and so has to be sent as one that carries some. */
export const asksForFiles = ({ sections }: FormModel): boolean =>
  questionsIn(sections).some(({ type }) => type === 'attachment');

type Fresh = Readonly<{ path: string; file: NewFile; question: Question }>;

/**
 * Takes in the files that came with a page of questions. Each that can be kept is held from now on, whatever else is wrong
 * with the page; in `req.body` stands which files every question has now. Returns what is wrong with the others, at their
 * fields. What a page says of a file it was given before is not believed: it is looked up.
 */
export async function receiveFiles(
  open: OpenRecords,
  actor: Actor,
  req: Request,
  { model, holder }: Readonly<{ model: FormModel; holder: Holder }>,
): Promise<readonly Issue[]> {
  const asking = new Map(
    questionsIn(model.sections).flatMap((one) => (one.type === 'attachment' ? [[one.linkId, one]] : [])),
  );
  const questionAt = (name: string): Question | undefined =>
    name.startsWith('q.') ? asking.get(plainId(name.slice(2))) : undefined;
  const came = filesBeside(req).filter((one) => one.name !== '' && questionAt(one.field) !== undefined);
  const body: Record<string, unknown> = { ...(req.body as object | undefined) };
  const named = Object.keys(body).filter((name) => questionAt(name) !== undefined);
  if (came.length === 0 && named.length === 0) return [];

  const issues: Issue[] = [];
  const fresh: Fresh[] = [];
  let left = mostTogether;
  for (const one of came) {
    const question = questionAt(one.field);
    if (question === undefined) continue;
    const read = await readFile(question, one, left);
    if ('file' in read) {
      left -= read.pixels;
      fresh.push({ path: one.field, file: read.file, question });
    } else issues.push({ path: one.field, says: read });
  }
  const before = new Map(named.map((name) => [name, [body[name]].flat().flatMap(idIn)]));
  const { given, held } = await open(actor, async (records) => {
    const found = await findGiven(records, holder, [...new Set([...before.values()].flat())]);
    let room = fresh.length === 0 ? 0 : await roomFor(records, holder);
    const taken: Readonly<{ path: string; value: string }>[] = [];
    for (const { path, file, question } of fresh) {
      room -= 1;
      if (room < 0) issues.push({ path, says: fileFaults.tooMany(question.label, mostHeld) });
      else taken.push({ path, value: fileValue(await holdFile(records, holder, file)) });
    }
    return { given: new Map(found.map((file) => [file.id, fileValue(file)])), held: taken };
  });
  for (const name of new Set([...named, ...held.map(({ path }) => path)])) {
    const now = held.flatMap(({ path, value }) => (path === name ? [value] : []));
    // Where one file is asked for, another takes its place.
    const replaced = now.length > 0 && questionAt(name)?.repeats !== true;
    const kept = replaced ? [] : (before.get(name) ?? []).map((id) => given.get(id) ?? `Binary/${id}`);
    body[name] = [...new Set([...kept, ...now])];
  }
  req.body = body;
  return issues;
}

const idIn = (value: unknown): string[] => {
  const id = typeof value === 'string' ? fileSent(value) : undefined;
  return id === undefined ? [] : [id];
};

/** The file as it may be kept, or why not. What it is called says nothing of what it is. */
async function readFile(
  { label, files }: Question,
  { name, size, bytes }: FileBeside,
  left: number,
): Promise<Readonly<{ file: NewFile; pixels: number }> | Sentence> {
  const types = files?.types ?? [];
  const most = files?.maxBytes ?? largestGivenFile;
  if (size === 0) return fileFaults.empty(label);
  // A form may take less than what is sent: a picture is drawn anew first, and mostly becomes smaller.
  if (size > largestGivenFile || bytes.length < size) return fileFaults.tooLarge(label, most);
  const kind = kindOfFile(bytes);
  if (kind === undefined && isHeic(bytes)) return fileFaults.because(label, kindText.heic);
  if (kind === undefined || !types.includes(kind)) return fileFaults.kind(label, types);
  const checked = await checkedAs(bytes, kind, left);
  if ('says' in checked) return fileFaults.because(label, checked.says);
  if (checked.bytes.length > most) return fileFaults.tooLarge(label, most);
  return { file: { name: titleOf(name), kind, bytes: checked.bytes }, pixels: checked.pixels };
}
