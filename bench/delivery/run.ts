import { MIGRATIONS } from '../../plugins/delivery-backend/src/store/database';
import { Databases, versionOf } from '../lib/databases';
import { load } from '../lib/figures';
import { loadLine, memoryFigure, takeMeasures } from '../lib/measures';
import { describeMachine, toMarkdown, type Findings } from '../lib/report';
import { checkBulkPath } from './check';
import { prepareData } from './data';
import { measureGrowth } from './measures/growth';
import { measureHistory } from './measures/history';
import { measureIntake } from './measures/intake';
import { measureLive } from './measures/live';
import { measureViews } from './measures/views';
import type { MeasureContext } from './measures/context';
import type { Options } from './options';
import { startBackend } from './protocol';

const MEMORY_MIB = 512;

/** Runs what was asked for and returns the report. */
export async function run(
  options: Options,
  say: (text: string) => void,
): Promise<string> {
  const findings: Findings = { about: [], figures: [], notes: [] };
  const databases = new Databases({
    ...options,
    migrate: db => db.migrate.latest({ directory: MIGRATIONS }),
  });
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
  const before = load();
  const data = await prepareData(databases, options.scale, options.seed, say);
  findings.about.push(
    describeMachine(await versionOf(data.address)),
    ...data.about,
  );
  const backend = await startBackend(data.settings);
  const context: MeasureContext = { options, data, backend, findings, say };
  try {
    const course = await takeMeasures(
      [
        ['views', () => measureViews(context)],
        ['intake', () => measureIntake(context)],
        ['live', () => measureLive(context)],
        ['history', () => measureHistory(context)],
        ['growth', () => measureGrowth(context, databases)],
      ],
      options.parts,
      backend,
      say,
    );
    course.loads.unshift(before);
    course.peaks.push(['deriving everything', data.peakMiB]);
    findings.figures.push(memoryFigure(course, backend.idleMiB, MEMORY_MIB));
    findings.about.push(
      `${loadLine(course)}; seed ${
        options.seed
      }; each view is asked over HTTP one at a time after 10 warm-up questions`,
      'left out: work items and value streams, which are not in this version; the catalog and the portal around the plugin answer at once',
    );
  } finally {
    await backend.stop();
  }
}
