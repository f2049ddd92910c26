import type MarkdownIt from 'markdown-it';

const OPENING = /^!!!\s+([a-z]+)(?:\s+"([^"]*)")?\s*$/;

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

type RuleBlock = Parameters<MarkdownIt['block']['ruler']['push']>[1];

const block: RuleBlock = (state, startLine, endLine, silent) => {
  const start = state.bMarks[startLine] + state.tShift[startLine];
  const match = OPENING.exec(state.src.slice(start, state.eMarks[startLine]));
  if (!match) {
    return false;
  }
  if (silent) {
    return true;
  }
  const indent = state.sCount[startLine] + 4;
  let nextLine = startLine + 1;
  while (
    nextLine < endLine &&
    (state.isEmpty(nextLine) || state.sCount[nextLine] >= indent)
  ) {
    nextLine += 1;
  }
  const [, type, title = capitalised(type)] = match;
  const open = state.push('admonition_open', 'div', 1);
  open.attrSet('class', `admonition ${type}`);
  open.block = true;
  if (title) {
    state
      .push('admonition_title_open', 'p', 1)
      .attrSet('class', 'admonition-title');
    const inline = state.push('inline', '', 0);
    inline.content = title;
    inline.map = [startLine, startLine + 1];
    inline.children = [];
    state.push('admonition_title_close', 'p', -1);
  }
  const { blkIndent, lineMax } = state;
  state.blkIndent = indent;
  state.lineMax = nextLine;
  state.md.block.tokenize(state, startLine + 1, nextLine);
  state.blkIndent = blkIndent;
  state.lineMax = lineMax;
  state.push('admonition_close', 'div', -1).block = true;
  state.line = nextLine;
  return true;
};

/** Understands MkDocs' boxes: `!!! note "Title"` with its text indented by four spaces. */
export function admonitions(md: MarkdownIt): void {
  md.block.ruler.before('fence', 'admonition', block, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
}
