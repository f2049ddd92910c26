import { expectSameMessages } from '@fawkes/kit-ui/testUtils';
import de from './de';
import { messages } from './messages';
import { wordMessages } from './words';

it('says the same in both languages', () => {
  expect(() =>
    expectSameMessages({ ...messages, ...wordMessages }, de),
  ).not.toThrow();
});

it('leaves no sentence as it is', () => {
  const german: Readonly<Record<string, string>> = de;
  const same = Object.entries<string>({ ...messages, ...wordMessages }).filter(
    ([key, text]) => /[a-z] .* [a-z]/i.test(text) && german[key] === text,
  );
  expect(same).toEqual([]);
});
