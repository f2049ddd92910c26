import type { Rule } from './belts/rule';
import type { Heading } from './content/markdown';
import type { Drawing } from './content/svg';

/** A lesson as it is published. @public */
export interface PublishedLesson {
  /** Unique in its module. */
  name: string;
  /** What it is called. */
  title: string;
  /** How long it takes to read. */
  minutes: number;
  /** The module is not done without it. */
  required: boolean;
  /** CommonMark with tables, without HTML. */
  markdown: string;
  /** Its outline: levels 2 and 3. */
  headings: Heading[];
  /** By the address the text has for them. */
  drawings: Record<string, Drawing>;
}

/** A quiz as it is published: nothing of its questions. @public */
export interface PublishedQuiz {
  /** Never changes. */
  id: string;
  /** Unique in its curriculum. */
  slug: string;
  /** What it is called. */
  title: string;
  /** How long it usually takes. */
  minutes: number;
  /** How many are drawn. */
  questions: number;
  /** What they are worth together. */
  total: number;
  /** What passes, for display. */
  required: number;
  /** The share that passes, as it is written. */
  passPercent: string;
  /** The module is not done without it. */
  gate: boolean;
  /** How much is said of an attempt that ended. */
  feedback: 'none' | 'score' | 'sections' | 'full';
  /** How many there may be; null without a bound. */
  attempts: number | null;
}

/** A step of a lab as it is published: nothing of what it looks for. @public */
export interface PublishedCheck {
  /** Unique in its lab. */
  id: string;
  /** What is to be done. */
  title: string;
  /** How it is judged. */
  type: string;
  /** What it is worth. */
  points: number;
  /** The lab is not passed without it. */
  required: boolean;
}

/** A lab as it is published. @public */
export interface PublishedLab {
  /** Never changes. */
  id: string;
  /** Unique in its curriculum. */
  slug: string;
  /** What it is called. */
  title: string;
  /** How long it usually takes. */
  minutes: number;
  /** Its task: CommonMark with tables, without HTML. */
  markdown: string;
  /** By the address the task has for them. */
  drawings: Record<string, Drawing>;
  /** Whose work counts. */
  attribution: 'actor' | 'owner';
  /** In their order. */
  checks: PublishedCheck[];
  /** What they are worth together. */
  total: number;
  /** What passes, for display. */
  required: number;
  /** The share that passes, as it is written. */
  passPercent: string;
  /** The module is not done without it. */
  gate: boolean;
  /** Everything has to hold at one moment. */
  simultaneous: boolean;
}

/** A module as it is published. @public */
export interface PublishedModule {
  /** Never changes. */
  id: string;
  /** Its name in addresses. */
  slug: string;
  /** What it is pinned by. */
  version: string;
  /** As it is written. */
  status: string;
  /** What it is called. */
  title: string;
  /** One sentence. */
  summary: string;
  /** What one can do afterwards. */
  objectives: string[];
  /** How long it takes. */
  minutes: number;
  /** Slug of the belt it is shown with. */
  belt: string | null;
  /** No belt asks for it. */
  optional: boolean;
  /** Slugs of the modules that teach what it builds on. */
  after: string[];
  /** In their order. */
  lessons: PublishedLesson[];
  /** In their order. */
  quizzes: PublishedQuiz[];
  /** In their order. */
  labs: PublishedLab[];
}

/** A belt as it is published. @public */
export interface PublishedBelt {
  /** Never changes. */
  id: string;
  /** Its name in addresses. */
  slug: string;
  /** What it is called. */
  title: string;
  /** Its colour. */
  colour: string;
  /** What its holder is called. */
  certificate: string;
  /** It cannot be earned yet. */
  inPreparation: boolean;
  /** What its holder can do. */
  objectives: string[];
  /** What awards it. */
  award: Rule;
  /** Slugs of its modules that are there. */
  modules: string[];
  /** Modules that are being written. */
  planned: Array<{ id: string; title: string; minutes: number }>;
  /** Days of 24 hours after an exam that was not enough. */
  retakeWaitDays: number;
  /** How long it is valid, ISO 8601; null where it does not end. */
  validity: string | null;
}

/** An exam as it is published: nothing of its questions. @public */
export interface PublishedExam {
  /** Never changes. */
  id: string;
  /** Unique in its curriculum. */
  slug: string;
  /** What it is called. */
  title: string;
  /** Slug of its belt. */
  belt: string;
  /** How many are drawn. */
  questions: number;
  /** What they are worth together. */
  questionPoints: number;
  /** With its labs. */
  total: number;
  /** What passes, for display. */
  required: number;
  /** The share that passes, as it is written. */
  passPercent: string;
  /** Minutes on the clock of its questions. */
  clockMinutes: number;
  /** Everybody can read its items. */
  publicItems: boolean;
  /** Done beside the questions, and none of the modules' labs. */
  labs: PublishedLab[];
}

/** What of a curriculum may reach a browser. @public */
export interface PublishedCurriculum {
  /** Never changes. */
  id: string;
  /** Its name. */
  slug: string;
  /** Its version. */
  version: string;
  /** What it is called. */
  title: string;
  /** One sentence. */
  summary: string;
  /** Language of its texts. */
  locale: string;
  /** From the lowest on. */
  belts: PublishedBelt[];
  /** All that may be begun or finished. */
  modules: PublishedModule[];
  /** Exams of belts. */
  exams: PublishedExam[];
}
