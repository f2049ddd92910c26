import {
  REQUEST_ACTIONS,
  type Allowance,
  type DestructionResponse,
  type Effect,
  type FileChange,
  type Isolation,
  type NormalSpec,
  type OperatorResponse,
  type Plan,
  type PlannedEffect,
  type PlannedFile,
  type ProvisioningRequest,
  type Release,
  type RequestAction,
  type RequestSummary,
  type Revision,
  type Run,
  type Service,
  type TemplatesResponse,
  type Thing,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  provisioningComputerWords,
  say,
  type WordCode,
} from '@fawkes/backstage-plugin-provisioning-common/rules';

export const NOW = '2026-03-27T12:00:00.000Z';
export const ME = 'user:default/mira.okafor';
export const MY_TEAM = 'group:default/payments-core';
export const REQUEST = '01980a00-0000-7000-8000-000000000001';
export const RUN = '01980a00-0000-7000-8000-0000000000a1';
const REPOSITORY = 'portal.local/default/shop';

const { say: sayComputer } = provisioningComputerWords;

/** What keeps services from the computer, where bubblewrap works. */
export const SANDBOXED: Isolation = {
  sandboxed: true,
  words: sayComputer('sandbox.bubblewrap', { scratch: 64 }),
  why: null,
};

/** The same where it was refused. */
export const UNCONFINED: Isolation = {
  sandboxed: false,
  words: sayComputer('sandbox.none'),
  why: sayComputer('sandbox.why.refused_said', {
    said: 'bwrap: No permissions to create new namespace',
  }),
};

/** A digest that is all one digit. */
export const digest = (digit: string) => digit.repeat(64);
/** A commit that is all one digit. */
export const commit = (digit: string) => digit.repeat(40);
/** An instant so many seconds after {@link NOW}. */
export const after = (seconds: number) =>
  new Date(Date.parse(NOW) + seconds * 1_000).toISOString();

export function aTemplate(
  over: Partial<TemplatesResponse['items'][number]> = {},
): TemplatesResponse['items'][number] {
  return {
    name: 'node-api',
    version: '1.0.0',
    treeHash: digest('a'),
    title: 'Node API',
    description:
      'An HTTP API with health, metrics, tests and a pipeline that fails on what is dangerous.',
    type: 'api',
    language: 'node',
    ci: 'github-actions',
    ...over,
  };
}

export function someTemplates(
  over: Partial<TemplatesResponse> = {},
): TemplatesResponse {
  return {
    asOf: NOW,
    items: [
      aTemplate(),
      aTemplate({
        name: 'node-worker',
        title: 'Node worker',
        type: 'worker',
        description: 'Works through a queue, and says on /health how it is.',
      }),
      aTemplate({
        name: 'node-library',
        title: 'Node library',
        type: 'library',
        description: 'Shared code: tested and packed, never started.',
      }),
    ],
    hosts: [
      {
        host: 'local',
        available: true,
        words: say('plan.runs_code'),
        isolation: SANDBOXED,
        places: [],
      },
      {
        host: 'github',
        available: false,
        words: {
          code: 'host.github.unset',
          params: {},
          text: 'Set provisioning.github.organizations and an integration for github.com.',
        },
        isolation: null,
        places: [],
      },
    ],
    paused: null,
    ...over,
  };
}

/** Words of the table, without their text. */
const words = (code: WordCode, params = {}) => say(code, params);

export function aPlannedEffect(
  over: Partial<PlannedEffect> = {},
): PlannedEffect {
  return {
    id: 'repo:ensure',
    type: 'repo:ensure',
    title: words('effect.repo.ensure', { repository: REPOSITORY }),
    undoClass: 'compensating',
    undo: words('effect.repo.ensure.undo.local'),
    dependsOn: [],
    origin: 'created',
    ...over,
  };
}

