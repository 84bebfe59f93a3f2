/** Links of which one is chosen. */
export function Segments<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [value: T, text: string])[];
  hrefOf: (value: T) => string;
}) {
  return (
    <nav class="segments" aria-label={props.label}>
      {props.options.map(([value, text]) => (
        <a key={value} href={props.hrefOf(value)} aria-current={value === props.value ? 'true' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
