import { of, type Texts } from '../kernel/sentence.ts';

/** Words of the sheet by which one consultation window hands a person on to another. */
export const handOverText = {
  handOverReason: of('引き継ぐ理由', 'Why'),
  handOverAsked: of('お願いしたいこと', 'What is asked'),
  handOverNeeds: of('困りごと', 'Needs'),
  handOverSummary: of('アセスメントのまとめ', 'Summary of the assessment'),
  handOverGoals: of('ご本人の目標', 'The person’s goals'),
  handOverAnswer: of('お返事', 'Answer'),
  handOverTaken: of('お受けしました（　　　月　　　日）', 'Taken up on ____ / ____'),
  handOverNotTaken: of(
    'お受けできません（理由：　　　　　　　　　　　　　　　　）',
    'Cannot be taken up (why: ______________________)',
  ),
  handOverBy: of('担当者　　　　　　　　　　　　　　　電話', 'By ________________________   Tel'),
} as const satisfies Texts;
