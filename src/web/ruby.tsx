import { rubyOf } from '../kernel/japan/readings.ts';
import type { Content } from './content.ts';
import { speak, type View, type Words } from './view.ts';

/**
 * Words for a page, with readings above them where the reader wishes so and the sentence says how it is read. Whoever
 * listens hears the words only: their voice reads kanji by itself, and would say everything twice.
 */
export function shown(view: View, words: Words): Content {
  const said = speak(view, words);
  const pieces =
    view.furigana === true && typeof words !== 'string' ? rubyOf(words.readings, said) : undefined;
  if (pieces === undefined) return said;
  return pieces.map(({ base, reading }, i) =>
    reading === undefined ? (
      base
    ) : (
      <ruby key={i}>
        {base}
        <rt aria-hidden="true">{reading}</rt>
      </ruby>
    ),
  );
}
