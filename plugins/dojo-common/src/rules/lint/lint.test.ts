import { z } from 'zod';
import {
  curriculumWithExam,
  curriculumWithLab,
  smallCurriculum,
  uuid,
  withChanges,
} from '../__testUtils__/smallCurriculum';
import { lintCurriculum, lintRules, lockWith } from './lint';

const MODULE = 'modules/one/module.yaml';
const QUIZ = 'modules/one/quizzes/check.yaml';
const LESSON = 'modules/one/lessons/01-first.md';
const BELT = 'belts/white.yaml';
const LAB = 'modules/one/labs/find.yaml';
const EXAM = 'belts/white-exam.yaml';
const EXAM_LAB = 'belts/labs/exam-lab.yaml';
const TASK = 'modules/one/labs/find.md';
const NOW = Date.parse('2026-12-01T00:00:00Z');

type Change = [path: string, piece: string, other: string];

/** One planted fault for each rule, and where it has to be found. */
const PLANTED: Array<{
  rule: string;
  what: string;
  changes: Change[];
  at: [path: string, line: number];
}> = [
  {
    rule: 'schema',
    what: 'an unknown status',
    changes: [[MODULE, 'status: active', 'status: ready']],
    at: [MODULE, 6],
  },
  {
    rule: 'schema',
    what: 'a floating version',
    changes: [[MODULE, 'version: 1.0.0', 'version: 1.0']],
    at: [MODULE, 5],
  },
  {
    rule: 'schema',
    what: 'an id that is none',
    changes: [[MODULE, uuid(10), 'one']],
    at: [MODULE, 3],
  },
  {
    rule: 'schema',
    what: 'a field nobody knows',
    changes: [[MODULE, 'summary: One', 'summary: One\nsumary: One']],
    at: [MODULE, 9],
  },
  {
    rule: 'schema',
    what: 'YAML that is none',
    changes: [[MODULE, 'title: One', 'title: "One']],
    at: [MODULE, 15],
  },
  {
    rule: 'schema',
    what: 'an alias',
    changes: [
      [MODULE, 'title: One\nsummary: One', 'title: &t One\nsummary: *t'],
    ],
    at: [MODULE, 8],
  },
  {
    rule: 'schema',
    what: 'a folder of another name',
    changes: [[MODULE, 'slug: one', 'slug: two']],
    at: [MODULE, 4],
  },
  {
    rule: 'schema',
    what: 'a percent that is none',
    changes: [[QUIZ, 'passPercent: 80', 'passPercent: 8e1']],
    at: [QUIZ, 7],
  },
  {
    rule: 'id-duplicate',
    what: 'two things of one id',
    changes: [[QUIZ, uuid(31), uuid(30)]],
    at: [QUIZ, 22],
  },
  {
    rule: 'skill-unknown',
    what: 'a skill nobody lists',
    changes: [[MODULE, '[first-skill]', '[other]']],
    at: [MODULE, 10],
  },
  {
    rule: 'skill-untaught',
    what: 'a skill nobody teaches',
    changes: [
      [MODULE, 'requires: []', 'requires: [second]'],
      [
        'skills.yaml',
        'skills:',
        'skills:\n  - { id: second, title: Second, dora: [] }',
      ],
    ],
    at: [MODULE, 11],
  },
  {
    rule: 'prerequisite-cycle',
    what: 'a module that needs itself',
    changes: [[MODULE, 'requires: []', 'requires: [first-skill]']],
    at: [MODULE, 11],
  },
  {
    rule: 'belt-unsatisfiable',
    what: 'a module nobody has',
    changes: [[BELT, uuid(10), uuid(99)]],
    at: [BELT, 12],
  },
  {
    rule: 'belt-unsatisfiable',
    what: 'an empty any',
    changes: [[BELT, `modules: [${uuid(10)}]`, 'any: []']],
    at: [BELT, 12],
  },
  {
    rule: 'belt-unsatisfiable',
    what: 'its own belt',
    changes: [[BELT, `modules: [${uuid(10)}]`, 'belt: white']],
    at: [BELT, 12],
  },
  {
    rule: 'belt-unsatisfiable',
    what: 'an exam there is not',
    changes: [
      [BELT, `modules: [${uuid(10)}]`, `exam: ${uuid(98)}\n  points: 1`],
    ],
    at: [BELT, 12],
  },
  {
    rule: 'belt-unsatisfiable',
    what: 'a pool smaller than its draw',
    changes: [
      [QUIZ, 'pick: 2', 'pick: 4'],
      [QUIZ, 'total: 2', 'total: 4'],
      [QUIZ, 'required: 2', 'required: 4'],
    ],
    at: [QUIZ, 11],
  },
  {
    rule: 'points-total',
    what: 'a total that is another',
    changes: [
      [QUIZ, 'total: 2', 'total: 3'],
      [QUIZ, 'required: 2', 'required: 3'],
    ],
    at: [QUIZ, 8],
  },
  {
    rule: 'points-total',
    what: 'points that differ in a pool',
    changes: [[QUIZ, 'points: 1', 'points: 2']],
    at: [QUIZ, 13],
  },
  {
    rule: 'points-total',
    what: 'points for an open question',
    changes: [[QUIZ, 'points: 0', 'points: 1']],
    at: [QUIZ, 43],
  },
  {
    rule: 'required-ceil',
    what: '80 % of 2 as 1',
    changes: [[QUIZ, 'required: 2', 'required: 1']],
    at: [QUIZ, 9],
  },
  {
    rule: 'minutes',
    what: 'minutes that do not add up',
    changes: [[MODULE, 'durationMinutes: 10', 'durationMinutes: 12']],
    at: [MODULE, 12],
  },
  {
    rule: 'single-key',
    what: 'two keys',
    changes: [[QUIZ, 'key: a', 'key: [a, b]']],
    at: [QUIZ, 21],
  },
  {
    rule: 'single-key',
    what: 'a key that is no option',
    changes: [[QUIZ, 'key: a', 'key: c']],
    at: [QUIZ, 21],
  },
  {
    rule: 'numeric-tolerance',
    what: 'none',
    changes: [[QUIZ, '        tolerance: { abs: 0.5 }\n', '']],
    at: [QUIZ, 22],
  },
  {
    rule: 'numeric-tolerance',
    what: 'a share of 0',
    changes: [
      [QUIZ, 'key: 8', 'key: 0.0'],
      [QUIZ, 'abs: 0.5', 'rel: 0.5'],
    ],
    at: [QUIZ, 28],
  },
  {
    rule: 'version-floating',
    what: 'v1',
    changes: [[MODULE, '1.2.3', 'v1']],
    at: [MODULE, 14],
  },
  {
    rule: 'image-alt',
    what: 'a blank text',
    changes: [[LESSON, 'Text.', '![ ](../a.svg)']],
    at: [LESSON, 6],
  },
  {
    rule: 'picture-unsafe',
    what: 'a picture there is not',
    changes: [[LESSON, 'Text.', '![A](../a.svg)']],
    at: [LESSON, 6],
  },
  {
    rule: 'raw-html',
    what: 'a comment',
    changes: [[LESSON, 'Text.', 'Text <!-- note -->']],
    at: [LESSON, 6],
  },
  {
    rule: 'raw-html',
    what: 'a tag in a stem',
    changes: [[QUIZ, 'stem: Which?', 'stem: Which <b>one</b>?']],
    at: [QUIZ, 17],
  },
  {
    rule: 'link-unsafe',
    what: 'a program as link',
    changes: [[LESSON, 'Text.', '[x](javascript:alert)']],
    at: [LESSON, 6],
  },
  {
    rule: 'regex-unsafe',
    what: 'a repeat in a repeat',
    changes: [[QUIZ, 'secret-[a-z]+', '(a+)+']],
    at: [QUIZ, 36],
  },
  {
    rule: 'regex-unsafe',
    what: 'a look-ahead',
    changes: [[QUIZ, 'secret-[a-z]+', 'a(?=b)']],
    at: [QUIZ, 36],
  },
  {
    rule: 'text-too-much',
    what: 'quotes in quotes without end',
    changes: [[LESSON, 'Text.', `Text.\n\n${'> '.repeat(2_000)}x`]],
    at: [LESSON, 8],
  },
  {
    rule: 'text-too-much',
    what: 'brackets without end in a task',
    changes: [[TASK, 'Find out.', ']'.repeat(4_000)]],
    at: [TASK, 1],
  },
  {
    rule: 'text-too-much',
    what: 'lists in lists without end in a stem',
    changes: [[QUIZ, 'stem: Which?', `stem: "${'- '.repeat(2_000)}x"`]],
    at: [QUIZ, 17],
  },
  {
    rule: 'inline-check',
    what: 'a question in a lesson',
    changes: [[LESSON, 'Text.', '```dojo-check\nkey: a\n```']],
    at: [LESSON, 6],
  },
  {
    rule: 'no-recall',
    what: 'no open question',
    changes: [[QUIZ, 'type: open', 'type: fill\n        key: [x]']],
    at: [MODULE, 1],
  },
  {
    rule: 'long-without-sessions',
    what: 'two hours in one go',
    changes: [
      [MODULE, 'durationMinutes: 10', 'durationMinutes: 120'],
      [LESSON, 'minutes: 4', 'minutes: 114'],
    ],
    at: [MODULE, 12],
  },
  {
    rule: 'question-section',
    what: 'a lesson there is not',
    changes: [[QUIZ, 'section: first', 'section: other']],
    at: [QUIZ, 15],
  },
  {
    rule: 'longest-option',
    what: 'the key is the longest',
    changes: [[QUIZ, 'text: right', 'text: right and longer']],
    at: [QUIZ, 13],
  },
  {
    rule: 'schema',
    what: 'a field nobody knows in a question',
    changes: [[QUIZ, 'stem: How many?', 'stem: How many?\n        answr: 8']],
    at: [QUIZ, 27],
  },
  {
    rule: 'schema',
    what: 'a field nobody knows in an option',
    changes: [[QUIZ, '{ id: b, text', '{ id: b, key: "1", text']],
    at: [QUIZ, 20],
  },
  {
    rule: 'schema',
    what: 'a day that is none',
    changes: [[LAB, '2026-11-30', '2026-11-31']],
    at: [LAB, 24],
  },
  {
    rule: 'check-unknown',
    what: 'a check nobody can make',
    changes: [[LAB, 'type: visited', 'type: visted']],
    at: [LAB, 17],
  },
  {
    rule: 'check-params',
    what: 'a fact nobody asks for',
    changes: [[LAB, 'fact: owner', 'fact: colour']],
    at: [LAB, 11],
  },
  {
    rule: 'points-total',
    what: 'a lab that carries another sum',
    changes: [[LAB, 'points: 3', 'points: 2']],
    at: [LAB, 22],
  },
  {
    rule: 'points-total',
    what: 'two checks of one name',
    changes: [[LAB, 'id: seen', 'id: answer']],
    at: [LAB, 15],
  },
  {
    rule: 'required-ceil',
    what: 'a lab that shows another mark',
    changes: [[LAB, 'required: 4', 'required: 3']],
    at: [LAB, 23],
  },
  {
    rule: 'raw-html',
    what: 'HTML in a task',
    changes: [[TASK, 'Find out.', 'Find <b>out</b>.']],
    at: [TASK, 1],
  },
  {
    rule: 'raw-html',
    what: 'HTML in what to do',
    changes: [[LAB, 'fix: Open it.', 'fix: Open <i>it</i>.']],
    at: [LAB, 20],
  },
  {
    rule: 'belt-unsatisfiable',
    what: 'more points than its exam has',
    changes: [
      [EXAM, 'passPercent: 80', 'passPercent: 80'],
      [BELT, 'points: 4', 'points: 6'],
    ],
    at: [BELT, 12],
  },
  {
    rule: 'belt-unsatisfiable',
    what: 'an exam for a belt there is not',
    changes: [[EXAM, 'belt: white', 'belt: green']],
    at: [EXAM, 6],
  },
  {
    rule: 'belt-unsatisfiable',
    what: 'a lab of a module in an exam',
    changes: [[EXAM, `labs: [${uuid(60)}]`, `labs: [${uuid(40)}]`]],
    at: [EXAM, 7],
  },
  {
    rule: 'belt-unsatisfiable',
    what: 'the work of others in an exam',
    changes: [
      [EXAM_LAB, 'slug: exam-lab', 'slug: exam-lab\nattribution: owner'],
    ],
    at: [EXAM, 7],
  },
  {
    rule: 'points-total',
    what: 'an exam that forgets its labs',
    changes: [
      [EXAM, 'total: 5', 'total: 2'],
      [EXAM, 'required: 4', 'required: 2'],
      [BELT, 'points: 4', 'points: 2'],
    ],
    at: [EXAM, 9],
  },
  {
    rule: 'key-inline',
    what: 'keys nobody is told of',
    changes: [[EXAM, 'sample: true\n', '']],
    at: [EXAM, 12],
  },
  {
    rule: 'exam-pool',
    what: 'a pool of less than two draws',
    changes: [
      [EXAM, 'pick: 1', 'pick: 2'],
      [EXAM, 'total: 5', 'total: 7'],
      [EXAM, 'required: 4', 'required: 6'],
    ],
    at: [EXAM, 13],
  },
  {
    rule: 'question-section',
    what: 'a question of an exam about no module',
    changes: [[EXAM, 'section: one', 'section: two']],
    at: [EXAM, 17],
  },
  {
    rule: 'belt-unsatisfiable',
    what: 'more assurance than a lab can give',
    changes: [
      [LAB, 'slug: one-lab', 'slug: one-lab\nattribution: owner'],
      [
        BELT,
        `modules: [${uuid(10)}]`,
        `labs: [${uuid(40)}]\n  minAssurance: observed`,
      ],
    ],
    at: [BELT, 12],
  },
  {
    rule: 'lab-stale',
    what: 'a lab nobody did for half a year',
    changes: [[LAB, '2026-11-30', '2026-06-03']],
    at: [LAB, 24],
  },
  {
    rule: 'lab-stale',
    what: 'a lab nobody did yet',
    changes: [[LAB, 'verifiedAt: 2026-11-30\n', '']],
    at: [LAB, 1],
  },
];

