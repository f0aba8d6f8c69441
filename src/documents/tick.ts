import { mm, type Pen, type Tag } from './pen.ts';

/** Big enough to tick with a pen in a shaking hand. */
export const tickSize = mm(5);

/** A tick box as paths, since no font of ours has one. Its tag says in words whether it is ticked. */
export function tickBox(pen: Pen, tag: Tag, x: number, y: number, chosen: boolean): void {
  const at = (across: number, down: number) => [x + across * tickSize, y + down * tickSize] as const;
  pen.picture(tag, (doc) => {
    doc.lineWidth(1).rect(x, y, tickSize, tickSize).stroke('black');
    if (!chosen) return;
    doc.lineWidth(2.2).lineCap('round').lineJoin('round');
    doc
      .moveTo(...at(0.18, 0.52))
      .lineTo(...at(0.42, 0.78))
      .lineTo(...at(0.9, 0.06))
      .stroke('black');
    doc.lineCap('butt').lineJoin('miter');
  });
}
