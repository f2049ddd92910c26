export * from './browserSignature';
export * from './verifyRecord';
