/**
 * Whether an answer means that the backend has no such plugin: a portal says so
 * with a bare 404, while ours names the error.
 * @public
 */
export function isNotInstalled(error: unknown): boolean {
  const { statusCode, body } = (error ?? {}) as {
    statusCode?: number;
    body?: { error?: { name?: string } };
  };
  return statusCode === 404 && body?.error?.name !== 'NotFoundError';
}
