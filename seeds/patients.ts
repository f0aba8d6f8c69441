import { dayInTokyo } from '../src/kernel/japan/calendar.ts';
import { ageOn, type Insurance, type Person } from '../src/people/record.ts';
import { addressIn, phoneBook, type Bodies, type DemoBody } from './bodies.ts';
import { invent } from './names.ts';
import { municipalities, type Municipality } from './places.ts';
import { dice, type Dice } from './random.ts';

export type DemoPatient = Readonly<{
  id: string;
  coverageId: string;
  person: Person;
  age: number;
  /** Came from another country. */
  abroad: boolean;
  clinic: DemoBody;
  /** The office that serves where the person lives. */
  office: DemoBody;
  insurance: Insurance;
  insurer: DemoBody;
}>;

/**
 * Invented patients, most of them old. Those of the demo's three municipalities come first; five in nine of them belong
 * to the demo clinic and, with most of the others there, to the demo office.
 */
export function inventPatients(seed: number, now: Date, bodies: Bodies, count: number): DemoPatient[] {
  const phone = phoneBook('090', 100);
  const homes = municipalities
    .toSorted((a, b) => homeFirst(bodies, a) - homeFirst(bodies, b))
    .flatMap((m) => Array.from({ length: Math.max(1, Math.round((m.share * count) / 300)) }, () => m));
  return Array.from({ length: count }, (_, i) => {
    // A source of its own for each, so that the tenth patient is the same whether ten or a thousand are made.
    const random = dice(seed, `patient ${String(i)}`);
    const [id, coverageId] = [random.id(), random.id()];
    const home = homes[i % homes.length] as Municipality;
    const sex = random.chance(0.56) ? 'female' : 'male';
    const abroad = i % 31 === 30;
    const birthDate = inventBirthDate(random, now, abroad);
    const rare = rareNames[i];
    const person: Person = {
      ...invent(random, sex, Number(birthDate.slice(0, 4)), abroad),
      ...rare,
      birthDate,
      sex,
      ...addressIn(random, home),
      ...(random.chance(0.94) ? { phone: phone() } : {}),
      ...(random.chance(0.15) ? { email: `patient${String(i + 1)}@example.com` } : {}),
    };
    const age = ageOn(birthDate, dayInTokyo(now)) ?? 0;
    const clinic = clinicOf(random, bodies, home, i);
    const insurer = insurerOf(random, bodies, age);
    return {
      id,
      coverageId,
      person,
      age,
      abroad,
      clinic,
      office: officeOf(bodies, home, clinic, i),
      insurance: inventInsurance(random, insurer, i),
      insurer,
    };
  });
}

/** Two whose names old systems print wrong; the demo always has them. */
const rareNames: readonly Partial<Person>[] = [
  { family: '髙﨑', familyKana: 'タカサキ' },
  { family: '𠮷田', familyKana: 'ヨシダ' },
];

const homeFirst = (bodies: Bodies, m: Municipality): number =>
  bodies.offices[0]?.serves.includes(m.code) ? 0 : 1;

/** From 20 to 95: three in four are 65 or older. */
function inventBirthDate(random: Dice, now: Date, abroad: boolean): string {
  const age = abroad
    ? random.whole(24, 58)
    : random.chance(0.74)
      ? random.whole(65, 95)
      : random.chance(0.6)
        ? random.whole(40, 64)
        : random.whole(20, 39);
  const year = Number(dayInTokyo(now).slice(0, 4)) - age;
  const date = `${String(year)}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`;
  // Whoever has no birthday yet this year would be a year younger: 19 becomes 20.
  return (ageOn(date, dayInTokyo(now)) ?? 0) < 20 ? `${String(year - 1)}${date.slice(4)}` : date;
}

const two = (n: number): string => String(n).padStart(2, '0');

function clinicOf(random: Dice, bodies: Bodies, home: Municipality, i: number): DemoBody {
  const [demo, ...rest] = bodies.clinics as [DemoBody, ...DemoBody[]];
  if (homeFirst(bodies, home) === 0 && i % 9 < 5) return demo;
  const near = rest.filter((c) => c.serves.includes(home.code));
  const office = bodies.offices.find((o) => o.serves.includes(home.code));
  // Villages have no clinic; people go to the next town of the same office.
  return random.pick(
    near.length > 0 ? near : rest.filter((c) => c.serves.some((code) => office?.serves.includes(code))),
  );
}

function officeOf(bodies: Bodies, home: Municipality, clinic: DemoBody, i: number): DemoBody {
  const serving = bodies.offices.filter((o) => o.serves.includes(home.code));
  const office = clinic !== bodies.clinics[0] && i % 5 === 0 ? serving.at(-1) : serving[0];
  if (office === undefined) throw new Error(`No office serves ${home.name}`);
  return office;
}

/** From 75 on everybody is in the same insurance; below, two in three in the municipalities'. */
function insurerOf(random: Dice, bodies: Bodies, age: number): DemoBody {
  const [national, aged, company] = bodies.insurers as [DemoBody, DemoBody, DemoBody];
  if (age >= 75) return aged;
  return random.chance(0.66) ? national : company;
}

const inventInsurance = (random: Dice, insurer: DemoBody, i: number): Insurance => {
  const aged = insurer.insurerNumber?.startsWith('39') ?? false;
  return {
    insurerNumber: insurer.insurerNumber ?? '',
    // The insurance of the aged has no symbol.
    symbol: aged ? '' : `${random.pick(['架', '空', '見', '本'])}${String(random.whole(10, 99))}`,
    number: String((aged ? 10000000 : 100000) + i * 7 + random.whole(0, 6)),
    branch: random.chance(0.8) ? '00' : two(random.whole(1, 4)),
  };
};