describe('the linter', () => {
  it('finds nothing in what is right', () => {
    const { findings, publishable } = lintCurriculum(smallCurriculum());
    expect(findings).toEqual([]);
    expect(publishable).toBe(true);
    const withLab = lintCurriculum(curriculumWithLab(), { now: NOW });
    expect(withLab.findings).toEqual([]);
    const withExam = lintCurriculum(curriculumWithExam(), { now: NOW });
    expect(withExam.findings).toEqual([]);
  });

  it('asks for the task of a lab', () => {
    const files = curriculumWithLab();
    files.delete(TASK);
    expect(lintCurriculum(files).findings).toMatchObject([
      { rule: 'schema', path: LAB, line: 1 },
    ]);
  });

  it('takes the checks that others bring, with their params', () => {
    const checks = new Map([
      ['own-check', z.strictObject({ size: z.string() })],
    ]);
    const of = (params: string) =>
      lintCurriculum(
        withChanges(
          [LAB, 'type: visited', 'type: own-check'],
          [LAB, '{ path: /catalog }', params],
        ),
        { checks },
      ).findings.map(({ rule }) => rule);
    expect(of('{ size: 3 }')).toEqual([]);
    expect(of('{ colour: 3 }')).toContain('check-params');
  });

  it.each(PLANTED)('finds $rule: $what', ({ rule, changes, at }) => {
    const { findings, publishable } = lintCurriculum(withChanges(...changes), {
      now: NOW,
    });
    const found = findings.filter(each => each.rule === rule);
    expect(found.map(({ path, line }) => [path, line])).toContainEqual(at);
    const refuses = found.some(({ severity }) => severity === 'error');
    expect(publishable).toBe(!refuses);
  });

  it('has a planted fault for each of its rules', () => {
    const planted = new Set(PLANTED.map(({ rule }) => rule));
    const others = [
      'id-changed',
      'id-removed',
      'id-unlocked',
      'version-unbumped',
      'key-position',
    ];
    expect([...planted, ...others].sort()).toEqual(
      ['schema', ...lintRules.map(({ name }) => name)].sort(),
    );
    expect(lintRules.every(({ reason }) => reason.length > 20)).toBe(true);
  });

  it('never says a key, whatever is wrong with it', () => {
    const { findings } = lintCurriculum(
      withChanges(
        [QUIZ, 'key: 8', 'key: SECRET-8'],
        [QUIZ, 'key: [SECRET-word]', 'key: { SECRET-word: 1 }'],
        [QUIZ, 'secret-[a-z]+', '(SECRET+)+'],
        [QUIZ, 'stem: Which?', 'stem: Which?\n        SECRET-field: SECRET'],
        [LAB, 'path: /catalog', 'SECRET-param: SECRET'],
      ),
    );
    expect(findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toMatch(/SECRET/i);
  });

  it('takes exactly 10 % more minutes, and no more', () => {
    const of = (minutes: number) =>
      lintCurriculum(
        withChanges([LESSON, 'minutes: 4', `minutes: ${minutes}`]),
      ).findings.map(({ rule }) => rule);
    expect(of(5)).toEqual([]);
    expect(of(6)).toEqual(['minutes']);
  });

  it('leaves a belt in preparation alone', () => {
    const { findings } = lintCurriculum(
      withChanges(
        [BELT, uuid(10), uuid(99)],
        [BELT, 'status: active', 'status: in-preparation'],
      ),
    );
    expect(findings).toEqual([]);
  });

  it('takes the successor of a module for it', () => {
    const { findings } = lintCurriculum(
      withChanges(
        [BELT, uuid(10), uuid(11)],
        [MODULE, 'requires: []', `requires: []\nreplaces: ${uuid(11)}`],
      ),
    );
    expect(findings).toEqual([]);
  });

  it('sees keys that always stand in one place', () => {
    const many = Array.from({ length: 15 }, (_, n) =>
      [
        `      - id: ${uuid(100 + n)}`,
        '        type: single',
        '        section: first',
        '        points: 1',
        `        stem: Question ${n}`,
        '        options:',
        '          - { id: a, text: x, explanation: x }',
        '          - { id: b, text: longer, explanation: x }',
        '          - { id: c, text: longer, explanation: x }',
        '        key: a',
      ].join('\n'),
    ).join('\n');
    const { findings } = lintCurriculum(
      withChanges([QUIZ, '    questions:\n', `    questions:\n${many}\n`]),
    );
    expect(findings.map(({ rule }) => rule)).toEqual(['key-position']);
  });
});

describe('against what is published', () => {
  const published = smallCurriculum();
  const rulesOf = (...changes: Change[]) =>
    lintCurriculum(withChanges(...changes), { published }).findings.map(
      ({ rule }) => rule,
    );

  it('asks for a version when what decides grades is another', () => {
    expect(rulesOf([QUIZ, 'key: a', 'key: b'])).toContain('version-unbumped');
    expect(rulesOf([QUIZ, 'key: 8', 'key: 9'])).toEqual(['version-unbumped']);
    expect(
      rulesOf(
        [QUIZ, 'key: 8', 'key: 9'],
        [MODULE, 'version: 1.0.0', 'version: 1.0.1'],
      ),
    ).toEqual([]);
  });

  it('lets texts change, and spellings of one percent', () => {
    expect(rulesOf([QUIZ, 'stem: Which?', 'stem: Which one?'])).toEqual([]);
    expect(rulesOf([QUIZ, 'passPercent: 80', 'passPercent: "80.0"'])).toEqual(
      [],
    );
  });

  it('sees an id that is another, and one that is gone, each as that only', () => {
    expect(rulesOf([QUIZ, uuid(20), uuid(21)])).toContain('id-changed');
    const gone = withChanges();
    gone.delete(QUIZ);
    const { findings } = lintCurriculum(gone, { published });
    const rules = findings.map(({ rule }) => rule);
    expect(rules).toContain('id-removed');
    expect(rules).not.toContain('id-changed');
  });
});

describe('the lock', () => {
  it('takes new ids, loses none, and is refused what it does not know with --immutable', () => {
    const files = smallCurriculum();
    const lock = lockWith(lintCurriculum(files).curriculum);
    files.set('ids.lock', lock);
    const again = lintCurriculum(files, { immutable: true });
    expect(again.findings).toEqual([]);
    expect(lockWith(again.curriculum)).toBe(lock);
    const more = withChanges([QUIZ, uuid(32), uuid(34)]);
    more.set('ids.lock', lock);
    const rules = lintCurriculum(more, { immutable: true }).findings.map(
      ({ rule }) => rule,
    );
    expect(rules).toEqual(
      expect.arrayContaining(['id-unlocked', 'id-removed']),
    );
    expect(lockWith(lintCurriculum(more).curriculum)).toContain(uuid(32));
  });
});
