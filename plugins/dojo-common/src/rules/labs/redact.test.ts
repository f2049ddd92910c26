import { excerptOf, MAX_EXCERPT } from './redact';

const ME = 'user:default/priya';

it('keeps the fact, and of people only the one whose evidence it is', () => {
  const { text, cut } = excerptOf(
    {
      deployment: 'd-1',
      actor: 'User:default/Priya',
      approvers: ['user:default/bob', 'mail bob@example.org'],
      version: '1.2.0',
    },
    ME,
  );
  expect(JSON.parse(text)).toEqual({
    actor: 'User:default/Priya',
    approvers: ['[another person]', 'mail [address]'],
    deployment: 'd-1',
    version: '1.2.0',
  });
  expect(cut).toBe(false);
});

it.each([
  ['ghp_0123456789abcdef'],
  ['Authorization: Bearer abcdefgh12345678'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'],
  ['-----BEGIN RSA PRIVATE KEY-----'],
  ['https://me:hunter2@example.org/'],
])('blots out %p', secret => {
  const { text } = excerptOf({ note: `see ${secret} there` }, ME);
  expect(text).toContain('[secret]');
  expect(text).not.toMatch(/0123456789|abcdefgh|c2ln|BEGIN|hunter2/);
});

it.each(['token', 'API_KEY', 'clientSecret', 'password', 'Set-Cookie'])(
  'blots out what is called %p',
  name => {
    expect(excerptOf({ [name]: { deep: 'x1y2' } }, ME).text).not.toContain(
      'x1y2',
    );
  },
);

it('stays within its bounds, and says that it was cut', () => {
  const wide = Array.from({ length: 500 }, () => '€'.repeat(3_000));
  const { text, cut } = excerptOf(wide, ME);
  expect(cut).toBe(true);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_EXCERPT);
  let deep: unknown = 'x';
  for (let level = 0; level < 5_000; level++) deep = { deep };
  expect(excerptOf(deep, ME).cut).toBe(true);
});
