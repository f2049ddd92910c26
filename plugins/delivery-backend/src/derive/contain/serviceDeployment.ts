import type {
  DeploymentKind,
  DeploymentPart,
  DeploymentStatus,
} from '@fawkes/backstage-plugin-delivery-common';
import { sha256 } from '@fawkes/kit-backend/sql';

/** A fact that belongs to a deployment besides the one that counts. */
export type Member = Pick<ServiceDeployment, 'key' | 'factKey' | 'id' | 'at'>;

/** A deployment fact as one service sees it. */
export interface ServiceDeployment {
  key: string;
  /** The service that sees it. */
  service: string;
  factKey: string;
  source: string;
  id: string;
  /** As it is spelled; of several spellings the newest. */
  environment: string;
  /** The same, folded: the name of its chain. */
  chain: string;
  run: string | null;
  status: DeploymentStatus;
  /** It succeeded before it failed. */
  failedLater: boolean;
  /** Null where nobody said. */
  kind: DeploymentKind | null;
  startedAt: number | null;
  /** Null as long as it runs. */
  finishedAt: number | null;
  occurredAt: number;
  /** finishedAt, else startedAt, else occurredAt. */
  at: number;
  artifact: string | null;
  version: string | null;
  url: string | null;
  unplanned: boolean | null;
  fixesIncident: string | null;
  /** Keyed hash of who set it going. */
  actor: string | null;
  /** What its sender told of repositories and shas, the same text for the same. */
  toldParts: string;
  parts: DeploymentPart[];
  /** Facts that are the same deployment; they have no row of their own. */
  members: Member[];
}

/** The same text for the same repositories and shas. */
export function partsHash(parts: readonly DeploymentPart[]): string {
  return sha256(
    JSON.stringify(parts.map(({ repository, sha }) => [repository, sha])),
  );
}
