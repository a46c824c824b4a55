/** Calls `act` once things have been quiet for `delayMilliseconds` since the last call of what it returns. */
export function debounce(delayMilliseconds: number, act: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, delayMilliseconds);
    timer.unref();
  };
}
