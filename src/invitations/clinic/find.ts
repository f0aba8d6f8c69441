import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import type { ReadBody } from '../../people/record.ts';
import type { Program } from '../../programs/program.ts';
import { noteList } from '../log.ts';
import { invitingOf, type Inviting } from '../programs.ts';

/** Somebody who was invited, as the clinic that they come to sees them. */
export type Arrived = Readonly<{
  id: string;
  list_id: string;
  program: string;
  code: string;
  insurer_id: string;
  insurer: string;
  insurer_number: string | null;
  symbol: string;
  number: string;
  branch: string;
  name: string;
  kana: string;
  birth_date: string;
  postal_code: string;
  address: string;
  phone: string;
  reason: string;
}>;

/** By the code of the letter, else by symbol and number of the card. */
export type Asked = Readonly<{ code?: string; symbol?: string; number?: string; birth: string }>;
export type Found = Readonly<{ arrived: Arrived; program: Inviting }>;

/**
 * The one person whom the code or the number and the date of birth name, invited in a program that the clinic runs. That
 * nobody was found stands in the access log, too: whoever throws for it does so outside of the transaction.
 */
export async function findArrived(
  records: Records,
  programs: readonly Program[],
  asked: Asked,
): Promise<Found | undefined> {
  const own = await invitingOf(records, programs);
  const [arrived] = await records.run<Arrived>(sql`select * from invitation_at_clinic(
    ${own.map(({ id }) => id)}::text[], ${asked.code ?? null}, ${asked.symbol ?? null}, ${asked.number ?? null}, ${asked.birth})`);
  await noteList(records, 'read', 'an invited member', arrived?.list_id);
  const program = own.find(({ id }) => id === arrived?.program);
  return arrived && program && { arrived, program };
}

/** The clinic's form for registering, filled in with what the list holds. */
export function prefilled(arrived: Arrived, towns: readonly ReadBody[]): Readonly<Record<string, string>> {
  const [family = '', ...given] = arrived.name.split(/\s+/u);
  const [familyKana = '', ...givenKana] = arrived.kana.split(/\s+/u);
  return {
    family,
    given: given.join(' '),
    familyKana,
    givenKana: givenKana.join(' '),
    birthDate: arrived.birth_date,
    sex: '',
    postalCode: arrived.postal_code,
    ...placeOf(arrived.address, towns),
    phone: arrived.phone,
    insurerNumber: arrived.insurer_number ?? '',
    symbol: arrived.symbol,
    number: arrived.number,
    branch: arrived.branch,
  };
}

/** Where an address begins with a municipality that we know, with or without its prefecture, that one and the rest. */
function placeOf(address: string, towns: readonly ReadBody[]): { municipality: string; line: string } {
  const starts = towns.flatMap((town) => {
    const prefecture = town.address?.prefecture ?? '';
    return [`${prefecture}${town.name}`, town.name].map((start) => ({
      start,
      code: town.municipalityCode ?? '',
    }));
  });
  const found = starts
    .filter(({ start }) => start !== '' && address.startsWith(start))
    .toSorted((a, b) => b.start.length - a.start.length)[0];
  return found === undefined
    ? { municipality: '', line: address }
    : { municipality: found.code, line: address.slice(found.start.length).trim() };
}
