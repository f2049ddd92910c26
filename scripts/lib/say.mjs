const begunAt = performance.now();
let out = process.stdout;
const isInteractive = () => Boolean(out.isTTY) && !process.env.CI;

/** For commands whose standard output is for programs: what is said on the way goes to the other one. */
export function sayOnStderr() {
  out = process.stderr;
}

/** Seconds since the script began. */
export const elapsedSeconds = () => (performance.now() - begunAt) / 1000;

export const formatSeconds = seconds =>
  seconds < 60
    ? `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
    : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;

/** 12,345 */
export const thousands = number => number.toLocaleString('en-US');

/** Steps in progress, the newest last; only that one is redrawn. */
const steps = [];
const clearLine = () => {
  if (isInteractive() && steps.length > 0) out.write('\r\x1b[K');
};

/** One line with the time since the start in front of it. */
export function say(text) {
  clearLine();
  out.write(`[${formatSeconds(elapsedSeconds()).padStart(7)}] ${text}\n`);
}

/**
 * Keeps a person informed while something takes long: one line that is redrawn every second in a terminal, or a line
 * every ten seconds in a log. `note` tells what is going on inside the step.
 */
export function progress(label) {
  const stepBegunAt = performance.now();
  let detail = '';
  const seconds = () => (performance.now() - stepBegunAt) / 1000;
  const line = () =>
    `${label} … ${formatSeconds(seconds())}${detail ? ` · ${detail}` : ''}`;

  say(`${label} …`);
  const step = {};
  steps.push(step);
  const timer = setInterval(
    () => {
      if (steps.at(-1) !== step) return;
      if (isInteractive()) {
        const width = (out.columns ?? 100) - 1;
        out.write(`\r\x1b[K${line().slice(0, width)}`);
      } else {
        say(line());
      }
    },
    isInteractive() ? 1_000 : 10_000,
  );
  timer.unref();

  const end = text => {
    clearInterval(timer);
    clearLine();
    if (steps.includes(step)) steps.splice(steps.indexOf(step), 1);
    if (text) say(text);
  };
  return {
    note(text) {
      detail = text;
    },
    seconds,
    done: (text = `${label}: done`) =>
      end(`${text} (${formatSeconds(seconds())})`),
    stop: () => end(),
  };
}
