/** How far change approval goes, the laxest first. @public */
export const PARTICIPATIONS = ['off', 'observe', 'enforce'] as const;
/** One of {@link PARTICIPATIONS}. @public */
export type Participation = (typeof PARTICIPATIONS)[number];

/** What an operator's rules look at. @public */
export interface ParticipationSubject {
  /** Entity ref. */
  entityRef: string;
  /** Entity ref of its owner; null for none. */
  owner: string | null;
  /** What the entity itself says, see {@link EntityTraits}. */
  traits: EntityTraits;
}

/** What of an entity decides how far change approval goes. @public */
export interface EntityTraits {
  /** `spec.type`. */
  type: string | null;
  /** Value of the annotation `fawkes.dev/cab`. */
  annotation: string | null;
  /** Made to learn with, as provisioning says. */
  practice: boolean;
}

/** Of an entity nothing is known of. @public */
export const NO_TRAITS: EntityTraits = {
  type: null,
  annotation: null,
  practice: false,
};

/** A rule; everything it names has to fit. @public */
export interface ParticipationRule {
  /** How far it goes then. */
  mode: Participation;
  /** Entity ref. */
  entity?: string | undefined;
  /** Lower case. */
  kind?: string | undefined;
  /** `spec.type`. */
  type?: string | undefined;
  /** Entity ref. */
  owner?: string | undefined;
  /** Value of the annotation. */
  annotation?: string | undefined;
}

/** What an operator says. @public */
export interface ParticipationPolicy {
  /** Where no rule fits. */
  default: Participation;
  /** The first that fits decides. */
  rules: readonly ParticipationRule[];
}

/**
 * How far change approval goes for an entity. An entity may ask for more than the
 * operator says by its annotation, and never for less: otherwise a commit would lift
 * its own gate. What is made to learn with is left alone.
 * @public
 */
export function participationOf(
  policy: ParticipationPolicy,
  { entityRef, owner, traits }: ParticipationSubject,
): Participation {
  if (traits.practice) return 'off';
  const [kind] = entityRef.split(':');
  const is = (wanted: string | undefined, value: string | null) =>
    wanted === undefined || wanted === value;
  const rule = policy.rules.find(
    each =>
      is(each.entity, entityRef) &&
      is(each.kind, kind) &&
      is(each.type, traits.type) &&
      is(each.owner, owner) &&
      is(each.annotation, traits.annotation),
  );
  const said = rule?.mode ?? policy.default;
  const asked = PARTICIPATIONS.find(each => each === traits.annotation);
  return asked && stricter(asked, said) ? asked : said;
}

function stricter(one: Participation, other: Participation): boolean {
  return PARTICIPATIONS.indexOf(one) > PARTICIPATIONS.indexOf(other);
}
