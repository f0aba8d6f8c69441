import type { Service } from '../../support/service.ts';

/** Somebody whose case stands so that it can be told of, with everything that names them. */
export type Whose = Readonly<{
  patient: string;
  consent: string;
  referral: string;
  name: string;
  birthDate: string;
  /** What must stand nowhere any more: name, reading, date of birth, telephone, address. */
  personal: readonly string[];
  /** The same without what others may be called too. */
  telling: readonly string[];
}>;

const isThere = (one: string | undefined): one is string => one !== undefined && one !== '';

type Row = { patient: string; consent: string; referral: string };

/**
 * People of the demo's clinic whom its office has accepted, by one consent alone that names offices and groups, whom
 * nobody has asked a group for yet.
 */
export async function accepted(service: Service): Promise<Whose[]> {
  const bodyOf = (login: string) => service.demo.accounts.find((one) => one.login === login)?.organizationId;
  const { rows } = await service.owner.query<Row>(
    `select t.patient_id as patient, c.id as consent, t.id as referral
     from task t join consent c on c.patient_id = t.patient_id and c.status = 'active'
     where t.requester_id = $1 and t.owner_id = $2 and t.status in ('accepted', 'in-progress') and t.part_of_id is null
       and not exists (select 1 from consent o where o.patient_id = c.patient_id and o.id <> c.id)
       and not exists (select 1 from task r where r.part_of_id = t.id)
       and c.content::text like '%"resource"%'
     order by t.status, t.id`,
    [bodyOf('doctor'), bodyOf('linkworker')],
  );
  return rows.flatMap((row) => {
    const person = service.demo.people.find((one) => one.id === row.patient)?.person;
    if (!person) return [];
    const { family, given, familyKana, givenKana, birthDate, phone, line } = person;
    const personal = [family, given, familyKana, givenKana, birthDate, phone, line];
    return [
      {
        ...row,
        name: `${family} ${given}`,
        birthDate,
        personal: personal.filter(isThere),
        telling: [`${family} ${given}`, `${familyKana} ${givenKana}`, phone, line].filter(isThere),
      },
    ];
  });
}
