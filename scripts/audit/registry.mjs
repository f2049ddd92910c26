import { askYarn } from './ask.mjs';

const timeOf = (times, version) => {
  const at = Date.parse(times?.[version]);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

/** Asks when a version was published, which one is the newest, and when that was published. */
export async function askAges({ name, version }, yarnOptions) {
  const { values, reason } = await askYarn(
    [
      ...['npm', 'info', `${name}@${version}`],
      ...['--json', '--fields', 'name,time,dist-tags'],
    ],
    yarnOptions,
  );
  const { time, 'dist-tags': tags } = values?.[0] ?? {};
  const newest = tags?.latest;
  const published = timeOf(time, version);
  const newestPublished = timeOf(time, newest);
  const silent = version =>
    reason ?? `the registry does not tell when ${version} was published`;
  return {
    published,
    newest,
    newestPublished,
    notAsked: {
      ...(!published && { age: silent(version) }),
      ...(!newestPublished && { newest: silent(newest ?? 'the newest') }),
    },
  };
}
