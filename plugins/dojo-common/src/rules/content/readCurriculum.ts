import type { z } from 'zod';
import type { Finding } from '../lint/findings';
import { faultsIn } from './faultsIn';
import { CONTENT_LIMITS, type Files } from './files';
import {
  beltFileSchema,
  curriculumFileSchema,
  examFileSchema,
  idsLockSchema,
  labFileSchema,
  lessonHeadSchema,
  moduleFileSchema,
  quizFileSchema,
  skillsFileSchema,
  type BeltFile,
  type CurriculumFile,
  type ExamFile,
  type IdsLock,
  type LabFile,
  type LessonHead,
  type ModuleFile,
  type Question,
  type QuizFile,
  type SkillsFile,
} from './schemas';
import { readYaml, type Step } from './yaml';

/** A file that was read, and where its parts stand. @public */
export interface Read<T> {
  /** From the folder of the curriculum on. */
  path: string;
  /** What it holds. */
  value: T;
  /** The line of a part. */
  lineOf(path: readonly Step[]): number;
}

/** A lesson: its head and its text. @public */
export interface LessonRead extends Read<LessonHead> {
  /** Unique in its module: the file's name without number and ending. */
  name: string;
  /** CommonMark with tables. */
  markdown: string;
  /** Lines before the text. */
  offset: number;
}

/** A lab with its task. @public */
export interface LabRead extends Read<LabFile> {
  /** The file of its task. */
  taskPath: string;
  /** CommonMark with tables; undefined where there is no such file. */
  markdown: string | undefined;
}

/** A module with everything in its folder. @public */
export interface ModuleRead extends Read<ModuleFile> {
  /** In the order of their files. */
  lessons: LessonRead[];
  /** In the order of their files. */
  quizzes: Array<Read<QuizFile>>;
  /** In the order of their files. */
  labs: LabRead[];
}

/** Everything of a curriculum that could be read. @public */
export interface CurriculumRead {
  /** Undefined where `dojo.yaml` is missing or wrong. */
  head: Read<CurriculumFile> | undefined;
  /** `skills.yaml`. */
  skills: Read<SkillsFile> | undefined;
  /** `ids.lock`. */
  lock: Read<IdsLock> | undefined;
  /** In the order of their files. */
  belts: Array<Read<BeltFile>>;
  /** In the order of their folders. */
  modules: ModuleRead[];
  /** In the order of their files. */
  exams: Array<Read<ExamFile>>;
  /** Labs of exams, in the order of their files. */
  examLabs: LabRead[];
  /** Pictures by path. */
  pictures: ReadonlyMap<string, string>;
}

/** The pools of a quiz or an exam, whichever way they are written. @public */
export function poolsOf(
  quiz: Pick<QuizFile, 'pools' | 'pick' | 'questions'>,
): Array<{ pick: number; questions: Question[]; at: Step[] }> {
  const written: Array<{
    pick?: string;
    questions: Question[];
    at: Step[];
  }> = quiz.pools
    ? quiz.pools.map((pool, index) => ({ ...pool, at: ['pools', index] }))
    : [{ pick: quiz.pick, questions: quiz.questions ?? [], at: [] }];
  return written.map(({ pick, questions, at }) => ({
    questions,
    at,
    pick:
      pick === undefined
        ? questions.filter(question => question.status !== 'retired').length
        : Number(pick),
  }));
}

const LESSON = /^modules\/([a-z0-9-]+)\/lessons\/(?:\d+-)?([a-z0-9-]+)\.md$/;

/**
 * Reads the files of a curriculum; what does not fit its schema is a finding of
 * the rule `schema`, which names field and place and never a value.
 *
 * @public
 */
