import type { Drawn } from '../files/picture.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { longDay } from './dates.ts';
import { grid } from './grid.ts';
import { mm } from './pen.ts';
import { frame, paragraph, room, type Sheet } from './sheet.ts';
import { consentText } from './consent-text.ts';
import { text } from './text.ts';

/** Who signed; a proxy says how they are related and why the person could not sign. */
export type Signer =
  | Readonly<{ kind: 'person'; name: string; on?: string }>
  | Readonly<{ kind: 'proxy'; name: string; relation: string; reason: string; on?: string }>;

/** The words of a sheet as whoever signs it is spoken to. */
export type Say = (sentence: Sentence) => string;

/** The signature as drawn on the screen, with the signer's name in print; without an image a line takes its place. */
export function signed(
  sheet: Sheet,
  signer: Signer,
  ink: Drawn | undefined,
  say: Say = (words) => words[sheet.language],
): void {
  const { pen, language } = sheet;
  const proxy = signer.kind === 'proxy' ? signer : undefined;
  const height = mm(12);
  room(sheet, height + (proxy ? 100 : 60));
  paragraph(sheet, say(proxy ? consentText.signedByProxy : consentText.signedBy), {
    style: sheet.styles.label,
    after: 0,
  });
  if (ink) {
    const { bytes, width: across, height: down } = ink;
    const scale = Math.min(height / down, mm(90) / across);
    const [x, y] = [frame.left + 8, sheet.y + height - down * scale - 2];
    const bbox = [x, y, x + across * scale, y + down * scale];
    const figure = pen.tag(pen.root, 'Figure', {
      alt: consentText.signatureAlt(signer.name)[language],
      bbox,
    });
    pen.picture(figure, (doc) => doc.image(bytes, x, y, { width: across * scale }));
  }
  sheet.y += height;
  grid(
    sheet,
    [
      [
        { label: say(text.name), value: signer.name, style: sheet.styles.strong },
        { label: say(consentText.signedOn), value: signer.on && longDay(signer.on, language) },
      ],
      [{ label: say(consentText.relation), value: proxy?.relation }],
      [{ label: say(consentText.proxyReason), value: proxy?.reason }],
    ],
    108,
  );
}

/** Room to sign with a pen: the person on the left, whoever signs in their place on the right. */
export function toSign(
  sheet: Sheet,
  more: string | undefined,
  say: Say = (words) => words[sheet.language],
): void {
  const right = { x: frame.left + frame.width / 2 + 8, width: frame.width / 2 - 8 };
  paragraph(sheet, say(consentText.onlyProxy), { ...right, style: sheet.styles.label, after: 0 });
  const rows = [
    [say(consentText.signedBy), say(consentText.signedByProxy)],
    [say(consentText.signedOn), say(consentText.relation)],
    [more, say(consentText.proxyReason)],
  ];
  for (const [own, proxy = ''] of rows) {
    room(sheet, cell);
    if (own !== undefined) toWrite(sheet, own, { x: frame.left, width: frame.width / 2 - 8 });
    toWrite(sheet, proxy, right);
    sheet.y += cell;
  }
}

const cell = mm(14);

/** A label with room to write under it, down to a line. */
function toWrite({ pen, y, styles }: Sheet, label: string, { x, width }: { x: number; width: number }): void {
  pen.write(pen.tag(pen.root, 'P'), [label], { x, y: y + 2, width }, { ...styles.label, leading: 13 });
  pen.rule(x, y + cell, width);
}
