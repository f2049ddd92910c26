export interface Config {
  /** Change approval. */
  cab?: {
    /** Entity refs of groups. Nothing starts without board and security. */
    groups?: {
      /** Decides above 50. */
      board: string;
      /** Decides emergencies. Default: the board. */
      emergency?: string;
      /** Has a say in what is riskiest, and may revoke. */
      security: string;
      /** Reads the whole record. */
      auditors?: string;
      /** Is asked when too few of the board are left. */
      escalation?: string;
    };
    gate?: {
      /** Classes of environments that are gated. Default: [staging, production]. */
      classes?: Array<'dev' | 'test' | 'staging' | 'production'>;
      /** Who may ask, by the subject of the token. Everybody else is denied. */
      callers?: Array<{
        /** Of a token under backend.auth.externalAccess, as it is written there. */
        subject: string;
        /** Entity refs it may ask about. Default: every one. */
        entities?: string[];
      }>;
    };
    deployments?: {
      /** How long a deployment that nobody seems to have allowed waits for news that come late. Default: 10. */
      graceMinutes?: number;
    };
    /** Class of each environment that delivery does not call production. What is not listed counts as production. */
    environments?: {
      [name: string]: 'dev' | 'test' | 'staging' | 'production';
    };
    /** How far it goes: off and observe allow everything; enforce asks. The first rule that fits decides. */
    participation?: {
      /** Default: observe. */
      default?: 'off' | 'observe' | 'enforce';
      rules?: Array<{
        mode: 'off' | 'observe' | 'enforce';
        entity?: string;
        /** E.g. component. */
        kind?: string;
        /** `spec.type`, e.g. service. */
        type?: string;
        owner?: string;
        /** Value of the annotation fawkes.dev/cab. Without such a rule an entity can only ask for more by it. */
        annotation?: 'off' | 'observe' | 'enforce';
      }>;
    };
    /** Tests, scans, bills of material and the like. */
    evidence?: {
      /** Whose identity tokens make a pipeline known. None: nobody but people attach anything. */
      issuers?: Array<{
        /** As the tokens say it (iss), e.g. https://token.actions.githubusercontent.com. http on loopback in development only. */
        issuer: string;
        /** For whom tokens are made (aud). */
        audience: string;
        /** Where its keys are. Default: as its /.well-known/openid-configuration says. */
        jwksUri?: string;
        /** Claim that names the repository. Default: repository. */
        repositoryClaim?: string;
        /** Claim that names the commit. Default: sha. */
        commitClaim?: string;
        /** Annotation of entities that names the same repository. Default: github.com/project-slug. */
        annotation?: string;
      }>;
      /** Public keys whose signed provenance counts. */
      keys?: Array<{
        id: string;
        /** PEM. */
        pem: string;
      }>;
      /** Builders whose provenance counts, exactly as it names them. */
      builders?: string[];
      /** Tools whose scans count, by the name in their report. Default: every one. */
      scanners?: string[];
      /** Longest that reading one piece may take. Default: 10. */
      readSeconds?: number;
      /** Days the bytes are kept after the change request is over. Default: 400. */
      keepDays?: number;
    };
    classification?: {
      /** Of entities without the annotations fawkes.dev/cab-tier and fawkes.dev/cab-privileged. Default: unknown. */
      default?: { tier?: number; privileged?: boolean };
    };
    /** How files count in the size of a change; each a path with *, ? and **. */
    size?: {
      /** No line of them counts. Default: lock files of package managers. */
      ignored?: string[];
      /** They touch schema, access or network. Default: migrations, SQL, Terraform and what is usually called so. */
      structural?: string[];
    };
    identity?: {
      /** Annotations of Users whose value is a login at a provider. Default: github.com/user-login, gitlab.com/user-login. */
      annotations?: string[];
      /** Further addresses and accounts of people. */
      aliases?: Array<{
        user: string;
        emails?: string[];
        accounts?: Array<{ provider: string; id?: string; login?: string }>;
      }>;
    };
    calendar?: {
      /** Default: Monday to Friday, 9 to 17, UTC. */
      businessHours?: {
        zone: string;
        days: number[];
        from: string;
        to: string;
      };
      /** Times in which nothing starts. */
      freezes?: CalendarRule[];
      /** Times in which it is safest to start. */
      maintenance?: CalendarRule[];
    };
    record?: {
      /** Names the record and its key, e.g. portal.example.com/cab-1. Needed in production. */
      origin?: string;
      /**
       * Private Ed25519 key in PEM that signs checkpoints. Needed in production.
       * @visibility secret
       */
      key?: string;
      /** File in which the signer remembers what it signed last. Default: only for as long as the process lives. */
      memory?: string;
    };
  };
}

interface CalendarRule {
  id: string;
  title: string;
  /** First start as wall time, e.g. 2026-12-19T00:00 */
  start: string;
  durationMinutes: number;
  zone: string;
  repeats?: {
    freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
    interval?: number;
    count?: number;
    until?: string;
    byDay?: string[];
    byMonthDay?: number[];
    byMonth?: number[];
    bySetPos?: number[];
  };
  /** Entity refs. Default: every one. */
  entities?: string[];
}
