/** The training may wait for its batches for so much of its time. */
const MOST_WAITING = 0.03;
/** The first steps trace and warm up: what they take says little. */
const WARM_UP = 3;
const JUDGED = 16;

export interface WaitWatch {
  /** Starts the clock of one wait; the function returned stops it, and is true if the training has waited too long so far. */
  begin(): () => boolean;
}

/** Watches how much of the time between its calls is spent waiting. */
export function waitWatch(now: () => number = () => performance.now()): WaitWatch {
  let [count, since, waited] = [0, 0, 0];
  return {
    begin() {
      const start = now();
      count += 1;
      if (count === WARM_UP) since = start;
      return () => {
        if (count < WARM_UP) return false;
        waited += now() - start;
        return count >= WARM_UP + JUDGED && waited > MOST_WAITING * (start - since);
      };
    },
  };
}
