import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { normaliseRepository } from '@fawkes/backstage-plugin-delivery-common';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { readAllowedUrls } from './allowedUrls';
import type { GitRepository, GitSourceOptions } from './options';

const ROOT = 'delivery.sources.git';

/**
 * Reads `delivery.sources.git`.
 *
 * @throws InputError naming the config path of what cannot be read safely
 * @public
 */
export function readGitSourceOptions(
  config: RootConfigService,
): GitSourceOptions {
  const isAllowed = readAllowedUrls(config);
  const repositories = (
    config.getOptionalConfigArray(`${ROOT}.repositories`) ?? []
  ).map((item, index) =>
    readRepository(item, `${ROOT}.repositories[${index}]`, isAllowed),
  );
  const names = repositories.map(({ repository }) => repository);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) {
    throw new InputError(`${ROOT}.repositories names ${twice} twice`);
  }
  const schedule = config.getOptionalConfig(`${ROOT}.schedule`);
  return {
    repositories,
    workingDirectory: join(
      config.getOptionalString('backend.workingDirectory') ?? tmpdir(),
      'delivery-git',
    ),
    ...(schedule && {
      schedule: readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule),
    }),
  };
}

function readRepository(
  config: Config,
  at: string,
  isAllowed: (url: URL) => boolean,
): GitRepository {
  const named = config.getString('repository');
  const repository = normaliseRepository(named);
  if (!/^[^\s/]+(\/[^\s/]+){2,}$/.test(named) || repository.length > 200) {
    throw new InputError(
      `${at}.repository must be host/owner/name of at most 200 characters, e.g. github.com/acme/payments: ${named}`,
    );
  }
  return {
    location: readLocation(config, at, isAllowed),
    repository,
    tags: readTags(config, at),
    environment: config.getOptionalString('environment') ?? 'production',
    paths: config.getOptionalBoolean('paths') ?? false,
  };
}

function readLocation(
  config: Config,
  at: string,
  isAllowed: (url: URL) => boolean,
): GitRepository['location'] {
  const path = config.getOptionalString('path');
  const url = config.getOptionalString('url');
  if ((path === undefined) === (url === undefined)) {
    throw new InputError(`${at} needs either path or url`);
  }
  if (path !== undefined) {
    // A leading dash would be read as an option; an absolute path has none.
    if (!isAbsolute(path)) {
      throw new InputError(`${at}.path must be an absolute path`);
    }
    return { path };
  }
  return { url: readUrl(url ?? '', `${at}.url`, isAllowed) };
}

/** Only what cannot run a program, carry a secret or leave the allowed hosts. */
function readUrl(
  text: string,
  at: string,
  isAllowed: (url: URL) => boolean,
): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'file:'].includes(url.protocol)) {
    throw new InputError(`${at} must be an https:// or file:// address`);
  }
  if (url.username || url.password) {
    throw new InputError(
      `${at} must not hold credentials: give them to git by a credential helper`,
    );
  }
  if (url.search || url.hash) {
    throw new InputError(`${at} must not have a query or a fragment`);
  }
  if (url.protocol === 'file:' ? url.host !== '' : !isAllowed(url)) {
    throw new InputError(
      `${at} is on ${url.host}, which backend.reading.allow does not list`,
    );
  }
  return url.href;
}

const DEFAULT_TAGS = /^v?\d+\.\d+(\.\d+)?$/;

function readTags(config: Config, at: string): RegExp {
  const text = config.getOptionalString('tags');
  if (text === undefined) return DEFAULT_TAGS;
  try {
    return new RegExp(text);
  } catch {
    throw new InputError(`${at}.tags is not a regular expression: ${text}`);
  }
}
