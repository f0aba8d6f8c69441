import type { Fault } from './fault.ts';
import type { Program } from './program.ts';

/** Without these the office could neither call the person nor read the sheet on which it was asked to. */
const needed = ['contact', 'medical-note'] as const;

/** What a sheet that comes by fax opens is what the program's consent could open, and enough to act on. */
export function checkReceived({ received, consentTerms }: Program): Fault[] {
  if (received === undefined) return [];
  const { recipients, items } = received;
  return [
    ...recipients
      .filter((one) => !consentTerms.recipients.includes(one))
      .map((one) => ({ place: 'received.recipients', says: `names "${one}", which consentTerms does not` })),
    ...(recipients.includes('office')
      ? []
      : [
          {
            place: 'received.recipients',
            says: 'lacks "office": whoever receives the sheet could not see it',
          },
        ]),
    ...items
      .filter((one) => !consentTerms.items.includes(one))
      .map((one) => ({ place: 'received.items', says: `opens "${one}", which consentTerms does not` })),
    ...needed
      .filter((one) => !items.includes(one))
      .map((one) => ({
        place: 'received.items',
        says: `lacks "${one}", which the sheet itself tells to whoever receives it`,
      })),
  ];
}
