import { doraMessages } from './doraMessages';
import { doraMessagesDe } from './doraMessages.de';

const names = (text: string) =>
  [...text.matchAll(/\{\{(\w+)/g)].map(match => match[1]).sort();

describe('the German texts', () => {
  it.each(Object.entries(doraMessages))('fill in the same: %s', (key, text) => {
    expect(names(doraMessagesDe[key as keyof typeof doraMessages])).toEqual(
      names(text),
    );
  });
});
