export { portalPolicyModule as default } from './module';
