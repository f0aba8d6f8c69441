import { beforeAll, describe, expect, test } from '@jest/globals';
import { consentSketch } from '../../src/documents/consent-form.ts';
import { frame } from '../../src/documents/frame.ts';
import { codePlace, cornerMarks, page as a4, textEnds, type Square } from '../../src/documents/layout.ts';
import { handOverSketch } from '../../src/documents/hand-over-sheet.ts';
import { inMm } from '../../src/documents/pen.ts';
import { questionnaireSketch } from '../../src/documents/questionnaire-sheet.ts';
import { requestSketch } from '../../src/documents/request-sheet.ts';
import { drawAlone, layoutOf } from '../../src/documents/sheet.ts';
import type { Grey } from '../../src/scans/recognise/bitmap.ts';
import { printed } from '../scans/paper.ts';
import * as examples from './examples.ts';
import * as groups from './group-examples.ts';

const keyed = <T extends { label: string }>(question: string, choices: readonly T[]) =>
  choices.map((choice, i) => ({ ...choice, box: { question, option: `o${String(i)}` } }));

/** Long enough for a second page. */
const sections = [...examples.questionnaire.sections, ...examples.questionnaire.sections].map((part, p) => ({
  ...part,
  questions: part.questions.map((asked, q) => {
    const linkId = `q${String(p)}.${String(q)}`;
    const { options } = asked;
    return { ...asked, linkId, ...(options ? { options: keyed(linkId, options) } : {}) };
  }),
}));

const sketches = {
  questionnaire: () => questionnaireSketch({ ...examples.questionnaire, sections }),
  'consent form': () =>
    consentSketch({
      ...examples.blankConsent,
      recipients: keyed('recipients', examples.blankConsent.recipients),
      items: keyed('items', examples.blankConsent.items),
    }),
  'sheet that hands a person over': () => handOverSketch(groups.handOver),
  'request to a group': () => requestSketch(examples.request),
} as const;

const perMm = 3508 / a4.height;
/** How dark a part of a page is, from 0 to 1. */
function darkness({ data, width }: Grey, { x, y }: Square, across: number, down: number): number {
  let [sum, n] = [0, 0];
  for (let row = Math.round(y * perMm); row < (y + down) * perMm; row++)
    for (let column = Math.round(x * perMm); column < (x + across) * perMm; column++) {
      sum += 255 - (data[row * width + column] ?? 255);
      n++;
    }
  return sum / n / 255;
}

describe.each(Object.entries(sketches))('the %s', (name, sketchOf) => {
  let pages: Grey[];
  let layout: ReturnType<typeof layoutOf>;
  beforeAll(async () => {
    const sketch = await sketchOf();
    layout = layoutOf(sketch);
    pages = await printed(await drawAlone(sketch));
  });

  test('has its boxes where its layout says, empty and with an edge all round', () => {
    expect(layout.boxes.length).toBeGreaterThan(1);
    for (const box of layout.boxes) {
      const page = pages[box.page - 1];
      if (!page) throw new Error('no such page');
      const { x, y, size } = box;
      const thin = 0.3;
      const edges = [
        darkness(page, { ...box, x: x - thin / 2, y: y - thin / 2 }, size, thin),
        darkness(page, { ...box, x: x - thin / 2, y: y + size - thin / 2 }, size, thin),
        darkness(page, { ...box, x: x - thin / 2 }, thin, size),
        darkness(page, { ...box, x: x + size - thin / 2 }, thin, size),
      ];
      for (const edge of edges) expect([box.option, edge > 0.5]).toEqual([box.option, true]);
      expect(darkness(page, { ...box, x: x + 1, y: y + 1 }, size - 2, size - 2)).toBe(0);
      expect(x).toBeGreaterThanOrEqual(inMm(frame.left));
      expect(y + size).toBeLessThanOrEqual(textEnds);
    }
  });

  test('names each box once', () => {
    const names = layout.boxes.map(({ question, option }) => `${question} ${option}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has black marks at the corners of every page, white around its code, and nothing below the text', () => {
    expect(layout).toMatchObject({ pages: pages.length, marks: cornerMarks, code: codePlace });
    for (const page of pages) {
      for (const { x, y, size } of cornerMarks) {
        expect(darkness(page, { x: x + 0.2, y: y + 0.2, size }, size - 0.4, size - 0.4)).toBeGreaterThan(
          0.98,
        );
        for (const [dx, dy] of [
          [-1.5, 0],
          [0, -1.5],
        ] as const)
          expect(
            darkness(page, { x: x + dx, y: y + dy, size }, dx === 0 ? size : 1.2, dy === 0 ? size : 1.2),
          ).toBe(0);
      }
      const white = 3.4;
      const { x, y, size } = codePlace;
      expect(darkness(page, codePlace, size, size)).toBeGreaterThan(0.3);
      expect(darkness(page, { x: x - white, y: y - white, size }, size + white, white - 0.2)).toBe(0);
      expect(darkness(page, { x: x - white, y, size }, white - 0.2, size)).toBe(0);
      expect(darkness(page, { x: x + size + 0.2, y, size }, white - 0.4, size)).toBe(0);
    }
  });

  test(`counts ${name === 'questionnaire' ? 'two pages' : 'one page'}`, () => {
    expect(pages).toHaveLength(name === 'questionnaire' ? 2 : 1);
  });
});

test('a question answered with yes or no has a box for each, by the values of its answers', () => {
  const asked = { number: 1, linkId: 'alone', text: '一人ですか。', kind: 'boolean' as const };
  const { boxes } = layoutOf(
    questionnaireSketch({ ...examples.questionnaire, sections: [{ questions: [asked] }] }),
  );
  expect(boxes.map(({ question, option }) => [question, option])).toEqual([
    ['alone', 'true'],
    ['alone', 'false'],
  ]);
});
