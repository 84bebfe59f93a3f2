import { html, htmlButton } from '../../html.js';
import { texts } from '../texts.js';
import { STORIES, type StoryId } from './stories.js';

const words = texts.stories;

/**
 * The stories as buttons, and what the one that plays says before and after.
 * @param play plays a story to its end
 */
export function storyBar(play: (id: StoryId) => Promise<void>): HTMLElement {
  const caption = html('div', 'caption waiting', html('p', 'before', words.intro));
  caption.role = 'status';
  const ids = Object.keys(STORIES) as StoryId[];
  const buttons = ids.map((id) => htmlButton('', words.list[id].name, () => void start(id)));

  async function start(id: StoryId): Promise<void> {
    const { before, after } = words.list[id];
    for (const [index, button] of buttons.entries()) {
      button.disabled = true;
      button.ariaPressed = String(ids[index] === id);
    }
    caption.className = 'caption playing';
    caption.replaceChildren(html('p', 'before', before));
    try {
      await play(id);
      buttons[ids.indexOf(id)]?.classList.add('played');
      end('over', after);
    } catch (error) {
      end('failed', error instanceof Error ? error.message : String(error));
    }
    for (const button of buttons) button.disabled = false;
  }

  /** Writes what it says after a story beside what it said before. */
  function end(state: 'over' | 'failed', text: string): void {
    caption.className = `caption ${state}`;
    caption.append(html('p', 'after', text));
  }

  return html(
    'section',
    'stories card',
    html('div', 'story-buttons', html('h2', '', words.title), ...buttons),
    caption,
  );
}
