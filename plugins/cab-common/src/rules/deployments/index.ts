export * from './judge';
export * from './participation';