/** What making a service on this portal consists of. */
export function plannedEffects(): PlannedEffect[] {
  const entity = 'component:default/shop';
  return [
    aPlannedEffect({
      id: 'name:reserve',
      type: 'name:reserve',
      title: words('effect.name.reserve', { name: 'shop' }),
      undoClass: 'exact',
      undo: words('effect.name.reserve.undo'),
    }),
    aPlannedEffect({ dependsOn: ['name:reserve'] }),
    aPlannedEffect({
      id: 'catalog:entity:ensure',
      type: 'catalog:entity:ensure',
      title: words('effect.catalog.ensure', { entity }),
      undoClass: 'exact',
      undo: words('effect.catalog.ensure.undo'),
      dependsOn: ['repo:ensure'],
    }),
    aPlannedEffect({
      id: 'service:build',
      type: 'service:build',
      title: words('effect.build', { name: 'shop' }),
      undoClass: 'exact',
      undo: words('effect.build.undo'),
      dependsOn: ['repo:ensure'],
    }),
    aPlannedEffect({
      id: 'service:deploy',
      type: 'service:deploy',
      title: words('effect.deploy', { name: 'shop' }),
      undoClass: 'compensating',
      undo: words('effect.deploy.undo'),
      dependsOn: ['service:build'],
    }),
    aPlannedEffect({
      id: 'events:tell',
      type: 'events:tell',
      title: words('effect.tell', { name: 'shop' }),
      undoClass: 'keep',
      undo: words('effect.tell.undo'),
      dependsOn: ['service:deploy'],
    }),
  ];
}

export function aFile(over: Partial<PlannedFile> = {}): PlannedFile {
  const content = over.content ?? '# Shop\n\nTakes orders.\n';
  return {
    path: 'README.md',
    mode: '644',
    size: content.length,
    sha256: digest('b'),
    content,
    omitted: null,
    ...over,
  };
}

export function aPlan(over: Partial<Plan> = {}): Plan {
  return {
    kind: 'service',
    namespace: 'default',
    name: 'shop',
    specDigest: digest('1'),
    planDigest: digest('2'),
    bundleDigest: digest('3'),
    files: [
      aFile(),
      aFile({
        path: '.github/workflows/ci.yaml',
        content:
          'name: ci\non:\n  push:\n    branches: [main]\njobs:\n  test:\n    runs-on: ubuntu-24.04\n',
      }),
      aFile({
        path: 'src/server.ts',
        content:
          "import Fastify from 'fastify';\n\nconst app = Fastify({ logger: true });\napp.get('/health', async () => ({ status: 'ok' }));\n",
      }),
      aFile({
        path: 'scripts/start.sh',
        mode: '755',
        content: '#!/bin/sh\nexec node src/server.ts\n',
      }),
      aFile({
        path: 'docs/logo.png',
        size: 18_234,
        content: null,
        omitted: 'binary',
      }),
    ],
    effects: plannedEffects(),
    cost: { amountMinor: null, reason: words('cost.no_card') },
    isolation: SANDBOXED,
    assumptions: [words('plan.runs_code'), words('plan.address')],
    obstacles: [],
    asOf: NOW,
    ...over,
  };
}

export function aSpec(over: Partial<NormalSpec> = {}): NormalSpec {
  return {
    schemaVersion: 1,
    template: { name: 'node-api', version: '1.0.0', treeHash: digest('a') },
    type: 'api',
    language: 'node',
    ci: 'github-actions',
    owner: MY_TEAM,
    title: 'Shop',
    description: 'Takes orders',
    repository: { host: 'local' },
    system: null,
    lifecycle: 'experimental',
    ...over,
  };
}

export function aService(over: Partial<Service> = {}): Service {
  return {
    state: 'healthy',
    reason: null,
    since: NOW,
    address: 'http://127.0.0.1:41234',
    release: digest('c'),
    isolation: SANDBOXED.words,
    ...over,
  };
}

export function aRun(over: Partial<Run> = {}): Run {
  return {
    id: RUN,
    kind: 'create',
    state: 'done',
    reason: null,
    initiator: ME,
    cancelAsked: false,
    startedAt: NOW,
    finishedAt: after(12.4),
    seconds: 12.4,
    ...over,
  };
}

/** Everything is allowed but what is named, each with why not. */
export function allowances(
  not: Partial<Record<RequestAction, WordCode>> = {},
): Allowance[] {
  return REQUEST_ACTIONS.map(action => {
    const code = not[action];
    return {
      action,
      allowed: code === undefined,
      reason: code === undefined ? null : words(code, { owner: MY_TEAM }),
      who: words('who.owner', { owner: MY_TEAM }),
    };
  });
}

