export * from './WaitingForMe';
