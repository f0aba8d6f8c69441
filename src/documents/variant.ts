/** How a form is printed: in which of its languages, and whether with readings above its words. */
export type Variant = Readonly<{ tongue: string; furigana: boolean }>;

const mark = 'furigana';

/** As one tag of BCP 47, by which a printed sheet is known again: `ja`, `ja-x-easy`, `ja-x-easy-furigana`. */
export const variantTag = ({ tongue, furigana }: Variant): string =>
  furigana ? `${tongue}${tongue.includes('-x-') ? '' : '-x'}-${mark}` : tongue;

export function readVariant(tag: string): Variant {
  const furigana = tag.endsWith(`-${mark}`);
  const tongue = furigana ? tag.slice(0, -mark.length - 1).replace(/-x$/, '') : tag;
  return { tongue, furigana };
}
