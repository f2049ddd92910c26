/**
 * One managed thing, three ways: a file (its digest) or a field (its text).
 * Null is absent.
 * @public
 */
export interface Managed {
  /** Below the root of the repository, with slashes. */
  path: string;
  /** What we last wrote. */
  written: string | null;
  /** What we would write now. */
  wanted: string | null;
  /** What is there. */
  found: string | null;
  /** Without it the service does not work as it should. */
  needed: boolean;
  /** It is there and no longer does what it is for. */
  unfit?: boolean;
  /**
   * What of the file it is, where it is not the whole: the images a Dockerfile
   * builds on, one a line, or an annotation of the component.
   */
  field?: 'bases' | 'annotation';
}
