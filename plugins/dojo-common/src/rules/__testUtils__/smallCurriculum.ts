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

/** The same with pieces of its files replaced; a piece that is not there is a slip of the test. */
export function withChanges(
  ...changes: Array<[path: string, piece: string, other: string]>
): Map<string, string> {
  const files = smallCurriculum();
  for (const [path, piece, other] of changes) {
    const text = files.get(path);
    if (text === undefined || !text.includes(piece)) {
      throw new Error(`${path} has no '${piece}'`);
    }
    files.set(path, text.replace(piece, other));
  }
  return files;
}
