import {
  createTemplateRenderer,
  TemplateLimitError,
  TemplateRenderError,
} from 'nunjitsu';

/**
 * Why the engine cannot even read a text, and in which line; undefined where it
 * can. What is missing or unknown when it runs is not asked here.
 * @public
 */
export function syntaxFault(
  text: string,
): { line: number; message: string } | undefined {
  try {
    createTemplateRenderer().render(text, {});
    return undefined;
  } catch (error) {
    if (error instanceof TemplateLimitError) {
      return { line: error.line ?? 1, message: error.message };
    }
    if (!(error instanceof TemplateRenderError)) throw error;
    return error.code === 'syntax_error'
      ? { line: error.line ?? 1, message: error.message }
      : undefined;
  }
}
