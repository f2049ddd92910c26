import { setUpTests } from './testUtils/setup';

setUpTests();
