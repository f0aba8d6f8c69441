import { describe, expect, test } from '@jest/globals';
import { systems } from '../../src/fhir/codes.ts';
import { buildConsent, readConsent, type Given } from '../../src/consent/record.ts';
import { readPatient } from '../../src/people/record.ts';
import { consentTelling, needsTold, toldOf } from '../../src/referral/told.ts';
import { requestMoves, type Status } from '../../src/referral/workflow.ts';
import { hanako } from '../support/hanako.ts';

const person = readPatient({
  ...hanako('a', 'b'),
  id: 'a',
  meta: { versionId: '1', lastUpdated: '2026-11-20T00:00:00Z' },
});
const need = (code: string) => ({ system: systems.sdohCategory, code });
const about = { wish: '見学したい', needs: [need('social-connection'), need('intimate-partner-violence')] };
const today = '2026-11-20';

describe('what a community group is told of a person', () => {
  const states: Readonly<Record<Status, 'nothing' | 'who' | 'who and how to reach'>> = {
    draft: 'nothing',
    requested: 'who',
    accepted: 'who and how to reach',
    'in-progress': 'who and how to reach',
    'on-hold': 'who and how to reach',
    completed: 'who',
    rejected: 'nothing',
    failed: 'nothing',
    cancelled: 'nothing',
    'entered-in-error': 'nothing',
  };

  test('is decided for every state that a request can be in', () => {
    for (const { to } of Object.values(requestMoves)) expect(Object.keys(states)).toContain(to);
  });

  test.each(Object.entries(states))('while the request is %s: %s', (status, expected) => {
    const told = toldOf(person, { ...about, status: status as Status }, today);
    expect(told.wish).toBe('見学したい');
    const says = JSON.stringify({ ...told, person: { ...told.person, name: undefined } });
    expect(told.person === undefined).toBe(expected === 'nothing');
    expect(says.includes('018-000-0101')).toBe(expected === 'who and how to reach');
    expect(says.includes('本町1丁目')).toBe(expected === 'who and how to reach');
    if (told.person) expect(told.person).toMatchObject({ kana: 'シケン ハナコ', age: 78, area: '架空市' });
    // Neither the birth date nor the sex is needed for any of it, and danger at home is never told.
    expect(says).not.toMatch(/1948|female|violence/);
  });

  test('is nothing of the person where no consent opens them', () => {
    expect(toldOf(undefined, { ...about, status: 'accepted' }, today)).toEqual({
      wish: '見学したい',
      needs: [],
      person: undefined,
      reach: undefined,
      withheld: false,
    });
  });

  test('is that the office speaks for somebody who must not be contacted', () => {
    const limits = { since: today, why: 'danger-at-home', how: '携帯電話だけ', by: undefined } as const;
    expect(toldOf({ ...person, limits }, { ...about, status: 'accepted' }, today)).toEqual({
      wish: '見学したい',
      needs: [],
      person: undefined,
      reach: undefined,
      withheld: true,
    });
  });

  test('are of the needs those it says it helps with, never danger at home', () => {
    const needs = [need('social-connection'), need('food-insecurity'), need('elder-abuse')];
    expect(needsTold(needs, { needs: [need('social-connection'), need('elder-abuse')] })).toEqual([
      need('social-connection'),
    ]);
  });
});

describe('the consent that lets a group know the person', () => {
  const group = { id: '8d6f3c52-0000-4000-8000-000000000001', kind: 'resource' as const };
  const given = (id: string, change: Partial<Given>) =>
    readConsent(
      buildConsent(
        {
          patient: 'a',
          clinic: 'b',
          recipients: ['resource'],
          recipientIds: [],
          items: ['contact'],
          from: '2026-11-20',
          until: '2027-11-19',
          at: '2026-11-20T10:00:00+09:00',
          explainedBy: undefined,
          explainedHow: 'spoken',
          proxy: undefined,
          evidence: { kind: 'paper', title: '紙' },
          status: 'active',
          ...change,
        },
        id,
      ),
    );

  test.each([
    ['names groups', {}, true],
    ['names this one', { recipients: [], recipientIds: [group.id] }, true],
    ['names another', { recipients: [], recipientIds: ['8d6f3c52-0000-4000-8000-000000000002'] }, false],
    ['names the office alone', { recipients: ['office'] }, false],
    ['leaves out the contact', { items: ['answers'] }, false],
    ['was taken back', { status: 'inactive' }, false],
    [
      'took the contact back for groups',
      { takenBack: [{ recipient: 'resource', item: 'contact', reason: '', at: '2026-11-20' }] },
      false,
    ],
    [
      'gives this one the contact by name',
      { recipients: ['office'], also: [{ recipient: group.id, items: ['contact'] }] },
      true,
    ],
    ['has expired', { until: '2026-11-19' }, false],
    ['begins tomorrow', { from: '2026-11-21' }, false],
  ] satisfies [string, Partial<Given>, boolean][])('one that %s', (_, change, tells) => {
    expect(consentTelling([given('c', change)], group, today)?.id).toBe(tells ? 'c' : undefined);
  });
});
