import {
  cabWords,
  CHANGE_EVENTS,
  EVIDENCE_KINDS,
  EVIDENCE_STATES,
  EXCEPTION_STATUSES,
  FACTS,
  ROUTES,
  SEVERITIES,
  STATES,
  WAIVABLE,
} from '@fawkes/backstage-plugin-cab-common';
import { DUTIES, RISK_MODELS } from '@fawkes/backstage-plugin-cab-common/rules';
import { expectSameMessages } from '@fawkes/kit-ui/testUtils';
import de from './de';
import { evidenceMessages } from './evidenceMessages';
import { exceptionMessages } from './exceptionMessages';
import { pageMessages } from './pageMessages';
import { termMessages } from './termMessages';
import { wordMessages } from './words';

const english: Readonly<Record<string, string>> = {
  ...pageMessages,
  ...evidenceMessages,
  ...exceptionMessages,
  ...termMessages,
  ...wordMessages,
};
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
  const keys = [
    pageMessages,
    evidenceMessages,
    exceptionMessages,
    termMessages,
    wordMessages,
  ].flatMap(messages => Object.keys(messages));
  expect(new Set(keys).size).toBe(keys.length);
});

it('has a word for everything the contract can name', () => {
  const models = [...RISK_MODELS.values()].map(({ model }) => model);
  const needed = [
    ...STATES.map(state => `state.${state}`),
    ...CHANGE_EVENTS.map(event => `event.${event}`),
    ...ROUTES.flatMap(route => [`band.${route}`, `route.${route}`]),
    'event.evidence_kept',
    ...EVIDENCE_KINDS.flatMap(kind => [
      `evidence.kind.${kind}`,
      `evidence.how.${kind}`,
    ]),
    ...EXCEPTION_STATUSES.map(status => `exception.status.${status}`),
    ...WAIVABLE.flatMap(waives => [
      `exception.waives.${waives}`,
      `exception.choice.${waives}`,
    ]),
    ...EVIDENCE_STATES.map(state => `evidence.state.${state}`),
    ...SEVERITIES.map(severity => `severity.${severity}`),
    ...FACTS.map(fact => `fact.${fact}`),
    ...DUTIES.map(duty => `duty.${duty}`),
    ...models.flatMap(({ factors, floors }) => [
      ...factors.map(({ id }) => `factor.${id}`),
      ...floors.map(({ id }) => `floor.${id}`),
    ]),
    ...Object.keys(cabWords.texts).map(code => `words.${code}`),
  ];
  expect(needed.filter(key => !german[key] || !english[key])).toEqual([]);
});
