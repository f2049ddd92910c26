import { sha256 } from './sha256';

describe('sha256', () => {
  // The digests that FIPS 180-2 gives for its examples.
  it.each([
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ])('of %p', (text, digest) => {
    expect(sha256(text)).toBe(digest);
  });

  it('is of the text as UTF-8', () => {
    expect(sha256('ü')).not.toBe(sha256('u\u0308'));
    expect(sha256('ü')).toHaveLength(64);
  });
});
