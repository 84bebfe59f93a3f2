import { useEffect, useState } from 'preact/hooks';
import { texts } from '../../texts/texts.js';

/** The recovery codes of an operator, to copy or to download. */
export function RecoveryCodes({ name, codes }: { name: string; codes: readonly string[] }) {
  const [href, setHref] = useState('');
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
    setHref(url);
    return () => URL.revokeObjectURL(url);
  }, [codes]);
  return (
    <>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <a class="button" href={href} download={`recovery-codes-${name}.txt`}>
        {texts.session.invitation.download}
      </a>
    </>
  );
}
