import { useEffect, useState } from 'preact/hooks';
import { useSession } from '../state/session.js';
import { PasswordPage } from '../pages/password/password-page.js';
import { Page } from '../parts/page.js';
import { Toast } from '../parts/toast.js';
import { texts } from '../texts/texts.js';
import { Account } from './account.js';
import { Brand } from './brand.js';
import { entryOf, menuOf } from './menu.js';
import { hrefOf, useRoute } from './router.js';
import { StepUpDialog } from './step-up-dialog.js';
import { Switches } from './switches.js';

/** The menu, the operator, and one page. */
export function Frame() {
  const { page, id } = useRoute();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(false), [page, id]);
  return (
    <div class="frame">
      <a class="skip" href="#main" onClick={skip}>
        {texts.common.skip}
      </a>
      <header class={isOpen ? 'bar open' : 'bar'}>
        <Brand />
        <button type="button" class="menu-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {texts.common.menu}
        </button>
        <div class="menu">
          <Menu current={page} />
          <div class="menu-foot">
            <Account />
            <Switches />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <CurrentPage key={`${page}/${id}`} page={page} id={id} />
      </main>
      <Toast />
      <StepUpDialog />
    </div>
  );
}

/** The hash of the address is the page: the link must not change it. */
function skip(event: Event) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Menu({ current }: { current: string }) {
  const entries = menuOf(useSession());
  const groups = [...new Set(entries.map(({ group }) => group))];
  const start = entries[0]?.page;
  return (
    <nav aria-label={texts.common.menu}>
      {groups.map((group) => (
        <section key={group} aria-label={texts.common.groups[group]}>
          <p class="group">{texts.common.groups[group]}</p>
          <ul>
            {entries
              .filter((entry) => entry.group === group)
              .map(({ page }) => (
                <li key={page}>
                  <a href={hrefOf(page)} aria-current={page === (current || start) ? 'page' : undefined}>
                    {texts.common.pages[page]}
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function CurrentPage({ page, id }: { page: string; id: string | undefined }) {
  const session = useSession();
  if (page === 'password') return <PasswordPage />;
  const entry = page === '' ? menuOf(session)[0] : entryOf(page);
  const words = texts.common;
  if (!entry) {
    return (
      <Page title={words.notFound.title}>
        <p>
          <a href="#/">{words.notFound.back}</a>
        </p>
      </Page>
    );
  }
  if (!session.scopes.includes(entry.scope)) {
    return (
      <Page title={words.pages[entry.page]}>
        <p class="empty">{words.notAllowed(words.roles[session.operator.role])}</p>
      </Page>
    );
  }
  return entry.One && id !== undefined ? <entry.One id={id} /> : <entry.Page />;
}
