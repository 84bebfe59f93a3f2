let inTap = false;

/** Notes that the handlers of a tap run now. */
export function beginTap(): void {
  inTap = true;
  setTimeout(() => {
    inTap = false;
  });
}

/** Whether the handler of a tap runs, without a wait since the tap. */
export const isInTap = (): boolean => inTap;
