import { texts } from '../texts/texts.js';
import { formatNumber, formatPoint } from './time.js';

interface Point {
  at: string;
  value: number;
}

interface Props {
  label: string;
  points: readonly Point[];
  by: 'hour' | 'day';
  tone: 'accent' | 'bad';
}

const HEIGHT = 100;
const STEP = 10;
const GAP = 2;

/** Bars of a figure over time, with its highest value and the first and last time as text. */
export function Plot({ label, points, by, tone }: Props) {
  const words = texts.overview;
  const highest = points.reduce<Point | undefined>(
    (best, point) => (best === undefined || point.value > best.value ? point : best),
    undefined,
  );
  const total = points.reduce((sum, { value }) => sum + value, 0);
  const top = highest?.value ?? 0;
  const description =
    highest === undefined || total === 0
      ? words.plotEmpty(label)
      : words.plot(label, formatNumber(total), formatNumber(top), formatPoint(highest.at, by));
  const [first, last] = [points[0], points.at(-1)];
  return (
    <figure class={`plot ${tone}`}>
      <p aria-hidden="true">{formatNumber(top)}</p>
      <svg
        role="img"
        aria-label={description}
        viewBox={`0 0 ${points.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {points.map(({ at, value }, index) => {
          const height = top === 0 ? 0 : Math.max(value === 0 ? 0 : 2, (value / top) * HEIGHT);
          return (
            <g key={at}>
              <title>{`${formatPoint(at, by)}: ${formatNumber(value)}`}</title>
              <rect class="ground" x={index * STEP} y={0} width={STEP} height={HEIGHT} />
              <rect x={index * STEP + GAP / 2} y={HEIGHT - height} width={STEP - GAP} height={height} />
            </g>
          );
        })}
      </svg>
      <p class="times" aria-hidden="true">
        <span>{first && formatPoint(first.at, by)}</span>
        <span>{last && formatPoint(last.at, by)}</span>
      </p>
    </figure>
  );
}
