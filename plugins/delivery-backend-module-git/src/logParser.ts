import { TextDecoder } from 'node:util';

/** A commit as `git log` prints it in {@link LOG_FORMAT}. */
export interface CommitRecord {
  sha: string;
  parents: string[];
  /** Unix seconds; NaN where the commit holds no readable time. */
  authored: number;
  committed: number;
  email: string;
  title: string;
  /** Touched files; undefined where they are not listed or too many to keep. */
  paths?: string[];
}

/**
 * NUL before and between the fields: no title, path or address can hold one.
 * Unix times, because author clocks and zones are often broken beyond ISO 8601.
 */
export const LOG_FORMAT = '%x00%H%x00%P%x00%at%x00%ct%x00%ae%x00%s';

const FIELDS = 6;
/** Longest field that is kept, in UTF-16 code units. */
const LONGEST_FIELD = 65_536;
const MOST_PATHS = 5_000;
const LONGEST_PATH = 1_024;

/** Turns the output of `git log -z` into commits, piece by piece. */
export interface LogParser {
  /** Takes the next piece; returns the commits it completes. */
  push(chunk: Uint8Array): CommitRecord[];
  /** Takes the end; returns the last commit. Throws when it is cut off. */
  end(): CommitRecord[];
}

/**
 * The grammar, in tokens that end with NUL: a commit is an empty token, its six
 * fields, then its paths, the first of them behind a line break. No path is
 * empty, so an empty token always begins the next commit.
 *
 * @param withPaths - whether `--name-only` was asked for
 */
export function createLogParser(withPaths: boolean): LogParser {
  const decoder = new TextDecoder();
  let rest = '';
  let fields: string[] | undefined;
  let paths: string[] = [];
  let pathsFit = true;
  let done: CommitRecord[] = [];

  const finish = () => {
    if (!fields) return;
    if (fields.length < FIELDS) throw new Error('git log was cut off');
    done.push({
      ...toRecord(fields),
      ...(withPaths && pathsFit && { paths }),
    });
    fields = undefined;
  };

  const takePath = (token: string) => {
    const path =
      paths.length === 0 && pathsFit && token.startsWith('\n')
        ? token.slice(1)
        : token;
    pathsFit &&= paths.length < MOST_PATHS && path.length <= LONGEST_PATH;
    if (pathsFit) paths.push(path);
  };

  const take = (token: string) => {
    if (fields && fields.length < FIELDS) {
      fields.push(token);
    } else if (token === '') {
      finish();
      fields = [];
      paths = [];
      pathsFit = true;
    } else if (fields) {
      takePath(token);
    } else {
      throw new Error('git log printed something unexpected');
    }
  };

  const takeText = (text: string) => {
    // What was kept is not looked through again: a long field comes in many pieces.
    const tokens = text.split('\0');
    const open = tokens.pop() ?? '';
    for (const token of tokens) {
      take(rest + token);
      rest = '';
    }
    if (rest.length < LONGEST_FIELD) {
      rest = (rest + open).slice(0, LONGEST_FIELD);
    }
  };

  const handOver = () => {
    const records = done;
    done = [];
    return records;
  };

  return {
    push(chunk) {
      takeText(decoder.decode(chunk, { stream: true }));
      return handOver();
    },
    end() {
      takeText(decoder.decode());
      if (rest !== '') take(rest);
      finish();
      return handOver();
    },
  };
}

const SHA = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

function toRecord([
  sha,
  parents,
  authored,
  committed,
  email,
  title,
]: string[]): CommitRecord {
  if (!SHA.test(sha)) throw new Error('git log printed no sha');
  return {
    sha,
    parents: parents === '' ? [] : parents.split(' '),
    authored: toSeconds(authored),
    committed: toSeconds(committed),
    email,
    title,
  };
}

function toSeconds(text: string): number {
  return /^-?\d{1,16}$/.test(text) ? Number(text) : NaN;
}
