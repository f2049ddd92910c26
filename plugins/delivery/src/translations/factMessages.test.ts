import { factMessages } from './factMessages';
import { factMessagesDe } from './factMessages.de';

const names = (text: string) =>
  [...text.matchAll(/\{\{(\w+)/g)].map(match => match[1]).sort();

describe('the German texts of facts', () => {
  it.each(Object.entries(factMessages))('fill in the same: %s', (key, text) => {
    expect(names(factMessagesDe[key as keyof typeof factMessages])).toEqual(
      names(text),
    );
  });
});
