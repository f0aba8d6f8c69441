import type { Consent, ConsentProvision, ConsentProvisionActor } from '@medplum/fhirtypes';
import { items as knownItems } from '../../access/sight.ts';
import { codesOf, systems } from '../../fhir/codes.ts';
import type { Records } from '../../fhir/records.ts';
import { idOf } from '../../fhir/references.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import type { Issue } from '../../kernel/problem.ts';
import { recipientKinds } from '../record.ts';
import { unless } from './unless.ts';

/** Parts of a provision that would narrow it; the row rules know none of them. */
const narrowing = ['action', 'class', 'data', 'dataPeriod', 'securityLabel'] as const;

/** What is wrong with what a consent says it opens. Something the row rules do not act on is refused, not half obeyed. */
export function faultsOfProvision({ provision }: Consent, records: Records): Issue[] {
  const { start = '', end = '' } = provision?.period ?? {};
  const whole = start.length >= 10 && end.length >= 10;
  return [
    ...unless(
      provision?.type === 'permit',
      'provision.type',
      '同意の内容は「伝えてよい」（permit）でなければなりません。',
      'provision.type must be permit.',
    ),
    ...unless(
      whole,
      'provision.period',
      '同意の期間は、始まりと終わりの日が必要です。',
      'provision.period needs a start and an end, both whole days.',
    ),
    ...unless(
      !whole || end.slice(0, 10) >= start.slice(0, 10),
      'provision.period',
      '同意の終わりの日が、始まりの日より前です。',
      'The consent ends before it starts.',
    ),
    // Rows open when the consent is written, so one cannot wait for its day; a day's grace for clocks elsewhere.
    ...unless(
      !whole || start.slice(0, 10) <= dayAfter(records.now),
      'provision.period.start',
      '同意は、始まりの日より前には記録できません。',
      'A consent cannot be recorded before the day it starts.',
    ),
    ...unless(
      (provision?.actor ?? []).length > 0,
      'provision.actor',
      'だれに伝えてよいか（相手）が必要です。',
      'provision.actor is missing: who may see the person.',
    ),
    ...faultsOfPart(provision, 'provision'),
    ...(provision?.provision ?? []).flatMap((part, i) =>
      faultsOfInnerPart(part, `provision.provision[${String(i)}]`),
    ),
  ];
}

/** What a part inside the provision adds for somebody by name, or takes away. */
function faultsOfInnerPart(part: ConsentProvision, path: string): Issue[] {
  const named = [part.actor, part.code].filter((some) => (some ?? []).length > 0).length;
  return [
    ...unless(
      part.type === 'deny' ? named > 0 : part.type === 'permit' && named === 2,
      path,
      '同意の中の細かい決まりは、相手か内容を示した「伝えない」（deny）か、両方を示した「伝えてよい」（permit）でなければなりません。',
      'A part of a provision either denies a recipient or an item, or permits items to recipients, naming both.',
    ),
    ...unless(
      part.period === undefined && part.provision === undefined,
      path,
      '同意の中の細かい決まりは、期間や、さらに細かい決まりを持てません。',
      'A part of a provision has no period and no parts of its own.',
    ),
    ...faultsOfPart(part, path),
  ];
}

const faultsOfPart = (part: ConsentProvision | undefined, path: string): Issue[] => [
  ...(part?.actor ?? []).flatMap((actor, i) => faultsOfActor(actor, `${path}.actor[${String(i)}]`)),
  ...(part?.code ?? []).flatMap((code, i) =>
    unless(
      (code.coding ?? []).length > 0 &&
        (code.coding ?? []).every(
          (one) =>
            one.system === systems.consentItem && (knownItems as readonly unknown[]).includes(one.code),
        ),
      `${path}.code[${String(i)}]`,
      `伝える内容は、${systems.consentItem} の ${knownItems.join('・')} から選んでください。`,
      `Name what may be told by a code of ${systems.consentItem}: ${knownItems.join(', ')}.`,
    ),
  ),
  ...narrowing.flatMap((element) =>
    unless(
      part?.[element] === undefined,
      `${path}.${element}`,
      `同意の細かい条件（${element}）は、ここでは守れないため受け取れません。`,
      `Further conditions (${element}) are refused, since they could not be kept here.`,
    ),
  ),
];

/** The row rules open to every actor named, so each has to be a recipient, one body or a kind of body we know. */
function faultsOfActor(actor: ConsentProvisionActor, path: string): Issue[] {
  const { identifier } = actor.reference;
  const isKind =
    identifier?.system === systems.organizationType &&
    (recipientKinds as readonly unknown[]).includes(identifier.value);
  const isBody = idOf(actor.reference, 'Organization') !== undefined;
  return [
    ...unless(
      codesOf(actor.role, systems.participation).includes('IRCP'),
      `${path}.role`,
      '相手の役割は、情報を受け取る人（IRCP）でなければなりません。',
      'The role must be IRCP, recipient of information.',
    ),
    ...unless(
      (isBody || actor.reference.reference === undefined) && (isKind || (isBody && identifier === undefined)),
      `${path}.reference`,
      `相手は、機関（Organization）か、相手の種類（${recipientKinds.join('・')}）で示してください。`,
      `Name an Organization, or a kind of recipient (${recipientKinds.join(', ')}) as a logical identifier.`,
    ),
  ];
}

const dayAfter = (now: Date): string => dayInTokyo(new Date(now.getTime() + 24 * 3_600_000));
