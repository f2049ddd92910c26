import type { Config } from '@backstage/config';
import { Redactor } from './local/logs/redactor';

/** Names under which configurations keep secrets. */
const SECRET = /token|secret|password|privatekey|apikey/i;
/** Sections in which the portal keeps what nobody may read. */
const SECTIONS = ['backend', 'integrations', 'auth', 'delivery'];

/** The secrets of a configuration, wherever they are. */
export function secretsIn(config: Config): string[] {
  return SECTIONS.flatMap(section => find(config.getOptional(section), false));
}

function find(value: unknown, secret: boolean): string[] {
  if (typeof value === 'string') return secret ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    find(inner, secret || SECRET.test(name)),
  );
}

/** Takes the portal's own secrets out of a text. */
export function redactWith(config: Config): (text: string) => string {
  const redactor = new Redactor(secretsIn(config));
  return text => redactor.clean(text);
}
