import { create } from 'qrcode/lib/core/qrcode.js';

const QUIET = 4;

/** A QR code as one path, dark on light in every theme: cameras read no inverted code. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const all = Array.from(
    { length: size * size },
    (_, index) => [index % size, Math.floor(index / size)] as const,
  );
  const path = all
    .filter(([x, y]) => modules.get(y, x))
    .map(([x, y]) => `M${x} ${y}h1v1h-1z`)
    .join('');
  const side = size + 2 * QUIET;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}>
      <rect class="ground" x={-QUIET} y={-QUIET} width={side} height={side} />
      <path d={path} shape-rendering="crispEdges" />
    </svg>
  );
}
