import type { Masked, Protected } from './linked.ts';

/** A published count goes up in steps of this many people. */
export const step = 10;

/**
 * Rounds every published count down to a step and hides what is below the first one, zeros too. The masks look at one
 * edition of the figures; two editions read side by side would still tell what was added between them, to the person.
 * In steps, each number stays possible for at least `step` different counts, and so does the difference of two: an
 * increase is known to nine people more or fewer, and nothing tells a row's first person. The same holds between bodies,
 * such as a council less one of its municipalities. Says less than the masked figures everywhere, so what is hidden there
 * stays hidden. (Rounding against differencing: SDC handbook, Hundepool et al., 2012, 5.2.)
 */
export const coarsen = (figures: Protected): Protected => ({
  ...figures,
  cells: figures.cells.map((row) => row.map(inSteps)),
  rowTotals: figures.rowTotals.map(inSteps),
  columnTotals: figures.columnTotals.map(inSteps),
  total: inSteps(figures.total),
});

const inSteps = (number: Masked): Masked =>
  number.kind === 'masked' || number.value < step
    ? { kind: 'masked' }
    : { kind: 'shown', value: number.value - (number.value % step) };

/** The counts that a reader has to reckon with behind a published number. */
export const possible = (number: Masked): Readonly<{ least: number; most: number }> =>
  number.kind === 'masked'
    ? { least: 0, most: Infinity }
    : { least: number.value, most: number.value + step - 1 };