export function aThing(over: Partial<Thing> = {}): Thing {
  return {
    effect: 'repo:ensure',
    title: words('thing.repository', { repository: REPOSITORY }),
    origin: 'created',
    undoClass: 'compensating',
    undo: words('effect.repo.ensure.undo.local'),
    links: [],
    ...over,
  };
}

export function someThings(): Thing[] {
  return [
    aThing(),
    aThing({
      effect: 'catalog:entity:ensure',
      title: words('thing.entity', {
        entity: 'component:default/shop',
      }),
      undoClass: 'exact',
      undo: words('effect.catalog.ensure.undo'),
      links: [
        {
          kind: 'component',
          title: 'component:default/shop',
          target: 'component:default/shop',
        },
      ],
    }),
    aThing({
      effect: 'service:deploy',
      title: words('thing.service', { name: 'shop' }),
      undo: words('effect.deploy.undo'),
      links: [
        {
          kind: 'address',
          title: 'http://127.0.0.1:41234',
          target: 'http://127.0.0.1:41234',
        },
      ],
    }),
  ];
}

export function aSummary(over: Partial<RequestSummary> = {}): RequestSummary {
  return {
    id: REQUEST,
    kind: 'service',
    namespace: 'default',
    name: 'shop',
    title: 'Shop',
    entityRef: 'component:default/shop',
    owner: MY_TEAM,
    requester: ME,
    state: 'ready',
    reason: null,
    service: aService(),
    practice: false,
    template: { name: 'node-api', version: '1.0.0' },
    createdAt: NOW,
    updatedAt: NOW,
    ...over,
  };
}

export function aRelease(over: Partial<Release> = {}): Release {
  return {
    digest: digest('c'),
    commit: commit('c'),
    healthy: true,
    current: true,
    kind: 'deploy',
    state: 'healthy',
    reason: null,
    at: NOW,
    by: ME,
    runId: RUN,
    ...over,
  };
}

export function aRequest(
  over: Partial<ProvisioningRequest> = {},
): ProvisioningRequest {
  return {
    ...aSummary(),
    spec: aSpec(),
    specDigest: digest('1'),
    planDigest: digest('2'),
    bundleDigest: digest('3'),
    revision: 1,
    onFailure: 'continue',
    endsAt: null,
    run: aRun(),
    waitingCommit: null,
    things: someThings(),
    links: [
      {
        kind: 'clone',
        title: 'Clone',
        target: 'http://127.0.0.1:40123/default/shop.git',
      },
      {
        kind: 'component',
        title: 'component:default/shop',
        target: 'component:default/shop',
      },
    ],
    releases: [
      aRelease(),
      aRelease({
        digest: digest('d'),
        commit: commit('d'),
        current: false,
        at: after(-86_400),
      }),
    ],
    findings: [],
    cost: { amountMinor: null, reason: words('cost.no_card') },
    pendingOwner: null,
    allowances: allowances(),
    provenBy: 'real-program',
    serverTime: NOW,
    ...over,
  };
}

export function anEffect(over: Partial<Effect> = {}): Effect {
  return {
    ...aPlannedEffect(),
    runId: RUN,
    state: 'done',
    reason: null,
    startedAt: NOW,
    finishedAt: after(0.5),
    seconds: 0.5,
    attempts: 1,
    links: [],
    hasLog: false,
    ...over,
  };
}

/** Effects of which the first `done` are done, and the next is under way. */
export function effectsUpTo(done: number): Effect[] {
  return plannedEffects().map((planned, index) => {
    const hasLog = planned.id.startsWith('service:');
    if (index < done) {
      return anEffect({ ...planned, hasLog, seconds: 0.4 + index * 1.3 });
    }
    const isNow = index === done;
    return anEffect({
      ...planned,
      state: isNow ? 'sent' : 'planned',
      startedAt: isNow ? NOW : null,
      finishedAt: null,
      seconds: isNow ? 3.2 : null,
      attempts: isNow ? 1 : 0,
      hasLog: isNow && hasLog,
    });
  });
}

