/**
 * What the dojo works out, pure: content is read and checked, questions are
 * drawn and graded, belts are judged. No clock, no chance, no I/O.
 *
 * @packageDocumentation
 */
export * from './belts/evaluate';
export * from './belts/rule';
export * from './belts/validity';
export * from './content/files';
export * from './content/jsonSchemas';
export * from './content/markdown';
export { MARKDOWN_LIMITS, type MarkdownFault } from './content/markdownBounds';
export * from './content/readCurriculum';
export * from './content/schemas';
export * from './content/svg';
export type { Step } from './content/yaml';
export * from './draw';
export * from './grade/corrective';
export * from './grade/fold';
export * from './grade/grade';
export * from './grade/marks';
export * from './grade/numbers';
export * from './grade/patterns';
export * from './graph';
export * from './labs/checkTypes';
export * from './labs/figures';
export * from './labs/names';
export * from './labs/redact';
export * from './labs/sightings';
export * from './lint/findings';
export * from './lint/lint';
export * from './people/figures';
export * from './published';
export * from './split';
