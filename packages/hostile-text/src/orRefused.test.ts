import { orRefused } from './orRefused';

const throws = (thrown: unknown) =>
  orRefused(() => {
    throw thrown;
  });

it('takes errors of every kind for a refusal', () => {
  for (const error of [
    new Error('no'),
    new TypeError('no'),
    new RangeError('no'),
  ]) {
    expect(() => throws(error)('a')).not.toThrow();
  }
});

it('lets through what is no error', () => {
  expect(() => throws('no')('a')).toThrow('no');
});

it('gives the text on', () => {
  const run = jest.fn();
  orRefused(run)('a');
  expect(run).toHaveBeenCalledWith('a');
});
