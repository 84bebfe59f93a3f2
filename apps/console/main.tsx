import { render } from 'preact';
import { watchAttention } from './state/attention.js';
import { findSession } from './state/session.js';
import { App } from './shell/app.js';
import { showTheme } from './shell/preferences.js';
import { language } from './texts/texts.js';

document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
showTheme();
watchAttention();
void findSession();
const place = document.getElementById('console');
if (place) render(<App />, place);
