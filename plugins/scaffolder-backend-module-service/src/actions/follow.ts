import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Effect,
  EffectType,
  ProvisioningRequest,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { ProvisioningService } from '@fawkes/backstage-plugin-provisioning-node';
import { answerOf, patiently, rest } from './ask';

/** States in which a run of a request goes on. */
const BUSY = new Set(['accepted', 'running', 'updating', 'destroying']);

/** What following a run needs. */
export interface Follow {
  provisioning: ProvisioningService;
  credentials: BackstageCredentials;
  /** Id of the request. */
  id: string;
  signal?: AbortSignal;
  log(line: string): void;
  /** Milliseconds between two looks. */
  every: number;
  /**
   * Whether the failure of a run is told for the first time. The second time,
   * somebody has pressed retry.
   */
  isNews(runId: string): Promise<boolean>;
}

/** What became of an effect. */
export interface Followed {
  request: ProvisioningRequest;
  /** Undefined where the run has no such effect. */
  effect: Effect | undefined;
}

/** Hands on what the log of an effect has that was not handed on. */
class Lines {
  private readonly after = new Map<string, string>();

  constructor(private readonly follow: Follow) {}

  async copy({ id: effect, runId: run, hasLog }: Effect): Promise<void> {
    if (!hasLog) return;
    const { provisioning, credentials, id, signal, log } = this.follow;
    const key = `${run}/${effect}`;
    for (;;) {
      const after = this.after.get(key);
      const page = await patiently(
        () =>
          provisioning.logs(
            { id, effect, run, ...(after !== undefined && { after }) },
            { credentials, signal },
          ),
        waiting(this.follow),
      );
      for (const { text } of page.lines) log(text);
      this.after.set(key, page.next);
      if (page.lines.length === 0 || page.next === after) return;
    }
  }
}

/**
 * Waits for the effect of a request's runs, and hands its log lines on. The run
 * is the portal's: whoever stops waiting stops nothing.
 *
 * @throws Error with the reason and where to look, when it did not get done
 */
export async function followEffect(
  type: EffectType,
  follow: Follow,
): Promise<Followed> {
  let lines = new Lines(follow);
  for (;;) {
    const request = await requestNow(follow);
    const effect = await newest(type, request, follow);
    if (effect) await lines.copy(effect);
    if (!effect || effect.state === 'done') return { request, effect };
    if (!BUSY.has(request.state)) {
      await goOn(request, effect, follow);
      lines = new Lines(follow);
    }
    await rest(follow.every, follow.signal);
  }
}

/** Waits until no run goes on. */
export async function followRun(follow: Follow): Promise<ProvisioningRequest> {
  for (;;) {
    const request = await requestNow(follow);
    if (!BUSY.has(request.state)) return request;
    await rest(follow.every, follow.signal);
  }
}

function requestNow(follow: Follow): Promise<ProvisioningRequest> {
  const { provisioning, credentials, id, signal } = follow;
  return patiently(
    () => provisioning.request({ id }, { credentials, signal }),
    waiting(follow),
  );
}

/** A retry does what is left: what was done is in an earlier run. */
async function newest(
  type: EffectType,
  { run }: ProvisioningRequest,
  follow: Follow,
): Promise<Effect | undefined> {
  const { provisioning, credentials, id, signal } = follow;
  const { items } = await patiently(
    () => provisioning.effects({ id }, { credentials, signal }),
    waiting(follow),
  );
  const all = items.filter(effect => effect.type === type);
  return all.find(({ runId }) => runId === run.id) ?? all.at(-1);
}

/** Goes on where somebody pressed retry; otherwise says what is wrong. */
async function goOn(
  request: ProvisioningRequest,
  effect: Effect,
  follow: Follow,
): Promise<void> {
  const { provisioning, credentials, id, signal, log } = follow;
  if (await follow.isNews(request.run.id)) {
    throw new Error(whatIsWrong(request, effect));
  }
  log('It failed before; going on with it');
  await answerOf(provisioning.retry({ id }, { credentials, signal }));
}

function whatIsWrong(request: ProvisioningRequest, effect: Effect): string {
  const reason = effect.reason?.text ?? request.reason?.text;
  const who =
    request.state === 'needs_person' ? 'a person has to look at it; ' : '';
  return `${effect.type} is ${effect.state}${
    reason ? `: ${reason}` : ''
  } (${who}${pageOf(request.id)} has more)`;
}

/** Where people see a request, below the address of the portal. */
export function pageOf(id: string): string {
  return `/provisioning/requests/${id}`;
}

function waiting({ signal, every, log }: Follow) {
  return {
    signal,
    every,
    onAway: () => log('The portal does not answer; it is asked again'),
  };
}
