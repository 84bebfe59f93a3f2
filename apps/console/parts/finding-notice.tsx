import type { Finding } from '../api/types.js';
import { texts } from '../texts/texts.js';

/** What a check has found, with its cause and its fix. The service writes them in the language of the page. */
export function FindingNotice({ finding }: { finding: Finding }) {
  const { code, is_hint, title, about, cause, fix } = finding;
  return (
    <div class={is_hint ? 'problem hint' : 'problem'}>
      <p>
        <strong>{title}</strong> {code !== undefined && <code class="muted">{code}</code>}
      </p>
      {about !== null && (
        <p>
          <code>{about}</code>
        </p>
      )}
      <dl class="facts">
        <dt>{texts.common.cause}</dt>
        <dd>{cause}</dd>
        <dt>{texts.common.fix}</dt>
        <dd>{fix}</dd>
      </dl>
    </div>
  );
}
