import type { JSX } from 'preact';
import { still } from './still.ts';

/** Line drawings on a 32 × 32 field, drawn for this product; they only stand beside words and are never read out. */
const drawings = {
  'person-alone': 'M16 5a4 4 0 1 0 0 8 4 4 0 0 0 0-8M9 27v-5a7 7 0 0 1 14 0v5M4 27h24',
  money: 'M16 4a12 12 0 1 0 0 24 12 12 0 0 0 0-24M11 9l5 7 5-7M16 16v8M12 17.5h8M12 21h8',
  house: 'M4 15 16 5l12 10M7 13v14h18V13M13 27v-8h6v8',
  meal: 'M4 15h24a12 9 0 0 1-24 0M11 26h10M12 10c-2-2 2-3 0-5M18 10c-2-2 2-3 0-5',
  car: 'M4 22v-5l3-7h16l4 7 1 1v4zM7 17h18M9.5 19.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M22.5 19.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5',
  work: 'M4 11h24v15H4zM12 11V7h8v4M4 17h9M19 17h9M13 15h6v4h-6z',
  heart: 'M16 27C7 20 4 16 4 11.5a6 6 0 0 1 12-2 6 6 0 0 1 12 2C28 16 25 20 16 27M9 15h4l2-3 3 6 2-3h3',
  care: 'M10 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M4 27v-6a6 6 0 0 1 9-5l5 4M23 10a3 3 0 1 0 0 6 3 3 0 0 0 0-6M17 27v-3a6 5 0 0 1 11 0v3',
  child:
    'M16 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M13.5 11h.1M18.5 11h.1M13.5 13.5a4 4 0 0 0 5 0M9 28v-3a7 6 0 0 1 14 0v3M16 5c0-2 2-2 2-1',
  walking:
    'M15 4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M14 12l-1 8-4 8M13 20l5 3 1 5M14 13l4 4h5M24 16v12M14 12l-5 5',
  memory:
    'M13 6a5 5 0 0 0-6 5 5 5 0 0 0-1 9 5 5 0 0 0 6 6c3 1 4-1 4-3V9c0-2-1-3-3-3M19 6a5 5 0 0 1 6 5 5 5 0 0 1 1 9 5 5 0 0 1-6 6c-3 1-4-1-4-3V9c0-2 1-3 3-3M10 13c2 0 3 1 3 3M22 13c-2 0-3 1-3 3',
  'phone-device':
    'M10 4h12a2 2 0 0 1 2 2v20a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2M14 24.5h4M8 21h16',
  shield: 'M16 4l11 4v8c0 6-4 10-11 12C9 26 5 22 5 16V8zM11 16l4 4 7-8',
  hospital: 'M6 28V9h20v19M3 28h26M13 28v-6h6v6M16 12v7M12.5 15.5h7M12 9V5h8v4',
  school: 'M2 12 16 6l14 6-14 6zM8 15v7c4 4 12 4 16 0v-7M28 13v9',
  star: 'm16 4 3.7 7.6 8.3 1.2-6 5.9 1.4 8.3L16 23l-7.4 4 1.4-8.3-6-5.9 8.3-1.2z',
  question: 'M16 4a12 12 0 1 0 0 24 12 12 0 0 0 0-24M12 13a4 4 0 1 1 5.5 3.7c-1 .5-1.5 1-1.5 2.3M16 23h.1',
} as const;

export type PictureName = keyof typeof drawings;

export const isPictureName = (value: string): value is PictureName => Object.hasOwn(drawings, value);

const draw = (name: PictureName, look: string): JSX.Element =>
  still(
    <svg class={look} viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>,
  );
const drawn = (look: string) =>
  new Map(Object.keys(drawings).map((name) => [name, draw(name as PictureName, look)]));
const pictures = { small: drawn('picture'), large: drawn('picture large') };

export function NeedPicture({
  name,
  large = false,
}: Readonly<{ name: PictureName; large?: boolean }>): JSX.Element | null {
  return pictures[large ? 'large' : 'small'].get(name) ?? null;
}
