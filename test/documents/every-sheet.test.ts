import { describe, expect, test } from '@jest/globals';
import { bind } from '../../src/documents/bind.ts';
import { mm } from '../../src/documents/pen.ts';
import { drawAlone, frame, layoutOf } from '../../src/documents/sheet.ts';
import { tickSize } from '../../src/documents/tick.ts';
import type { Language } from '../../src/kernel/sentence.ts';
import { drawnPages, type DrawnPage } from './drawn.ts';
import { eachSheet, everySheet } from './every-sheet.ts';
import * as groups from './group-examples.ts';
import { inked, rasters } from './raster.ts';
import { readBack } from './read.ts';

const drawn = new Map<string, Promise<Buffer>>();
const draw = async (name: string, language: Language): Promise<Buffer> =>
  drawAlone(await (everySheet[name]?.(language) ?? Promise.reject(new Error(name))));
/** Each is drawn once for all that is asked of it. */
function pdfOf(name: string, language: Language): Promise<Buffer> {
  const key = `${name} ${language}`;
  const made = drawn.get(key) ?? draw(name, language);
  drawn.set(key, made);
  return made;
}

describe.each(eachSheet)('the %s in %s', (name, language) => {
  test('is tagged, has a title, a language, bookmarks, and pages that say which they are', async () => {
    const pdf = await pdfOf(name, language);
    const read = await readBack(pdf);
    const sketch = await everySheet[name]?.(language);
    expect(read).toMatchObject({
      marked: true,
      language: language === 'ja' ? 'ja-JP' : 'en',
      title: sketch?.opening.title,
    });
    expect(read.roles).toEqual(expect.arrayContaining(['Document', 'H1', 'P']));
    if (sketch?.opening.foot === false) {
      // Letters: each is found by itself, and none counts its pages.
      expect(read.bookmarks).toHaveLength(read.pages.length);
      return;
    }
    expect(read.bookmarks[0]).toBe(read.title);
    read.pages.forEach((page, i) => {
      const [at, of] = [i + 1, read.pages.length].map(String);
      expect(page).toContain(
        language === 'ja' ? `${at ?? ''} / ${of ?? ''} ページ` : `Page ${at ?? ''} of ${of ?? ''}`,
      );
      if (sketch?.opening.mark) expect(page.slice(-80)).toContain(sketch.opening.mark);
    });
  });

  test('is the same file from the same data', async () => {
    const first = await pdfOf(name, language);
    await draw('blank questionnaire', 'ja');
    expect((await draw(name, language)).equals(first)).toBe(true);
  });

  test('is small', async () => {
    expect((await pdfOf(name, language)).length).toBeLessThan(150_000);
  });

  test('is read in the order in which it stands on the page', async () => {
    for (const page of await drawnPages(await pdfOf(name, language))) expect(jumps(page)).toEqual([]);
  });

  test('has all its words inside the margins and none too small to read', async () => {
    for (const { words } of await drawnPages(await pdfOf(name, language))) {
      for (const { text, x, y, width, size } of words) {
        expect([text, size >= 9.99]).toEqual([text, true]);
        expect([text, x >= frame.left - 0.5, x + width <= frame.right + 0.5]).toEqual([text, true, true]);
        expect([text, y - size >= frame.top - 3, y <= 841 - mm(5)]).toEqual([text, true, true]);
      }
    }
  });

  test('has every empty square as a box with room for a pen, and none as a letter', async () => {
    for (const { words, squares } of await drawnPages(await pdfOf(name, language))) {
      // Running text may speak of a box: 「あてはまる□に」.
      const said = words
        .map(({ text }) => text)
        .join('')
        .replaceAll(/□に/gu, '');
      expect(/.{0,9}[□☐◻▢]/u.exec(said)?.[0]).toBeUndefined();
      for (const side of squares) expect(side).toBeGreaterThanOrEqual(mm(4.5));
    }
  });

  test('comes through a fax of 204 by 98 dots to the inch, black and white', async () => {
    const pdf = await pdfOf(name, language);
    const pages = await drawnPages(pdf);
    const fax = await rasters(pdf, 204, 98);
    expect(fax).toHaveLength(pages.length);
    pages.forEach(({ words, lines }, i) => {
      const raster = fax[i];
      if (!raster) throw new Error('A page is missing');
      // The outermost five millimetres are what no machine prints.
      const edge = mm(5);
      for (const box of [
        { x: 0, y: 0, width: 595, height: edge },
        { x: 0, y: 841 - edge, width: 595, height: edge },
        { x: 0, y: 0, width: edge, height: 841 },
        { x: 595 - edge, y: 0, width: edge, height: 841 },
      ])
        expect(inked(raster, box)).toBe(0);
      for (const { text, x, y, width, size } of words) {
        const ink = inked(raster, { x, y: y - size * 0.85, width, height: size });
        // A dash or a dot is little ink; nothing at all is a word that is gone, and half black one that has run together.
        expect([text, ink > (/^[\s\p{P}ー－―1一]+$/u.test(text) ? 0.005 : 0.05), ink < 0.55]).toEqual([
          text,
          true,
          true,
        ]);
      }
      for (const line of lines.filter((one) => one.thickness >= 0.5)) {
        // The dots of a chart stand on its lines.
        expect([line, whiteAlong(raster, line) < 0.1]).toEqual([line, true]);
      }
    });
  });
});

