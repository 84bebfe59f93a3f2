import { language, texts } from '../texts/texts.js';
import { setLanguage, setTheme, theme, THEMES } from './preferences.js';

/** Language and theme. */
export function Switches() {
  const current = theme.use();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <div class="switches">
      <button type="button" class="small" lang={other} onClick={() => setLanguage(other)}>
        {texts.common.otherLanguage}
      </button>
      <select
        aria-label={texts.common.theme}
        class="small"
        value={current}
        onChange={({ currentTarget }) =>
          setTheme(THEMES.find((each) => each === currentTarget.value) ?? 'system')
        }
      >
        {THEMES.map((each) => (
          <option key={each} value={each}>
            {texts.common.themes[each]}
          </option>
        ))}
      </select>
    </div>
  );
}
