import { pageUrl, publishedHref } from './pageUrl';

describe('pageUrl', () => {
  it.each([
    ['index.md', ''],
    ['README.md', ''],
    ['first.md', 'first/'],
    ['guide/index.md', 'guide/'],
    ['guide/second.md', 'guide/second/'],
  ])('publishes %s at "%s"', (source, url) => {
    expect(pageUrl(source)).toBe(url);
  });
});

describe('publishedHref', () => {
  it.each([
    ['index.md', 'first.md', 'first/'],
    ['index.md', './guide/second.md#why', 'guide/second/#why'],
    ['first.md', 'index.md', '../'],
    ['first.md', 'guide/second.md', '../guide/second/'],
    ['guide/second.md', '../first.md', '../../first/'],
    ['guide/second.md', 'picture.svg', '../picture.svg'],
    ['first.md', '#here', '#here'],
    ['first.md', '/catalog', '/catalog'],
    ['first.md', 'https://dora.dev/', 'https://dora.dev/'],
    ['first.md', 'mailto:a@example.com', 'mailto:a@example.com'],
  ])('from %s, %s becomes %s', (source, href, published) => {
    expect(publishedHref(source, href)).toBe(published);
  });
});
