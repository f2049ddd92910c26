import { isLoopback } from './loopback';

describe('isLoopback', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    '127.0.0.1',
    '127.9.8.7',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
  ])('%s is this machine', host => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each([
    '',
    '0.0.0.0',
    '::',
    '*',
    '10.0.0.1',
    '192.168.1.20',
    '126.255.255.255',
    '128.0.0.1',
    'fe80::1',
    '::2',
    '::ffff:10.0.0.1',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example',
    '[::1]',
    '2130706433',
    '127.1',
  ])('"%s" is not', host => {
    expect(isLoopback(host)).toBe(false);
  });
});
