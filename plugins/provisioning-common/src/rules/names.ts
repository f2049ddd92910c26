import { serviceNameSchema, type Language } from '../contract';
import type { Said } from '@fawkes/kit-contract';
import { say } from './words';

/** Said that mean something else wherever a service's name ends up. */
const RESERVED_EVERYWHERE: Record<string, readonly string[]> = {
  'Kubernetes and the catalog': [
    'default',
    'kube-system',
    'kube-public',
    'kubernetes',
  ],
  'test runners': ['test', 'tests'],
  YAML: ['true', 'false', 'null', 'yes', 'off', 'nan', 'inf'],
  Windows: ['con', 'prn', 'aux', 'nul', ...numbered('com'), ...numbered('lpt')],
  'the network': ['localhost', 'local'],
  git: ['head', 'fawkes'],
};

/** Said that mean something else in a language. */
const RESERVED_IN: Record<Language, Record<string, readonly string[]>> = {
  node: {
    'Node.js': [
      'node',
      'npm',
      'npx',
      'undefined',
      'constructor',
      'prototype',
      // Modules of its own: a package of that name is never the one imported.
      ...'assert buffer cluster console constants crypto dgram dns domain'.split(
        ' ',
      ),
      ...'events http http2 https inspector module net path process'.split(' '),
      ...'punycode querystring readline repl sea sqlite stream sys'.split(' '),
      ...'timers tls tty url util wasi zlib'.split(' '),
    ],
  },
};

function numbered(word: string): string[] {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].map(digit => `${word}${digit}`);
}

/**
 * Why a service cannot be called this; undefined where it can.
 * @public
 */
export function nameFault(name: string, language: Language): Said | undefined {
  if (!serviceNameSchema.safeParse(name).success) return say('name.shape');
  const reserved = [
    ...Object.entries(RESERVED_EVERYWHERE),
    ...Object.entries(RESERVED_IN[language]),
  ].find(([, words]) => words.includes(name));
  return reserved && say('name.reserved', { name, where: reserved[0] });
}

/** Longest input a suggestion is made from. */
const MAX_WISH = 200;
const MAX_NAME = 40;
const MAX_TRIES = 100;

/**
 * A name close to the wished one that is allowed and free; undefined where a
 * hundred tries found none.
 *
 * @param isTaken - whether somebody has it
 * @public
 */
export function suggestName(
  wish: string,
  language: Language,
  isTaken: (name: string) => boolean,
): string | undefined {
  return nameCandidates(wish, language).find(name => !isTaken(name));
}

/**
 * Allowed names close to the wished one, the closest first: whoever can look up
 * many at once need not ask one by one.
 * @public
 */
export function nameCandidates(wish: string, language: Language): string[] {
  const stem = stemOf(wish);
  const candidates = [
    stem,
    withSuffix(stem, '-service'),
    ...Array.from({ length: MAX_TRIES }, (_, index) =>
      withSuffix(stem, `-${index + 2}`),
    ),
  ];
  return candidates.filter(name => nameFault(name, language) === undefined);
}

/** Only what a name may hold, and a letter first. */
function stemOf(wish: string): string {
  const plain = wish
    .slice(0, MAX_WISH)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(part => part !== '')
    .join('-');
  const named = /^[a-z]/.test(plain) ? plain : `service-${plain}`;
  return withSuffix(named, '');
}

function withSuffix(stem: string, suffix: string): string {
  const room = stem.slice(0, MAX_NAME - suffix.length);
  return `${trimDashes(room)}${suffix}`;
}

/** Without dashes at its end; there is at most one, since parts were joined. */
function trimDashes(text: string): string {
  return text.endsWith('-') ? text.slice(0, -1) : text;
}
