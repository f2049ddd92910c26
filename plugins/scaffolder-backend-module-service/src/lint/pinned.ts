import {
  lineAt,
  UNRESOLVED,
  type Pin,
} from '@fawkes/backstage-plugin-provisioning-node';
import type { Found, LintRule, Severity } from './finding';
import type { LintTemplate, SkeletonFile } from './lintTemplate';

/** A text in which what `pins.json` says is filled in; same lines. */
function withPins(text: string, pins: readonly Pin[]): string {
  let filled = text;
  for (const { name, tag, pin } of pins) {
    for (const [field, value] of [
      ['tag', tag],
      ['pin', pin],
    ]) {
      for (const at of [
        `values.pins['${name}'].${field}`,
        `values.pins["${name}"].${field}`,
        `values.pins.${name}.${field}`,
      ]) {
        filled = filled.split(`\${{ ${at} }}`).join(value);
      }
    }
  }
  return filled;
}

/** How firmly something is held: by digest, by a tag that can be moved, or not at all. */
function judge(
  held: string | undefined,
  isDigest: RegExp,
): Severity | undefined {
  if (held !== undefined && isDigest.test(held)) return undefined;
  return held !== undefined && isVersionLike(held) ? 'warning' : 'error';
}

/** `v4`, `1.2.3`, `24-slim`: a tag. Not `main`, `latest`, `stable`. */
function isVersionLike(text: string): boolean {
  return /^v?[0-9]/.test(text);
}

const SHA = /^[0-9a-f]{40}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

function eachLine(
  { skeletons, pins }: LintTemplate,
  look: (
    file: SkeletonFile,
    line: string,
    stages: ReadonlySet<string>,
  ) => string | undefined,
  tell: (subject: string) => Pick<Found, 'severity' | 'message'> | undefined,
): Found[] {
  return skeletons.flatMap(({ files }) =>
    files.flatMap(file => {
      const text = withPins(file.text, pins);
      const stages = stagesOf(text);
      return text.split('\n').flatMap((line, index) => {
        const subject = look(file, line, stages);
        const told = subject === undefined ? undefined : tell(subject);
        return subject !== undefined && told
          ? [{ path: file.path, line: index + 1, subject, ...told }]
          : [];
      });
    }),
  );
}

/** An action that can change under its name. */
export const actionUnpinned: LintRule = {
  name: 'action-unpinned',
  severity: 'error',
  reason:
    'Whoever owns the branch or tag runs code in the pipeline, with its secrets',
  check: template =>
    eachLine(
      template,
      ({ name }, line) => {
        if (!isYaml(name)) return undefined;
        const used = valueAfter(line, 'uses:');
        // Of the same commit, or an image, which is another rule's.
        return used?.startsWith('./') || used?.startsWith('docker://')
          ? undefined
          : used;
      },
      used => {
        const at = used.lastIndexOf('@');
        const held = at < 0 ? undefined : used.slice(at + 1);
        if (held?.includes('${{')) return undefined;
        const severity = judge(held, SHA);
        return severity && { severity, message: messageFor(used, severity) };
      },
    ),
};

/** An image that can change under its name. */
export const imageUnpinned: LintRule = {
  name: 'image-unpinned',
  severity: 'error',
  reason:
    'Two builds of one commit are not the same, and nobody saw the change',
  check: template =>
    eachLine(
      template,
      ({ name }, line, stages) => imageIn(name, line, stages),
      image => {
        const severity = judgeImage(image);
        return severity && { severity, message: messageFor(image, severity) };
      },
    ),
};

function messageFor(subject: string, severity: Severity): string {
  return severity === 'warning'
    ? `${subject} is held by a tag, which can be moved; use a digest`
    : `${subject} is held by nothing; use a digest`;
}

function judgeImage(image: string): Severity | undefined {
  const [name, digest] = image.split('@');
  if (digest !== undefined) return judge(digest, DIGEST);
  const tag = name.slice(name.lastIndexOf('/') + 1).split(':')[1];
  return judge(tag, DIGEST);
}

