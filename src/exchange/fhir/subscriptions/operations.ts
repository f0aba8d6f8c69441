import { of } from '../../../kernel/sentence.ts';
import { given, reading, taken } from '../operations/declare.ts';
import type { Operation } from '../operations/operation.ts';

const defined = 'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition';

/** What can be asked of subscriptions, as the backport to R4 has it. */
export const subscriptionOperations = {
  status: {
    name: 'status',
    types: ['Subscription'],
    ...reading,
    definition: `${defined}/backport-subscription-status`,
    title: of('購読の状態', 'Status of subscriptions'),
    about: of(
      '購読が有効か、いくつ知らせたかを返す。種類に対しては自分の購読すべて。',
      'Whether a subscription is active and how many events it has had; on the type, of all that the program has.',
    ),
    parameters: [
      taken('id', '0..*', 'id', '購読の id（種類に対して）', 'Only these; on the type'),
      taken('status', '0..*', 'code', '購読の状態（種類に対して）', 'Only those in this status; on the type'),
      given(
        'return',
        1,
        'Bundle',
        '購読ごとの状態（searchset）',
        'One status for each subscription (searchset)',
      ),
    ],
  },
  events: {
    name: 'events',
    types: ['Subscription'],
    ...reading,
    type: false,
    definition: `${defined}/backport-subscription-events`,
    title: of('これまでの知らせ', 'Events of a subscription'),
    about: of(
      '一週間以内の知らせを番号順に、届いたかどうかにかかわらず返す。一度に200件まで。',
      'The events of a week in the order of their numbers, told or not; 200 at once.',
    ),
    parameters: [
      taken('eventsSinceNumber', '0..1', 'string', 'この番号から', 'From this number on'),
      taken('eventsUntilNumber', '0..1', 'string', 'この番号まで', 'Up to this number'),
      taken(
        'content',
        '0..1',
        'code',
        'empty か id-only。指定がなければ購読のとおり。full-resource も id だけ',
        'empty or id-only, else as the subscription has it; full-resource gives ids, too',
      ),
      given('return', 1, 'Bundle', '知らせ（history）', 'A notification (history)'),
    ],
  },
} as const satisfies Record<string, Operation>;
