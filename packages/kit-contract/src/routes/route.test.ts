import { createPermission } from '@backstage/plugin-permission-common';
import { z } from 'zod';
import { defineRoute, paramsOf, type Route } from './route';

const plain: Route = {
  method: 'get',
  path: '/things/:key',
  summary: 'One thing',
  who: ['user'],
  audit: 'thing',
};
const permission = createPermission({ name: 'thing.read', attributes: {} });

describe('defineRoute', () => {
  it('returns what it was given', () => {
    expect(defineRoute(plain)).toBe(plain);
  });

  it.each<[string, Partial<Route>, RegExp]>([
    ['a path without a slash', { path: 'things' }, /begins with a slash/],
    ['everything', { path: '/' }, /begins with a name/],
    ['any first name', { path: '/:key' }, /begins with a name/],
    ['any path', { path: '/*' }, /begins with a name/],
    [
      "the framework's paths",
      { path: '/.backstage/actions' },
      /begins with a name/,
    ],
    [
      'two bodies',
      { method: 'post', body: z.object({}), raw: { content: {} } },
      /by hand/,
    ],
    ['a GET with a body', { body: z.object({}) }, /GET has no body/],
    ['CSV of nothing', { csv: true }, /CSV/],
    ['204 with an answer', { answer: z.string(), status: 204 }, /204/],
    ['nobody', { who: [] }, /nobody may call/],
    [
      'permissions of anybody',
      { who: ['anybody'], needs: [permission] },
      /nobody in particular/,
    ],
    [
      'one name twice',
      { query: z.object({ key: z.string() }) },
      /two parameters are called 'key'/,
    ],
    [
      'a parameter called body',
      { query: z.object({ body: z.string() }) },
      /what the client calls/,
    ],
  ])('refuses %s', (_, fault, message) => {
    expect(() => defineRoute({ ...plain, ...fault })).toThrow(message);
    expect(() => defineRoute({ ...plain, ...fault })).toThrow(/^Route /);
  });
});

it('reads parameters off a path', () => {
  expect(paramsOf({ path: '/a/:one/b/:two' })).toEqual(['one', 'two']);
  expect(paramsOf({ path: '/a' })).toEqual([]);
});
