import { expect, test } from '@jest/globals';
import { checkAnswers } from '../../src/intake/answers.ts';
import { carryOver } from '../../src/intake/carry.ts';
import { akita } from './forms.ts';

test('a link worker finds the sheet filled in with what the person has told already', () => {
  const carried = carryOver(
    akita,
    {
      'living.with': ['alone'],
      'living.talk': ['no-day'],
      'living.rely': ['somewhat'],
      'money.month-end': ['sometimes'],
      'home.trouble': ['snow', 'cold'],
      'out.days': ['1'],
      'care.giving': ['true'],
      'care.burden': ['heavy'],
      'safety.home': ['not-say'],
      'me.likes': ['go-shogi', 'bathing'],
      'wish.help': ['雪かきを\n手伝ってほしい'],
    },
    'ja',
  );
  expect(carried).toEqual({
    's.people': ['trouble'],
    's.money': ['watch'],
    's.home': ['snow', 'cold'],
    's.days': ['1'],
    's.care': ['trouble'],
    's.safety': ['unknown'],
    'r.informal': [
      '今、だれと暮らしていますか。 一人で\n困ったときに、頼れる人がいますか。 いるが、頼みにくい',
    ],
    'r.interests': ['go-shogi', 'bathing'],
    'w.wish': ['雪かきを\n手伝ってほしい'],
  });
  expect(checkAnswers(akita.assessment, carried).map((one) => one.path)).toEqual(['q.j.risk', 'q.j.summary']);
});

test('what was not asked is not carried over', () => {
  expect(carryOver(akita, { 'care.giving': ['false'], 'care.burden': ['heavy'] }, 'ja')).toEqual({});
});
