import { of, type Sentence } from '../kernel/sentence.ts';

/** Words of a report that goes out by fax. */
export const faxWords = {
  title: of('FAXで送る', 'Send by fax'),
  to: (name: string, number: string): Sentence => of(`${name}　FAX ${number}`, `${name}, fax ${number}`),
  noNumber: of(
    'この医療機関のFAX番号が登録されていません。「つなぐ」の管理者に、番号の登録をお願いしてください。',
    'No fax number of this clinic is known. Ask your administrator to enter it.',
  ),
  print: of('送付状と返書を印刷', 'Print cover and report'),
  mark: of('FAXで送ったと記録する', 'Record that it was sent by fax'),
  said: of('FAXで送ったことを記録しました。', 'Recorded as sent by fax.'),
  sent: (at: string, number: string): Sentence =>
    of(`${at}　FAX ${number} へ送信`, `Sent to fax ${number}, ${at}`),
  never: of('まだFAXで送っていません。', 'Not sent by fax yet.'),
} as const;
