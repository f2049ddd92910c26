import { setUpTests } from '@fawkes/kit-ui/setupTests';

setUpTests();
