import { provisioningWords } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { expectSameMessages } from '@fawkes/kit-ui/testUtils';
import { askMessages } from './askMessages';
import de from './de';
import { requestMessages } from './requestMessages';
import { stateMessages } from './stateMessages';
import { wordMessages } from './words';

const parts = [askMessages, requestMessages, stateMessages, wordMessages];
const english: Readonly<Record<string, string>> = Object.assign({}, ...parts);
const german: Readonly<Record<string, string>> = de;

it('says the same in both languages', () => {
  expect(() => expectSameMessages(english, german)).not.toThrow();
});

it('leaves no sentence as it is', () => {
  const same = Object.entries(english).filter(
    ([key, text]) => /[a-z] .* [a-z]/i.test(text) && german[key] === text,
  );
  expect(same).toEqual([]);
});

it('has every text in one file only', () => {
  const keys = parts.flatMap(messages => Object.keys(messages));
  expect(new Set(keys).size).toBe(keys.length);
});

it('says every code of the backend in both languages', () => {
  const silent = provisioningWords.codes.filter(code =>
    [english, german].some(messages => !messages[`words.${code}`]?.trim()),
  );
  expect(silent).toEqual([]);
});
