import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { validateResource } from '@medplum/core';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { elementsAt } from '../../../src/fhir/search-include.ts';
import { recordTypes, type RecordType } from '../../../src/fhir/types.ts';
import type { Made } from './records.ts';
import { questionsOf } from './questions.ts';
import { placesOf, startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
}, 120_000);
afterAll(() => scene.stop());

const claimsOf = (type: string) => scene.claims.find((one) => one.type === type);
const ask = async (path: string): Promise<{ status: number; found: Resource[]; text: string }> => {
  const { status, text } = await scene.send('clinic', 'get', encodeURI(path));
  const bundle = status === 200 ? (JSON.parse(text) as Bundle) : undefined;
  return { status, found: (bundle?.entry ?? []).flatMap(({ resource }) => resource ?? []), text };
};
const madeOf = (type: RecordType, world: 'a' | 'b'): Made[] =>
  scene.made.filter((one) => one.type === type && one.world === world);
/** Of the ways to reach somebody, the one that the parameter is about. */
const elementOf = (made: Made, path: string, name = ''): unknown => {
  const all = elementsAt(made.record, path.split('.').slice(1));
  return all.find((one) => (one as { system?: string }).system === name) ?? all[0];
};

test.each(recordTypes)('%s: what was made is valid FHIR R4 as it is served', async (type) => {
  const { status, found } = await ask(`/${type}?_count=200`);
  expect(status).toBe(200);
  const ids = new Set(found.map(({ id }) => id));
  expect(scene.made.filter((one) => one.type === type && !ids.has(one.id)).map(({ id }) => id)).toEqual([]);
  for (const resource of found) validateResource(resource);
});

test.each(recordTypes)(
  '%s: by every parameter that is claimed, each way it can be asked, a record is found by what it says and not by what another says',
  async (type) => {
    const wrong: string[] = [];
    for (const { name, type: kind = '', documentation } of claimsOf(type)?.searchParam ?? []) {
      const path = placesOf(documentation?.replaceAll('Resource.', `${type}.`))[0];
      if (path === undefined || name === '_lastUpdated') continue;
      const [mine, other] = (['a', 'b'] as const).map((world) =>
        madeOf(type, world).find((one) => elementOf(one, path) !== undefined),
      );
      if (!mine || !other) {
        wrong.push(`${name}: no record says it`);
        continue;
      }
      const elements = [elementOf(mine, path, name), elementOf(other, path, name)] as const;
      // Both persons are the asking clinic's own, and R4 itself says of what system a clinical status is.
      const isShared = ['Patient.organization', 'Condition.clinical-status'].includes(`${type}.${name}`);
      const questions = questionsOf({ name, type: kind }, elements, `${scene.url}/fhir`);
      await Promise.all(
        questions.map(async ({ query, findsMine, findsOther }) => {
          const { status, found, text } = await ask(`/${type}?${query}&_count=200&_elements=id`);
          const ids = found.map(({ id }) => id);
          const got = [ids.includes(mine.id), ids.includes(other.id)];
          const isRight = got[0] === findsMine && (got[1] === findsOther || (isShared && findsMine));
          if (status !== 200 || !isRight)
            wrong.push(
              `${query} → ${String(status)} ${got.join()} ${status === 200 ? '' : text.slice(0, 300)}`,
            );
        }),
      );
    }
    expect(wrong).toEqual([]);
  },
  120_000,
);
