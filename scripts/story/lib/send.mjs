import { formatSeconds, thousands } from '../../lib/say.mjs';

const BATCH_EVENTS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;
const IN_FLIGHT = 4;
const SHOWN_REJECTIONS = 20;

/** Cuts events into JSON arrays a portal takes: 500 events, 4 MiB at most. */
export function batchesOf(events) {
  const batches = [];
  let lines = [];
  let bytes = 0;
  let sent = 0;
  const close = () => {
    if (lines.length === 0) return;
    batches.push({
      from: sent,
      count: lines.length,
      body: `[${lines.join(',')}]`,
    });
    sent += lines.length;
    lines = [];
    bytes = 0;
  };
  for (const event of events) {
    const line = JSON.stringify(event);
    const size = Buffer.byteLength(line) + 1;
    if (lines.length === BATCH_EVENTS || bytes + size > BATCH_BYTES) close();
    lines.push(line);
    bytes += size;
  }
  close();
  return batches;
}

/**
 * Posts all events to a path of a plugin's API that takes arrays of them, four
 * batches at a time, and counts what became of them.
 */
export async function sendEvents(api, path, events, line) {
  const batches = batchesOf(events);
  const begun = performance.now();
  const tally = { accepted: 0, duplicate: 0, rejected: 0, rejections: [] };
  let next = 0;
  let sent = 0;

  const worker = async () => {
    while (next < batches.length) {
      const { from, count, body } = batches[next++];
      const answer = await api.post(path, body);
      note(tally, answer, events.slice(from, from + count));
      sent += count;
      line.show(describe(sent, events.length, begun));
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return { ...tally, seconds: (performance.now() - begun) / 1000 };
}

function note(tally, answer, events) {
  tally.accepted += answer.accepted;
  tally.duplicate += answer.duplicate;
  tally.rejected += answer.rejected;
  answer.results.forEach((result, index) => {
    if (result.status !== 'rejected') return;
    if (tally.rejections.length >= SHOWN_REJECTIONS) return;
    const { type, id } = events[index];
    tally.rejections.push(`${type} ${id}: ${result.path} ${result.reason}`);
  });
}

function describe(sent, total, begun) {
  const seconds = (performance.now() - begun) / 1000;
  const rate = sent / seconds;
  const left = formatSeconds((total - sent) / rate);
  return `${Math.floor((sent / total) * 100)} % · ${thousands(
    sent,
  )} of ${thousands(total)} events · ${thousands(
    Math.round(rate),
  )} events/s · ${left} left`;
}
