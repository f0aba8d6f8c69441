import { desk, signedIn, type Desk, type Seen } from '../support/desk.ts';
import type { Service } from '../support/service.ts';

export const head = '記号,番号,枝番,氏名,フリガナ,生年月日,郵便番号,住所,電話番号,理由';
/** Invented, with a name that stands nowhere else. */
export const people = {
  hana: '71,90005501,01,灯台守 花子,トウダイモリ ハナコ,1950-05-03,000-9001,あおば県千草町字灯台1-1,050-0000-9901,untreated',
  taro: '71,90005502,01,灯台守 太郎,トウダイモリ タロウ,1948-02-10,000-9002,あおば県千草町字灯台1-2,050-0000-9902,unknown',
  jiro: '71,90005503,01,灯台守 次郎,トウダイモリ ジロウ,1955-12-24,000-9003,あおば県千草町字灯台1-3,,untreated',
} as const;

export type Row = Readonly<{
  id: string;
  list_id: string;
  code: string;
  name: string;
  birth_date: string;
  sent_on: string | null;
  agreed_at: Date | null;
  contacts: number;
  due_on: Date | null;
}>;

export const rowsOf = async (service: Service, list?: string): Promise<Row[]> =>
  (
    await service.owner.query<Row>(
      `select * from invitation where $1::uuid is null or list_id = $1::uuid order by line`,
      [list ?? null],
    )
  ).rows;

export const preview = async (at: Desk, csv: string | Buffer, title = '試しの名簿'): Promise<Seen> =>
  at.sendFiles(
    await at.get('/invitations/new'),
    '/invitations/preview',
    { title },
    {
      list: new Blob([typeof csv === 'string' ? csv : new Uint8Array(csv)]),
    },
  );

/** A list of these lines, kept; its id. */
export async function kept(at: Desk, ...lines: readonly string[]): Promise<string> {
  const shown = await preview(at, [head, ...lines].join('\n'));
  const done = await at.send(shown, '/invitations');
  const id = /^\/invitations\/([0-9a-f-]{36})/.exec(done.location)?.[1];
  if (id === undefined) throw new Error(`not kept: ${String(done.status)} ${done.html.slice(0, 2000)}`);
  return id;
}

export const dayFields = (name: string, day: string): Record<string, string> => {
  const [year = '', month = '', date = ''] = day.split('-');
  return {
    [`${name}-era`]: 'western',
    [`${name}-year`]: year,
    [`${name}-month`]: month,
    [`${name}-day`]: date,
  };
};

/** The page on which whoever got this letter says yes or no. */
export async function ownPage(service: Service, row: Row): Promise<[Desk, Seen]> {
  const me = desk(service);
  const first = await me.get(`/i/${row.code}`);
  return [me, await me.send(first, '/i', dayFields('birth', row.birth_date))];
}

export { signedIn };
