import { readDrawing } from '../content/svg';
import { beside } from '../content/files';
import type { LintRule } from './context';

const FIXED =
  /^(v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?|[0-9a-f]{40}|sha256:[0-9a-f]{64})$/;

export const textTooMuch: LintRule = {
  name: 'text-too-much',
  severity: 'error',
  reason:
    'What nests or repeats without end keeps the portal busy, and no reader follows it.',
  *check({ texts }) {
    for (const { path, facts, offset } of texts) {
      if (!facts.fault) continue;
      const { line, message } = facts.fault;
      yield { path, line: offset + line, message };
    }
  },
};

export const rawHtml: LintRule = {
  name: 'raw-html',
  severity: 'error',
  reason: 'What is shown to others is text, not a program.',
  *check({ texts }) {
    for (const { path, facts, offset } of texts) {
      for (const line of facts.html) {
        yield {
          path,
          line: offset + line,
          message: 'has HTML outside of code; write Markdown',
        };
      }
    }
  },
};

export const imageAlt: LintRule = {
  name: 'image-alt',
  severity: 'error',
  reason: 'Whoever does not see a picture reads what it says.',
  *check({ texts }) {
    for (const { path, facts, offset } of texts) {
      for (const { alt, line } of facts.images) {
        if (alt.trim() !== '') continue;
        yield {
          path,
          line: offset + line,
          message: 'has a picture without a text that stands for it',
        };
      }
    }
  },
};

export const pictureUnsafe: LintRule = {
  name: 'picture-unsafe',
  severity: 'error',
  reason:
    'A picture lies beside its lesson and does nothing but draw; nothing is fetched from elsewhere.',
  *check({ curriculum, texts }) {
    // A picture may be in many texts, and is read once.
    const faults = new Map<string, string | undefined>();
    for (const { path, facts, offset } of texts) {
      for (const { url, line } of facts.images) {
        const picture = beside(path, url);
        if (!faults.has(picture)) {
          faults.set(picture, drawingFault(curriculum.pictures.get(picture)));
        }
        const fault = faults.get(picture);
        if (fault)
          yield { path, line: offset + line, message: `a picture ${fault}` };
      }
    }
  },
};

function drawingFault(source: string | undefined): string | undefined {
  if (source === undefined) return 'is no SVG of this curriculum';
  try {
    readDrawing(source);
    return undefined;
  } catch (error) {
    return error instanceof TypeError ? error.message : 'can not be read';
  }
}

export const linkUnsafe: LintRule = {
  name: 'link-unsafe',
  severity: 'error',
  reason: 'A link leads to a page, never to a program.',
  *check({ texts }) {
    for (const { path, facts, offset } of texts) {
      for (const { url, line } of facts.links) {
        if (/^(https:\/\/|\/|#|mailto:|\.{0,2}[\w-]+\.md)/.test(url)) continue;
        yield {
          path,
          line: offset + line,
          message: 'has a link that is neither https nor a path of the portal',
        };
      }
    }
  },
};

export const versionFloating: LintRule = {
  name: 'version-floating',
  severity: 'error',
  reason: '"v1" is another thing tomorrow, and then the lesson is wrong.',
  *check({ curriculum: { modules } }) {
    for (const module of modules) {
      for (const [index, { version }] of (
        module.value.runsAgainst ?? []
      ).entries()) {
        if (FIXED.test(version)) continue;
        yield {
          path: module.path,
          line: module.lineOf(['runsAgainst', index, 'version']),
          message:
            'version: must be a full version, a commit of 40 digits or a sha256 digest',
        };
      }
    }
  },
};

export const inlineCheck: LintRule = {
  name: 'inline-check',
  severity: 'error',
  reason:
    'Checks inside of lessons are not read yet, and would show their keys.',
  *check({ texts }) {
    for (const { path, facts, offset } of texts) {
      for (const { lang, line } of facts.fences) {
        if (lang !== 'dojo-check') continue;
        yield {
          path,
          line: offset + line,
          message: 'has a dojo-check; questions stand in quizzes',
        };
      }
    }
  },
};
