import { dayInTokyo } from '../src/kernel/japan/calendar.ts';
import type { Capacity, Resource } from '../src/directory/record.ts';
import { phoneBook } from './bodies.ts';
import { need } from './needs.ts';
import { municipalities, municipality, prefecture, type Municipality } from './places.ts';
import type { Dice } from './random.ts';
import { gatherings } from './kinds/gatherings.ts';
import { help } from './kinds/help.ts';
import type { ResourceKind } from './kinds/kind.ts';
import { places } from './kinds/places.ts';

export type Provider = Readonly<{
  id: string;
  name: string;
  kana?: string;
  phone: string;
  serves: readonly string[];
}>;

/** The three municipalities of the demo office: every kind of resource is found in one of them. */
const home = ['朝凪', '潮見浜', '花野'] as const;
const everywhere = municipalities.map((m) => m.code);

/**
 * Community resources of every kind: each in the demo's area, and once more elsewhere in turn, so that every
 * municipality has some. `providers` are the bodies that run them; the first is the demo's.
 */
export function inventResources(
  random: Dice,
  now: Date,
): Readonly<{ resources: readonly Resource[]; providers: readonly Provider[] }> {
  const phone = phoneBook('050', 2000);
  const providers = new Map<string, Provider>();
  const others = municipalities.filter((m) => !(home as readonly string[]).includes(m.short));

  const invent = (kind: ResourceKind, at: Municipality, areas: readonly string[], i: number): Resource => {
    const town = random.pick(at.towns);
    const fill = (pattern: string) => pattern.replaceAll('{m}', at.short).replaceAll('{t}', town.name);
    const body = fill(kind.body);
    const known = providers.get(body);
    const provider: Provider = {
      id: known?.id ?? random.id(),
      name: body,
      phone: known?.phone ?? phone(),
      serves: [...new Set([...(known?.serves ?? []), ...areas])],
    };
    providers.set(body, provider);
    const age = assuredDaysAgo(random, i);
    return {
      id: random.id(),
      organizationId: provider.id,
      name: fill(kind.name),
      kana: kind.kana.replaceAll('{m}', at.shortKana).replaceAll('{t}', town.kana),
      summary: kind.summary,
      needs: kind.needs.map(need),
      interests: kind.interests,
      views: kind.views,
      kind: kind.kind,
      areas,
      ...(kind.place === undefined
        ? {}
        : {
            place: {
              id: random.id(),
              name: fill(kind.place),
              address: `${prefecture.name}${at.name}${town.name}${String(random.whole(1, 9))}-${String(random.whole(1, 30))}`,
              lat: near(random, at.lat),
              lon: near(random, at.lon),
            },
          }),
      fee: kind.fee,
      contact: { phone: provider.phone, ...(i % 5 === 0 ? { email: `shigen${String(i)}@example.org` } : {}) },
      availability: kind.availability,
      eligibility: kind.eligibility,
      capacity: capacityOf(random, i),
      ...(age === undefined ? {} : { assured: dayInTokyo(new Date(now.getTime() - age * 24 * 3600 * 1000)) }),
      active: i % 29 !== 28,
      appointmentRequired: kind.appointment,
    };
  };

  const resources = resourceKinds.flatMap((kind, i) => {
    if (kind.wide) return [invent(kind, municipality('朝凪'), everywhere, i)];
    // The first kind, which the demo's provider runs, is in the largest town.
    const here = municipality(home[i % home.length] ?? '朝凪');
    const there = others[i % others.length] ?? here;
    const reach = i % 2 === 1 ? [here.code] : home.map((short) => municipality(short).code);
    return [invent(kind, here, reach, i), invent(kind, there, [there.code], i + resourceKinds.length)];
  });
  return { resources, providers: [...providers.values()] };
}

const near = (random: Dice, degrees: number): number =>
  Number((degrees + (random.fraction() - 0.5) * 0.06).toFixed(5));

const resourceKinds = [...gatherings, ...help, ...places];

/** Most have room; some are full, keep a list, or want to see the person first. */
const capacityOf = (random: Dice, i: number): Capacity => {
  if (i % 9 === 4) return 'waitlist';
  if (i % 11 === 7) return 'no-capacity';
  if (i % 13 === 5) return 'additional-assessment-required';
  return random.chance(0.95) ? 'capacity' : 'waitlist';
};

/** Fresh, getting old, old, and never: a directory decays. */
const assuredDaysAgo = (random: Dice, i: number): number | undefined => {
  if (i % 17 === 16) return undefined;
  if (i % 6 === 5) return random.whole(366, 900);
  return i % 3 === 2 ? random.whole(150, 360) : random.whole(3, 120);
};
