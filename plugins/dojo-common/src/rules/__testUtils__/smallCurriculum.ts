/** Ids that tests can name. */
export const uuid = (n: number) =>
  `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const LESSON = `---
title: First
minutes: 4
---

Text.
`;

const QUIZ = `apiVersion: dojo/v1
kind: Quiz
id: ${uuid(20)}
slug: one-check
title: Check
minutes: 6
passPercent: 80
total: 2
required: 2
pools:
  - pick: 2
    questions:
      - id: ${uuid(30)}
        type: single
        section: first
        points: 1
        stem: Which?
        options:
          - { id: a, text: right, explanation: SECRET-why-a }
          - { id: b, text: wrong one, explanation: SECRET-why-b }
        key: a
      - id: ${uuid(31)}
        type: numeric
        section: first
        points: 1
        stem: How many?
        key: 8
        tolerance: { abs: 0.5 }
        explanation: SECRET-why-numeric
      - id: ${uuid(32)}
        type: fill
        section: first
        points: 1
        stem: Which word?
        key: [SECRET-word]
        pattern: secret-[a-z]+
        explanation: SECRET-why-fill
  - pick: 1
    questions:
      - id: ${uuid(33)}
        type: open
        section: first
        points: 0
        stem: Why?
        explanation: SECRET-why-open
`;

const LAB = `apiVersion: dojo/v1
kind: Lab
id: ${uuid(40)}
slug: one-lab
title: Lab
minutes: 1
checks:
  - id: answer
    title: Whose is it?
    type: answer-live
    params: { fact: owner, entity: component:default/secret-api }
    points: 3
    required: true
    fix: Look at SECRET-page.
  - id: seen
    title: Open the catalog
    type: visited
    params: { path: /catalog }
    points: 1
    fix: Open it.
passPercent: 80
total: 4
required: 4
verifiedAt: 2026-11-30
`;

/** The smallest curriculum the linter finds nothing in. */
export function smallCurriculum(): Map<string, string> {
  return new Map([
    [
      'dojo.yaml',
      `apiVersion: dojo/v1
kind: Curriculum
id: ${uuid(1)}
slug: small
version: 1.0.0
title: Small
summary: Small
defaultLocale: en
locales: [en]
belts: [white]
tracks:
  - { belt: white, modules: [one] }
`,
    ],
    [
      'skills.yaml',
      `apiVersion: dojo/v1
kind: Skills
skills:
  - { id: first-skill, title: First, dora: [] }
`,
    ],
    [
      'belts/white.yaml',
      `apiVersion: dojo/v1
kind: Belt
id: ${uuid(2)}
slug: white
order: 1
title: White
colour: white
certificate: Somebody
status: active
objectives: [Something]
award:
  modules: [${uuid(10)}]
retakeWaitDays: 7
`,
    ],
    [
      'modules/one/module.yaml',
      `apiVersion: dojo/v1
kind: Module
id: ${uuid(10)}
slug: one
version: 1.0.0
status: active
title: One
summary: One
objectives: [Something]
teaches: [first-skill]
requires: []
durationMinutes: 10
runsAgainst:
  - { name: tool, version: 1.2.3 }
`,
    ],
    ['modules/one/lessons/01-first.md', LESSON],
    ['modules/one/quizzes/check.yaml', QUIZ],
  ]);
}

/** The same with a lab in its module. */
export function curriculumWithLab(): Map<string, string> {
  return new Map([
    ...smallCurriculum(),
    ['modules/one/labs/find.yaml', LAB],
    ['modules/one/labs/find.md', 'Find out.\n'],
  ]);
}

const EXAM = `apiVersion: dojo/v1
kind: Exam
id: ${uuid(50)}
slug: white-exam
title: Exam
belt: white
labs: [${uuid(60)}]
passPercent: 80
total: 5
required: 4
sample: true
pools:
  - pick: 1
    questions:
${[51, 52]
  .map(
    n => `      - id: ${uuid(n)}
        type: single
        section: one
        points: 2
        stem: Which one, ${n}?
        options:
          - { id: a, text: wrong one, explanation: SECRET-exam-a }
          - { id: b, text: right, explanation: SECRET-exam-b }
        key: b
`,
  )
  .join('')}`;

const EXAM_LAB = `apiVersion: dojo/v1
kind: Lab
id: ${uuid(60)}
slug: exam-lab
title: Exam lab
minutes: 5
checks:
  - id: seen
    title: Open the catalog
    type: visited
    params: { path: /catalog }
    points: 2
    fix: Open it.
  - id: docs
    title: Open the docs
    type: visited
    params: { path: /docs }
    points: 1
    fix: Open them.
passPercent: 80
total: 3
required: 3
verifiedAt: 2026-11-30
`;

/** The same with an exam, which has a lab of its own. */
export function curriculumWithExam(): Map<string, string> {
  const files = curriculumWithLab();
  const belt = files
    .get('belts/white.yaml')!
    .replace(
      `award:\n  modules: [${uuid(10)}]`,
      `award:\n  all:\n    - modules: [${uuid(10)}]\n    - { exam: ${uuid(
        50,
      )}, points: 4 }`,
    );
  return new Map([
    ...files,
    ['belts/white.yaml', belt],
    ['belts/white-exam.yaml', EXAM],
    ['belts/labs/exam-lab.yaml', EXAM_LAB],
    ['belts/labs/exam-lab.md', 'Look around.\n'],
  ]);
}

/** The same with pieces of its files replaced; a piece that is not there is a slip of the test. */
export function withChanges(
  ...changes: Array<[path: string, piece: string, other: string]>
): Map<string, string> {
  const hasLab = changes.some(([path]) => path.includes('/labs/'));
  const hasExam = changes.some(([path]) => /-exam|belts\/labs/.test(path));
  const withLab = hasLab ? curriculumWithLab() : smallCurriculum();
  const files = hasExam ? curriculumWithExam() : withLab;
  for (const [path, piece, other] of changes) {
    const text = files.get(path);
    if (text === undefined || !text.includes(piece)) {
      throw new Error(`${path} has no '${piece}'`);
    }
    files.set(path, text.replace(piece, other));
  }
  return files;
}
