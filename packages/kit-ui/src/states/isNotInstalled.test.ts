import { ResponseError } from '@backstage/errors';
import { isNotInstalled } from './isNotInstalled';

const answered = (status: number, body: string, type = 'application/json') =>
  ResponseError.fromResponse(
    new Response(body, { status, headers: { 'content-type': type } }),
  );

const named = (name: string) =>
  JSON.stringify({
    error: { name, message: 'no' },
    response: { statusCode: 0 },
  });

it.each([
  [404, '', 'text/plain', true],
  [404, '<html>Cannot GET</html>', 'text/html', true],
  [404, named('NotFoundError'), 'application/json', false],
  [403, named('NotAllowedError'), 'application/json', false],
  [503, '', 'text/plain', false],
])('%d %s: %s %s', async (status, body, type, expected) => {
  expect(isNotInstalled(await answered(status, body, type))).toBe(expected);
});

it('takes an unreachable network for something else', () => {
  expect(isNotInstalled(new TypeError('Failed to fetch'))).toBe(false);
  expect(isNotInstalled(undefined)).toBe(false);
});
