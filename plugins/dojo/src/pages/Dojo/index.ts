export { DojoPage } from './DojoPage';
