/** Values of which several can be chosen. */
export function Checks(props: { legend: string; name: string; values: readonly string[] }) {
  return (
    <fieldset>
      <legend>{props.legend}</legend>
      <div class="checks">
        {props.values.map((value) => (
          <label key={value} class="check">
            <input type="checkbox" name={props.name} value={value} /> <code>{value}</code>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
