import { sightOf } from '../access/sight.ts';
import { consentParts } from './consent-words.ts';
import type { Fault } from './fault.ts';
import { optionCodes, placedItems } from './items.ts';
import { urgencies, type Program } from './program.ts';

/** Residents are link workers of the post `neighbour`; consent names them as the recipients `resident`. */
export function checkLinkWorkers({ linkWorkers, consentTerms }: Program): Fault[] {
  const residents = linkWorkers.some(({ post }) => post === 'neighbour');
  const named = consentTerms.recipients.includes('resident');
  return [
    ...linkWorkers.flatMap(({ post, items }, i) =>
      items
        .filter((item) => !sightOf(post).own.includes(item))
        .map((item) => ({
          place: `linkWorkers[${String(i)}].items`,
          says: `a ${post} may never see "${item}"`,
        })),
    ),
    ...linkWorkers.flatMap(({ post, items }, i) =>
      post === 'neighbour' && !items.includes('request')
        ? [
            {
              place: `linkWorkers[${String(i)}].items`,
              says: 'lacks "request": a resident who does not see what is asked cannot help',
            },
          ]
        : [],
    ),
    ...(named && !residents
      ? [
          {
            place: 'consentTerms.recipients',
            says: 'names "resident", but no kind of link worker here is a resident (post "neighbour")',
          },
        ]
      : []),
    ...(residents && !named
      ? [
          {
            place: 'linkWorkers',
            says: 'has residents (post "neighbour"), to whom no consent can be given: consentTerms.recipients lacks "resident"',
          },
        ]
      : []),
  ];
}

export function checkDeadlines({ deadlines }: Program): Fault[] {
  return urgencies.flatMap((urgency, i) => {
    const [own, before] = [deadlines[urgency], urgencies[i - 1]];
    const place = `deadlines.${urgency}`;
    const slower = before === undefined ? [] : deadlineKinds.filter((k) => own[k] > deadlines[before][k]);
    return [
      ...(own.accept > own.firstContact
        ? [{ place, says: 'has the first contact due before the referral has to be accepted' }]
        : []),
      ...slower.map((kind) => ({
        place: `${place}.${kind}`,
        says: `gives more days than "${before ?? ''}", which is less urgent`,
      })),
    ];
  });
}

const deadlineKinds = ['accept', 'firstContact'] as const;

export function checkConsent({ consent, consentTerms }: Program): Fault[] {
  const byId = new Map(placedItems(consent).map(({ item }) => [item.linkId, item]));
  const missing = [...consentParts.prose, ...consentParts.choices].filter((id) => !byId.has(id));
  return [
    ...missing.map((id) => ({ place: 'consentTerms', says: `the consent form has no part "${id}"` })),
    ...consentParts.choices.flatMap((id) => {
      const offered = optionCodes(byId.get(id) ?? { linkId: id, type: 'choice' });
      const terms: readonly string[] = consentTerms[id];
      const differs =
        terms.some((code) => !offered.includes(code)) || offered.some((code) => !terms.includes(code));
      return differs && byId.has(id)
        ? [
            {
              place: `consentTerms.${id}`,
              says: `says ${terms.join(', ')}, the consent form offers ${offered.join(', ')}`,
            },
          ]
        : [];
    }),
  ];
}
