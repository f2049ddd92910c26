const VERBS = [
  'Simplify',
  'Speed up',
  'Add metrics to',
  'Test',
  'Tighten',
  'Rework',
  'Fix a race in',
  'Log less in',
  'Validate',
  'Split',
  'Document',
  'Remove dead code from',
  'Prepare',
];

const FOLLOW_UPS = [
  'Answer review',
  'Add tests',
  'Handle the empty case',
  'Rename for clarity',
  'Make the linter happy',
  'Cover the error path',
  'Smaller functions',
];

const PACKAGES = [
  'opentelemetry',
  'the HTTP client',
  'the base image',
  'the test framework',
  'the database driver',
  'the linter',
  'the JSON library',
  'the build plugin',
];

export const changeTitle = (random, words) => {
  const word = random.pick(words);
  // Words that begin with a capital letter are whole titles.
  return /^[A-Z]/.test(word) ? word : `${random.pick(VERBS)} ${word}`;
};

export const followUpTitle = random => random.pick(FOLLOW_UPS);

export const dependencyTitle = random =>
  `Update ${random.pick(PACKAGES)} to ${
    1 + Math.floor(random.next() * 9)
  }.${Math.floor(random.next() * 20)}.${Math.floor(random.next() * 10)}`;

export const fixTitle = trouble =>
  `Fix: ${trouble.charAt(0).toLowerCase()}${trouble.slice(1)}`;
