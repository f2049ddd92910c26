export { portalHttpRouter as default } from './portalHttpRouter';