export function readCurriculum(files: Files): {
  curriculum: CurriculumRead;
  findings: Finding[];
} {
  const findings: Finding[] = [];
  const report = (path: string, line: number, message: string) =>
    findings.push({ rule: 'schema', severity: 'error', path, line, message });
  const parse = <S extends z.ZodType>(
    schema: S,
    path: string,
    text: string,
    offset = 0,
  ): Read<z.output<S>> | undefined => {
    const read = readYaml(text, offset);
    for (const { line, message } of read.faults) report(path, line, message);
    if (read.tree === undefined) return undefined;
    const parsed = schema.safeParse(read.tree);
    if (!parsed.success) {
      for (const { at, message } of faultsIn(parsed.error)) {
        report(path, read.lineOf(at), message);
      }
      return undefined;
    }
    return { path, value: parsed.data, lineOf: read.lineOf };
  };

  const readLab = (path: string, text: string): LabRead | undefined => {
    const lab = parse(labFileSchema, path, text);
    const taskPath = path.replace(/yaml$/, 'md');
    const markdown = files.get(taskPath);
    if (lab && markdown === undefined) {
      report(path, 1, 'has no task; write it into a .md of the same name');
    }
    return lab && { ...lab, taskPath, markdown };
  };

  if (files.size > CONTENT_LIMITS.files) {
    report('dojo.yaml', 1, `has more than ${CONTENT_LIMITS.files} files`);
  }
  const curriculum: CurriculumRead = {
    head: undefined,
    skills: undefined,
    lock: undefined,
    belts: [],
    modules: [],
    exams: [],
    examLabs: [],
    pictures: new Map([...files].filter(([path]) => path.endsWith('.svg'))),
  };
  const lessons = new Map<string, LessonRead[]>();
  const quizzes = new Map<string, Array<Read<QuizFile>>>();
  const labs = new Map<string, LabRead[]>();
  const modules = new Map<string, Read<ModuleFile>>();
  for (const path of [...files.keys()].sort()) {
    const text = files.get(path)!;
    if (text.length > CONTENT_LIMITS.fileBytes) {
      report(path, 1, `is larger than ${CONTENT_LIMITS.fileBytes} bytes`);
      continue;
    }
    const [, folder] = /^modules\/([a-z0-9-]+)\//.exec(path) ?? [];
    const lesson = LESSON.exec(path);
    if (path === 'dojo.yaml') {
      curriculum.head = parse(curriculumFileSchema, path, text);
    } else if (path === 'skills.yaml') {
      curriculum.skills = parse(skillsFileSchema, path, text);
    } else if (path === 'ids.lock') {
      curriculum.lock = parse(idsLockSchema, path, text);
    } else if (/^belts\/[a-z0-9-]+-exam\.yaml$/.test(path)) {
      const exam = parse(examFileSchema, path, text);
      if (exam && !exam.value.pools === !exam.value.questions) {
        report(path, 1, 'needs either pools or questions');
      } else if (exam) curriculum.exams.push(exam);
    } else if (/^belts\/labs\/[a-z0-9-]+\.yaml$/.test(path)) {
      const lab = readLab(path, text);
      if (lab) curriculum.examLabs.push(lab);
    } else if (/^belts\/[a-z0-9-]+\.yaml$/.test(path)) {
      const belt = parse(beltFileSchema, path, text);
      if (belt) curriculum.belts.push(belt);
    } else if (folder && path === `modules/${folder}/module.yaml`) {
      const module = parse(moduleFileSchema, path, text);
      if (module && module.value.slug !== folder) {
        report(
          path,
          module.lineOf(['slug']),
          'slug: must be the name of the folder',
        );
      }
      if (module) modules.set(folder, module);
    } else if (folder && /\/quizzes\/[a-z0-9-]+\.yaml$/.test(path)) {
      const quiz = parse(quizFileSchema, path, text);
      if (quiz && !quiz.value.pools === !quiz.value.questions) {
        report(path, 1, 'needs either pools or questions');
      } else if (quiz) add(quizzes, folder, quiz);
    } else if (folder && /\/labs\/[a-z0-9-]+\.yaml$/.test(path)) {
      const lab = readLab(path, text);
      if (lab) add(labs, folder, lab);
    } else if (lesson) {
      const split = splitHead(text);
      if (!split) {
        report(path, 1, 'begins with a head between two lines of ---');
        continue;
      }
      const head = parse(lessonHeadSchema, path, split.head, 1);
      const { markdown, offset } = split;
      if (head) {
        add(lessons, lesson[1], { ...head, name: lesson[2], markdown, offset });
      }
    } else if (!/\.(md|svg)$|^LICENSE/.test(path)) {
      report(path, 1, 'is no file that a curriculum has');
    }
  }
  if (!files.has('dojo.yaml')) report('dojo.yaml', 1, 'is missing');
  for (const [folder, module] of modules) {
    curriculum.modules.push({
      ...module,
      lessons: lessons.get(folder) ?? [],
      quizzes: quizzes.get(folder) ?? [],
      labs: labs.get(folder) ?? [],
    });
  }
  return { curriculum, findings };
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** The head of a lesson between two lines of dashes, and its text. */
function splitHead(
  text: string,
): { head: string; markdown: string; offset: number } | undefined {
  if (!text.startsWith('---\n')) return undefined;
  const end = text.indexOf('\n---\n', 3);
  if (end < 0) return undefined;
  const head = text.slice(4, end + 1);
  return {
    head,
    markdown: text.slice(end + 5),
    offset: head.split('\n').length + 1,
  };
}
