import { isRecordType } from '../../../fhir/types.ts';
import { idIn, typeOf } from '../asked.ts';
import { historyBundle } from '../bundles.ts';
import type { Interaction } from './interaction.ts';

const instance: Interaction = {
  code: 'history-instance',
  method: 'GET',
  path: '/:type/:id/_history',
  letters: () => ['r'],
  of: isRecordType,
  answer: async (records, asked, { base }) => {
    const [type, id] = [typeOf(asked), idIn(asked)];
    return { body: historyBundle(base, type, id, await records.history(type, id)) };
  },
};

export const histories = [instance] as const;
