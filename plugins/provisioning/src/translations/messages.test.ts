import { gpuWords } from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { provisioningWordTables } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { expectSameMessages } from '@fawkes/kit-ui/testUtils';
import { askMessages } from './askMessages';
import de from './de';
import { gpuMessages } from './gpuMessages';
import { paramMessages } from './paramMessages';
import { requestMessages } from './requestMessages';
import { stateMessages } from './stateMessages';
import { wordMessages } from './words';

const parts = [
  askMessages,
  gpuMessages,
  paramMessages,
  requestMessages,
  stateMessages,
  wordMessages,
];
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

describe.each([
  ['English', english],
  ['German', german],
])('in %s', (_, messages) => {
  it.each(
    [...provisioningWordTables, gpuWords].map(
      table => [table.codes[0], table] as const,
    ),
  )('every code is said of the table that begins with %s', (__, { texts }) => {
    const silent = Object.keys(texts).filter(
      key => !messages[`words.${key}`]?.trim(),
    );
    expect(silent).toEqual([]);
  });
});
