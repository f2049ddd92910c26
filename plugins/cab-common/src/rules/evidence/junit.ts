import { SaxesParser } from 'saxes';
import type { EvidenceSays } from '../../contract';
import { clip, EvidenceFault } from './fault';
import { xmlText } from './text';

/** Deepest nesting that is read. */
const DEEPEST = 64;
/** Names that are listed. */
const MOST_NAMES = 20;
/** What is handed to the parser at once. */
const CHUNK = 64 * 1024;

type Tests = Extract<EvidenceSays, { kind: 'tests' }>;

const malformed = (reason: string) =>
  new EvidenceFault('EVIDENCE_MALFORMED', reason);

interface RunCase {
  name: string;
  failed: boolean;
  skipped: boolean;
  /** It failed, and passed when it ran again. */
  again: boolean;
}

class Counter {
  #depth = 0;
  #case: RunCase | undefined;
  #caseDepth = 0;
  readonly #says: Tests = {
    kind: 'tests',
    cases: 0,
    failed: 0,
    skipped: 0,
    failures: [],
    flaky: [],
  };

  open(name: string, attributes: Record<string, string>): void {
    this.#depth++;
    if (this.#depth > DEEPEST) {
      throw malformed(`is deeper than ${DEEPEST} levels`);
    }
    if (this.#depth === 1 && !['testsuites', 'testsuite'].includes(name)) {
      throw new EvidenceFault(
        'EVIDENCE_VERSION',
        `begins with ${clip(
          name,
          60,
        )}, and a JUnit report with testsuites or testsuite`,
      );
    }
    if (name === 'testcase') {
      if (this.#case) throw malformed('has a testcase within another');
      this.#case = {
        name: clip(`${attributes.classname ?? ''} ${attributes.name ?? ''}`),
        failed: false,
        skipped: false,
        again: false,
      };
      this.#caseDepth = this.#depth;
      return;
    }
    if (!this.#case) {
      // A suite that broke down before its cases did not pass.
      if (name === 'error' || name === 'failure') {
        this.#count({
          name: clip(attributes.message ?? 'suite'),
          failed: true,
          skipped: false,
          again: false,
        });
      }
      return;
    }
    if (this.#depth !== this.#caseDepth + 1) return;
    if (name === 'failure' || name === 'error') this.#case.failed = true;
    if (name === 'skipped') this.#case.skipped = true;
    if (name === 'flakyFailure' || name === 'flakyError') {
      this.#case.again = true;
    }
  }

  close(name: string): void {
    this.#depth--;
    if (name !== 'testcase' || !this.#case) return;
    this.#count(this.#case);
    this.#case = undefined;
  }

  #count(each: RunCase): void {
    const says = this.#says;
    says.cases++;
    if (each.failed) {
      says.failed++;
      if (says.failures.length < MOST_NAMES) says.failures.push(each.name);
    } else if (each.skipped) says.skipped++;
    else if (each.again && says.flaky.length < MOST_NAMES) {
      says.flaky.push(each.name);
    }
  }

  result(): Tests {
    const { cases, skipped } = this.#says;
    if (cases === 0) {
      throw new EvidenceFault('EVIDENCE_EMPTY', 'no test case is in it');
    }
    if (skipped === cases) {
      throw new EvidenceFault(
        'EVIDENCE_EMPTY',
        `all ${cases} test cases were skipped`,
      );
    }
    return this.#says;
  }
}

/**
 * Reads a JUnit report. What a report declares to have run is not believed: its
 * cases are counted. A case that failed and passed when it ran again passed.
 * @public
 */
export function readJunit(bytes: Uint8Array): Tests {
  refuseDoctype(bytes);
  const text = xmlText(bytes);
  const counter = new Counter();
  const parser = new SaxesParser({ position: false });
  parser.on('error', error => {
    throw malformed(clip(error.message));
  });
  parser.on('doctype', () => {
    throw malformed('has a DOCTYPE');
  });
  parser.on('opentag', ({ name, attributes }) =>
    counter.open(name, attributes as Record<string, string>),
  );
  parser.on('closetag', ({ name }) => counter.close(name));
  for (let at = 0; at < text.length; at += CHUNK) {
    parser.write(text.slice(at, at + CHUNK));
  }
  parser.close();
  return counter.result();
}

/** Longest beginning in which a DOCTYPE is looked for. */
const PROLOG = 64 * 1024;

/**
 * The parser would hold a DOCTYPE to its end before it tells of it, so it is looked
 * for before anything is decoded. What stands there is ASCII in every encoding.
 */
function refuseDoctype(bytes: Uint8Array): void {
  const head = bytes.subarray(0, PROLOG).filter(each => each !== 0);
  const parts: string[] = [];
  for (let from = 0; from < head.length; from += 0x2000) {
    parts.push(String.fromCharCode(...head.subarray(from, from + 0x2000)));
  }
  const text = parts.join('');
  let at = 0;
  for (;;) {
    at = text.indexOf('<', at);
    if (at < 0) throw malformed('has no element where one has to be');
    let end: string;
    if (text.startsWith('<?', at)) end = '?>';
    else if (text.startsWith('<!--', at)) end = '-->';
    else if (text.startsWith('<!', at)) throw malformed('has a DOCTYPE');
    else return;
    at = text.indexOf(end, at + 2);
    if (at < 0) throw malformed('does not get to its first element');
    at += end.length;
  }
}
