import type { Invitations } from '../../programs/program.ts';

/** Lines of the example, all invented: no telephone has such a number, no place such a postal code. */
export const exampleRows = (reasons: Invitations['reasons']): readonly (readonly string[])[] =>
  (
    [
      [
        '12',
        '1001',
        '01',
        '見本 太郎',
        'ミホン タロウ',
        '1950-05-03',
        '000-0001',
        '見本県見本市一番町1-1',
        '050-0000-9001',
      ],
      ['12', '1002', '01', '見本 花子', 'ミホン ハナコ', 'S22.11.3', '000-0001', '見本県見本市二番町2-2', ''],
    ] as const
  ).map((cells, i) => [...cells, reasons[i % Math.max(reasons.length, 1)]?.name.ja ?? '']);
