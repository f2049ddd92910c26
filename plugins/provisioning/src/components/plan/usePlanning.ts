import {
  refusalOf,
  type CreateAnswer,
  type Plan,
} from '@fawkes/backstage-plugin-provisioning-common';
import { useState } from 'react';
import type { ProvisioningApi } from '../../api';
import { useCommand, usePlan } from '../../hooks';
import { planDifference, type PlanDifference } from './planDifference';

/** What a plan is made of. */
export type PlanBody = Parameters<ProvisioningApi['plan']>[0]['body'];
/** What stands beside it when it is carried out. */
export type CarryOut = Omit<
  Parameters<ProvisioningApi['createRequest']>[0]['body'],
  keyof PlanBody | 'expectedPlanDigest'
>;

/**
 * A plan that was looked at, and carrying out that one and no other: where it is
 * no longer what would happen, it is made anew and the difference kept.
 */
export function usePlanning() {
  const planning = usePlan();
  const creating = useCommand(
    (api, body: Parameters<ProvisioningApi['createRequest']>[0]['body']) =>
      api.createRequest({ body }),
  );
  const [seen, setSeen] = useState<{ body: PlanBody; plan: Plan }>();
  const [difference, setDifference] = useState<PlanDifference>();

  const look = async (body: PlanBody, before?: Plan) => {
    creating.reset();
    let plan: Plan;
    try {
      plan = await planning.mutateAsync(body);
    } catch {
      return false; // `planning.error` says why.
    }
    setSeen({ body, plan });
    setDifference(
      before && before.planDigest !== plan.planDigest
        ? planDifference(before, plan)
        : undefined,
    );
    return true;
  };

  const carryOut = async (how: CarryOut): Promise<CreateAnswer | undefined> => {
    if (!seen) return undefined;
    const { body, plan } = seen;
    try {
      return await creating.mutateAsync({
        ...body,
        ...how,
        expectedPlanDigest: plan.planDigest,
      });
    } catch (error) {
      if (refusalOf(error)?.code === 'PLAN_CHANGED') await look(body, plan);
      return undefined;
    }
  };

  return {
    plan: seen?.plan,
    difference,
    /** Plans; answers whether there is a plan to look at. */
    look,
    /** Plans the same anew, and keeps what is different. */
    lookAgain: () => (seen ? look(seen.body, seen.plan) : undefined),
    carryOut,
    /** Back to the form. */
    forget: () => {
      setSeen(undefined);
      setDifference(undefined);
      planning.reset();
      creating.reset();
    },
    isPlanning: planning.isPending,
    isSending: creating.isPending,
    planError: planning.error,
    sendError: creating.error,
  };
}

/** See {@link usePlanning}. */
export type Planning = ReturnType<typeof usePlanning>;