/** The image that a line takes from elsewhere. */
function imageIn(
  name: string,
  line: string,
  stages: ReadonlySet<string>,
): string | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1);
  if (/^Dockerfile/.test(base) || base.endsWith('.Dockerfile')) {
    const words = line.trim().split(/\s+/);
    if (words[0]?.toUpperCase() !== 'FROM') return undefined;
    const image = words.slice(1).find(word => !word.startsWith('--'));
    return image === undefined || stages.has(image)
      ? undefined
      : foreign(image);
  }
  if (isYaml(name) || base === 'devcontainer.json') {
    const docker = valueAfter(line, 'uses:');
    if (docker?.startsWith('docker://')) return foreign(docker.slice(9));
    const image = valueAfter(line, isYaml(name) ? 'image:' : '"image":');
    // One word without tag is a name that an overlay replaces.
    return image === undefined || image === 'app' ? undefined : foreign(image);
  }
  return undefined;
}

/** The service's own image, and what is nothing or worked out by a pipeline, is not taken from elsewhere. */
function foreign(image: string): string | undefined {
  return image === 'scratch' || image === '' || /\$\{|\{%|\$[A-Z]/.test(image)
    ? undefined
    : image;
}

/** Names that a Dockerfile gives to stages of its own. */
function stagesOf(text: string): Set<string> {
  return new Set(
    text.split('\n').flatMap(line => {
      const words = line.trim().split(/\s+/);
      const at = words.findIndex(word => word.toUpperCase() === 'AS');
      return words[0].toUpperCase() === 'FROM' && at > 0 ? [words[at + 1]] : [];
    }),
  );
}

function isYaml(name: string): boolean {
  return name.endsWith('.yml') || name.endsWith('.yaml');
}

/** The value of a key that a line begins with, without quotes and comment. */
function valueAfter(line: string, word: string): string | undefined {
  const begin = line.trimStart();
  const rest = begin.startsWith('- ') ? begin.slice(2).trimStart() : begin;
  if (!rest.startsWith(word)) return undefined;
  const value = rest.slice(word.length).trim();
  const comment = value.indexOf(' #');
  const plain = (comment < 0 ? value : value.slice(0, comment))
    .trim()
    .replace(/,$/, '');
  const quote = plain[0];
  return quote === '"' || quote === "'"
    ? plain.slice(1, plain.lastIndexOf(quote))
    : plain;
}

/** What could not be looked up when the pins were made. */
export const lockUnresolved: LintRule = {
  name: 'lock-unresolved',
  severity: 'warning',
  reason: 'Nobody knows what it will be when it is fetched',
  check: ({ pins, entity }) =>
    pins
      .filter(
        ({ pin, template }) => pin === UNRESOLVED && template === entity?.name,
      )
      .map(({ name }) => ({
        path: 'pins.json',
        line: 1,
        subject: name,
        message: `${name} is not resolved yet`,
      })),
};

const INSTALLS: { command: RegExp; locks: string[] }[] = [
  {
    command: /\bnpm ci\b/,
    locks: ['package-lock.json', 'npm-shrinkwrap.json'],
  },
  {
    command: /\byarn\b.*--(frozen-lockfile|immutable)\b/,
    locks: ['yarn.lock'],
  },
  { command: /\bpnpm\b.*--frozen-lockfile\b/, locks: ['pnpm-lock.yaml'] },
];

/** A command that wants a lockfile where there is none. */
export const lockfileMissing: LintRule = {
  name: 'lockfile-missing',
  severity: 'error',
  reason: 'The first pipeline fails',
  check: ({ skeletons }) =>
    skeletons.flatMap(({ files }) => {
      const names = files.map(({ name }) =>
        name.slice(name.lastIndexOf('/') + 1),
      );
      return files
        .filter(({ name }) => !name.endsWith('.md'))
        .flatMap(({ path, text }) =>
          INSTALLS.flatMap(({ command, locks }) => {
            const found = command.exec(text);
            return found && !locks.some(lock => names.includes(lock))
              ? [
                  {
                    path,
                    line: lineAt(text, found.index),
                    subject: locks[0],
                    message: `${found[0]} needs ${locks.join(' or ')}`,
                  },
                ]
              : [];
          }),
        );
    }),
};
