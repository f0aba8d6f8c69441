import type { Request, RequestHandler } from 'express';
import multer, { MulterError } from 'multer';
import { invalid } from '../kernel/problem.ts';
import { text } from './text.ts';

export type Upload = Readonly<{ name: string; bytes: Buffer }>;

/** The file sent under that name; undefined when none was chosen. */
export function uploadIn(req: Request, name: string): Upload | undefined {
  const all = Array.isArray(req.files) ? req.files : [];
  const found = all.find((one) => one.fieldname === name && one.size > 0);
  return found && { name: found.originalname, bytes: found.buffer };
}

/**
 * Reads forms that carry files: the fields become `req.body` as with any form, the files are had by `uploadIn`. Stands
 * before the check of the form's token. Refuses a file over `maxBytes`, more than five files, and what is not well formed.
 */
export function uploads(maxBytes: number): RequestHandler {
  const read = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: maxBytes, files: 5, fields: 500, fieldSize: 1_000_000, fieldNameSize: 200 },
    defParamCharset: 'utf8',
  }).any();
  return (req, res, next) => {
    read(req, res, (error: unknown) => {
      if (error === undefined || error === null) next();
      else if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE')
        next(invalid({ path: error.field ?? '', says: text.uploadTooLarge }));
      else next(invalid({ path: '', says: text.uploadBroken }));
    });
  };
}
