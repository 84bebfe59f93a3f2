/** Colours of the built-in avatars: background, then foreground. */
const PALETTE: readonly (readonly [string, string])[] = [
  ['#ffd6a5', '#c2410c'],
  ['#bde0fe', '#1d4ed8'],
  ['#caffbf', '#15803d'],
  ['#e0c3fc', '#7e22ce'],
  ['#ffc8dd', '#be185d'],
  ['#d6e2e9', '#334155'],
];

/** The pictures that the phone offers to choose from: name of the file → data URL. */
export const AVATARS: ReadonlyMap<string, string> = new Map(
  PALETTE.map(([back, front], index) => [`avatar-${index + 1}.svg`, draw(back, front)]),
);

function draw(back: string, front: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="${back}"/><circle cx="48" cy="38" r="17" fill="${front}"/><path d="M14 96c0-21 15-34 34-34s34 13 34 34z" fill="${front}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
