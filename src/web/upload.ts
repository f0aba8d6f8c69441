import type { Request, RequestHandler } from 'express';
import multer, { MulterError } from 'multer';
import { invalid, Refused, type Issue } from '../kernel/problem.ts';
import { text } from './text.ts';

/** Bytes that a form may have beyond one file: so much too large, a file is still refused at its field, and nothing typed is lost. */
const spare = 15_000_000;

export type Upload = Readonly<{ name: string; bytes: Buffer }>;

/** The file sent under that name; undefined when none was chosen. */
export function uploadIn(req: Request, name: string): Upload | undefined {
  const all = Array.isArray(req.files) ? req.files : [];
  const found = all.find((one) => one.fieldname === name && one.size > 0);
  return found && { name: found.originalname, bytes: found.buffer };
}

/** All files sent under that name, in their order. */
export const uploadsIn = (req: Request, name: string): Upload[] =>
  (Array.isArray(req.files) ? req.files : [])
    .filter((one) => one.fieldname === name && one.size > 0)
    .map((one) => ({ name: one.originalname, bytes: one.buffer }));

type WithRefusal = Request & { refusedUpload?: readonly Issue[] };

/** The same, where what is wrong with a file is said on the form, beside everything else (`refusedUpload`). */
export const uploadsToForm = (maxBytes: number): RequestHandler => {
  const read = uploads(maxBytes);
  return (req, res, next) => {
    read(req, res, (error?: unknown) => {
      if (error instanceof Refused && error.problem.kind === 'invalid') {
        (req as WithRefusal).refusedUpload = error.problem.issues;
        next();
      } else next(error);
    });
  };
};
export const refusedUpload = (req: WithRefusal): readonly Issue[] => req.refusedUpload ?? [];

/** Bytes of a form that nobody reads which are still taken, so that a browser hears the answer before it is cut off. */
const mostUnread = 40_000_000;

/** Keeps nothing of a form that is refused: what still comes is let go of, and whoever sends without end is cut off. */
export function letGo(req: Request): void {
  let left = mostUnread;
  req.on('data', (some: Buffer) => {
    left -= some.length;
    if (left < 0) req.destroy();
  });
}

/**
 * Reads forms that carry files: the fields become `req.body` as with any form, the files are had by `uploadIn`. Given
 * to `forRoles`, which runs it for those alone who may send the form. Refuses a file over `maxBytes`, more than five files, a form that does not say its length or is far larger, and what is not well formed.
 */
export function uploads(maxBytes: number): RequestHandler {
  const read = multer({
    storage: multer.memoryStorage(),
    limits: {
      fileSize: maxBytes,
      files: 5,
      fields: 500,
      fieldSize: 1_000_000,
      fieldNameSize: 200,
      // No form of ours has a name with brackets, from which objects would be built.
      fieldNestingDepth: 0,
    },
    defParamCharset: 'utf8',
  }).any();
  return (req, res, next) => {
    // Each part has its limit; without this one, many parts together would fill the memory.
    const length = Number(req.get('content-length') ?? Infinity);
    if (!(length <= maxBytes + spare)) {
      letGo(req);
      next(invalid({ path: '', says: text.uploadTooLarge }));
      return;
    }
    read(req, res, (error: unknown) => {
      if (error === undefined || error === null) next();
      else if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE')
        next(invalid({ path: error.field ?? '', says: text.uploadTooLarge }));
      else next(invalid({ path: '', says: text.uploadBroken }));
    });
  };
}