export function aFileChange(over: Partial<FileChange> = {}): FileChange {
  return {
    path: 'Dockerfile',
    change: 'changed',
    diff: '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,3 +1,3 @@\n-FROM node:22\n+FROM node:24\n WORKDIR /app\n COPY . .\n',
    ...over,
  };
}

export function aRevision(over: Partial<Revision> = {}): Revision {
  return {
    revision: 1,
    spec: aSpec(),
    specDigest: digest('1'),
    planDigest: digest('2'),
    bundleDigest: digest('3'),
    acceptedAt: NOW,
    by: ME,
    changes: [],
    review: null,
    ...over,
  };
}

/** An update that waits to be looked at, with a conflict. */
export function anOpenRevision(over: Partial<Revision> = {}): Revision {
  return aRevision({
    revision: 2,
    changes: [
      words('spec.changed', {
        path: 'template.version',
        before: '1.0.0',
        after: '1.1.0',
      }),
    ],
    review: {
      state: 'open',
      branch: 'fawkes/update-2',
      head: commit('e'),
      url: null,
      files: [
        aFileChange(),
        aFileChange({
          path: '.github/workflows/ci.yaml',
          change: 'conflict',
          diff: '--- a/.github/workflows/ci.yaml\n+++ b/.github/workflows/ci.yaml\n@@ -4,1 +4,1 @@\n-    runs-on: ours\n+    runs-on: ubuntu-24.04\n',
        }),
        aFileChange({ path: 'docs/logo.png', change: 'added', diff: null }),
      ],
    },
    ...over,
  });
}

export function aDestruction(
  over: Partial<DestructionResponse> = {},
): DestructionResponse {
  return {
    asOf: NOW,
    goes: someThings().reverse(),
    stays: [
      {
        thing: aThing({
          effect: 'events:tell',
          title: words('thing.told', { name: 'shop' }),
          undoClass: 'keep',
          undo: words('effect.tell.undo'),
        }),
        reason: words('stays.keep'),
      },
    ],
    dependants: [],
    othersCommits: [],
    ...over,
  };
}

export function anOperator(
  over: Partial<OperatorResponse> = {},
): OperatorResponse {
  const said = (code: string, text: string) => ({ code, params: {}, text });
  return {
    asOf: NOW,
    paused: null,
    stuck: [
      {
        id: REQUEST,
        name: 'shop',
        owner: MY_TEAM,
        state: 'needs_person',
        since: after(-7_200),
        reason: words('drift.unknown'),
        byHand: [
          said(
            'byHand.push',
            'See whether the push to portal.local/default/shop arrived, then retry.',
          ),
        ],
      },
    ],
    leases: [
      {
        name: 'local-host',
        holder: 'portal-1',
        token: 42,
        until: after(45),
      },
      { name: RUN, holder: 'portal-2', token: 7, until: after(30) },
    ],
    orphans: [
      {
        request: { id: REQUEST, name: 'old-shop', owner: MY_TEAM },
        words: said(
          'orphan.forgotten',
          'Given up: the host no longer answers.',
        ),
        byHand: [said('byHand.archive', 'Archive github.com/acme/old-shop.')],
        since: after(-86_400 * 9),
      },
    ],
    quotas: [
      {
        kind: 'owner',
        limit: 20,
        used: 12,
        holders: [
          { who: MY_TEAM, count: 12 },
          { who: 'group:default/platform', count: 4 },
        ],
      },
      {
        kind: 'running',
        limit: 10,
        used: 3,
        holders: [{ who: MY_TEAM, count: 3 }],
      },
    ],
    rateCard: {
      version: '2026-01',
      validFrom: '2026-01-01T00:00:00.000Z',
      currency: 'EUR',
      hourlyMinor: { api: 2, web: 2, worker: 1 },
    },
    checks: [
      {
        name: 'bwrap',
        ok: true,
        words: said('check.bwrap', 'Services run apart from this portal.'),
      },
      {
        name: 'npm',
        ok: false,
        words: said('check.npm', 'npm was not found on PATH.'),
      },
    ],
    templates: [
      { name: 'node-api', version: '1.0.0', count: 9 },
      { name: 'node-worker', version: '1.0.0', count: 1 },
    ],
    ...over,
  };
}
