import type {
  Attempt,
  Dojo,
  Lesson,
  Module,
  ModuleEntry,
  QuizEntry,
} from '@fawkes/backstage-plugin-dojo-common';

export const NOW = '2026-11-30T09:00:00.000Z';

export const aModuleEntry = (more: Partial<ModuleEntry> = {}): ModuleEntry => ({
  id: 'm1',
  slug: 'platforms',
  title: 'Platforms',
  summary: 'What they are',
  minutes: 34,
  version: '1.0.0',
  optional: false,
  standing: 'started',
  parts: { done: 1, all: 3 },
  after: [],
  ...more,
});

export const aDojo = (more: Partial<Dojo> = {}): Dojo => ({
  asOf: NOW,
  keepsProgress: true,
  next: {
    kind: 'lesson',
    module: 'platforms',
    moduleTitle: 'Platforms',
    part: 'catalog',
    title: 'Whose is this?',
    minutes: 3,
  },
  curricula: [
    {
      id: 'c',
      slug: 'platform',
      title: 'Platform',
      version: '1.0.0',
      locale: 'en',
      belts: [
        {
          slug: 'white',
          title: 'White',
          colour: 'white',
          certificate: 'Platform Operator',
          inPreparation: true,
          objectives: ['Find an owner'],
          modules: [
            aModuleEntry(),
            aModuleEntry({
              id: 'm2',
              slug: 'dora',
              title: 'DORA',
              standing: 'done',
              optional: true,
              after: ['platforms'],
            }),
          ],
          planned: [{ title: 'GitOps', minutes: 60 }],
        },
      ],
    },
  ],
  ...more,
});

export const aQuiz = (more: Partial<QuizEntry> = {}): QuizEntry => ({
  id: 'q1',
  slug: 'check',
  title: 'Check: platforms',
  minutes: 12,
  questions: 2,
  total: 2,
  required: 2,
  passPercent: '80',
  gate: true,
  clockMinutes: 4,
  standing: 'new',
  passedAt: null,
  lastAttempt: null,
  ...more,
});

export const aModule = (more: Partial<Module> = {}): Module => ({
  ...aModuleEntry(),
  asOf: NOW,
  objectives: ['Tell them apart'],
  belt: 'White',
  locale: 'en',
  keepsProgress: true,
  lessons: [
    {
      name: 'hurts',
      title: 'What hurts',
      minutes: 3,
      required: false,
      readAt: NOW,
    },
    {
      name: 'catalog',
      title: 'Whose is this?',
      minutes: 3,
      required: false,
      readAt: null,
    },
  ],
  quizzes: [aQuiz()],
  ...more,
});

export const aLesson = (more: Partial<Lesson> = {}): Lesson => ({
  name: 'catalog',
  title: 'Whose is this?',
  minutes: 3,
  required: false,
  readAt: null,
  module: { slug: 'platforms', title: 'Platforms' },
  locale: 'en',
  keepsProgress: true,
  markdown:
    'Before.\n\n## One entry\n\n![Three boxes in a row](../a.svg)\n\n## The **owner**\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[catalog](/catalog) <script>alert(1)</script>\n\n[bad](javascript:alert)',
  headings: [
    { id: 'one-entry', text: 'One entry', level: 2 },
    { id: 'the-owner', text: 'The owner', level: 2 },
  ],
  drawings: { '../a.svg': { svg: '<svg></svg>', ratio: 2 } },
  previous: { name: 'hurts', title: 'What hurts' },
  following: null,
  quizzes: [{ slug: 'check', title: 'Check: platforms' }],
  ...more,
});

const options = (...texts: string[]) =>
  texts.map(text => ({ id: `id-${text}`, text }));

export const anAttempt = (more: Partial<Attempt> = {}): Attempt => {
  const now = Date.now();
  return {
    asOf: new Date(now).toISOString(),
    id: 'a1',
    quiz: { id: 'q1', slug: 'check', title: 'Check: platforms' },
    module: { slug: 'platforms', title: 'Platforms' },
    number: 1,
    practice: false,
    state: 'open',
    startedAt: new Date(now).toISOString(),
    deadlineAt: new Date(now + 14 * 60_000).toISOString(),
    endedAt: null,
    items: [
      {
        id: 'i1',
        type: 'single',
        stem: 'Who answers?',
        points: 1,
        options: options('Owner', 'Author'),
        lefts: [],
        units: [],
      },
      {
        id: 'i2',
        type: 'multi',
        stem: 'Which are parts?',
        points: 1,
        options: options('Portal', 'Shop'),
        lefts: [],
        units: [],
      },
      {
        id: 'i3',
        type: 'ordering',
        stem: 'In which order?',
        points: 1,
        options: options('Merge', 'Commit'),
        lefts: [],
        units: [],
      },
      {
        id: 'i4',
        type: 'matching',
        stem: 'Who pays?',
        points: 1,
        options: options('Team', 'Platform'),
        lefts: options('Cluster'),
        units: [],
      },
      {
        id: 'i5',
        type: 'numeric',
        stem: 'How many?',
        points: 1,
        options: [],
        lefts: [],
        units: ['%'],
      },
      {
        id: 'i6',
        type: 'open',
        stem: 'And you?',
        points: 0,
        options: [],
        lefts: [],
        units: [],
      },
    ],
    answers: [],
    seq: 0,
    savedAt: null,
    readAs: [],
    result: null,
    ...more,
  };
};
