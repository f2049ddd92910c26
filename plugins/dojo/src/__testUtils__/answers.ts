import {
  sayDojo,
  type Attempt,
  type Belt,
  type Dojo,
  type Lab,
  type LabEntry,
  type LabRun,
  type Lesson,
  type Mine,
  type Module,
  type ModuleEntry,
  type QuizEntry,
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
          left: null,
          awardedAt: null,
          revokedAt: null,
          needs: [],
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
  labs: [],
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
  labs: [],
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
    belt: null,
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

export const aLabEntry = (more: Partial<LabEntry> = {}): LabEntry => ({
  id: 'l1',
  slug: 'find',
  title: 'Lab: whose is this?',
  minutes: 5,
  total: 5,
  required: 4,
  passPercent: '80',
  gate: true,
  standing: 'new',
  passedAt: null,
  ...more,
});

const step = { points: 1, required: false };

export const aRun = (more: Partial<LabRun> = {}): LabRun => ({
  asOf: NOW,
  id: 'r1',
  lab: { id: 'l1', slug: 'find', title: 'Lab: whose is this?' },
  module: { slug: 'platforms', title: 'Platforms' },
  belt: null,
  state: 'open',
  startedAt: NOW,
  endsAt: '2026-12-14T09:00:00.000Z',
  passedAt: null,
  nonce: null,
  earned: 0,
  total: 5,
  required: 4,
  checkAgainAt: null,
  steps: [
    {
      ...step,
      id: 'catalog',
      title: 'Open the catalog from here',
      asks: null,
      about: null,
      entity: null,
      page: '/catalog',
      visits: true,
      answer: null,
      state: 'open',
      passedAt: null,
      lookedAt: null,
      why: null,
      fix: null,
      evidence: null,
    },
    {
      ...step,
      id: 'owner',
      title: 'Find the owner',
      points: 4,
      required: true,
      asks: 'text',
      about: {
        code: 'live.owner',
        params: { entity: 'Payments API' },
        text: 'Who owns Payments API?',
      },
      entity: { ref: 'component:default/payments-api', title: 'Payments API' },
      page: '/catalog/default/component/payments-api',
      visits: false,
      answer: null,
      state: 'open',
      passedAt: null,
      lookedAt: null,
      why: null,
      fix: null,
      evidence: null,
    },
  ],
  ...more,
});

/** A run with its second step as it stands after a look. */
export const aRunWith = (
  owner: Partial<LabRun['steps'][number]>,
  more: Partial<LabRun> = {},
): LabRun => {
  const run = aRun(more);
  return { ...run, steps: [run.steps[0], { ...run.steps[1], ...owner }] };
};

export const aLab = (more: Partial<Lab> = {}): Lab => ({
  ...aLabEntry(),
  asOf: NOW,
  module: { slug: 'platforms', title: 'Platforms' },
  belt: null,
  locale: 'en',
  keepsProgress: true,
  markdown: 'Whom do you ask at *three* in the morning?',
  drawings: {},
  steps: [
    { ...step, id: 'catalog', title: 'Open the catalog from here' },
    { id: 'owner', title: 'Find the owner', points: 4, required: true },
  ],
  needs: [],
  run: null,
  ...more,
});

/** A belt that is nearly earned. */
export const aBelt = (more: Partial<Belt> = {}): Belt => {
  const [entry] = aDojo().curricula[0].belts;
  return {
    ...entry,
    asOf: NOW,
    inPreparation: false,
    curriculum: { slug: 'platform', title: 'Platform' },
    locale: 'en',
    keepsProgress: true,
    left: [
      {
        kind: 'module',
        name: 'platforms',
        title: 'Platforms',
        have: null,
        need: null,
        module: 'platforms',
        ways: [],
      },
      {
        kind: 'exam',
        name: 'white-exam',
        title: 'The exam',
        have: 47,
        need: 80,
        module: null,
        ways: [],
      },
      {
        kind: 'count',
        name: 'deployment',
        title: 'deployment',
        have: 1,
        need: 2,
        module: null,
        ways: [],
      },
    ],
    award: null,
    exam: {
      id: 'e1',
      slug: 'white-exam',
      title: 'The exam',
      questions: 30,
      clockMinutes: 60,
      total: 100,
      required: 80,
      passPercent: '80',
      retakeWaitDays: 7,
      publicItems: true,
      earned: { numerator: '95', denominator: '2' },
      passed: false,
      parts: [
        {
          lab: null,
          title: '',
          earned: { numerator: '95', denominator: '2' },
          total: 60,
        },
        {
          lab: 'mend',
          title: 'Mend an owner',
          earned: { numerator: '0', denominator: '1' },
          total: 40,
        },
      ],
      hindrance: null,
      opensAt: null,
      labsOpenUntil: null,
      lastAttempt: null,
      labs: [aLabEntry({ slug: 'mend', title: 'Mend an owner' })],
    },
    ...more,
  };
};

export const aMine = (more: Partial<Mine> = {}): Mine => ({
  asOf: NOW,
  person: 'user:default/ada',
  keepsProgress: true,
  since: NOW,
  kept: [
    {
      kind: 'completion',
      count: 51,
      entries: [
        {
          at: NOW,
          said: sayDojo('mine.completion', {
            module: 'Platforms',
            version: '1.0.0',
          }),
        },
      ],
    },
  ],
  choices: { showBelts: false, showName: true },
  looks: [{ at: NOW, by: 'user:default/lead', group: 'group:default/team' }],
  certificates: [
    { id: 'c1', belt: 'White', revoked: false },
    { id: 'c2', belt: 'Yellow', revoked: true },
  ],
  revokes: false,
  erasure: null,
  ...more,
});
