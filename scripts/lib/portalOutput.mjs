import { isStopping } from './lifecycle.mjs';
import { say } from './say.mjs';

const shorten = line => (line.length > 200 ? `${line.slice(0, 199)}…` : line);
const trouble = /\b(warn|error|fatal)\b|^\[fawkes\]|^\s*×/i;

/**
 * What of a program's output a person wants to see. While it starts: a sign of life. Afterwards: trouble, and all that
 * the frontend's compiler says. With `verbose`: everything.
 */
export function listenTo(name, { verbose, bar }) {
  let started = false;
  const faults = [];
  const show = line => console.log(`[${name}] ${shorten(line)}`);

  const onLine = line => {
    if (verbose) show(line);
    else if (!started) {
      bar.note(`${name}: ${line.slice(0, 90)}`);
      // A frontend that does not compile is served all the same, with an error page.
      if (/^ERROR in|^\s*×/.test(line)) faults.push(line);
    } else if (!isStopping() && (name === 'frontend' || trouble.test(line))) {
      show(line);
    }
  };

  const markStarted = () => {
    started = true;
    say(`The ${name} answers`);
    if (faults.length === 0) return;
    say(`The ${name} does not compile (all of it: .data/logs/${name}.log):`);
    faults.slice(0, 12).forEach(show);
  };
  return { onLine, markStarted };
}
