import { expectSameMessages } from '@fawkes/kit-ui/testUtils';
import de from './de';
import { doraMessages } from './doraMessages';
import { factMessages } from './factMessages';
import { wordMessages } from './words';

it('says the same in both languages', () => {
  const messages = { ...doraMessages, ...factMessages, ...wordMessages };
  expect(() => expectSameMessages(messages, de)).not.toThrow();
});

it('leaves no sentence as it is', () => {
  const german: Readonly<Record<string, string>> = de;
  const same = Object.entries<string>({
    ...doraMessages,
    ...factMessages,
    ...wordMessages,
  }).filter(
    ([key, text]) => /[a-z] .* [a-z]/i.test(text) && german[key] === text,
  );
  expect(same).toEqual([]);
});

it('has every text in one file only', () => {
  const keys = [doraMessages, factMessages, wordMessages].flatMap(messages =>
    Object.keys(messages),
  );
  expect(new Set(keys).size).toBe(keys.length);
});
