import { BackendProcess } from './backendProcess';
import { checkBulkPath } from './check';
import { prepareData } from './data';
import { Databases, openKnex, type DatabaseAddress } from './databases';
import { below, load } from './figures';
import { measureGrowth } from './measures/growth';
import { measureHistory } from './measures/history';
import { measureIntake } from './measures/intake';
import { measureLive } from './measures/live';
import { measureViews } from './measures/views';
import type { MeasureContext } from './measures/context';
import type { Options, Part } from './options';
import { describeMachine, toMarkdown, type Findings } from './report';

const MEMORY_MIB = 512;

/** Runs what was asked for and returns the report. */
export async function run(
  options: Options,
  say: (text: string) => void,
): Promise<string> {
  const findings: Findings = { about: [], figures: [], notes: [] };
  const databases = new Databases(options.dialect, options.keep);
  try {
    if (options.parts.has('check')) {
      say('comparing the bulk path with the intake');
      const check = await checkBulkPath(databases, options.seed);
      findings.figures.push(check);
      // Figures of a data set that is not what it pretends to be mean nothing.
      if (check.verdict !== 'equal') process.exitCode = 1;
    }
    const needsData = [...options.parts].some(part => part !== 'check');
    if (needsData) await measureOnData(options, databases, findings, say);
  } finally {
    await databases.removeAll();
  }
  return `# delivery at scale ${options.scale}\n\n${toMarkdown(findings)}`;
}

async function measureOnData(
  options: Options,
  databases: Databases,
  findings: Findings,
  say: (text: string) => void,
): Promise<void> {
  const loads = [load()];
  const data = await prepareData(databases, options.scale, options.seed, say);
  findings.about.push(
    describeMachine(await versionOf(data.address)),
    ...data.about,
  );
  const backend = await BackendProcess.start(data.settings);
  const context: MeasureContext = { options, data, backend, findings, say };
  const measures: Array<[Part, () => Promise<void>]> = [
    ['views', () => measureViews(context)],
    ['intake', () => measureIntake(context)],
    ['live', () => measureLive(context)],
    ['history', () => measureHistory(context)],
    ['growth', () => measureGrowth(context, databases)],
  ];
  const peaks: string[] = [];
  let highest = 0;
  try {
    for (const [part, measure] of measures) {
      if (!options.parts.has(part)) continue;
      say(`measuring: ${part}`);
      backend.takePeak();
      await measure();
      const peak = backend.takePeak();
      highest = Math.max(highest, peak);
      peaks.push(`${part} ${Math.round(peak)}`);
      loads.push(load());
    }
  } finally {
    await backend.stop();
  }
  peaks.push(`deriving everything ${Math.round(data.peakMiB)}`);
  highest = Math.max(highest, data.peakMiB);
  findings.figures.push({
    what: 'backend memory during all of it',
    target: `< ${MEMORY_MIB} MiB above idle`,
    measured: `${Math.round(highest)} MiB above idle (${Math.round(
      backend.idleMiB,
    )} MiB); ${peaks.join(', ')}`,
    verdict: below(highest, MEMORY_MIB),
  });
  findings.about.push(
    `load of the machine (1 minute), ours included: ${loads
      .map(value => value.toFixed(1))
      .join(' → ')}; seed ${
      options.seed
    }; each view is asked over HTTP one at a time after 10 warm-up questions`,
    'left out: work items and value streams, which are not in this version; the catalog and the portal around the plugin answer at once',
  );
}

async function versionOf(address: DatabaseAddress): Promise<string> {
  const db = openKnex(address);
  try {
    if (address.dialect !== 'pg') {
      const [{ version }] = await db.raw('select sqlite_version() as version');
      return `SQLite ${version}`;
    }
    const { rows } = await db.raw(
      `select current_setting('server_version') as version,
        current_setting('shared_buffers') as buffers, current_setting('work_mem') as work,
        current_setting('fsync') as fsync`,
    );
    const [{ version, buffers, work, fsync }] = rows;
    return `PostgreSQL ${
      version.split(' ')[0]
    } (shared_buffers ${buffers}, work_mem ${work}, fsync ${fsync}; the defaults)`;
  } finally {
    await db.destroy();
  }
}
