import sharp, { type Sharp } from 'sharp';

/** A picture in grey: one byte a pixel, 0 is black; pixels are square. */
export type Grey = Readonly<{ data: Uint8Array; width: number; height: number }>;
export type Point = Readonly<{ x: number; y: number }>;

/** Pixels a side of a page as it is worked on: A4 at 200 dots to the inch, and a little. */
export const longestSide = 2400;

export const rawOf = ({ data, width, height }: Grey): Sharp =>
  sharp(data, { raw: { width, height, channels: 1 } });

export async function greyOf(picture: Sharp): Promise<Grey> {
  const { data, info } = await picture
    .flatten({ background: '#ffffff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    data: info.channels === 1 ? data : everyOf(data, info.channels),
    width: info.width,
    height: info.height,
  };
}

const everyOf = (data: Uint8Array, channels: number): Uint8Array =>
  Uint8Array.from({ length: data.length / channels }, (_, i) => data[i * channels] ?? 255);

/** Turned clockwise by whole quarters. */
export const turned = async (grey: Grey, quarters: number): Promise<Grey> =>
  quarters % 4 === 0 ? grey : greyOf(rawOf(grey).rotate((((quarters % 4) + 4) % 4) * 90));

/**
 * In black and white, without what is at most two points high: a line that a machine drew across the eyes of a code hides it.
 * Each point becomes what most of the five above each other are.
 */
export function withoutLines({ data, width, height }: Grey): Grey {
  const clean = new Uint8Array(data.length).fill(255);
  const isDark = (at: number): number => ((data[at] ?? 255) < 128 ? 1 : 0);
  for (let at = 2 * width; at < (height - 2) * width; at++) {
    const dark =
      isDark(at - 2 * width) + isDark(at - width) + isDark(at) + isDark(at + width) + isDark(at + 2 * width);
    if (dark > 2) clean[at] = 0;
  }
  return { data: clean, width, height };
}

/** In sixteen greys: a noisy fax takes half the room, and looks the same. */
export const pngOf = ({ data, ...size }: Grey): Promise<Buffer> =>
  rawOf({ ...size, data: data.map((value) => Math.round(value / 17) * 17) })
    .png({ compressionLevel: 6 })
    .toBuffer();
