import { None } from './none.js';

/** Short values next to each other, such as appids. */
export function Tags({ values }: { values: readonly string[] }) {
  if (values.length === 0) return <None />;
  return (
    <span class="tags">
      {values.map((value) => (
        <code key={value}>{value}</code>
      ))}
    </span>
  );
}
