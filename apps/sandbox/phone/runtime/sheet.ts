import { html } from '../html.js';

/** What closes a sheet and says how: the index of what was chosen, or undefined where it was given up. */
export type Choose = (choice?: number) => void;

/**
 * Opens something over the mini-program that waits for an answer: a dialog of the browser, so the focus stays in it and
 * Escape gives it up.
 * @param build puts the content together; its buttons call `choose`
 */
export function openSheet(
  className: string,
  label: string,
  build: (choose: Choose) => Node[],
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const dialog = html('dialog', `sheet ${className}`);
    dialog.ariaLabel = label;
    let chosen: number | undefined;
    dialog.append(
      ...build((choice) => {
        chosen = choice;
        dialog.close();
      }),
    );
    dialog.addEventListener('click', ({ target }) => {
      if (target === dialog && !dialog.classList.contains('modal')) dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(chosen);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
