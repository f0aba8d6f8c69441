import type { Pen, Tag } from './pen.ts';

const nothing = (): void => undefined;
const tag = { dictionary: { data: {} }, add: nothing, end: nothing } as unknown as Tag;

/** A pen that leaves no trace: what is drawn with it tells how long a sheet becomes. */
export function measuringPen(): Pen {
  let pages = 0;
  const doc = {
    addPage: () => {
      pages++;
    },
    switchToPage: nothing,
  };
  return {
    doc: doc as unknown as Pen['doc'],
    root: tag,
    tag: () => tag,
    write: nothing,
    picture: () => tag,
    decorate: nothing,
    margin: nothing,
    rule: nothing,
    box: nothing,
    bar: nothing,
    bookmark: nothing,
    shelve: nothing,
    pages: () => pages,
    flush: nothing,
    close: () => Promise.resolve(Buffer.alloc(0)),
  };
}
