export interface Config {
  app?: {
    /**
     * The organisation in this portal is the invented one from `examples/`; the home page says so.
     * @visibility frontend
     */
    sampleOrganisation?: boolean;

    signIn?: {
      /**
       * Ways to sign in, in the order they are offered; each has to be configured under
       * `auth.providers` too. Known are `github` and `oidc`. Without any, the sign-in page offers
       * the sample people of the development provider, where that exists.
       * @deepVisibility frontend
       */
      providers?: Array<'github' | 'oidc'>;
    };
  };
}
