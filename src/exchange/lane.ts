export type Lane = Readonly<{ wake: () => void; end: () => Promise<void> }>;

/**
 * Work that is done as often as somebody wakes it, never twice at once: woken while it runs, it runs once more. What is slow
 * has a lane of its own and holds up nothing else.
 */
export function makeLane(
  work: (isStopping: () => boolean) => Promise<void>,
  failed: (error: unknown) => void,
): Lane {
  let running: Promise<void> | undefined;
  let again = false;
  let stopping = false;
  const wake = (): void => {
    if (stopping) return;
    if (running) {
      again = true;
      return;
    }
    running = work(() => stopping)
      .catch(failed)
      .finally(() => {
        running = undefined;
        if (!again) return;
        again = false;
        wake();
      });
  };
  return {
    wake,
    end: async () => {
      stopping = true;
      await running;
    },
  };
}
