import type {
  EffectType,
  NormalSpec,
  Origin,
  PlannedEffect,
  UndoClass,
} from '../contract';
import type { Said } from '@fawkes/kit-contract';
import { inOrder, needsOf } from './effectGraph';
import type { ObservedFacts } from './facts';
import { entityRefOf, repositoryOf, repositoryText } from './repository';
import { say, type WordCode } from './words';

/** What a run would do, and what is assumed about it. @public */
export interface EffectPlan {
  /** What is to be done; each after what it depends on. */
  effects: PlannedEffect[];
  /** What a reader of the plan should know beyond its effects. */
  assumptions: Said[];
}

/** What effects are described with. */
export interface Names {
  name: string;
  repository: string;
  entity: string;
}

export function namesOf(
  key: Pick<ObservedFacts, 'namespace' | 'name'>,
  spec: Pick<NormalSpec, 'repository'>,
): Names & Said['params'] {
  return {
    name: key.name,
    repository: repositoryText(repositoryOf(key, spec)),
    entity: entityRefOf(key),
  };
}

interface Described {
  title: WordCode;
  undo: WordCode;
  undoClass: UndoClass;
  origin: Origin | null;
}

/**
 * What a create does: for a local repository up to the running service, for
 * GitHub up to the pipeline, which then deploys or lets Argo CD do it.
 * @public
 */
export function planCreate(spec: NormalSpec, facts: ObservedFacts): EffectPlan {
  const local = spec.repository.host === 'local';
  const builds = local && facts.deployer;
  const types: EffectType[] = ['name:reserve', 'repo:ensure'];
  if (!local) types.push('repo:protect', 'ci:ensure');
  types.push('catalog:entity:ensure');
  if (builds) types.push('service:build');
  if (builds && spec.type !== 'library') types.push('service:deploy');
  if (builds) types.push('events:tell');
  return {
    effects: effectsOf(types, spec, facts),
    assumptions: assumptionsOf(spec, facts),
  };
}

/** What an update does: it proposes, and people merge. @public */
export function planUpdate(spec: NormalSpec, facts: ObservedFacts): EffectPlan {
  return {
    effects: effectsOf(['repo:propose'], spec, facts),
    assumptions: [say('plan.reviewed')],
  };
}

/** What a deploy does; a rollback takes a release that is built. @public */
export function planDeploy(
  kind: 'deploy' | 'rollback',
  spec: NormalSpec,
  facts: ObservedFacts,
): PlannedEffect[] {
  const types: EffectType[] = kind === 'deploy' ? ['service:build'] : [];
  if (spec.type !== 'library') types.push('service:deploy');
  types.push('events:tell');
  return effectsOf(types, spec, facts).map(effect =>
    kind === 'rollback' && effect.type === 'service:deploy'
      ? {
          ...effect,
          title: say('effect.deploy.rollback', { name: facts.name }),
        }
      : effect,
  );
}

function effectsOf(
  types: readonly EffectType[],
  spec: NormalSpec,
  facts: ObservedFacts,
): PlannedEffect[] {
  const present = new Set(types);
  const names = namesOf(facts, spec);
  const effects = types.map((type): PlannedEffect => {
    const { title, undo, undoClass, origin } = describe(type, spec, facts);
    return {
      id: type,
      type,
      title: say(title, names),
      undoClass,
      undo: say(undo, names),
      dependsOn: needsOf(type, present),
      origin,
    };
  });
  return inOrder(effects);
}

/** What is said of an effect, and how far it can be taken back. */
function describe(
  type: EffectType,
  spec: NormalSpec,
  facts: ObservedFacts,
): Described {
  switch (type) {
    case 'name:reserve':
      return made('effect.name.reserve', 'effect.name.reserve.undo', 'exact');
    case 'repo:ensure':
      return repository(spec, facts);
    case 'repo:protect':
      return made('effect.repo.protect', 'effect.repo.protect.undo', 'exact');
    case 'ci:ensure':
      return made('effect.ci.ensure', 'effect.ci.ensure.undo', 'compensating');
    case 'catalog:entity:ensure':
      return entity(facts);
    case 'repo:propose':
      return made('effect.propose', 'effect.propose.undo', 'compensating');
    case 'service:build':
      return made('effect.build', 'effect.build.undo', 'exact');
    case 'service:deploy':
      return made('effect.deploy', 'effect.deploy.undo', 'compensating');
    case 'events:tell':
      return made('effect.tell', 'effect.tell.undo', 'keep');
    default:
      throw new TypeError(
        `'${type}' takes something back; planDestroy plans it`,
      );
  }
}

function made(
  title: WordCode,
  undo: WordCode,
  undoClass: UndoClass,
): Described {
  return { title, undo, undoClass, origin: 'created' };
}

function repository(spec: NormalSpec, facts: ObservedFacts): Described {
  if (facts.repository === 'same' || facts.repository === 'diverged') {
    return {
      title:
        facts.repository === 'same'
          ? 'effect.repo.adopt'
          : 'effect.repo.diverged',
      undo: 'effect.repo.ensure.undo.adopted',
      undoClass: 'compensating',
      origin: 'adopted',
    };
  }
  return {
    title: 'effect.repo.ensure',
    undo:
      spec.repository.host === 'local'
        ? 'effect.repo.ensure.undo.local'
        : 'effect.repo.ensure.undo.github',
    undoClass: 'compensating',
    origin: ['unknown', 'taken'].includes(facts.repository) ? null : 'created',
  };
}

function entity({ entity: fact }: ObservedFacts): Described {
  return fact === 'other'
    ? {
        title: 'effect.catalog.adopt',
        undo: 'effect.catalog.adopt.undo',
        undoClass: 'keep',
        origin: 'adopted',
      }
    : {
        title: 'effect.catalog.ensure',
        undo: 'effect.catalog.ensure.undo',
        undoClass: 'exact',
        origin: fact === 'unknown' ? null : 'created',
      };
}

function assumptionsOf(spec: NormalSpec, facts: ObservedFacts): Said[] {
  const local = spec.repository.host === 'local';
  const { entity: name } = namesOf(facts, spec);
  const said: Array<Said | false> = [
    !local && say('plan.deployed_elsewhere'),
    local && !facts.deployer && say('plan.no_deployer'),
    local && facts.deployer && say('plan.runs_code'),
    spec.type === 'library' && say('plan.library'),
    local && facts.deployer && spec.type !== 'library' && say('plan.address'),
    facts.repository === 'diverged' && say('plan.waits_for_review'),
    facts.repository === 'unknown' && say('plan.repository_unknown'),
    facts.entity === 'unknown' && say('plan.entity_unknown', { entity: name }),
  ];
  return said.filter(words => words !== false);
}
