import type pg from 'pg';
import type { Program } from '../src/programs/program.ts';
import { makeChance } from './chance.ts';
import { makeCircle, makeHelped, type Circle } from './circle.ts';
import type { Places } from './data.ts';
import { put } from './fill.ts';

/**
 * Puts residents, groups and persons whom they help into the filled database, a tenth as many as there are persons
 * already; one that has them is left as it is.
 */
export async function circleIn(
  owner: pg.Client,
  places: Places,
  program: Program,
  patients: number,
): Promise<Circle> {
  const chance = makeChance(23);
  const circle = makeCircle(chance, places);
  const known = await owner.query('select 1 from organization where id = $1', [circle.groups[0]?.body.id]);
  if (known.rows.length > 0) return circle;
  const now = new Date('2026-11-20T09:00:00+09:00');
  await put(owner, circle.records, now);
  const persons = Math.ceil(patients / 10);
  for (let from = 0; from < persons; from += 200) {
    const helped = Array.from({ length: Math.min(200, persons - from) }, (_, i) =>
      makeHelped(chance, {
        number: from + i,
        places,
        program,
        groups: [0, 1].flatMap((n) => circle.groups[(from + i + n) % circle.groups.length] ?? []),
        // As many persons are in nobody's hand.
        resident: circle.residents[(from + i) % (circle.residents.length * 2)]?.id,
        at: new Date(now.getTime() - chance.below(180 * 24 * 60) * 60_000),
      }),
    );
    await put(
      owner,
      helped.flatMap((one) => one.records),
      now,
    );
  }
  await owner.query('vacuum analyze');
  return circle;
}
