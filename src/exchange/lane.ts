export type Lane = Readonly<{ wake: () => void; end: () => Promise<void> }>;

/**
 * Work that is done as often as somebody wakes it, never twice at once: woken while it runs, it runs once more. What is slow
 * has a lane of its own and holds up nothing else. `stopped` lets go what would otherwise be waited for.
 */
export function makeLane(
  work: (isStopping: () => boolean, stopped: AbortSignal) => Promise<void>,
  failed: (error: unknown) => void,
): Lane {
  let running: Promise<void> | undefined;
  let again = false;
  const end = new AbortController();
  const isStopping = (): boolean => end.signal.aborted;
  const wake = (): void => {
    if (isStopping()) return;
    if (running) {
      again = true;
      return;
    }
    running = work(isStopping, end.signal)
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
      end.abort();
      await running;
    },
  };
}
