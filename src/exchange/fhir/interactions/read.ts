import { isRecordType } from '../../../fhir/types.ts';
import { notFound } from '../../../kernel/problem.ts';
import { one } from '../answer.ts';
import { idIn, typeOf, versionIn } from '../asked.ts';
import type { Interaction } from './interaction.ts';

const read: Interaction = {
  code: 'read',
  method: 'GET',
  path: '/:type/:id',
  letters: () => ['r'],
  of: isRecordType,
  answer: async (records, asked) => one(await records.read(typeOf(asked), idIn(asked))),
};

const vread: Interaction = {
  code: 'vread',
  method: 'GET',
  path: '/:type/:id/_history/:version',
  letters: () => ['r'],
  of: isRecordType,
  answer: async (records, asked) => {
    const [found] = await records.history(typeOf(asked), idIn(asked), versionIn(asked));
    if (!found) throw notFound();
    return one(found);
  },
};

export const reading = [read, vread] as const;
