import { fieldsOfError, withFields } from './fieldsOfError';

it('knows the fields that an error names, and no others', () => {
  const error = Object.assign(new Error('No'), { secret: 'x' });
  expect(fieldsOfError(error)).toBeUndefined();
  expect(withFields(error, { statusCode: 422, code: 'NOT_SO' })).toBe(error);
  expect(fieldsOfError(error)).toEqual({ statusCode: 422, code: 'NOT_SO' });
  expect(JSON.stringify(error)).not.toContain('NOT_SO');
});
