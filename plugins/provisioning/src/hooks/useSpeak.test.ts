import {
  GITHUB_DEEDS,
  GITHUB_LEFTOVERS,
  nameFault,
  provisioningGithubWords,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { REQUEST_STATES } from '@fawkes/backstage-plugin-provisioning-common';
import de from '../translations/de';
import { paramMessages } from '../translations/paramMessages';
import { stateMessages } from '../translations/stateMessages';
import { sayParam } from './useSpeak';

const GERMAN: Readonly<Record<string, string>> = de;
const ENGLISH: Readonly<Record<string, string>> = {
  ...paramMessages,
  ...stateMessages,
};
const english = (key: string) => ENGLISH[key];
const german = (key: string) => GERMAN[key];

it.each([
  ['state', 'ready', 'Ready', 'Bereit'],
  ['host', 'local', 'this computer', 'diesem Rechner'],
  ['step', 'install', 'installing', 'das Installieren'],
  ['why', 'exited 1', 'its process ended: 1', 'der Prozess hat geendet: 1'],
  [
    'why',
    'not-ready 503',
    'it answered that it was not ready: 503',
    'die Antwort war: nicht bereit: 503',
  ],
  [
    'path',
    'template.version',
    'Version of the template',
    'Version der Vorlage',
  ],
  ['where', 'the network', 'the network', 'das Netz'],
])('%s %s is said in words', (name, value, en, says) => {
  expect(sayParam(english, name, value)).toBe(en);
  expect(sayParam(german, name, value)).toBe(says);
});

it.each([
  ['name', 'ready'],
  ['state', 'loadFailed'],
  ['state', '__proto__'],
  ['why', 'something new'],
  ['path', 'metadata.a.b'],
  ['count', 3],
])('%s %s stays as it is', (name, value) => {
  expect(sayParam(german, name, value)).toBe(value);
});

it.each(REQUEST_STATES)('every state of a request has words: %s', state => {
  expect(sayParam(german, 'state', state)).toBe(GERMAN[`request.${state}`]);
});

it.each(['default', 'test', 'localhost'])(
  'where %s means something else is said in German',
  name => {
    const where = nameFault(name, 'node')!.params.where;
    expect(sayParam(german, 'where', where)).not.toBe(where);
  },
);

it.each([...GITHUB_DEEDS, ...GITHUB_LEFTOVERS])(
  'what GitHub refused, or others left, is said in words: %s',
  what => {
    expect(sayParam(english, 'what', what)).toBe(what);
    expect(sayParam(german, 'what', what)).not.toBe(what);
  },
);

it('what GitHub forbids has no English in it but what GitHub said', () => {
  const params = { what: 'read the branch', target: 'main', message: 'No' };
  expect(provisioningGithubWords.say('github.forbidden', params).text).toBe(
    'The portal may not read the branch main. See the permissions of its GitHub App, then retry. GitHub says: No',
  );
  expect(
    GERMAN['words.github.forbidden']
      .replace('{{what}}', String(sayParam(german, 'what', params.what)))
      .replace('{{target}}', params.target),
  ).toMatch(/^Das Portal darf eines nicht: den Branch lesen: main\. /);
});
