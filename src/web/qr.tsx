import type { JSX } from 'preact';
import QRCode from 'qrcode';

/** An address as a QR code, drawn as one path with the quiet zone of four modules; `label` says it to whoever can't see it. */
export function QrCode({ address, label }: Readonly<{ address: string; label: string }>): JSX.Element {
  const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' });
  const size = modules.size + 8;
  const path: string[] = [];
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column)) path.push(`M${String(column + 4)} ${String(row + 4)}h1v1h-1z`);
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      width="280"
      height="280"
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  );
}
