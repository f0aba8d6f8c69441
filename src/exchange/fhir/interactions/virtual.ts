import { parametersOf } from '../asked.ts';
import { findAuditEvents, readAuditEvent } from '../audit_event.ts';
import { figures } from '../figures.ts';
import type { Asked } from '../asked.ts';
import type { Interaction } from './interaction.ts';

const id = (asked: Asked): string => String(asked.params['id']);

/** What is not stored as a record but made from the access log and the figures: it can only be looked at. */
const looking = (type: string, read: Interaction['answer'], search: Interaction['answer']): Interaction[] => {
  const of = (name: string): boolean => name === type;
  return [
    { code: 'search-type', method: 'GET', path: `/${type}`, letters: () => ['s'], of, answer: search },
    { code: 'read', method: 'GET', path: `/${type}/:id`, letters: () => ['r'], of, answer: read },
  ];
};

export const virtual = [
  ...looking(
    'AuditEvent',
    async (records, asked) => ({ body: await readAuditEvent(records, id(asked)) }),
    async (records, asked, served) => ({ body: await findAuditEvents(records, parametersOf(asked), served) }),
  ),
  ...looking(
    'MeasureReport',
    async (records, asked) => ({ body: await figures.read(records, id(asked)) }),
    async (records, _asked, { base }) => ({ body: await figures.find(records, base) }),
  ),
];