/** Where a reader is led back up: the next piece stands above the one before and not beside it. */
function jumps({ words, order }: DrawnPage): string[] {
  const placed = order.flatMap((tag) => {
    const first = words.find((word) => word.tag === tag);
    return first ? [first] : [];
  });
  return placed.flatMap((word, i) => {
    const before = placed[i - 1];
    const isBack = before && word.y < before.y - before.size && word.x < before.x + 20;
    return isBack ? [`${before.text} → ${word.text}`] : [];
  });
}

/** The part of a line at which nothing within one dot of it is black. */
function whiteAlong(raster: Parameters<typeof inked>[0], line: DrawnPage['lines'][number]): number {
  const [across, down] = [raster.width / 595.28, raster.height / 841.89];
  const isFlat = Math.abs(line.y - line.toY) < 0.01;
  const [from, to] = isFlat
    ? [Math.min(line.x, line.toX) * across, Math.max(line.x, line.toX) * across]
    : [Math.min(line.y, line.toY) * down, Math.max(line.y, line.toY) * down];
  let white = 0;
  for (let at = Math.ceil(from) + 1; at < Math.floor(to) - 1; at++) {
    const near = [-1, 0, 1].some((aside) => {
      const [x, y] = isFlat
        ? [at, Math.floor(line.y * down) + aside]
        : [Math.floor(line.x * across) + aside, at];
      return raster.black[y * raster.width + x] === 1;
    });
    if (!near) white++;
  }
  return white / Math.max(1, to - from);
}

test.each([
  ['sheet that hands a person over', 2],
  ['letters of an invitation', 6],
  ['attendance list', 72],
  ['call list', 30],
])('the %s has its boxes: %i', async (name, boxes) => {
  const pages = await drawnPages(await pdfOf(name, 'ja'));
  expect(pages.flatMap(({ squares }) => squares)).toHaveLength(boxes);
});

test('every letter says where the boxes of its slip are, by its code', async () => {
  const sketch = await everySheet['letters of an invitation']?.('ja');
  const boxes = sketch ? layoutOf(sketch).boxes : [];
  expect(boxes.map(({ page, question, option }) => [page, question, option])).toEqual(
    groups.letters.letters.flatMap(({ code }, i) => ['yes', 'been', 'no'].map((one) => [i + 1, code, one])),
  );
});

test('a tick box has room for a pen: four and a half millimetres or more', () => {
  expect(tickSize).toBeGreaterThanOrEqual(mm(4.5));
});

test('sheets of two people in one file keep their own page numbers and stand under a bookmark for each', async () => {
  const sketches = async () =>
    [await everySheet['referral sheet']?.('ja'), await everySheet['blank consent form']?.('ja')].flatMap(
      (one) => one ?? [],
    );
  const bundles = async () => [
    { heading: '𠮷田 ハナ', sketches: await sketches() },
    { heading: '髙﨑 次郎', sketches: await sketches() },
  ];
  const binding = { language: 'ja', title: 'まとめて印刷', on: '2027-03-02', data: 'two' } as const;
  const pdf = await bind(binding, await bundles());
  const read = await readBack(pdf);
  expect(read.bookmarks).toEqual(['𠮷田 ハナ', '髙﨑 次郎']);
  const alone = await readBack(await pdfOf('referral sheet', 'ja'));
  expect(read.pages.slice(0, alone.pages.length)).toEqual(alone.pages);
  expect(read.pages).toHaveLength(
    2 * (alone.pages.length + (await readBack(await pdfOf('blank consent form', 'ja'))).pages.length),
  );
  expect(read.roles.filter((role) => role === 'Part').length).toBeGreaterThan(3);
  for (const page of await drawnPages(pdf)) expect(jumps(page)).toEqual([]);
  expect((await bind(binding, await bundles())).equals(pdf)).toBe(true);
});
