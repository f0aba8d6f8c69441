import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import { invalid } from '../kernel/problem.ts';
import { text } from './text.ts';
import { letGo } from './upload.ts';

/** Files of one form; a browser sends one without content for each that was not chosen. */
const mostFiles = 60;
/** Bytes of one form. */
const mostBytes = 120_000_000;

/** A file that came with a form. `size` is what was sent; of one that is too large, `bytes` is not all of it. */
export type FileBeside = Readonly<{ field: string; name: string; size: number; bytes: Buffer }>;

type WithFiles = Request & { filesBeside?: readonly FileBeside[] };
export const filesBeside = (req: WithFiles): readonly FileBeside[] => req.filesBeside ?? [];

/**
 * Reads forms in which files stand between other questions. Everything else that was typed arrives whatever becomes of a
 * file: one over `maxBytes`, and what together is more than five such, is read to its end and let go of (`size` tells).
 * Read before the form's token is checked, like `uploads`; forms without files pass.
 */
export function readFilesBeside(maxBytes: number): RequestHandler {
  return (req: WithFiles, res, next) => {
    if (!req.is('multipart/form-data')) {
      next();
      return;
    }
    if (!(Number(req.get('content-length') ?? Infinity) <= mostBytes)) {
      letGo(req);
      next(invalid({ path: '', says: text.uploadTooLarge }));
      return;
    }
    const found: FileBeside[] = [];
    let together = 0;
    const read = multer({
      storage: {
        _handleFile: (_req, file, done) => {
          const chunks: Buffer[] = [];
          let size = 0;
          file.stream.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > maxBytes || together + chunk.length > 5 * maxBytes) return;
            together += chunk.length;
            chunks.push(chunk);
          });
          file.stream.on('error', done);
          file.stream.on('end', () => {
            found.push({
              field: file.fieldname,
              name: file.originalname,
              size,
              bytes: Buffer.concat(chunks),
            });
            done(null, { size });
          });
        },
        _removeFile: (_req, _file, done) => {
          done(null);
        },
      },
      limits: {
        files: mostFiles,
        fields: 2000,
        fieldSize: 300_000,
        fieldNameSize: 300,
        // No form of ours has a name with brackets, from which objects would be built.
        fieldNestingDepth: 0,
      },
      defParamCharset: 'utf8',
    }).any();
    read(req, res, (error: unknown) => {
      if (error !== undefined && error !== null) {
        next(invalid({ path: '', says: text.uploadBroken }));
        return;
      }
      req.filesBeside = found;
      next();
    });
  };
}
